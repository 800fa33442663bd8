"""Three releases of V-Dem."""

from __future__ import annotations

from pathlib import Path

import pytest
from practice import Excerpt, indicators, shipped, value

from loaders.conditions.regimes.vdem.v16 import FILES

CIVIL_LIBERTIES = "owid_human-rights-index-vdem.csv.gz"


@pytest.mark.parametrize(
    ("source", "state", "indicator", "year", "number"),
    [
        ("vdem-v16", "PRK", "VDEM-CIVLIB", 2025, 0.024),
        ("vdem-v16", "NOR", "VDEM-CIVLIB", 2025, 0.947),
        ("vdem-v16", "RWA", "VDEM-CIVLIB", 1994, 0.245),
        ("vdem-v16", "KHM", "VDEM-CIVLIB", 1977, 0.009),
        ("vdem-v16", "USA", "VDEM-CIVLIB", 2024, 0.927),
        ("vdem-v16", "USA", "VDEM-CIVLIB", 2025, 0.826),
        ("vdem-v12", "RWA", "VDEM-CLPHY", 1994, 0.14),
        ("vdem-v12", "SYR", "VDEM-CLPHY", 2015, 0.017),
        ("vdem-v12", "NOR", "VDEM-CLPHY", 2021, 0.987),
        ("vdem-v12", "MEX", "VDEM-TORTURE", 1946, -0.431),
        ("vdem-v15", "MEX", "VDEM-POLYARCHY", 1946, 0.192),
    ],
)
def test_known_values(source: str, state: str, indicator: str, year: int, number: float) -> None:
    assert value(source, state, indicator, year) == number


def test_version_15_gives_an_interval_and_version_16_gives_none() -> None:
    for numbers in shipped("vdem-v15").values():
        assert numbers["lo"] <= numbers["value"] <= numbers["hi"]
    assert all(numbers["sd"] is None for numbers in shipped("vdem-v16").values())


def test_two_releases_agree_on_what_an_indicator_is() -> None:
    v15, v16 = indicators("vdem-v15"), indicators("vdem-v16")

    assert {code: v16[code] for code in v15} == v15


def test_versions_15_and_16_of_the_same_index_lie_close() -> None:
    old = {k: n["value"] for k, n in shipped("vdem-v15").items() if k[1:] == ("VDEM-POLYARCHY", 2024)}
    new = shipped("vdem-v16")
    gaps = [abs(v - new[k]["value"]) for k, v in old.items() if k in new]

    assert len(gaps) > 170
    assert sum(gaps) / len(gaps) == pytest.approx(0.006, abs=0.0005)


def test_values_carried_back_before_a_state_was_born_are_dropped(raw_root: Path, tmp_path: Path) -> None:
    excerpt = Excerpt(raw_root, tmp_path, "vdem-v16")
    wanted = {"KAZ", "SVK", "CZE", "OWID_GFR", "OWID_WRL"}
    for file in FILES:
        excerpt.take(file, lambda row: row["Code"] in wanted and int(row["Year"]) >= 1940)

    values, report = excerpt.load()

    first = {s: min(y for state, _, y in values if state == s) for s in {state for state, _, _ in values}}
    assert first == {"KAZ": 1991, "SVK": 1993, "CSK": 1946, "CZE": 1993, "DEU": 1949}
    assert set(report.dropped) == {
        "before 1946",
        "no such state in that year",
        "a region or a territory, not a state",
    }
    assert not report.quarantined


def test_a_number_above_one_is_quarantined(raw_root: Path, tmp_path: Path) -> None:
    excerpt = Excerpt(raw_root, tmp_path, "vdem-v16")
    column = FILES[CIVIL_LIBERTIES][0]
    for file in FILES:
        excerpt.take(
            file,
            lambda row: (row["Code"], row["Year"]) == ("SWE", "1990"),
            lambda row: {**row, column: "1.2"} if column in row else row,
        )

    values, report = excerpt.load()

    assert len(values) == len(FILES) - 1
    assert [(q.file, q.column, q.value) for q in report.quarantined] == [(CIVIL_LIBERTIES, column, "1.2")]
