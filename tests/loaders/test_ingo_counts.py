"""Counts of ties to INGOs: memberships 1981-1999, and human-rights organizations 1995-2003."""

from __future__ import annotations

from pathlib import Path

import pytest
from loading import changed, edges, load, load_real
from practice import shipped, value

from kb.errors import InputError

COUNTS, PRESENCE = "hill-jones-2014", "hro-ingo"


@pytest.mark.parametrize(
    ("state", "year", "count"),
    [
        ("USA", 1981, 1106),
        ("USA", 1999, 2648),
        ("GBR", 1985, 2021),
        ("SUN", 1991, 995),
        ("RUS", 1992, 1074),
        ("YUG", 1991, 1246),
        ("SCG", 1999, 998),
        ("DDR", 1990, 878),
        ("DEU", 1990, 2631),
    ],
)
def test_known_counts_of_memberships(state: str, year: int, count: int) -> None:
    assert value(COUNTS, state, "HJ-INGO", year) == count


@pytest.mark.parametrize(("state", "year", "count"), [("USA", 1995, 83), ("CAN", 1998, 80.5), ("DEU", 1997, 102)])
def test_known_counts_of_human_rights_organizations(state: str, year: int, count: float) -> None:
    assert value(PRESENCE, state, "HRO-INGO", year) == count


def test_the_year_that_repeats_the_next_is_left_out() -> None:
    assert {year for _, _, year in shipped(COUNTS)} == {*range(1981, 1984), *range(1985, 2000)}


def test_misprints_and_zeroes_are_set_aside_for_a_person_to_see(raw_root: Path) -> None:
    _, report = load_real(COUNTS, raw_root)
    dips = {q.value for q in report.quarantined if q.reason == "far below the years before and after"}

    assert dips == {"2 1986 804", "403 1989 21", "540 1986 45"}
    assert len(report.quarantined) == len(dips) + 24
    assert min(numbers["value"] or 0 for numbers in shipped(COUNTS).values()) > 0
    assert report.dropped == {"1984 repeats 1985": 158, "no count": 78}


def test_an_unknown_country_code_is_set_aside_with_its_line(raw_root: Path, tmp_path: Path) -> None:
    def change(content: bytes) -> bytes:
        return content.replace(b"\n2,1981,1106,", b"\n1234,1981,1106,", 1)

    facts, report = load(COUNTS, changed(COUNTS, raw_root, tmp_path, "eeesr.csv.gz", change))

    assert [(q.line, q.value) for q in report.quarantined if q.reason == "unknown cow code"] == [(2, "1234 1981")]
    assert not [e for e in edges(facts, "MEASURED") if e.start == "USA" and e.values["year"] == 1981]


def test_a_renamed_column_is_an_error_that_names_it(either_root: Path, tmp_path: Path) -> None:
    def change(content: bytes) -> bytes:
        return content.replace(b"hro_n", b"hro_count", 1)

    with pytest.raises(InputError, match="hro_n"):
        load(PRESENCE, changed(PRESENCE, either_root, tmp_path, "hro_1995_2005.csv", change))
