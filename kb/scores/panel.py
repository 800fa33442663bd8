"""The panel of state-years with every measure that the queries give, before any percentile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import pandas as pd

from kb.catalogue.queries import catalogue
from kb.engines.base import Engine
from kb.errors import CheckError
from kb.model.scores import commitment, decoupling, integration, practice
from kb.model.scores.entry import Score

FIRST_YEAR = 1946
#: Decimals of the commitment score kept, so that equal sums of different components tie whatever their order.
DECIMALS = 12


def last_full_year(day: dt.date) -> int:
    """The last year that a page of this day speaks of from beginning to end."""
    return day.year if (day.month, day.day) == (12, 31) else day.year - 1


def span(engine: Engine) -> tuple[int, int]:
    """The last year of commitment, and the last year of any score."""
    found = catalogue()["score-span"].run(engine).to_pylist()[0]
    treaties = last_full_year(found["treaties_as_of"]) if found["treaties_as_of"] else commitment.FIRST_YEAR - 1
    return treaties, max(treaties, found["last_measured"] or FIRST_YEAR)


def read_panel(engine: Engine) -> tuple[pd.DataFrame, dict[str, pd.DataFrame], dict[str, pd.DataFrame]]:
    """The state-years sorted by year and state with every declared measure, and for each score of one treaty the
    depth (``value`` and ``parties``) and the practice (``value``) of its treaty, aligned with them.
    """
    treaty_year, last_year = span(engine)
    panel = catalogue()["score-years"].run(engine, from_year=FIRST_YEAR, to_year=last_year).to_pandas()
    panel = panel.sort_values(["year", "iso3"], ignore_index=True)
    promised = {"from_year": commitment.FIRST_YEAR, "to_year": treaty_year}
    if treaty_year >= commitment.FIRST_YEAR:
        take_all(panel, engine, commitment.PARTS, promised)
    else:
        panel[[part.name for part in commitment.PARTS]] = float("nan")
    panel[commitment.COMMITMENT.name] = mean_of_parts(panel)
    measured = [score for score in (*practice.SCORES, *integration.MEASURES) if not score.function]
    take_all(panel, engine, measured, {"from_year": FIRST_YEAR, "to_year": last_year})
    return panel, *_by_treaty(panel, engine, promised)


def mean_of_parts(panel: pd.DataFrame) -> pd.Series[float]:
    """Commitment: the mean of its parts, missing where one is; rounded to :data:`DECIMALS`."""
    total = panel[commitment.PARTS[0].name]
    for part in commitment.PARTS[1:]:
        total = total + panel[part.name]
    return (total / len(commitment.PARTS)).round(DECIMALS)


def _by_treaty(
    panel: pd.DataFrame, engine: Engine, years: Mapping[str, int]
) -> tuple[dict[str, pd.DataFrame], dict[str, pd.DataFrame]]:
    """Depth and practice of every treaty with an indicator of its own, by the name of its score."""
    rows = catalogue()["practice-by-treaty"].run(engine).to_pandas()
    held = catalogue()["treaties"].run(engine)["code"].to_pylist()
    depth, measured = {}, {}
    for score in decoupling.BY_TREATY:
        mine = rows[rows["treaty"] == score.treaty]
        measured[score.name] = align(panel, mine, f"practice-by-treaty, {score.treaty}")
        query = catalogue()[score.query]
        # A graph made from the open sources alone may lack the treaty; asking for one that is not there is an error.
        given = score.treaty in held
        acts = query.run(engine, treaty=score.treaty, **years) if given else query.schema.empty_table()
        depth[score.name] = align(panel, acts.to_pandas(), f"{score.query}, {score.treaty}")
    return depth, measured


def take_all(panel: pd.DataFrame, engine: Engine, scores: Sequence[Score], years: Mapping[str, int]) -> None:
    """Add measures to the panel, each query asked once; one that takes ``from_year`` and ``to_year`` gets ``years``."""
    for query in dict.fromkeys(score.query for score in scores):
        wanted = {score.name: score.column for score in scores if score.query == query}
        taken = {name: year for name, year in years.items() if name in catalogue()[query].parameters}
        take(panel, engine, query, wanted, taken)


def take(
    panel: pd.DataFrame,
    engine: Engine,
    query: str,
    columns: Mapping[str, str],
    parameters: Mapping[str, int],
) -> None:
    """Add columns of a query's answer to the panel: ``columns`` maps the panel's name to the query's."""
    rows = align(panel, catalogue()[query].run(engine, **parameters).to_pandas(), query)
    for name, column in columns.items():
        panel[name] = rows[column].astype(float)


def align(panel: pd.DataFrame, rows: pd.DataFrame, origin: str) -> pd.DataFrame:
    """``rows`` (iso3, year and values) in the order of the panel; state-years that they lack are missing.

    Raises :class:`CheckError` where there are two rows of one state-year.
    """
    twice = rows[rows.duplicated(["iso3", "year"])]
    if len(twice):
        example = twice.iloc[0]
        raise CheckError(
            f"{origin} gives {example['iso3']} {example['year']} twice",
            "two sources state the same measure: choose one in the query",
        )
    return panel[["iso3", "year"]].merge(rows, how="left", on=["iso3", "year"])
