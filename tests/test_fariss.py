"""The latent protection scores."""

from __future__ import annotations

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


def test_the_year_of_unification_counts_once_for_germany_and_once_for_yemen(raw_root: Path, tmp_path: Path) -> None:
    excerpt = Excerpt(raw_root, tmp_path, SOURCE)
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
