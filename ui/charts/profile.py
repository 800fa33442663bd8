"""A state's scores through the years, with their intervals: shown on several pages."""

from __future__ import annotations

import altair as alt
import pandas as pd

from kb.model import scores as declared
from kb.model.scores.entry import Score
from ui.answers import panel
from ui.charts import figures, palette
from ui.charts.figures import Chart
from ui.frame import words
from ui.frame.page import View

#: The scores drawn, those with an interval first.
_SERIES = {
    f"{score.label} ({words.scale(score.scale)})": score
    for score in sorted(declared.shown("profile"), key=lambda score: score.interval is None)
}


def scores(view: View, iso3: str) -> None:
    """Draw decoupling, integration and commitment of one state over all its years."""
    rows = panel.panel(view).of_state(iso3)
    view.cite("score-history", iso3=iso3)
    long = pd.concat([_series(rows, title, score) for title, score in _SERIES.items()], ignore_index=True)
    name = str(rows["name"].iloc[0]) if len(rows) else iso3
    shown = long.dropna(subset=["value"])
    figures.picture(
        view,
        _chart,
        {"scores": shown.round(3)},
        title=f"{name}: scores by year (n = {shown['year'].nunique()} years with a score)",
        alternative=_words(shown),
        rows=shown,
    )


def _series(rows: pd.DataFrame, title: str, score: Score) -> pd.DataFrame:
    low, high = score.interval or (None, None)
    return pd.DataFrame(
        {
            "year": rows["year"].astype("int64"),
            "score": title,
            "value": rows[score.name],
            "low": rows[low] if low else float("nan"),
            "high": rows[high] if high else float("nan"),
        }
    )


def _chart() -> Chart:
    titles = list(_SERIES)
    colour = alt.Color(
        "score:N",
        scale=palette.colours(titles),
        title=None,
        sort=titles,
        legend=palette.legend(titles),
    )
    base = alt.Chart(alt.NamedData("scores")).encode(
        x=alt.X("year:Q", title=None, axis=alt.Axis(format="d"), scale=alt.Scale(nice=False)), color=colour
    )
    zero = alt.Chart().mark_rule(strokeDash=[4, 4], color=palette.GREY).encode(y=alt.datum(0))
    band = base.mark_area(opacity=0.2).encode(
        y=alt.Y("low:Q", title="score", scale=alt.Scale(domain=[-1, 1])), y2="high:Q"
    )
    # A point for every year: a year without a score stays a gap, since lines join neighbours only where both are there.
    points = base.mark_point(size=14, filled=True).encode(
        y=alt.Y("value:Q", title="score"),
        shape=alt.Shape("score:N", sort=titles, title=None, scale=palette.shapes(titles)),
        tooltip=[
            alt.Tooltip("year:Q", format="d"),
            "score:N",
            *(alt.Tooltip(f"{c}:Q", format=".2f") for c in ("value", "low", "high")),
        ],
    )
    return alt.layer(zero, band, points).properties(width="container", height=280)


def _words(shown: pd.DataFrame) -> str:
    parts = []
    for title, rows in shown.groupby("score", sort=False):
        last = rows.to_dict("records")[-1]
        parts.append(f"{title}: {words.interval(last['value'], last['low'], last['high'])} in {last['year']}")
    return (
        "Latest values. "
        + "; ".join(parts)
        + ". Bands are 90 % intervals (decoupling) and leave-one-out ranges (integration)."
    )
