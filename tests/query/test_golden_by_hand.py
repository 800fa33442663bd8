"""Golden answers are not believed because they were recorded: some of every family are made again in pandas from the snapshot.

Which ones stands in ``CHECKED`` of ``tests/support/by_hand.py``; those that rest on the scores are made here from the
``StateYear`` rows, which ``tests/graph/test_scores.py`` compares with a computation of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import by_hand
import golden
import pandas as pd
import pytest

from kb.catalogue.queries import catalogue
from kb.engines.embedded.engine import EmbeddedEngine
from kb.engines.tables import read_tables

pytestmark = pytest.mark.long

#: Organizations of several sources need the rule of precedence, which tests/graph/test_precedence.py checks.
_ONE_SOURCE = {"IRENA"}


def check(name: str, graph: EmbeddedEngine, make: Callable[..., pd.DataFrame]) -> None:
    """Of every golden case the rows are equal in the columns that were made, reals to 1e-9, whatever their order."""
    query = catalogue()[name]
    cases = [query.bind(case["parameters"]) for case in golden.cases(name)]
    if name == "organization-growth":
        cases = [case for case in cases if case["io"] in _ONE_SOURCE]
    assert cases
    for case in cases:
        answered, made = query.run(graph, **case).to_pandas(), make(**case)
        columns = list(made.columns)
        assert len(made) == len(answered) > 0 and len(columns) >= 2
        keys = [c for c in columns if query.columns[c].type != "real"]
        assert keys
        one, other = (_records(rows[columns], keys) for rows in (answered, made))
        assert list(golden.differences(one, other)) == []


def _records(rows: pd.DataFrame, keys: list[str]) -> list[dict[str, object]]:
    found = [_plain(row) for row in rows.astype(object).where(rows.notna(), None).to_dict("records")]
    return sorted(found, key=lambda row: [str(row[key]) for key in keys])


def _plain(row: dict[str, object]) -> dict[str, object]:
    """Values of Python, numbers as reals: pandas turns whole ones to reals where some are missing."""
    plain: dict[str, object] = {}
    for name, value in row.items():
        if hasattr(value, "tolist"):
            value = value.tolist()
        plain[name] = float(value) if isinstance(value, int) and not isinstance(value, bool) else value
    return plain


@pytest.mark.parametrize("name", sorted(by_hand.CHECKED))
def test_a_golden_answer_is_what_pandas_makes_of_the_snapshot(name: str, graph: EmbeddedEngine) -> None:
    check(name, graph, by_hand.CHECKED[name])


@pytest.fixture(scope="module")
def scored(graph: EmbeddedEngine) -> pd.DataFrame:
    """Every state-year with the state's region."""
    tables = {name: rows.to_pandas() for name, rows in read_tables(graph) if name in ("StateYear", "State")}
    return tables["StateYear"].merge(tables["State"][["iso3", "region"]], on="iso3")


def ranking(rows: pd.DataFrame, year: int = 2014, measure: str = "integration", region: str = "all") -> pd.DataFrame:
    found = rows[(rows["year"] == year) & rows[measure].notna() & ((rows["region"] == region) | (region == "all"))]
    rank = found[measure].rank(ascending=False, method="min").astype(int)
    return pd.DataFrame({"rank": rank, "iso3": found["iso3"], "value": found[measure]})


def most_decoupled(rows: pd.DataFrame, year: int = 2014, limit: int = 20) -> pd.DataFrame:
    found = rows[rows["year"] == year].sort_values(["decoupling", "iso3"], ascending=[False, True]).head(limit)
    return found[["iso3", "decoupling", "decoupling_lo", "decoupling_hi", "contested"]]


def scores_by_region(rows: pd.DataFrame) -> pd.DataFrame:
    groups = rows.assign(region=rows["region"].fillna("unstated")).groupby(["region", "year"])
    means = groups[["integration", "commitment", "practice_physical", "decoupling"]].mean()
    return means.assign(states=groups.size()).reset_index()


def yearly_overview(rows: pd.DataFrame) -> pd.DataFrame:
    groups = rows.groupby("year")
    means = groups[["breadth", "depth", "scrutiny", "commitment", "practice_physical", "practice_civil"]].mean()
    contested = groups["contested"].agg(lambda flags: int(flags.fillna(False).astype(bool).sum()))
    return means.assign(states=groups.size(), scored=groups["decoupling"].count(), contested=contested).reset_index()


SCORES: dict[str, Callable[..., pd.DataFrame]] = {
    "ranking": ranking,
    "most-decoupled": most_decoupled,
    "scores-by-region": scores_by_region,
    "yearly-overview": yearly_overview,
}


@pytest.mark.parametrize("name", sorted(SCORES))
def test_a_golden_answer_about_scores_is_what_pandas_makes_of_the_state_years(
    name: str, graph: EmbeddedEngine, scored: pd.DataFrame
) -> None:
    check(name, graph, partial(SCORES[name], scored))


def test_every_family_of_questions_has_checked_answers() -> None:
    checked = {*by_hand.CHECKED, *SCORES}

    assert checked <= set(catalogue())
    families = {catalogue()[name].tags[0] for name in catalogue()}
    assert families == {catalogue()[name].tags[0] for name in checked}
