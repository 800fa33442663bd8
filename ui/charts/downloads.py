"""Files to take away: exactly the rows shown as CSV, a picture as PNG or SVG. Pictures are made here, without network."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
import vl_convert

from ui.view.graph import Graph

#: A Vega-Lite specification whose ``datasets`` are DataFrames by name.
Specification = Mapping[str, Any]
#: Points across, and pixels per point: the page of a journal at 300 dots per inch.
_WIDTH, _SCALE = 640, 3


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


def for_print(spec: Specification, title: str, caption: str) -> dict[str, Any]:
    """A Vega-Lite specification for print: on white, with its figures inside, its title and where it comes from."""
    printed = copy.deepcopy({key: part for key, part in spec.items() if key != "datasets"})
    printed["datasets"] = {
        name: json.loads(rows.to_json(orient="records", date_format="iso")) for name, rows in spec["datasets"].items()
    }
    printed["title"] = {"text": title, "subtitle": caption, "anchor": "start", "subtitleColor": "#555555", "offset": 12}
    for part in [printed, *printed.get("layer", []), *printed.get("hconcat", []), *printed.get("vconcat", [])]:
        if part.get("width") == "container":
            part["width"] = _WIDTH
    return {"width": _WIDTH, **printed, "background": "white", "padding": 16}


def svg(spec: Specification, title: str, caption: str) -> str:
    """The picture as SVG."""
    return vl_convert.vegalite_to_svg(for_print(spec, title, caption))


def png(spec: Specification, title: str, caption: str) -> bytes:
    """The picture as PNG."""
    return vl_convert.vegalite_to_png(for_print(spec, title, caption), scale=_SCALE)


def caption(graph: Graph) -> str:
    """What stands below a picture's title: the project, the version, how far the data go."""
    return (
        f"Human rights regime knowledge base, version {graph.version}, data to {graph.data_date or 'an unstated day'}"
    )


def file_name(title: str) -> str:
    """A file name made from a title: letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60]


def buttons(graph: Graph, name: str, title: str, rows: pd.DataFrame, spec: Specification | None = None) -> None:
    """Download buttons for rows and, where there is one, their picture. ``name`` is unique on the page.

    The files are made when a button is pressed, not before.
    """
    stem = file_name(title)
    take = partial(st.download_button, on_click="ignore", type="tertiary", icon=":material/download:")
    with st.container(horizontal=True, gap="small"):
        take("CSV", lambda: csv(rows), f"{stem}.csv", "text/csv", key=f"{name}:csv", help=f"The rows of: {title}")
        if spec is not None:
            take("PNG", lambda: png(spec, title, caption(graph)), f"{stem}.png", "image/png", key=f"{name}:png")
            take("SVG", lambda: svg(spec, title, caption(graph)), f"{stem}.svg", "image/svg+xml", key=f"{name}:svg")
