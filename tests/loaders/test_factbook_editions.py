"""The Factbook's editions: ties to INGOs with the years in which they were listed."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loading import changed, edges, load, load_real

from loaders.organizations.factbook.editions import FILE, joined

SOURCE = "cia-factbook-editions"


def test_ties_of_a_state(raw_root: Path) -> None:
    facts, report = load_real(SOURCE, raw_root)
    mexico = {
        (e.end, e.values["kind"]): (e.values["first_observed"], e.values["last_observed"])
        for e in edges(facts, "TIED_TO")
        if e.start == "MEX" and e.end != "international-red-cross-and-red-crescent-movement"
    }

    assert mexico == {
        ("international-chamber-of-commerce", "participant"): (1991, 2011),
        ("international-chamber-of-commerce", "national_committee"): (2012, 2025),
        ("international-federation-of-red-cross-and-red-crescent-societies", "member"): (1991, 2025),
        ("international-olympic-committee", "national_committee"): (1991, 2025),
        ("international-organization-for-standardization", "member"): (1990, 2025),
        ("international-confederation-of-free-trade-unions", "member"): (1991, 2006),
        ("international-trade-union-confederation", "member"): (2007, 2025),
        ("world-confederation-of-labour", "member"): (1991, 2009),
        ("world-federation-of-trade-unions", "member"): (1995, 2025),
    }
    assert report.rows == 16_715
    assert sum(report.dropped.values()) + report.loaded + len(report.quarantined) == report.rows
    assert not any("from_year" in e.values for e in edges(facts, "TIED_TO"))


def test_a_predecessor_has_its_own_years(raw_root: Path) -> None:
    years = {}
    for tie in edges(load_real(SOURCE, raw_root)[0], "TIED_TO"):
        first, last = years.get(tie.start, (9999, 0))
        years[tie.start] = (min(first, tie.values["first_observed"]), max(last, tie.values["last_observed"]))

    assert (years["SUN"][1], years["RUS"][0]) == (1991, 1992)
    assert (years["YUG"][1], years["SCG"][1], years["SRB"][0]) == (1991, 2005, 2006)
    assert years["SCG"][0] > 1991


def test_an_unknown_organization_is_quarantined(either_root: Path, tmp_path: Path) -> None:
    folder = changed(SOURCE, either_root, tmp_path, FILE, lambda text: text.replace(b",WFTU,", b",WFTX,"))

    facts, report = load(SOURCE, folder)

    assert {q.reason for q in report.quarantined} >= {"unknown organization or qualifier"}
    assert not [e for e in edges(facts, "TIED_TO") if e.end == "world-federation-of-trade-unions"]


@given(st.lists(st.tuples(st.integers(1990, 2025), st.integers(0, 5)).map(lambda run: (run[0], run[0] + run[1]))))
def test_joined_runs_hold_the_same_years_and_do_not_touch(runs: list[tuple[int, int]]) -> None:
    found = joined(runs)

    assert {y for a, b in found for y in range(a, b + 1)} == {y for a, b in runs for y in range(a, b + 1)}
    assert all(after[0] > before[1] + 1 for before, after in pairwise(found))


@pytest.mark.parametrize(
    ("runs", "whole"),
    [([(1991, 2011), (2012, 2025)], [(1991, 2025)]), ([(1990, 1990), (1995, 1999)], [(1990, 1990), (1995, 1999)])],
)
def test_a_change_of_spelling_does_not_break_a_run_and_a_gap_does(
    runs: list[tuple[int, int]], whole: list[tuple[int, int]]
) -> None:
    assert joined(runs) == whole
