"""CIRIGHTS."""

from __future__ import annotations

from pathlib import Path

import pytest
from practice import Excerpt, indicators, shipped, value

SOURCE = "cirights-2022"
FILE = "cirights_v1.22.11.25.csv"


@pytest.mark.parametrize(
    ("state", "year", "index"),
    [("SYR", 2015, 0), ("RWA", 1994, 0), ("NOR", 2015, 8), ("NZL", 2018, 8), ("ISL", 2020, 8), ("SRB", 2010, 7)],
)
def test_known_physical_integrity_indices(state: str, year: int, index: int) -> None:
    assert value(SOURCE, state, "CIRI-PHYSINT", year) == index


def test_the_index_is_the_sum_of_its_four_rights() -> None:
    values = shipped(SOURCE)
    parts = ("CIRI-DISAP", "CIRI-KILL", "CIRI-POLPRIS", "CIRI-TORT")
    indices = {(s, y): n["value"] for (s, i, y), n in values.items() if i == "CIRI-PHYSINT"}

    assert len(indices) > 6500
    for (state, year), total in indices.items():
        assert total == sum(values[state, part, year]["value"] for part in parts), (state, year)


@pytest.mark.parametrize(
    ("right", "share"), [("CHILD", 0.53), ("FORCE", 0.53), ("UNION", 0.36), ("BARG", 0.27), ("TRAFFICKING", 0.54)]
)
def test_how_often_the_law_promises_more_than_practice_keeps(right: str, share: float) -> None:
    values = shipped(SOURCE)
    law = {(s, y): n["value"] for (s, i, y), n in values.items() if i == f"CIRI-{right}-L"}
    practice = {(s, y): n["value"] for (s, i, y), n in values.items() if i == f"CIRI-{right}-P"}
    both = law.keys() & practice.keys()

    assert sum(law[k] > practice[k] for k in both) / len(both) == pytest.approx(share, abs=0.005)


def test_law_and_practice_are_told_apart() -> None:
    concepts = {code[-2:]: i["concept"] for code, i in indicators(SOURCE).items() if code[-2:] in ("-L", "-P")}

    assert concepts == {"-L": "law", "-P": "practice"}


def test_serbia_after_2005_is_not_taken_for_its_predecessor(raw_root: Path, tmp_path: Path) -> None:
    excerpt = Excerpt(raw_root, tmp_path, SOURCE)
    excerpt.take(FILE, lambda row: row["country"] in {"Serbia", "Serbia and Montenegro", "Yugoslavia"})

    values, report = excerpt.load()

    years = {s: {y for state, _, y in values if state == s} for s in ("YUG", "SCG", "SRB")}
    assert (min(years["YUG"]), max(years["YUG"])) == (1981, 1991)
    assert (min(years["SCG"]), max(years["SCG"])) == (1992, 2005)
    assert (min(years["SRB"]), max(years["SRB"])) == (2006, 2020)
    assert not report.quarantined


def test_a_level_that_the_scale_does_not_have_is_quarantined(raw_root: Path, tmp_path: Path) -> None:
    excerpt = Excerpt(raw_root, tmp_path, SOURCE)
    excerpt.take(FILE, lambda row: (row["country"], row["year"]) == ("Chad", "2010"), lambda row: {**row, "tort": "7"})

    values, report = excerpt.load()

    assert values == {}
    assert [(q.line, q.reason, q.column) for q in report.quarantined] == [(2, "outside the scale 0 to 2", "tort")]
