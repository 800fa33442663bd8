"""Pictures and tables, each with its title, its text alternative and its downloads."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from functools import cache
from typing import Any, Literal

import altair as alt
import pandas as pd
import streamlit as st

from kb.catalogue import queries
from kb.catalogue.columns import Column
from kb.model.shape import OPEN
from ui.charts import downloads
from ui.view import errors, words
from ui.view.page import View

#: Any picture that can be drawn.
Chart = alt.Chart | alt.LayerChart | alt.HConcatChart | alt.VConcatChart | alt.ConcatChart | alt.FacetChart
#: What a title says of one year: numbers in parentheses, and the year itself.
_PASSING = re.compile(r" \(.*\)|,? (?:to |in |at the end of )?\b\d{4}\b")
#: Columns whose values are words of the model: ``none_or_C`` reads "none or C".
_KINDS = ("kind", "kind_first", "kind_second", "status", "kind_basis", "basis", "stage")
#: Columns that hold the end of a spell, where :data:`kb.model.shape.OPEN` means that it goes on.
_ENDS = ("to_year", "system_to", "counted_to", "suspended_to")


def picture(
    view: View,
    chart: Callable[..., Chart],
    data: Mapping[str, pd.DataFrame],
    *settings: Hashable,
    title: str,
    alternative: str,
    rows: pd.DataFrame | None = None,
) -> None:
    """Draw a chart under its title, with its text alternative and downloads.

    ``chart(*settings)`` gives the chart without figures: it refers to them as ``alt.NamedData("states")``, and ``data``
    holds them by that name. So a chart is compiled once per setting, and moving the year only sends new figures.
    ``title`` says what, of how many (n), in which unit; ``alternative`` says in words what the picture shows, below it for
    everybody; ``rows`` are the rows drawn as they go into the CSV, by default the first of ``data``.
    """
    view.figures += 1
    name = f"{view.address.page}:figure{view.figures}"
    rows = next(iter(data.values())) if rows is None else rows
    st.header(title)
    if rows.empty:
        errors.nothing("There are no figures for this selection. Another year or a wider selection may have some.")
        return
    spec = {**_specification(chart, *settings), "datasets": dict(data)}
    st.vega_lite_chart(spec, width="stretch", theme="streamlit", alt=lasting(title), key=f"{name}:chart")
    st.caption(alternative)
    downloads.buttons(view.graph, name, title, rows, spec)


def lasting(title: str) -> str:
    """The part of a title that stays when the year moves, by which a screen reader names the picture.

    The browser draws a picture anew when its name changes, and only moves its figures while the name stays.
    """
    return _PASSING.sub("", title)


@cache
def _specification(chart: Callable[..., Chart], *settings: Hashable) -> dict[str, Any]:
    """A chart as Vega-Lite, checked once by altair."""
    spec: dict[str, Any] = chart(*settings).to_dict()
    # The picture as a whole has a name and a text beside it; marks without a name of their own are only noise. The first
    # and last label of an axis stand at their ticks like the others, and years stand by the ten where there is less room.
    spec["config"] = {
        "mark": {"aria": False},
        "axis": {"labelFlush": False},
        "axisX": {"tickCount": {"expr": "max(3, floor(width / 80))"}},
    }
    return spec


def table(
    view: View,
    rows: pd.DataFrame,
    *,
    title: str,
    query: str | None = None,
    height: int | Literal["auto", "stretch", "content"] = "auto",
    **settings: Any,
) -> None:
    """Show rows as a table under its title, with downloads.

    ``query`` names the catalogue query whose columns they are: headings get its units and meanings. ``settings``
    are columns to be shown in another way (see ``st.column_config``).
    """
    view.figures += 1
    name = f"{view.address.page}:figure{view.figures}"
    st.header(title)
    if rows.empty:
        errors.nothing("There is nothing to list for this selection.")
        return
    declared = queries.query(query).columns if query else {}
    config = {c: settings.get(c) or _column(c, rows[c], declared.get(c)) for c in rows.columns}
    st.dataframe(
        readable(rows), hide_index=True, column_config=config, height=height, width="stretch", key=name, placeholder="–"
    )
    downloads.buttons(view.graph, name, title, rows)


def readable(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows as they are shown: an open end reads "open", a kind has no underscore."""
    shown = rows.copy()
    for column in shown.columns.intersection(list(_ENDS)):
        ends = shown[column]
        shown[column] = ends.astype("string").mask((ends == OPEN).fillna(False), "open")
    for column in shown.columns.intersection(list(_KINDS)):
        shown[column] = shown[column].astype("string").str.replace("_", " ")
    return shown


def _column(name: str, values: pd.Series, declared: Column | None) -> Any:
    """How a column is shown: its heading with the unit, its meaning, and as many digits as fit its kind."""
    label = words.heading_with_unit(name, declared.unit if declared else None)
    help = declared.meaning if declared else None
    if pd.api.types.is_bool_dtype(values):
        return st.column_config.CheckboxColumn(label, help=help)
    if pd.api.types.is_float_dtype(values):
        return st.column_config.NumberColumn(label, help=help, format="%.2f")
    if pd.api.types.is_integer_dtype(values) and name not in _ENDS:
        large = bool((values.abs() > OPEN).any())
        return st.column_config.NumberColumn(label, help=help, format="localized" if large else "%d")
    if pd.api.types.is_datetime64_any_dtype(values):
        return st.column_config.DateColumn(label, help=help, format="YYYY-MM-DD")
    return st.column_config.Column(label, help=help)
