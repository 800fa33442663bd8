"""The Political Terror Scale."""

from __future__ import annotations

from pathlib import Path

import pytest
from practice import Excerpt, indicators, shipped, value

from kb.errors import InputError

SOURCE = "pts-2025"
FILE = "PTS-2025.csv"


@pytest.mark.parametrize(
    ("state", "year", "scale", "level"),
    [
        ("RWA", 1994, "PTS-A", 5),
        ("RWA", 1994, "PTS-S", 5),
        ("ARG", 1977, "PTS-A", 5),
        ("MMR", 2024, "PTS-S", 5),
        ("NOR", 2024, "PTS-S", 1),
        ("FIN", 2024, "PTS-S", 1),
        ("SUN", 1980, "PTS-S", 3),
    ],
)
def test_known_levels(state: str, year: int, scale: str, level: int) -> None:
    assert value(SOURCE, state, scale, year) == level


def test_the_state_department_does_not_judge_the_united_states_but_for_one_cell_of_the_file() -> None:
    judged = {year for state, scale, year in shipped(SOURCE) if (state, scale) == ("USA", "PTS-S")}

    assert judged == {1977}


def test_a_low_level_is_the_better_one_and_levels_are_whole() -> None:
    assert {i["better"] for i in indicators(SOURCE).values()} == {"low"}
    assert {numbers["value"] for numbers in shipped(SOURCE).values()} == {1, 2, 3, 4, 5}


def test_yugoslavia_and_its_successors_follow_one_another(raw_root: Path, tmp_path: Path) -> None:
    excerpt = Excerpt(raw_root, tmp_path, SOURCE)
    excerpt.take(FILE, lambda row: row["Country"].startswith(("Yugoslavia", "Serbia")), delimiter=";")

    values, report = excerpt.load()

    years = {s: [y for state, scale, y in sorted(values) if (state, scale) == (s, "PTS-S")] for s in ("YUG", "SCG")}
    assert (years["YUG"], years["SCG"]) == (list(range(1976, 1992)), list(range(1992, 2007)))
    assert ("SRB", "PTS-S", 2006) in values
    assert not report.quarantined


def test_territories_are_dropped_by_name(raw_root: Path, tmp_path: Path) -> None:
    excerpt = Excerpt(raw_root, tmp_path, SOURCE)
    excerpt.take(FILE, lambda row: row["Country"] in {"Crimea", "European Union"}, delimiter=";")

    values, report = excerpt.load()

    assert values == {}
    assert report.dropped == {"a territory or an organization, not a state": 98}


def test_a_file_without_a_column_says_which(raw_root: Path, tmp_path: Path) -> None:
    def without_scale(row: dict[str, str]) -> dict[str, str]:
        return {k: v for k, v in row.items() if k != "PTS_H"}

    excerpt = Excerpt(raw_root, tmp_path, SOURCE)
    excerpt.take(FILE, lambda row: row["Country"] == "Chad", without_scale, delimiter=";")

    with pytest.raises(InputError, match="no column 'PTS_H'"):
        excerpt.load()
