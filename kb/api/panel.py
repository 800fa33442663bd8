"""The panel of state-years: chosen scores and indicators, one column each."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Any

import pandas as pd

from kb.api import provenance
from kb.api.asking import Asking
from kb.catalogue import queries, sources
from kb.errors import UsageError
from kb.export.panel import UNCERTAINTY, beside
from kb.load import names

_SCORES, _MEASURED = "scores-and-components", "indicator-panel"
_KEYS = ["iso3", "name", "region", "year"]
_WHAT = {"sd": "standard deviation", "lo": "lower bound", "hi": "upper bound"}


def panel(
    kb: Asking,
    columns: Sequence[str] | None,
    *,
    years: int | tuple[int, int] | Sequence[int] | None,
    states: Sequence[str] | None,
    uncertainty: bool,
) -> pd.DataFrame:
    """As :meth:`kb.api.knowledge.KnowledgeBase.panel`."""
    scores = [name for name in queries.query(_SCORES).columns if name not in _KEYS]
    wanted = scores if columns is None else [columns] if isinstance(columns, str) else list(dict.fromkeys(columns))
    wanted = [name for name in wanted if name not in _KEYS]
    measured = [name for name in wanted if name not in scores]
    meanings = _indicators(kb, measured, scores)
    span, chosen = _years(years)
    rows = kb.query(_SCORES, **span)
    described = rows.attrs
    if chosen is not None:
        rows = rows[rows["year"].isin(chosen)]
    if states is not None:
        codes = [names.state(one) for one in ([states] if isinstance(states, str) else states)]
        rows = rows[rows["iso3"].isin(codes)]
    rows = rows.sort_values(["iso3", "year"], ignore_index=True)
    scored = [name for name in wanted if name in scores]
    behind = set(sources.of_scores(kb._engine, scored))
    if measured:
        values = kb.query(_MEASURED, indicators=measured, **span)
        rank = {str(code): int(n) for code, n in kb.query("sources")[["code", "precedence"]].itertuples(index=False)}
        rows = beside(rows, values, rank, uncertainty=uncertainty)
        behind |= set(values["source"])
    shown = [*_KEYS, *(name for one in wanted for name in (one, *_around(rows, one, measured)))]
    made = rows.reindex(columns=shown)
    told = {**described["columns"], **meanings}
    made.attrs.clear()
    made.attrs |= {
        "title": "State-years",
        "parameters": provenance.plain({"columns": wanted, **span}),
        "columns": {name: told[name] for name in shown},
        **{key: described[key] for key in ("data_version", "data_date", "engine")},
        "sources": {code: kb._now().sources[code]["citation"] for code in sorted(behind or described["sources"])},
    }
    return made


def _around(rows: pd.DataFrame, name: str, measured: Sequence[str]) -> list[str]:
    return [f"{name}_{more}" for more in UNCERTAINTY if name in measured and f"{name}_{more}" in rows.columns]


def _indicators(kb: Asking, measured: Sequence[str], scores: Sequence[str]) -> dict[str, dict[str, Any]]:
    """What the columns of indicators mean. Raises :class:`UsageError` for a name that is neither score nor indicator."""
    if not measured:
        return {}
    known = kb.query("indicators").set_index("code")
    for name in measured:
        if name not in known.index:
            near = difflib.get_close_matches(name.upper(), known.index, n=2, cutoff=0.4)
            near = [*difflib.get_close_matches(name, scores, n=2, cutoff=0.4), *near]
            hint = f"did you mean {' or '.join(near)}?" if near else "kb.indicators and kb.panel().columns list them"
            raise UsageError(f"there is no score and no indicator {name!r}", hint)
    told = {}
    for name in measured:
        unit, meaning = str(known.at[name, "unit"]), str(known.at[name, "name"])
        told[name] = {"type": "real", "unit": unit, "meaning": meaning}
        for more, what in _WHAT.items():
            told[f"{name}_{more}"] = {"type": "real", "unit": unit, "meaning": f"{meaning}: {what}"}
    return told


def _years(years: int | tuple[int, int] | Sequence[int] | None) -> tuple[dict[str, int], set[int] | None]:
    """The span to ask for, and the years of it to keep where they are not all."""
    if years is None:
        return {}, None
    if isinstance(years, int):
        return {"from_year": years, "to_year": years}, None
    chosen = sorted({int(year) for year in years})
    if not chosen:
        raise UsageError("no year is asked for", "give a year, a first and a last one, or a list; or leave years out")
    span = {"from_year": chosen[0], "to_year": chosen[-1]}
    return (span, None) if isinstance(years, tuple) and len(years) == 2 else (span, set(chosen))
