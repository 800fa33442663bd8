"""Admissions to the United Nations."""

from __future__ import annotations

from pathlib import Path

import pytest
from loading import changed, edges, load, load_real

from kb.facts.fact import Fact, NodeFact
from kb.model.shape import OPEN

SOURCE = "un-members"
FILE = "un_members_admission_dates.csv"


@pytest.fixture(scope="module")
def facts(raw_root: Path) -> list[Fact]:
    return load_real(SOURCE, raw_root)[0]


def spells(facts: list[Fact], state: str) -> list[tuple[int, int]]:
    found = [(e.values["from_year"], e.values["to_year"]) for e in edges(facts, "MEMBER_OF") if e.start == state]
    return sorted(found)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("CHE", [(2002, OPEN)]),
        ("DEU", [(1973, OPEN)]),
        ("DDR", [(1973, 1990)]),
        ("SUN", [(1945, 1991)]),
        ("RUS", [(1992, OPEN)]),
        ("SCG", [(2000, 2005)]),
        ("SRB", [(2006, OPEN)]),
        ("SYR", [(1945, 1958), (1961, OPEN)]),
        ("CHN", []),
    ],
)
def test_spells(facts: list[Fact], state: str, expected: list[tuple[int, int]]) -> None:
    assert spells(facts, state) == expected


def test_the_year_of_admission_stands_on_the_state_that_was_admitted(facts: list[Fact]) -> None:
    admitted = {
        f.key: f.values["un_member_from"] for f in facts if isinstance(f, NodeFact) and "un_member_from" in f.values
    }

    assert (admitted["SUN"], admitted["SCG"], admitted["SSD"], admitted["CHN"]) == (1945, 2000, 2011, 1945)
    assert "RUS" not in admitted
    assert "SRB" not in admitted


def test_all_193_rows_are_loaded(raw_root: Path) -> None:
    _, report = load_real(SOURCE, raw_root)

    assert (report.rows, report.loaded) == (193, 193)


def test_an_impossible_day_sends_the_member_to_quarantine(raw_root: Path, tmp_path: Path) -> None:
    folder = changed(SOURCE, raw_root, tmp_path, FILE, lambda c: c.replace(b"2002-09-10", b"2002-09-31"))

    found, report = load(SOURCE, folder)

    assert [(q.reason, q.value) for q in report.quarantined] == [("impossible date", "2002-09-31")]
    assert spells(found, "CHE") == []
