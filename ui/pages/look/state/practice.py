"""What the indicators say about a state through the years, with what it joined marked on the axis."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ui.charts import figures, palette
from ui.charts.figures import Chart
from ui.view import words
from ui.view.page import View
from ui.widgets import controls

#: Half the width of a 90 % interval of a normal distribution, in standard deviations.
_NORMAL_90 = 1.6449


def draw(view: View, iso3: str, name: str, year: int) -> None:
    """One indicator, chosen by the visitor, and the whole list."""
    every = view.ask("state-practice", iso3=iso3, concept="all")
    labels = every.drop_duplicates("indicator").set_index("indicator")["name"].to_dict()
    if not labels:
        figures.table(view, every, title=f"{name}: no indicator", query="state-practice")
        return
    options = {str(code): f"{what} ({code})" for code, what in labels.items()}
    code = controls.choice(view, "indicator", "Indicator", options, "LHRS", label_of="Indicator")
    rows = every[every["indicator"] == code]
    joined = view.ask("state-commitments", iso3=iso3).dropna(subset=["joined"])
    joined = joined[joined["core"].fillna(False)][["treaty", "joined"]]
    figures.picture(
        view,
        _chart,
        {"values": _banded(rows), "joined": joined.groupby("joined", as_index=False).agg(treaty=("treaty", ", ".join))},
        title=f"{name}: {options[code]} (n = {words.count(rows['year'].nunique(), 'year')})",
        alternative=_words(rows, joined),
        rows=rows,
    )
    figures.table(
        view, rows.drop(columns=["fact"]), title=f"{name}: the values by year", query="state-practice", height=300
    )


def _banded(rows: pd.DataFrame) -> pd.DataFrame:
    """Values with a band: 90 % from the published standard deviation, else the bounds the source publishes, else none."""
    half = rows["sd"] * _NORMAL_90
    low = (rows["value"] - half).fillna(rows["lo"])
    high = (rows["value"] + half).fillna(rows["hi"])
    return rows[["year", "value", "source"]].assign(low=low, high=high)


def _chart() -> Chart:
    # Years of one source in a row are joined; a missing year breaks the line only where its source has no value.
    base = alt.Chart(alt.NamedData("values")).encode(
        x=alt.X("year:Q", title=None, scale=alt.Scale(zero=False, nice=False), axis=alt.Axis(format="d"))
    )
    colour = alt.Color(
        "source:N", title=None, scale=alt.Scale(range=list(palette.CATEGORIES)), legend=alt.Legend(orient="top")
    )
    band = base.mark_area(opacity=0.2).encode(y=alt.Y("low:Q", title="value"), y2="high:Q", color=colour)
    points = base.mark_point(filled=True, size=22).encode(
        y=alt.Y("value:Q", scale=alt.Scale(zero=False)),
        color=colour,
        tooltip=[
            alt.Tooltip("year:Q", format="d"),
            *(alt.Tooltip(f"{c}:Q", format=".2f") for c in ("value", "low", "high")),
        ],
    )
    marks = alt.Chart(alt.NamedData("joined")).encode(x="joined:Q")
    rules = marks.mark_rule(strokeDash=[3, 3], color=palette.GREY).encode(tooltip=["treaty:N", "joined:Q"])
    names = marks.mark_text(angle=270, align="right", dy=-5, fontSize=10, color=palette.GREY).encode(
        text="treaty:N", y=alt.value(6)
    )
    return alt.layer(band, rules, names, points).properties(width="container", height=300)


def _words(rows: pd.DataFrame, joined: pd.DataFrame) -> str:
    first, last = (end.to_dict("records")[0] for end in (rows.head(1), rows.tail(1)))
    text = (
        f"From {words.number(first['value'])} in {first['year']} to {words.number(last['value'])} in {last['year']}. "
        "The band is 90 % where the source publishes a standard deviation, else the bounds it publishes."
    )
    return text + (f" Dashed lines: core treaties joined ({len(joined)}). No cause is implied." if len(joined) else "")
