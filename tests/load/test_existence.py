"""A state has values only for the years in which there was such a state."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.facts.snapshot import SNAPSHOT, read_source
from kb.load.raw import RawFolder
from kb.load.rows import Drop
from loaders.shared.existence import Existence


@pytest.fixture(scope="module")
def existence(either_root: Path) -> Existence:
    return Existence.read(RawFolder(either_root / "pts", "pts-2025"))


@pytest.mark.parametrize(
    ("state", "first", "last"),
    [
        ("KAZ", 1991, 2025),
        ("SVK", 1993, 2025),
        ("CSK", 1946, 1992),
        ("SUN", 1946, 1991),
        ("SCG", 1992, 2006),
        ("DDR", 1949, 1990),
        ("BLR", 1991, 2025),
        ("PSE", 2012, 2025),
        ("SSD", 2011, 2025),
    ],
)
def test_the_years_of_a_state(existence: Existence, state: str, first: int, last: int) -> None:
    assert [y for y in range(1946, 2026) if existence.has(state, y)] == list(range(first, last + 1))


@pytest.mark.parametrize("territory", ["HKG", "PRI", "GRL", "ESH"])
def test_a_territory_is_never_a_state(existence: Existence, territory: str) -> None:
    assert not any(existence.has(territory, year) for year in range(1946, 2026))


def test_a_row_for_a_state_that_was_not_yet_born_is_dropped_by_name(existence: Existence) -> None:
    assert existence.require("KAZ", 1995) == "KAZ"
    with pytest.raises(Drop, match="no such state in that year"):
        existence.require("KAZ", 1970)


def test_the_shipped_facts_say_the_same_as_the_lists(existence: Existence, tmp_path: Path) -> None:
    facts = Existence.read(RawFolder(tmp_path / "alone", "pts-2025"))

    found = [read_source(SNAPSHOT / code).tables["State"]["iso3"].to_pylist() for code in ("cow-states", "gw-states")]
    states = {iso3 for codes in found for iso3 in codes}
    listed = {s for s in states if any(existence.has(s, y) for y in range(1816, 2031))}
    assert len(listed) > (200 if listed == states else 80)
    assert [(s, y) for s in listed for y in range(1816, 2031) if existence.has(s, y) != facts.has(s, y)] == []
