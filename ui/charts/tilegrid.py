"""A map of equal tiles: one per state, placed by geography, so that Tuvalu is seen as well as Russia.

The places in ``data/tile_grid.csv`` were drawn for this project, by hand and from no other grid; like its code they are
under the MIT licence. Every state that was in the system in any year since 1946 has a tile; a former state stands where
its continuator does (the Soviet Union on Russia's tile), or on a tile of its own where both existed in the same years.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

import altair as alt
import pandas as pd

from kb.settings import ROOT
from ui.charts import palette
from ui.charts.figures import Chart

GRID = ROOT / "data" / "tile_grid.csv"
#: The value of a tile that is drawn as missing: dashed and empty.
NO_VALUE = "no value"
_COLUMNS, _ROWS = 31, 18
_HEIGHT = 486
#: Codes on outlines, readable on white and on dark grounds; on colours black, or white where the colour is dark.
_OUTLINED, _BLACK, _WHITE = "#767676", "#101010", "#ffffff"
_DARK = (palette.BLUE, palette.SEQUENTIAL[-1], palette.DIVERGING[-1])


@cache
def places() -> pd.DataFrame:
    """The tile of every state: iso3, column (0 is west), row (0 is north)."""
    return pd.read_csv(GRID, keep_default_na=False)


def on_tiles(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with an ``iso3`` put on their tiles; a state without one is left out."""
    return rows.merge(places(), on="iso3", how="inner", validate="many_to_one")


def ink(colour: str) -> str:
    """The colour of the letters on a tile of this colour."""
    return _WHITE if colour in _DARK else _BLACK


def of_values(rows: pd.DataFrame, domain: tuple[float, float], diverging: bool) -> pd.DataFrame:
    """Tiles with a ``value`` each, and the ink that can be read on its colour."""
    low, high = domain
    share = (rows["value"].astype("float64") - low) / (high - low)
    dark = (share > 0.9) if diverging else (share > 0.45)
    letters = pd.Series(_BLACK, index=rows.index).mask(dark, _WHITE).mask(share.isna(), _OUTLINED)
    return on_tiles(rows.assign(ink=letters))


def of_categories(rows: pd.DataFrame, colours: Mapping[str, str]) -> pd.DataFrame:
    """Tiles with a ``category`` each; one without a colour of its own is drawn as an outline."""
    letters = rows["category"].map(lambda c: ink(colours[c]) if c in colours else _OUTLINED)
    return on_tiles(rows.assign(ink=letters))


def values_chart(title: str, domain: tuple[float, float], diverging: bool, tooltips: tuple[str, ...]) -> Chart:
    """A map of numbers from the data set ``tiles``: iso3, column, row, value, ink and the ``tooltips``.

    ``domain`` is the range of the scale; a missing value is a dashed outline.
    """
    colours = palette.DIVERGING if diverging else palette.SEQUENTIAL
    middle = (domain[0] + domain[1]) / 2
    colour = alt.Color(
        "value:Q",
        title=title,
        scale=alt.Scale(domain=[domain[0], middle, domain[1]], range=list(colours), clamp=True),
        legend=alt.Legend(orient="top", gradientLength=220, titleLimit=320),
    )
    return _map(colour, "isValid(datum.value)", tooltips)


def categories_chart(colours: tuple[tuple[str, str], ...], tooltips: tuple[str, ...]) -> Chart:
    """A map of kinds from the data set ``tiles``: iso3, column, row, category, ink and the ``tooltips``.

    ``colours`` pairs each category with its colour; any other is a dashed outline.
    """
    names = [name for name, _ in colours]
    colour = alt.Color(
        "category:N",
        title=None,
        scale=alt.Scale(domain=names, range=[hue for _, hue in colours]),
        legend=palette.legend(names, symbolType="square", symbolSize=140),
    )
    return _map(colour, f"indexof({json.dumps(names)}, datum.category) >= 0", tooltips)


def _map(colour: alt.Color, filled: str, tooltips: tuple[str, ...]) -> Chart:
    hover = [alt.Tooltip(f"{name}:{kind}", title=title) for name, kind, title in map(_tooltip, tooltips)]
    base = alt.Chart(alt.NamedData("tiles")).encode(
        x=_band("column", _COLUMNS), y=_band("row", _ROWS), tooltip=hover or alt.Undefined
    )
    solid = base.transform_filter(filled).mark_rect(cornerRadius=2).encode(color=colour)
    outlined = base.transform_filter(f"!({filled})").mark_rect(
        cornerRadius=2, filled=True, fillOpacity=0.01, fill=palette.GREY, stroke=palette.GREY, strokeDash=[3, 2]
    )
    # Letters stand upright where tiles are wide, and run upwards on a phone, where they are narrow.
    letters = base.mark_text(
        fontSize=alt.ExprRef("width < 560 ? 8 : min(12, width / 78)"),
        angle=alt.ExprRef("width < 560 ? 270 : 0"),
        font="monospace",
    ).encode(text="iso3:N", color=alt.Color("ink:N", scale=None, legend=None))
    # The letters have colours without a scale and a legend: merged with a legend of numbers, the browser draws nothing.
    chart: alt.LayerChart = alt.layer(outlined, solid, letters).resolve_scale(color="independent")
    return chart.properties(width="container", height=_HEIGHT)


def _tooltip(wanted: str) -> tuple[str, str, str]:
    """A column and, after a colon, the heading it has when a tile is pointed at."""
    name, _, title = wanted.partition(":")
    return name, "N", title or name


def _band(name: str, places: int) -> dict[str, object]:
    return {
        "field": name,
        "type": "ordinal",
        "axis": None,
        "scale": {"domain": list(range(places)), "paddingInner": 0.08, "paddingOuter": 0},
    }
