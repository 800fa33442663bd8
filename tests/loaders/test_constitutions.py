"""The year of the constitution in force, and the rights that it states."""

from __future__ import annotations

from pathlib import Path

import pytest
from loading import load_real
from practice import shipped, value

SOURCE = "ccp-2023"


@pytest.mark.parametrize(
    ("state", "year", "adopted"),
    [("COL", 2013, 1991), ("ZWE", 2012, 1979), ("ZWE", 2013, 2013), ("FJI", 2013, 2013), ("DEU", 2022, 1949)],
)
def test_the_year_of_the_constitution_in_force(state: str, year: int, adopted: int) -> None:
    assert value(SOURCE, state, "CCP-CONSTITUTION-YEAR", year) == adopted


def test_no_constitution_is_younger_than_the_year_it_is_in_force() -> None:
    years = {k: v["value"] for k, v in shipped(SOURCE).items() if k[1] == "CCP-CONSTITUTION-YEAR"}

    assert all(adopted is not None and adopted <= year for (_, _, year), adopted in years.items())


def test_rights_are_snapshots_of_eleven_years() -> None:
    years = {year for _, indicator, year in shipped(SOURCE) if indicator == "CCP-TORTURE-BAN"}

    assert years == set(range(1995, 2006))
    assert value(SOURCE, "USA", "CCP-TORTURE-BAN", 1995) == 0
    assert value(SOURCE, "USA", "CCP-HABEAS-CORPUS", 1995) == 1


def test_serbia_and_its_predecessors_are_told_apart_by_name(raw_root: Path) -> None:
    _, report = load_real(SOURCE, raw_root)

    assert [(q.reason, q.value) for q in report.quarantined] == [
        ("duplicate key: an earlier row says otherwise", "SRB CCP-CONSTITUTION-YEAR 2006")
    ]
    assert report.dropped["no state of any list"] == 148
