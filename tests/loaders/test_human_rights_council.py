"""Seats on the Human Rights Council."""

from __future__ import annotations

from pathlib import Path

import pytest
from loading import changed, edges, load, load_real

from kb.facts.fact import Fact

SOURCE = "human-rights-council"
FILE = "unhrc_terms_2006_2027.csv"


@pytest.fixture(scope="module")
def facts(raw_root: Path) -> list[Fact]:
    return load_real(SOURCE, raw_root)[0]


@pytest.fixture(scope="module")
def some_facts(either_root: Path) -> list[Fact]:
    """Those of the small file and of the publisher's, in turn."""
    return load_real(SOURCE, either_root)[0]


def holders(facts: list[Fact], year: int) -> list[str]:
    return [e.start for e in edges(facts, "SEATED_ON") if e.values["from_year"] <= year <= e.values["to_year"]]


@pytest.mark.parametrize("year", range(2006, 2026))
def test_there_are_47_seats_and_48_holders_in_the_years_a_seat_changed_hands(facts: list[Fact], year: int) -> None:
    found = holders(facts, year)

    assert len(found) == len(set(found)) == (48 if year in (2018, 2022) else 47)


def test_seats_that_changed_hands(some_facts: list[Fact]) -> None:
    assert {"USA", "ISL"} <= set(holders(some_facts, 2018))
    assert "USA" not in holders(some_facts, 2019)
    assert {"RUS", "CZE"} <= set(holders(some_facts, 2022))
    assert "RUS" not in holders(some_facts, 2023)


def test_suspensions(some_facts: list[Fact]) -> None:
    suspended = {
        (e.start, e.values["suspended_from"]) for e in edges(some_facts, "SEATED_ON") if e.values["suspended_from"]
    }

    assert suspended == {("LBY", 2011), ("RUS", 2022)}


def test_all_331_terms_are_loaded(raw_root: Path) -> None:
    _, report = load_real(SOURCE, raw_root)

    assert (report.rows, report.loaded) == (331, 331)


def test_an_unknown_note_is_set_aside(raw_root: Path, tmp_path: Path) -> None:
    folder = changed(
        SOURCE,
        raw_root,
        tmp_path,
        FILE,
        lambda c: c.replace(b"Asia-Pacific,2025,2027,QAT,", b"Asia-Pacific,2025,2027,QAT,left"),
    )

    _, report = load(SOURCE, folder)

    assert [(q.reason, q.value) for q in report.quarantined] == [("a note that the loader does not know", "left")]
