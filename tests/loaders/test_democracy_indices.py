"""Polity, Freedom in the World and the Lexical Index."""

from __future__ import annotations

from pathlib import Path

import pytest
from practice import Excerpt, shipped, value

POLITY = "polity5_1946on.csv.gz"


@pytest.mark.parametrize(
    ("source", "state", "indicator", "year", "number"),
    [
        ("polity5", "AFG", "POLITY2", 1946, -10),
        ("polity5", "DEU", "POLITY2", 1990, 10),
        ("polity5", "ETH", "POLITY2", 1993, 1),
        ("polity5", "SDN", "POLITY2", 2011, -4),
        ("polity5", "SRB", "POLITY2", 2006, 8),
        ("freedom-house-2025", "AFG", "FH-PR", 1972, 4),
        ("freedom-house-2025", "AFG", "FH-CL", 1972, 5),
        ("freedom-house-2025", "ALB", "FH-TOTAL", 2024, 68),
        ("lied-2024", "USA", "LIED", 1946, 4),
    ],
)
def test_known_values(source: str, state: str, indicator: str, year: int, number: float) -> None:
    assert value(source, state, indicator, year) == number


def test_freedom_house_counts_its_states_of_2024_as_it_printed_them() -> None:
    ratings = shipped("freedom-house-2025")
    means = [
        (numbers["value"] + ratings[state, "FH-CL", 2024]["value"]) / 2
        for (state, indicator, year), numbers in ratings.items()
        if (indicator, year) == ("FH-PR", 2024)
    ]

    free, not_free = sum(m <= 2.5 for m in means), sum(m >= 5.5 for m in means)
    assert (free, len(means) - free - not_free, not_free) == (85, 51, 59)


def test_codes_for_interruption_and_transition_are_no_levels(either_root: Path, tmp_path: Path) -> None:
    excerpt = Excerpt(either_root, tmp_path, "polity5")
    excerpt.take(POLITY, lambda row: row["xconst"] in {"-66.0", "-77.0", "-88.0"})

    values, report = excerpt.load()

    assert {indicator for _, indicator, _ in values} == {"POLITY2"}
    assert not report.quarantined


def test_polity_keeps_the_state_as_it_stood_at_the_end_of_the_year(raw_root: Path, tmp_path: Path) -> None:
    excerpt = Excerpt(raw_root, tmp_path, "polity5")
    excerpt.take(POLITY, lambda row: (row["cown"], row["year"]) in {("530.0", "1993.0"), ("625.0", "2011.0")})

    values, report = excerpt.load()

    assert {(state, year) for state, _, year in values} == {("ETH", 1993), ("SDN", 2011)}
    assert report.dropped == {"changeover year, counted under the new borders": 2}


def test_territories_of_freedom_house_are_dropped(raw_root: Path, tmp_path: Path) -> None:
    excerpt = Excerpt(raw_root, tmp_path, "freedom-house-2025")
    excerpt.take("fh_1946on.csv.gz", lambda row: row["fh_country"] in {"Hong Kong", "Kosovo"})
    excerpt.take("fh_full_1946on.csv", lambda row: row["fh_full_country"] == "Kosovo")

    values, report = excerpt.load()

    assert {state for state, _, _ in values} == {"XKX"}
    assert report.dropped["a territory, not a state"] == 51
