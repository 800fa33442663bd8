"""Treaty: how one treaty spread, what states attached to it, and who is left."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from ui.charts import figures, palette
from ui.charts.figures import Chart
from ui.view import words
from ui.view.page import Page, View
from ui.widgets import controls, headline
from ui.widgets.headline import Headline

READING = """
- **Parties** are states bound at the end of the year: ratification, accession, succession, acceptance or approval, and not
  left since. Shares are of the states in the system in that year, so they can fall when new states appear.
- **Party counts** are checked against the totals that the depositary prints; both stand side by side below.
- **Statements** are reservations, understandings and declarations; an objection is another state's answer to one.
- **Who is left** lists the states of the system that are not party, with how usual it is among their subregion.
  It says how many peers joined, not why.
"""
#: The statuses of the query as they are told in a title.
_STATUS = {"party": "parties", "signed": "signed only", "none": "neither", "left": "left"}
_PARTS = {
    "spread": "How it spread",
    "left": "Who is left",
    "statements": "Statements and objections",
    "procedures": "Procedures",
    "acts": "Every act",
}


def draw(view: View) -> None:
    first, second = st.columns([2, 3])
    with first:
        code = controls.treaty(view, "CAT")
    treaties = view.ask("treaties")
    fact: dict[str, Any] = {str(k): v for k, v in treaties[treaties["code"] == code].iloc[0].items()}
    curve = view.look_up("adoption-curve", treaty=code)
    last = int(curve["year"].max()) if len(curve) else 2025
    if pd.notna(fact["as_of"]):
        last = min(last, fact["as_of"].year)  # what happened later is not known, so no year after it is offered
    with second:
        year = controls.year(view, min(int(fact["opened"]), last - 1), last, last)
    st.header(f"{code}: {fact['title']}")
    _who(view, fact, treaties)
    part = controls.choice(view, "part", "Show", _PARTS, horizontal=True)
    {"spread": _spread, "left": _left, "statements": _statements, "procedures": _procedures, "acts": _acts}[part](
        view, code, year
    )


def _who(view: View, fact: dict[str, Any], treaties: pd.DataFrame) -> None:
    """What the treaty is, its counted and printed totals, and the protocols to it."""
    totals = view.ask("parties", treaty=fact["code"])
    total = totals.iloc[0].to_dict() if len(totals) else {}
    day = "" if pd.isna(fact["in_force"]) else f" · in force since {fact['in_force']:%-d %B %Y}"
    body = "" if pd.isna(fact["body"]) else f" · monitored by {fact['body']}"
    area = "" if pd.isna(fact["issue_area"]) else f"{fact['issue_area'].capitalize()} · "
    st.markdown(f"{area}opened {fact['opened']}{day}{body}")
    shown = (
        ("Parties", total.get("parties"), total.get("printed_parties")),
        ("Signatories", total.get("signatories"), total.get("printed_signatories")),
        ("Statements", fact["statements"], None),
    )
    headline.show(
        Headline(label, words.number(counted), None if pd.isna(printed) else f"The depositary prints {printed}.")
        for label, counted, printed in shown
    )
    if pd.notna(fact["as_of"]):
        st.caption(f"Participation as of {fact['as_of']:%Y-%m-%d}.")
    for row in treaties[treaties["protocol_to"] == fact["code"]].to_dict("records"):
        view.go("treaty", f"Protocol: {row['code']}", treaty=row["code"])


def _spread(view: View, code: str, year: int) -> None:
    curve = view.ask("adoption-curve", treaty=code, to_year=year)
    now = curve.to_dict("records")[-1] if len(curve) else {}
    figures.picture(
        view,
        _curve_chart,
        {"curve": curve},
        title=f"{code}: parties by year, to {year} (states of the system; n = {now.get('parties', 0)} parties)",
        alternative=_curve_words(code, curve),
    )
    regions = view.ask("adoption-by-region", treaty=code, to_year=year)
    figures.picture(
        view,
        _region_chart,
        {"regions": regions},
        title=f"{code}: share of each region's states that are party, to {year} (0 to 1)",
        alternative=_region_words(regions, year),
    )
    status = view.ask("adoption-map", treaty=code, year=year)
    counts = status["status"].value_counts()
    figures.table(
        view,
        status,
        title=f"{code} at the end of {year}: " + ", ".join(f"{n} {_STATUS[str(what)]}" for what, n in counts.items()),
        query="adoption-map",
        height=320,
    )


def _curve_chart() -> Chart:
    base = alt.Chart(alt.NamedData("curve")).encode(
        x=alt.X("year:Q", title=None, axis=alt.Axis(format="d"), scale=alt.Scale(nice=False))
    )
    area = base.mark_area(
        opacity=0.25, color=palette.BLUE, line={"color": palette.BLUE}, interpolate="step-after"
    ).encode(
        y=alt.Y("parties:Q", title="parties (states)"),
        tooltip=[
            alt.Tooltip("year:Q", format="d"),
            "parties:Q",
            alt.Tooltip("share:Q", title="share of states", format=".0%"),
            alt.Tooltip("joined:Q", title="joined in the year"),
        ],
    )
    total = base.mark_line(strokeDash=[4, 3], color=palette.GREY, interpolate="step-after").encode(y="states:Q")
    joined = base.mark_bar(color=palette.VERMILION, opacity=0.8).encode(y="joined:Q")
    return alt.layer(area, total, joined).properties(width="container", height=300)


def _curve_words(code: str, curve: pd.DataFrame) -> str:
    if curve.empty:
        return f"No year of {code} is on record."
    last = curve.to_dict("records")[-1]
    most = curve.sort_values("joined", kind="stable").to_dict("records")[-1]
    return (
        f"Area: parties; bars: states that joined in the year; dashed: states in the system. In {last['year']} "
        f"{last['parties']} of {last['states']} states are party ({last['share']:.0%}). Most joined in {most['year']} "
        f"({most['joined']})."
    )


def _region_chart() -> Chart:
    chart: alt.Chart = (
        alt.Chart(alt.NamedData("regions"))
        .mark_line(interpolate="step-after", strokeWidth=2.5)
        .encode(
            x=alt.X("year:Q", title=None, axis=alt.Axis(format="d"), scale=alt.Scale(nice=False)),
            y=alt.Y("share:Q", title="share of states", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%")),
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
                "parties:Q",
                "states:Q",
                alt.Tooltip("share:Q", format=".0%"),
            ],
        )
        .properties(width="container", height=260)
    )
    return chart


def _region_words(regions: pd.DataFrame, year: int) -> str:
    now = regions[regions["year"] == year].sort_values("share", ascending=False)
    half = regions[regions["share"] >= 0.5].groupby("region")["year"].min().sort_values()
    text = ", ".join(f"{r['region']} {r['share']:.0%}" for r in now.to_dict("records"))
    first = f" Half of the states were first reached in {half.index[0]} ({half.iloc[0]})." if len(half) else ""
    return f"Parties at the end of {year}: {text}.{first}"


def _left(view: View, code: str, year: int) -> None:
    left = view.ask("treaty-laggards", treaty=code, year=year)
    left = left.assign(peers_share=(left["peers_party"] / left["peers"]).astype("float64"))
    left = left.sort_values("peers_share", ascending=False, kind="stable")
    figures.table(
        view,
        left,
        title=f"{code}: {words.count(len(left), 'state')} of the system not party at the end of {year}",
        query="treaty-laggards",
        height=500,
    )
    for row in left.head(3).to_dict("records"):
        view.go("state", f"{row['name']}: {row['peers_party']} of {row['peers']} peers are party", state=row["iso3"])


def _statements(view: View, code: str, year: int) -> None:
    statements = view.ask("ruds", treaty=code, to_year=year)
    every = view.ask("ruds-by-decade", treaty=code)
    decades = every.dropna(subset=["decade"])
    undated = int(every["statements"].sum() - decades["statements"].sum())
    figures.picture(
        view,
        _decades_chart,
        {"decades": decades},
        title=f"{code}: statements by decade made (n = {int(decades['statements'].sum())}; {undated} without a year not drawn)",
        alternative=(
            "Pale: all statements of the decade; solid: those withdrawn since. "
            + "; ".join(
                f"{r['decade']}s {r['statements']}, of them withdrawn {r['withdrawn']}"
                for r in decades.to_dict("records")
            )
            + "."
        ),
    )
    figures.table(
        view,
        statements,
        title=f"{code}: {words.count(len(statements), 'statement')} made by {year}, {int((statements['objections'] > 0).sum())} met by objections",
        query="ruds",
        height=420,
    )
    pairs = view.ask("objection-pairs", treaty=code)
    figures.table(
        view, pairs, title=f"{code}: who objected to whom (n = {len(pairs)} pairs)", query="objection-pairs", height=320
    )


def _decades_chart() -> Chart:
    base = alt.Chart(alt.NamedData("decades")).encode(x=alt.X("decade:O", title=None, axis=alt.Axis(labelAngle=0)))
    made = base.mark_bar(color=palette.BLUE, opacity=0.4).encode(y=alt.Y("statements:Q", title="statements"))
    withdrawn = base.mark_bar(color=palette.BLUE).encode(
        y="withdrawn:Q", tooltip=["decade:O", "statements:Q", "withdrawn:Q"]
    )
    return alt.layer(made, withdrawn).properties(width="container", height=220)


def _procedures(view: View, code: str, year: int) -> None:
    accepted = view.ask("procedures-accepted", treaty=code)
    figures.table(
        view,
        accepted.drop(columns=["treaty", "fact"]),
        title=f"{code}: optional procedures accepted or excluded (n = {len(accepted)} acts)",
        query="procedures-accepted",
        height=500,
    )


def _acts(view: View, code: str, year: int) -> None:
    acts = view.ask("treaty-timeline", treaty=code)
    acts = acts[acts["year"] <= year].drop(columns=["fact"])
    figures.table(
        view, acts, title=f"{code}: {words.count(len(acts), 'act')} to {year}", query="treaty-timeline", height=600
    )


PAGE = Page(
    path="treaty",
    title="Treaty",
    icon=":material/contract:",
    section="Look",
    order=40,
    answers="How did a treaty spread, with which reservations and objections, and who is left?",
    reading=READING,
    draw=draw,
)
