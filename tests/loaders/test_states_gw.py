"""The Gleditsch-Ward list, and the succession table shared with COW's."""

from __future__ import annotations

from pathlib import Path

import pytest
from loading import edges, load_real

from kb.facts.fact import Fact, NodeFact
from kb.model.shape import OPEN
from loaders.shared import succession


@pytest.fixture(scope="module")
def facts(raw_root: Path) -> list[Fact]:
    return load_real("gw-states", raw_root)[0]


@pytest.fixture(scope="module")
def some_facts(either_root: Path) -> list[Fact]:
    """Those of the small file and of the publisher's, in turn."""
    return load_real("gw-states", either_root)[0]


def test_codes_that_differ_from_cow(facts: list[Fact]) -> None:
    codes = {f.key: f.values["gw"] for f in facts if isinstance(f, NodeFact) and "gw" in f.values}

    assert {s: codes[s] for s in ("DEU", "YEM", "SRB", "KIR", "NRU", "TON", "TUV", "VNM")} == {
        "DEU": 260,
        "YEM": 678,
        "SRB": 340,
        "KIR": 970,
        "NRU": 971,
        "TON": 972,
        "TUV": 973,
        "VNM": 816,
    }


def test_yugoslavia_is_cut_where_its_federation_ended(some_facts: list[Fact]) -> None:
    spells = {
        e.start: (e.values["from_year"], e.values["to_year"])
        for e in edges(some_facts, "BELONGS_TO")
        if e.start in {"YUG", "SCG"}
    }

    assert spells == {"YUG": (1918, 1991), "SCG": (1992, 2006)}


def test_an_occupied_state_stays_in_this_list(some_facts: list[Fact]) -> None:
    france = [(e.values["from_year"], e.values["to_year"]) for e in edges(some_facts, "BELONGS_TO") if e.start == "FRA"]

    assert france == [(1816, OPEN)]


def test_every_succession_of_the_table_is_stated_once_by_one_of_the_lists(facts: list[Fact], raw_root: Path) -> None:
    pairs = {(line.successor, line.predecessor) for line in succession.successions()}

    stated = [
        (e.start, e.end) for part in (facts, load_real("cow-states", raw_root)[0]) for e in edges(part, "SUCCEEDED")
    ]

    assert len(stated) == len(set(stated))
    assert set(stated) == pairs
