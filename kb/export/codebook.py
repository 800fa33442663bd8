"""The codebook of the state-year panel: every variable with label, unit, range, coverage and source."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from kb.export.analysis import Panel, Variable

_COLUMNS = {
    "variable": "variable",
    "label": "label",
    "unit": "unit",
    "type": "type",
    "scale": "scale",
    "lowest": "lowest",
    "highest": "highest",
    "values": "state-years with a value",
    "states": "states with a value",
    "first_year": "first year",
    "last_year": "last year",
    "source": "source",
}


def rows(panel: Panel) -> pd.DataFrame:
    """A row per variable in the order of the panel; ``lowest`` and ``highest`` are observed, ``scale`` is possible."""
    return pd.DataFrame([_row(panel.rows, v) for v in panel.variables], columns=list(_COLUMNS))


def _row(data: pd.DataFrame, variable: Variable) -> dict[str, object]:
    column = data[variable.name]
    there = data[column.notna()]
    number = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    observed = (column.min(), column.max()) if number and len(there) else ("", "")
    span = (there["year"].min(), there["year"].max()) if len(there) else ("", "")
    scale = "" if variable.lo is None and variable.hi is None else f"{_end(variable.lo)} to {_end(variable.hi)}"
    return {
        "variable": variable.name,
        "label": variable.label,
        "unit": variable.unit,
        "type": kind(column),
        "scale": scale,
        "lowest": observed[0],
        "highest": observed[1],
        "values": len(there),
        "states": there["iso3"].nunique(),
        "first_year": span[0],
        "last_year": span[1],
        "source": "; ".join(variable.sources),
    }


def kind(column: pd.Series) -> str:
    """What the values are: integer, real, flag or text."""
    if pd.api.types.is_bool_dtype(column):
        return "flag"
    if pd.api.types.is_integer_dtype(column):
        return "integer"
    return "real" if pd.api.types.is_numeric_dtype(column) else "text"


def _end(value: float | None) -> str:
    return "no bound" if value is None else f"{value:g}"


def markdown(panel: Panel, version: str, data_date: str | None, citations: Mapping[str, str]) -> str:
    """The codebook as a page, with the citation of every source that a variable rests on."""
    table = rows(panel)
    lines = [
        "# Codebook of the state-year panel",
        "",
        f"Version {version}, treaty status pages of {data_date or 'an unstated day'}: {len(panel.rows):,} state-years, "
        f"{len(panel.variables)} variables. A state has a row for every year since 1946 in which it was in the state system. "
        "Missing means that no source states a value. Where two sources measure the same, the value is that of the one "
        "believed first. Scores are computed by this project (docs/scores.md) from the sources named.",
        "",
        "| " + " | ".join(_COLUMNS.values()) + " |",
        "|" + "---|" * len(_COLUMNS),
        *("| " + " | ".join(_cell(value) for value in row) + " |" for row in table.itertuples(index=False)),
        "",
        "## Sources",
        "",
    ]
    used = sorted({code for v in panel.variables for code in v.sources} & citations.keys())
    return "\n".join([*lines, *(f"- `{code}`: {citations[code]}" for code in used), ""])


def _cell(value: object) -> str:
    text = f"{value:.6g}" if isinstance(value, float) else str(value)
    return text.replace("|", "\\|").replace("\n", " ")
