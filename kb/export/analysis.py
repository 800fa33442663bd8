"""The state-year panel as it is written to files: scores, indicators and parties, with what every variable means.

Names are small letters, digits and underscores, at most 32 of them, so that Stata, R and Python can all use them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from kb.export import frames
from kb.export.panel import KEYS, UNCERTAINTY, believed, beside
from kb.facts.schema import stored_schema
from kb.model.graph import MODEL
from kb.model.scores import BY_NAME

LONGEST = 32
#: What identifies and describes the state, at the head of every row.
_STATE = ("iso3", "name", "cow", "gw", "region", "subregion")
_ENDED = ("denounced", "ended")


@dataclass(frozen=True)
class Variable:
    """One variable of the panel: its name, a label, its unit, the ends of its scale, and the codes of its sources."""

    name: str
    label: str
    unit: str = ""
    lo: float | None = None
    hi: float | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Panel:
    """Rows ordered by state and year, and a variable for each of their columns in the same order."""

    rows: pd.DataFrame
    variables: tuple[Variable, ...]


def panel(
    tables: Mapping[str, pa.Table], precedence: Mapping[str, int], behind: Mapping[str, tuple[str, ...]] | None = None
) -> Panel:
    """The panel of a graph's tables, which are as :func:`kb.facts.schema.stored_schema` has them; a missing one counts as empty.

    ``behind`` names the sources that each score rests on; where it does not, they are named ``scores``.
    """
    states, years = (_frame(tables, name) for name in ("State", "StateYear"))
    states = states[list(_STATE)]
    scores = [p.name for p in MODEL.labels["StateYear"].properties if p.name not in ("id", "name", "sources", *KEYS)]
    base = years[[*KEYS, *scores]].merge(states, on="iso3", how="left")
    base = base[[*_STATE[:2], "year", *_STATE[2:], *scores]].sort_values(list(KEYS), ignore_index=True)
    measured = _frame(tables, "MEASURED").rename(columns={"start": "iso3", "end": "indicator"})
    rows = beside(base, measured, precedence, uncertainty=True)
    joined = _parties(base, tables)
    variables = [*_declared(base, behind or {}), *_indicators(rows, tables, believed(measured, precedence)), *joined]
    rows = rows.rename(columns={name: variable_name(name) for name in rows.columns if name not in base.columns})
    rows = pd.concat([rows, pd.DataFrame({v.name: column for v, column in joined.items()}, index=rows.index)], axis=1)
    assert list(rows.columns) == [v.name for v in variables] and rows.columns.is_unique
    return Panel(rows, tuple(variables))


def variable_name(code: str) -> str:
    """A code as the name of a variable: VDEM-CIVLIB gives vdem_civlib."""
    name = re.sub(r"[^a-z0-9]+", "_", code.lower()).strip("_")
    return (name if name[0].isalpha() else f"v_{name}")[:LONGEST]


def _frame(tables: Mapping[str, pa.Table], name: str) -> pd.DataFrame:
    return frames.of_table(tables.get(name, stored_schema(MODEL.table(name)).empty_table()))


def _declared(base: pd.DataFrame, behind: Mapping[str, tuple[str, ...]]) -> list[Variable]:
    """What the model says of the state's and the scores' columns."""
    state, scores = MODEL.labels["State"].by_name, MODEL.labels["StateYear"].by_name
    variables = []
    for name in base.columns:
        p = state[name] if name in _STATE else scores[name]
        score = BY_NAME.get(name)
        lo, hi = score.scale if score else (None, None)
        sources = behind.get(name, ("scores",)) if score else ()
        variables.append(Variable(p.name, p.meaning, p.unit, lo, hi, sources))
    return variables


def _indicators(rows: pd.DataFrame, tables: Mapping[str, pa.Table], used: pd.DataFrame) -> list[Variable]:
    """The indicators' columns in the order of the panel, each followed by its uncertainty."""
    known = _frame(tables, "Indicator").set_index("code")
    sources = used.groupby("indicator")["source"].unique().to_dict() if len(used) else {}
    told = {"sd": "standard deviation", "lo": "lower bound", "hi": "upper bound"}
    variables = []
    for code in sorted(map(str, sources)):
        one = {str(name): value for name, value in known.loc[code].items()}
        lo, hi = _number(one["lo"]), _number(one["hi"])
        name, unit, by = str(one["name"]), str(one["unit"]), tuple(sorted(sources[code]))
        variables.append(Variable(variable_name(code), name, unit, lo, hi, by))
        for end in UNCERTAINTY:
            if f"{code}_{end}" in rows.columns:
                bounds = (0.0, None) if end == "sd" else (lo, hi)
                label = f"{name}: {told[end]}"
                variables.append(Variable(variable_name(f"{code}_{end}"), label, unit, *bounds, by))
    return variables


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _parties(base: pd.DataFrame, tables: Mapping[str, pa.Table]) -> dict[Variable, pd.Series[Any]]:
    """For every treaty whether the state was party at the end of the year; missing before the treaty was opened.

    The rule is that of ``queries/parties-of-a-year``: an act binds until a later withdrawal that took effect.
    """
    treaties = _frame(tables, "Treaty").set_index("code").sort_index()
    spells = _spells(_frame(tables, "RATIFIED"), _frame(tables, "WITHDREW_FROM"))
    year = base["year"].to_numpy(dtype="int64")
    at = {str(iso3): places for iso3, places in base.groupby("iso3").indices.items()}
    found = {}
    for code, treaty in treaties.iterrows():
        held = pd.Series(0, index=base.index, dtype="Int64")
        own = spells[spells["end"] == code]
        for iso3, first, last in zip(own["start"], own["first"], own["last"], strict=True):
            places = at.get(iso3, np.array([], dtype="int64"))
            held.iloc[places[(year[places] >= first) & (year[places] < last)]] = 1
        if pd.notna(treaty["opened"]):
            held = held.mask(year < int(treaty["opened"]))
        sources = tuple(sorted(own["source"].unique()))
        label = f"Party to {code} at the end of the year: {treaty['title']}"
        found[Variable(variable_name(f"party_{code}"), label, "0 no, 1 yes", 0, 1, sources)] = held
    return found


def _spells(ratified: pd.DataFrame, left: pd.DataFrame) -> pd.DataFrame:
    """Every act of becoming bound with the ``first`` year it holds and the ``last``, in which it holds no more."""
    acts = ratified[["start", "end", "year", "date", "source"]].reset_index(names="act")
    left = left[left["effect"].fillna("denounced").isin(_ENDED)]
    both = acts.merge(left[["start", "end", "year", "date"]], on=["start", "end"], suffixes=("", "_left"))
    same_year = both["year_left"] == both["year"]
    unordered = both["date"].isna() | both["date_left"].isna() | (both["date_left"] > both["date"])
    ended = both[(both["year_left"] > both["year"]) | (same_year & unordered)]
    until = ended.groupby("act")["year_left"].min()
    last = acts["act"].map(until).fillna(10_000).astype("int64")
    return acts.assign(first=acts["year"].astype("int64"), last=last)
