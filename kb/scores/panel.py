"""The panel of state-years with every measure that the queries give, before any percentile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from kb.catalogue.queries import catalogue
from kb.engines.base import Engine
from kb.errors import CheckError

FIRST_YEAR = 1946
FIRST_CORE_TREATY = 1966
#: Decimals of the commitment score kept, so that equal sums of different components tie whatever their order.
DECIMALS = 12
#: Treaties with a practice indicator of their own, by the column that holds their decoupling.
TREATIES = {
    "decoupling_cat": "CAT",
    "decoupling_iccpr": "ICCPR",
    "decoupling_cedaw": "CEDAW",
    "decoupling_crc": "CRC",
    "decoupling_icescr": "ICESCR",
}


def last_full_year(day: dt.date) -> int:
    """The last year that a page of this day speaks of from beginning to end."""
    return day.year if (day.month, day.day) == (12, 31) else day.year - 1


def span(engine: Engine) -> tuple[int, int]:
    """The last year of commitment, and the last year of any score."""
    found = catalogue()["score-span"].run(engine).to_pylist()[0]
    treaties = last_full_year(found["treaties_as_of"]) if found["treaties_as_of"] else FIRST_CORE_TREATY - 1
    return treaties, max(treaties, found["last_measured"] or FIRST_YEAR)


def read_panel(engine: Engine) -> tuple[pd.DataFrame, dict[str, pd.DataFrame], dict[str, pd.DataFrame]]:
    """The state-years sorted by year and state with their raw measures, and for each column of :data:`TREATIES` the
    depth (``value`` and ``parties``) and the practice (``value``) of its treaty, aligned with them.
    """
    treaty_year, last_year = span(engine)
    panel = catalogue()["score-years"].run(engine, from_year=FIRST_YEAR, to_year=last_year).to_pandas()
    panel = panel.sort_values(["year", "iso3"], ignore_index=True)
    commitment_years = {"from_year": FIRST_CORE_TREATY, "to_year": treaty_year}
    years = {"from_year": FIRST_YEAR, "to_year": last_year}
    if treaty_year >= FIRST_CORE_TREATY:
        for name in ("breadth", "depth", "scrutiny"):
            take(panel, engine, f"commitment-{name}", {name: "value"}, commitment_years)
    else:
        panel[["breadth", "depth", "scrutiny"]] = float("nan")
    panel["commitment"] = ((panel["breadth"] + panel["depth"] + panel["scrutiny"]) / 3).round(DECIMALS)
    take(panel, engine, "practice-physical", {"practice_physical": "value", "practice_sd": "sd"})
    take(panel, engine, "practice-civil", {"practice_civil": "value"})
    take(panel, engine, "practice-terror", {"practice_terror": "value"})
    take(panel, engine, "igo-memberships", {"igo_count": "value", "igo_last_observed": "last_observed"}, years)
    take(panel, engine, "ingo-counts", {"ingo_count": "value"})
    take(panel, engine, "political-globalisation", {"political_globalisation_raw": "value"})
    take(panel, engine, "machinery", {"machinery_raw": "value"}, years)
    practice = catalogue()["practice-by-treaty"].run(engine).to_pandas()
    depth, measured = {}, {}
    held = catalogue()["treaties"].run(engine)["code"].to_pylist()
    for column, treaty in TREATIES.items():
        measured[column] = align(panel, practice[practice["treaty"] == treaty], f"practice-by-treaty, {treaty}")
        query = catalogue()["commitment-depth"]
        # A graph made from the open sources alone may lack the treaty; asking for one that is not there is an error.
        rows = query.run(engine, treaty=treaty, **commitment_years) if treaty in held else query.schema.empty_table()
        depth[column] = align(panel, rows.to_pandas(), f"commitment-depth, {treaty}")
    return panel, depth, measured


def take(
    panel: pd.DataFrame,
    engine: Engine,
    query: str,
    columns: Mapping[str, str],
    parameters: Mapping[str, int] | None = None,
) -> None:
    """Add columns of a query's answer to the panel: ``columns`` maps the panel's name to the query's."""
    rows = align(panel, catalogue()[query].run(engine, **(parameters or {})).to_pandas(), query)
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
