"""The docs say what the project does."""

from __future__ import annotations

import pytest
from conftest import ROOT

from kb import docs
from kb.cli import hrkb


def test_generated_pages_are_current() -> None:
    assert docs.stale() == [], "run `make docs`"


@pytest.mark.parametrize("command", sorted(hrkb.commands))
def test_every_command_is_documented_in_the_readme_or_the_docs(command: str) -> None:
    text = "".join(p.read_text(encoding="utf-8") for p in [ROOT / "README.md", *ROOT.glob("docs/*.md")])

    assert f"hrkb {command}" in text


def test_every_command_has_help() -> None:
    assert [name for name, command in hrkb.commands.items() if not command.help] == []
