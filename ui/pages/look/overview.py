"""Overview: what is in here, how fresh it is, and the regime in four pictures."""

from __future__ import annotations

import datetime as dt

import altair as alt
import pandas as pd
import streamlit as st

from kb.catalogue import queries
from kb.model.scores import commitment, practice
from ui.answers import holdings
from ui.charts import figures, palette
from ui.charts.figures import Chart
from ui.frame import words
from ui.frame.page import Page, View
from ui.widgets import headline, news
from ui.widgets.headline import Headline

READING = """
- The four pictures run from 1946; a line begins where its measure does. Commitment counts nine core treaties, the first
  open for signature in 1966, so a share falls in the year a treaty opens.
- **Practice is measured in more than one way, and the ways disagree**: the terror scale's mean and the latent protection
  score part ways after 1980. Both are standardised here over their own years, to be seen in one picture.
- **Freshness**: each source has its own date. A source whose date is old is old here too.
"""
_COMMITMENT = {part.name: part.label for part in commitment.PARTS}
_PRACTICE = {measure.name: measure.short_title for measure in practice.SCORES if measure.short_title}


def draw(view: View) -> None:
    _contents(view)
    st.header("What is new")
    news.latest(view)
    years = view.ask("yearly-overview")
    regions = view.ask("scores-by-region")
    first, second = st.columns(2), st.columns(2)
    with first[0]:
        _commitment(view, years)
    with first[1]:
        _practice(view, years)
    with second[0]:
        _decoupling(view, regions)
    with second[1]:
        _statements(view)
    _freshness(view)


def _contents(view: View) -> None:
    counts = view.ask("contents").iloc[0]
    meanings = queries.query("contents").columns
    headline.show(
        Headline(words.heading(str(name)), words.number(int(count)), meanings[str(name)].meaning)
        for name, count in counts.items()
    )


def _commitment(view: View, years: pd.DataFrame) -> None:
    rows = _long(years, _COMMITMENT)
    last = rows[rows["year"] == rows["year"].max()].set_index("measure")["value"]
    figures.picture(
        view,
        _lines,
        {"rows": rows},
        tuple(_COMMITMENT.values()),
        "mean share (0 to 1)",
        title=f"Commitment: mean over all states (share 0 to 1, {_n(years)})",
        alternative=f"In {rows['year'].max()}: "
        + ", ".join(f"{k} {words.number(float(v))}" for k, v in last.items())
        + ".",
    )


def _practice(view: View, years: pd.DataFrame) -> None:
    standard = years.assign(**{m: (years[m] - years[m].mean()) / years[m].std(ddof=0) for m in _PRACTICE})
    rows = _long(standard, _PRACTICE)
    figures.picture(
        view,
        _lines,
        {"rows": rows},
        tuple(_PRACTICE.values()),
        "sd from own mean",
        title=f"Practice: three measures of the mean state, standardised (sd, {_n(years)})",
        alternative="Higher is better in all three; each is shown as standard deviations from its own mean over its own years.",
    )


def _decoupling(view: View, regions: pd.DataFrame) -> None:
    rows = regions.dropna(subset=["decoupling", "region"])[["region", "year", "decoupling", "states"]]
    last = rows[rows["year"] == rows["year"].max()].sort_values("decoupling", ascending=False)
    figures.picture(
        view,
        _regions,
        {"rows": rows},
        title="Decoupling: mean of each region (−1 to 1)",
        alternative=(
            "Over all states the mean is 0 in every year; above 0 promises rank above practice. "
            + (f"In {last['year'].iloc[0]}: " if len(last) else "")
            + ", ".join(f"{r['region']} {words.number(r['decoupling'])}" for r in last.to_dict("records"))
            + "."
        ),
    )


def _statements(view: View) -> None:
    decades = view.ask("ruds-by-decade").dropna(subset=["decade"])
    figures.picture(
        view,
        _bars,
        {"rows": decades},
        title=f"Reservations, understandings, declarations by decade (n = {int(decades['statements'].sum())})",
        alternative="Pale: statements made in the decade; solid: of them met by an objection. "
        + "; ".join(f"{r['decade']}s: {r['statements']}, {r['objected']}" for r in decades.to_dict("records"))
        + ".",
    )


def _freshness(view: View) -> None:
    sources = holdings.with_age(view.ask("sources"), dt.datetime.now(dt.UTC).date())
    loads = view.ask("loads")[["source", "facts", "rows_quarantined", "outcome"]]
    rows = sources.sort_values("age", kind="stable").merge(loads, left_on="code", right_on="source", how="left")
    stale = int((rows["status"] == "stale").sum())
    columns = ["name", "status", "as_of", "age", "cadence", "facts", "rows_quarantined", "outcome", "coverage", "code"]
    figures.table(
        view,
        rows[columns],
        title=f"How fresh: {words.count(len(rows), 'source')}, newest first; {stale} older than their cadence explains",
        query="sources",
        height=420,
        name=st.column_config.Column("Name", width="medium"),
        age=st.column_config.NumberColumn(
            "Age (years)", format="%.1f", help="years since the day the figures speak of"
        ),
    )
    view.go("data", "Everything about the data", part="sources")


def _long(rows: pd.DataFrame, measures: dict[str, str]) -> pd.DataFrame:
    """One row per year and measure that has a value, measures under the names people read."""
    named = rows.rename(columns=measures)
    long = named.melt(id_vars="year", value_vars=list(measures.values()), var_name="measure", value_name="value")
    return long.dropna(subset=["value"]).astype({"value": "float64"}).round({"value": 3})


def _n(years: pd.DataFrame) -> str:
    return f"n = {int(years['states'].min())} to {int(years['states'].max())} states"


def _lines(measures: tuple[str, ...], axis: str) -> Chart:
    chart: alt.Chart = (
        alt.Chart(alt.NamedData("rows"))
        .mark_line(strokeWidth=2.5)
        .encode(
            x=alt.X("year:Q", title=None, axis=alt.Axis(format="d"), scale=alt.Scale(nice=False)),
            y=alt.Y("value:Q", title=axis),
            color=alt.Color("measure:N", title=None, scale=palette.colours(measures), legend=palette.legend(measures)),
            strokeDash=alt.StrokeDash("measure:N", title=None, sort=list(measures)),
            tooltip=["measure:N", alt.Tooltip("year:Q", format="d"), alt.Tooltip("value:Q", format=".2f")],
        )
        .properties(width="container", height=230)
    )
    return chart


def _regions() -> Chart:
    chart: alt.Chart = (
        alt.Chart(alt.NamedData("rows"))
        .mark_line(strokeWidth=2.5)
        .encode(
            x=alt.X("year:Q", title=None, axis=alt.Axis(format="d"), scale=alt.Scale(nice=False)),
            y=alt.Y("decoupling:Q", title="mean decoupling"),
            color=alt.Color(
                "region:N",
                title=None,
                scale=palette.colours(palette.REGIONS),
                legend=palette.legend(palette.REGIONS),
            ),
            strokeDash=alt.StrokeDash("region:N", title=None, sort=list(palette.REGIONS)),
            tooltip=[
                "region:N",
                alt.Tooltip("year:Q", format="d"),
                alt.Tooltip("decoupling:Q", format=".2f"),
                "states:Q",
            ],
        )
        .properties(width="container", height=230)
    )
    return chart


def _bars() -> Chart:
    base = alt.Chart(alt.NamedData("rows")).encode(x=alt.X("decade:O", title=None, axis=alt.Axis(labelAngle=0)))
    made = base.mark_bar(color=palette.BLUE, opacity=0.4).encode(y=alt.Y("statements:Q", title="statements"))
    met = base.mark_bar(color=palette.VERMILION).encode(
        y="objected:Q", tooltip=["decade:O", "statements:Q", "objected:Q"]
    )
    return alt.layer(made, met).properties(width="container", height=230)


PAGE = Page(
    path="overview",
    title="Overview",
    icon=":material/dashboard:",
    section="Look",
    order=20,
    answers="What is in here, how fresh is it, and what does the regime look like in four pictures?",
    reading=READING,
    draw=draw,
)
