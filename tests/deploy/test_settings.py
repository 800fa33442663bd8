"""What the environment says: read when asked, refused by name where it is nonsense, and never with a password in it."""

from __future__ import annotations

import re
from pathlib import Path

import click.testing
import pytest
from conftest import ROOT

from kb import environment
from kb.cli import hrkb
from kb.cypher.allowed import gds_allowed
from kb.engines.neo4j.address import Address
from kb.environment import pin_paths, stated, variables
from kb.errors import UsageError
from kb.refresh.fetch.http import identification
from kb.settings import settings
from kb.versions import home


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in variables():
        monkeypatch.delenv(name, raising=False)


def test_a_variable_counts_from_the_moment_it_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    without = home.home()
    monkeypatch.setenv("HRKB_HOME", str(tmp_path))
    monkeypatch.setenv("HRKB_ALLOW_GDS", "1")

    assert (home.home(), gds_allowed()) == (tmp_path, True)

    monkeypatch.delenv("HRKB_HOME")
    monkeypatch.setenv("HRKB_ALLOW_GDS", "0")

    assert (home.home(), gds_allowed()) == (without, False)


@pytest.mark.parametrize("name", sorted(variables()))
def test_an_empty_variable_is_one_that_is_not_set(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    without = settings()
    monkeypatch.setenv(name, "")

    assert settings() == without
    assert stated() == {}


def test_spaces_around_an_address_do_not_matter_and_within_a_password_they_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", " bolt://x ")
    monkeypatch.setenv("NEO4J_PASSWORD", " secret ")

    assert Address.from_environment() == Address("bolt://x", "neo4j", " secret ", "neo4j")


@pytest.mark.parametrize(
    ("name", "value"),
    [("HRKB_ALLOW_GDS", "perhaps"), ("HRKB_CONTACT", "müller@example.org"), ("HRKB_CONTACT", "a\r\nX-Other: b")],
)
def test_nonsense_is_refused_with_the_name_and_what_to_write(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(UsageError, match=f"{name} {re.escape(repr(value))} cannot be used") as refusal:
        settings()

    assert f"write {name}={variables()[name].examples[0]}" in refusal.value.remedy


@pytest.mark.parametrize("name", ["HRKB_HOME", "HRKB_RAW"])
def test_a_file_where_a_folder_should_be_is_refused(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv(name, str(file))

    with pytest.raises(UsageError, match=f"{name} .*it is a file, and should be a folder"):
        settings()


def test_nonsense_ends_a_command_with_two_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRKB_ALLOW_GDS", "perhaps")

    ended = click.testing.CliRunner().invoke(hrkb, ["status"])

    assert isinstance(ended.exception, UsageError)
    assert "HRKB_ALLOW_GDS" in ended.exception.problem


def test_no_password_is_ever_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "hidden")
    monkeypatch.setenv("NEO4J_URI", "bolt://user:hidden@example.org:7687")

    shown = stated()

    assert shown["NEO4J_URI"] == "bolt://example.org:7687"
    assert "NEO4J_PASSWORD" in shown and "hidden" not in str(shown)
    assert "hidden" not in repr(settings())


def test_the_doctor_shows_what_is_set(hrkb_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRKB_HOME", str(hrkb_home))
    monkeypatch.setenv("NEO4J_PASSWORD", "hidden")

    text = click.testing.CliRunner().invoke(hrkb, ["doctor", "--json"]).output

    assert f"HRKB_HOME={hrkb_home}" in text and "NEO4J_PASSWORD=***" in text and "hidden" not in text


def test_publishers_are_told_whom_to_write_to(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "(" not in identification()

    monkeypatch.setenv("HRKB_CONTACT", " mailto:desk@example.org ")

    assert identification().endswith("(mailto:desk@example.org)")


def test_paths_are_pinned_before_the_folder_changes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HRKB_HOME", "graphs")
    monkeypatch.setenv("NEO4J_PASSWORD_FILE", "secret")
    pin_paths()
    monkeypatch.chdir("/")

    assert settings().hrkb_home == tmp_path / "graphs"
    assert settings().neo4j_password_file == tmp_path / "secret"


def test_nobody_else_looks_variables_up() -> None:
    named = re.compile("|".join(f"[\"']{name}[\"']" for name in variables()))
    files = [p for part in ("kb", "loaders", "ui", "tools", "benchmarks") for p in ROOT.glob(f"{part}/**/*.py")]

    assert len(files) > 100
    assert [p for p in files if named.search(p.read_text(encoding="utf-8"))] == [Path(environment.__file__)]
