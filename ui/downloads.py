"""Files to take away: exactly the rows shown as CSV, a picture as PNG or SVG. Pictures are made here, without network."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st
import vl_convert

from ui.graph import Graph

#: Any picture that can be drawn.
Chart = alt.Chart | alt.LayerChart | alt.HConcatChart | alt.VConcatChart | alt.ConcatChart | alt.FacetChart
#: Pixels per point: a column of a journal at 300 dots per inch.
_SCALE = 3


def csv(rows: pd.DataFrame) -> bytes:
    """The rows as CSV: UTF-8 with a mark for spreadsheets, missing empty, lists joined by semicolons, days ISO 8601."""
    out = rows.copy()
    for column in out.columns:
        if pd.api.types.is_datetime64_any_dtype(out[column]):
            out[column] = out[column].dt.strftime("%Y-%m-%d")
        elif out[column].dtype == object:
            out[column] = out[column].map(
                lambda v: v if isinstance(v, str) or not hasattr(v, "__iter__") else "; ".join(map(str, v))
            )
    return out.to_csv(index=False).encode("utf-8-sig")


def specification(chart: Chart, title: str, caption: str) -> dict[str, Any]:
    """The chart as Vega-Lite for print: on white, with its title and where it comes from."""
    spec: dict[str, Any] = json.loads(chart.to_json())
    spec["title"] = {"text": title, "subtitle": caption, "anchor": "start", "subtitleColor": "#555555", "offset": 12}
    for part in [spec, *spec.get("layer", []), *spec.get("hconcat", []), *spec.get("vconcat", [])]:
        if part.get("width") == "container":
            part["width"] = 640
    spec.setdefault("width", 640)
    spec["background"] = "white"
    spec["padding"] = 16
    return spec


def svg(chart: Chart, title: str, caption: str) -> str:
    """The chart as SVG."""
    return vl_convert.vegalite_to_svg(specification(chart, title, caption))


def png(chart: Chart, title: str, caption: str) -> bytes:
    """The chart as PNG."""
    return vl_convert.vegalite_to_png(specification(chart, title, caption), scale=_SCALE)


def caption(graph: Graph) -> str:
    """What stands below a picture's title: the project, the version, how far the data go."""
    return (
        f"Human rights regime knowledge base, version {graph.version}, data to {graph.data_date or 'an unstated day'}"
    )


def file_name(title: str) -> str:
    """A file name made from a title: letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60]


def buttons(graph: Graph, name: str, title: str, rows: pd.DataFrame, chart: Chart | None = None) -> None:
    """Download buttons for rows and, where there is one, their picture. ``name`` is unique on the page.

    The files are made when a button is pressed, not before.
    """
    stem = file_name(title)
    take = partial(st.download_button, on_click="ignore", type="tertiary", icon=":material/download:")
    with st.container(horizontal=True, gap="small"):
        take("CSV", lambda: csv(rows), f"{stem}.csv", "text/csv", key=f"{name}:csv", help=f"The rows of: {title}")
        if chart is not None:
            take("PNG", lambda: png(chart, title, caption(graph)), f"{stem}.png", "image/png", key=f"{name}:png")
            take("SVG", lambda: svg(chart, title, caption(graph)), f"{stem}.svg", "image/svg+xml", key=f"{name}:svg")
