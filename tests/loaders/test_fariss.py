"""The latent protection scores."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from practice import Excerpt, shipped, value

SOURCE = "fariss-lhrs-402"
FILE = "LHRS-v4.02-2021_names.csv"


@pytest.mark.parametrize(
    ("state", "year", "theta"),
    [("RWA", 1994, -3.36), ("KHM", 1976, -2.86), ("NOR", 2021, 4.49), ("NZL", 2021, 3.98)],
)
def test_known_scores(state: str, year: int, theta: float) -> None:
    assert value(SOURCE, state, "LHRS", year) == pytest.approx(theta, abs=0.005)


def test_every_score_has_its_uncertainty_around_it() -> None:
    for numbers in shipped(SOURCE).values():
        assert numbers["sd"] > 0
        assert numbers["lo"] < numbers["value"] < numbers["hi"]


def test_a_code_means_the_state_that_had_it_then() -> None:
    assert value(SOURCE, "SUN", "LHRS", 1980) == pytest.approx(-1.397, abs=0.0005)
    assert value(SOURCE, "RUS", "LHRS", 1980) is None
    assert value(SOURCE, "RUS", "LHRS", 1995) is not None


def test_the_rows_of_czechoslovakia_stand_under_the_code_of_the_czech_republic() -> None:
    assert value(SOURCE, "CSK", "LHRS", 1988) == pytest.approx(-0.348, abs=0.0005)
    assert value(SOURCE, "CSK", "LHRS", 1992) == pytest.approx(1.829, abs=0.0005)
    assert value(SOURCE, "CSK", "LHRS", 1993) is None
    assert value(SOURCE, "CZE", "LHRS", 1992) is None
    assert value(SOURCE, "CZE", "LHRS", 1993) == pytest.approx(1.814, abs=0.0005)


@pytest.mark.parametrize("year", range(1981, 1992))
def test_those_rows_were_fed_with_what_others_code_for_czechoslovakia(year: int, raw_root: Path) -> None:
    with (raw_root / "fariss-lhrs" / FILE).open(encoding="utf-8", newline="") as file:
        row = next(r for r in csv.DictReader(file) if r["COW"] == "316" and r["YEAR"] == str(year))

    assert float(row["TORT"]) == value("cirights-2022", "CSK", "CIRI-TORT", year)
    assert float(row["State"]) == value("pts-2025", "CSK", "PTS-S", year)


def test_the_year_of_unification_counts_once_for_germany_and_once_for_yemen(either_root: Path, tmp_path: Path) -> None:
    excerpt = Excerpt(either_root, tmp_path, SOURCE)
    excerpt.take(FILE, lambda row: row["YEAR"] == "1990" and row["COW"] in {"255", "260", "678", "679"})

    values, report = excerpt.load()

    assert set(values) == {("DEU", "LHRS", 1990), ("YEM", "LHRS", 1990)}
    assert report.dropped == {"year of unification, counted under the united state": 2}


def test_a_damaged_cell_sends_its_row_to_quarantine(raw_root: Path, tmp_path: Path) -> None:
    excerpt = Excerpt(raw_root, tmp_path, SOURCE)
    excerpt.take(FILE, lambda row: row["country_name"] == "Sweden", lambda row: {**row, "theta_mean": "high"})

    values, report = excerpt.load()

    assert values == {}
    assert {(q.reason, q.column, q.value) for q in report.quarantined} == {("not a number", "theta_mean", "high")}
