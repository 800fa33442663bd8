"""The docs say what the project does."""

from __future__ import annotations

import re

import click
import pytest
from conftest import ROOT

from kb.cli import COMMANDS, hrkb
from tools import docs


def test_generated_pages_are_current() -> None:
    assert docs.stale() == [], "run `make docs`"


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_documented_in_the_readme_or_the_docs(command: str) -> None:
    text = "".join(p.read_text(encoding="utf-8") for p in [ROOT / "README.md", *ROOT.glob("docs/*.md")])

    assert f"hrkb {command}" in text


def test_every_command_has_help() -> None:
    context = click.Context(hrkb)
    commands = {name: hrkb.get_command(context, name) for name in COMMANDS}

    assert [name for name, command in commands.items() if not (command and command.help)] == []


def test_the_plan_of_the_house_shows_every_room_and_names_no_other() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = {path.rstrip("/") for path in re.findall(r"`((?:kb|loaders|ui|tools|tests)(?:/[\w/.]*)?)`", text)}
    rooms = {
        path.relative_to(ROOT).with_suffix("").as_posix()
        for path in (ROOT / "kb").iterdir()
        if (path.suffix == ".py" and path.stem != "__init__") or (path / "__init__.py").exists()
    }

    assert rooms <= named
    assert [name for name in named if not ((ROOT / name).exists() or (ROOT / f"{name}.py").exists())] == []
