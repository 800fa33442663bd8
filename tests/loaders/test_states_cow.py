"""The Correlates of War list of states: spells, cuts at a change of state, successions."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from loading import changed, edges, load, load_real

from kb.errors import InputError
from kb.facts.fact import Fact, NodeFact
from kb.model.shape import OPEN

SOURCE = "cow-states"
FILE = "cowstates_andybega_openended.csv"


@pytest.fixture(scope="module")
def facts(raw_root: Path) -> list[Fact]:
    return load_real(SOURCE, raw_root)[0]


@pytest.fixture(scope="module")
def some_facts(either_root: Path) -> list[Fact]:
    """Those of the small file and of the publisher's, in turn."""
    return load_real(SOURCE, either_root)[0]


def spells(facts: list[Fact], state: str) -> list[tuple[int, int]]:
    return [(e.values["from_year"], e.values["to_year"]) for e in edges(facts, "BELONGS_TO") if e.start == state]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("SYR", [(1946, 1958), (1961, OPEN)]),
        ("AUT", [(1919, 1938), (1955, OPEN)]),
        ("EST", [(1918, 1940), (1991, OPEN)]),
        ("SUN", [(1923, 1991)]),
        ("RUS", [(1816, 1922), (1992, OPEN)]),
        ("YUG", [(1918, 1941), (1944, 1991)]),
        ("SRB", [(1878, 1917), (2006, OPEN)]),
        ("SSD", [(2011, OPEN)]),
    ],
)
def test_a_state_is_in_the_system_in_these_years(
    some_facts: list[Fact], state: str, expected: list[tuple[int, int]]
) -> None:
    assert spells(some_facts, state) == expected


def test_two_codes_of_one_state_that_touch_are_one_spell(some_facts: list[Fact]) -> None:
    assert spells(some_facts, "DEU") == [(1816, 1945), (1955, OPEN)]
    assert spells(some_facts, "YEM") == [(1926, OPEN)]


@pytest.mark.parametrize(("year", "states"), [(1980, 156), (2014, 195), (2026, 195)])
def test_the_number_of_states_in_a_year(facts: list[Fact], year: int, states: int) -> None:
    present = [e.start for e in edges(facts, "BELONGS_TO") if e.values["from_year"] <= year <= e.values["to_year"]]

    assert len(present) == len(set(present)) == states


def test_a_day_is_kept_only_where_the_list_gives_it(some_facts: list[Fact]) -> None:
    days = {e.start: (e.values["from_date"], e.values["to_date"]) for e in edges(some_facts, "BELONGS_TO")}

    assert days["DDR"] == (dt.date(1954, 3, 25), dt.date(1990, 10, 2))
    assert days["SUN"] == (None, None), "365 is cut within one line of the list"
    assert days["SSD"] == (dt.date(2011, 7, 9), None)


def test_successions_are_dated_by_the_list(facts: list[Fact]) -> None:
    found = {(e.start, e.end): (e.values["date"], e.values["kind"]) for e in edges(facts, "SUCCEEDED")}

    assert found["DEU", "DDR"] == (dt.date(1990, 10, 3), "absorbed")
    assert found["CZE", "CSK"] == (dt.date(1993, 1, 1), "successor")
    assert found["RUS", "SUN"] == (None, "continuator")
    assert len([new for new, old in found if old == "SUN"]) == 12


def test_the_state_says_since_when_and_whether_it_still_exists(facts: list[Fact]) -> None:
    states = {f.key: f.values for f in facts if isinstance(f, NodeFact) and f.label == "State" and "cow" in f.values}

    assert (states["SUN"]["system_from"], states["SUN"]["system_to"], states["SUN"]["former"]) == (1923, 1991, True)
    assert (states["DEU"]["cow"], states["DEU"]["former"]) == (255, False)
    assert sum(not s["former"] for s in states.values()) == 195


def test_every_row_is_accounted_for(raw_root: Path) -> None:
    _, report = load_real(SOURCE, raw_root)

    assert (report.rows, report.loaded, report.quarantined) == (243, 243, [])


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (b"626,SSD,South Sudan,2011-07-09", b"626,SSD,South Sudan,2011-02-30", "impossible date"),
        (b"626,SSD", b"6260,SSD", "unknown cow code"),
        (b"2011-07-09,9999-12-31", b"2011-07-09,2010-12-31", "ends before it begins"),
        (b"2011-07-09,9999-12-31", b"2011-07-09,", "empty"),
    ],
)
def test_a_damaged_row_is_set_aside(
    either_root: Path, tmp_path: Path, before: bytes, after: bytes, reason: str
) -> None:
    folder = changed(SOURCE, either_root, tmp_path, FILE, lambda content: content.replace(before, after))

    found, report = load(SOURCE, folder)

    assert [q.reason for q in report.quarantined] == [reason]
    assert spells(found, "SSD") == []


def test_a_renamed_column_is_named(either_root: Path, tmp_path: Path) -> None:
    folder = changed(SOURCE, either_root, tmp_path, FILE, lambda content: content.replace(b"cowcode", b"code", 1))

    with pytest.raises(InputError, match="has no column 'cowcode'"):
        load(SOURCE, folder)
