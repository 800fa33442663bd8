"""Women, Business and the Law."""

from __future__ import annotations

from pathlib import Path
from statistics import mean

import pytest
from practice import Excerpt, indicators, shipped, value

SOURCE = "wbl-2020"
FILE = "wbl_panel_1971_2020.csv.gz"


def test_scores_stand_in_the_year_whose_law_they_describe() -> None:
    assert value(SOURCE, "AFG", "WBL-INDEX", 1970) == 26.3
    assert value(SOURCE, "AFG", "WBL-INDEX", 2020) is None


@pytest.mark.parametrize("state", ["BGD", "PAK"])
def test_known_scores_of_the_report_of_2020(state: str) -> None:
    assert value(SOURCE, state, "WBL-INDEX", 2019) == 49.4


def test_eight_economies_have_full_marks_in_the_report_of_2020() -> None:
    scores = [n["value"] for (_, i, y), n in shipped(SOURCE).items() if (i, y) == ("WBL-INDEX", 2019)]

    assert scores.count(100) == 8


def test_the_index_is_the_mean_of_its_eight_topics() -> None:
    values = shipped(SOURCE)
    topics = [code for code in indicators(SOURCE) if code != "WBL-INDEX"]

    assert len(topics) == 8
    for state, year in {(s, y) for s, i, y in values if i == "WBL-INDEX"}:
        average = mean(values[state, topic, year]["value"] for topic in topics)
        # The index is printed with one decimal.
        assert values[state, "WBL-INDEX", year]["value"] == pytest.approx(average, abs=0.0501), (state, year)


def test_law_before_a_state_was_born_is_dropped(raw_root: Path, tmp_path: Path) -> None:
    excerpt = Excerpt(raw_root, tmp_path, SOURCE)
    excerpt.take(FILE, lambda row: row["countrycode"] == "KAZ")

    values, report = excerpt.load()

    assert min(year for _, _, year in values) == 1991
    assert report.dropped == {"no such state in that year": 21}
