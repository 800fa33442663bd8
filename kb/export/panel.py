"""State-years side by side: the scores, and beside them measured values turned from one row per value to one column each."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

KEYS = ("iso3", "year")
#: What a source publishes of the uncertainty of a value; a column of it is called ``LHRS_sd``.
UNCERTAINTY = ("sd", "lo", "hi")


def believed(measured: pd.DataFrame, precedence: Mapping[str, int]) -> pd.DataFrame:
    """One row per state, year and indicator: of several sources the one that is believed first."""
    ranked = measured.assign(_rank=measured["source"].map(precedence))
    ranked = ranked.sort_values(["indicator", *KEYS, "_rank"], kind="stable")
    return ranked.drop_duplicates([*KEYS, "indicator"]).drop(columns="_rank")


def beside(
    base: pd.DataFrame, measured: pd.DataFrame, precedence: Mapping[str, int], *, uncertainty: bool = False
) -> pd.DataFrame:
    """``base``, a row per ``iso3`` and ``year``, with a column per indicator code of ``measured`` in the order of the codes.

    ``measured`` has ``iso3, year, indicator, value, sd, lo, hi, source``. Values of other state-years are left out. With
    ``uncertainty``, what the source publishes of it follows each value, where it publishes any.
    """
    rows = believed(measured, precedence)
    columns = {}
    for code, part in rows.groupby("indicator"):
        values = part.set_index(list(KEYS))
        columns[str(code)] = values["value"]
        for name in UNCERTAINTY if uncertainty else ():
            if values[name].notna().any():
                columns[f"{code}_{name}"] = values[name]
    wanted = pd.MultiIndex.from_frame(base[list(KEYS)].astype({"year": "int64"}))
    found = pd.DataFrame(
        {name: column.reindex(wanted).to_numpy() for name, column in columns.items()}, index=base.index
    )
    return pd.concat([base, found], axis=1)
