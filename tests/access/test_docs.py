"""The docs say what the project does."""

from __future__ import annotations

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
