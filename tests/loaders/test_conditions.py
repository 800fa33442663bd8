"""Economy, conflict, courts, executions and allegations of torture."""

from __future__ import annotations

from pathlib import Path

import pytest
from practice import Excerpt, shipped, value


@pytest.mark.parametrize(
    ("source", "state", "indicator", "year", "number"),
    [
        ("economy-population", "NOR", "GDP-PC", 2020, 75290.02610533225),
        ("economy-population", "CHN", "POPULATION", 2023, 1422584.9325),
        ("lji-2014", "LUX", "LJI", 2012, 0.9932),
        ("lji-2014", "ZWE", "LJI", 2005, 0.1245),
        ("executions-2016", "AFG", "EXECUTIONS", 2007, 15),
        ("itt-2013", "USA", "ITT-LOT", 1995, 4),
    ],
)
def test_known_values(source: str, state: str, indicator: str, year: int, number: float) -> None:
    assert value(source, state, indicator, year) == number


def test_killings_by_a_government_stand_between_their_bounds() -> None:
    assert shipped("ucdp-251")["RWA", "UCDP-ONESIDED", 1994] == {
        "value": 768619,
        "sd": None,
        "lo": 344840,
        "hi": 1589881,
    }


def test_the_wars_of_2024() -> None:
    wars = {
        state
        for (state, indicator, year), numbers in shipped("ucdp-251").items()
        if (indicator, year, numbers["value"]) == ("UCDP-INTENSITY", 2024, 2)
    }

    assert {"RUS", "UKR", "SDN", "MMR"} <= wars
    assert "SWE" not in wars


def test_of_two_conflicts_in_a_year_the_worse_counts(raw_root: Path, tmp_path: Path) -> None:
    excerpt = Excerpt(raw_root, tmp_path, "ucdp-251")
    excerpt.take("ucdp_acd_251_gw.csv", lambda row: (row["gwno_a"], row["year"]) == ("750.0", "1990.0"))
    excerpt.take("ucdp-onesided-231.csv", lambda row: (row["gwnoa"], row["year"]) == ("750", "1990"))
    levels = (excerpt.folder / "ucdp_acd_251_gw.csv").read_text(encoding="utf-8")
    assert ",1.0,intrastate" in levels and ",2.0,intrastate" in levels

    values, report = excerpt.load()

    assert values["IND", "UCDP-INTENSITY", 1990] == 2
    assert report.dropped["repeats an earlier row"] == levels.count("1990.0") - 1


def test_the_soviet_union_and_the_two_germanys_keep_their_own_independence_of_courts() -> None:
    years = {s: {y for state, _, y in shipped("lji-2014") if state == s} for s in ("SUN", "RUS", "DDR", "DEU")}

    assert (min(years["SUN"]), max(years["SUN"])) == (1948, 1991)
    assert min(years["RUS"]) == 1992
    assert (min(years["DDR"]), max(years["DDR"])) == (1949, 1989)
    assert (min(years["DEU"]), max(years["DEU"])) == (1949, 2012)


def test_a_negative_product_is_quarantined(either_root: Path, tmp_path: Path) -> None:
    excerpt = Excerpt(either_root, tmp_path, "economy-population")
    excerpt.take("gdp_1950_2024.csv.gz", lambda row: row["NY.GDP.MKTP.KD"].startswith("-") or row["gwcode"] == "2")
    excerpt.take("population_1946_2025.csv.gz", lambda row: row["gwcode"] == "2")

    values, report = excerpt.load()

    assert {state for state, _, _ in values} == {"USA"}
    assert [(q.reason, q.column) for q in report.quarantined] == [("outside the scale 0 to None", "NY.GDP.MKTP.KD")]


def test_more_than_a_number_is_not_made_a_number(raw_root: Path, tmp_path: Path) -> None:
    excerpt = Excerpt(raw_root, tmp_path, "executions-2016")
    excerpt.take("executions_amnesty_2007_2016.csv", lambda row: row["Entity"] in {"China", "Japan"})

    values, report = excerpt.load()

    inexact = report.dropped["more than a number, without the number"]
    assert inexact == 9
    assert report.loaded + inexact == report.rows
    assert ("JPN", "EXECUTIONS", 2016) in values


def test_a_word_that_is_no_level_of_torture_is_quarantined(either_root: Path, tmp_path: Path) -> None:
    excerpt = Excerpt(either_root, tmp_path, "itt-2013")
    excerpt.take("ITT_CY.csv", lambda row: row["iso3alpha"] == "USA", lambda row: {**row, "LoT": "Frequent"})

    values, report = excerpt.load()

    assert values == {}
    assert {(q.reason, q.value) for q in report.quarantined} == {("no such level", "Frequent")}
