"""Integration and decoupling: the page that the app opens on."""

from __future__ import annotations

import altair as alt
import pandas as pd
import streamlit as st

from ui import controls, figures, palette, panel, words
from ui.downloads import Chart
from ui.page import Page, View

READING = """
- **Integration** (across) is how far a state is tied into world society: the mean of up to five percentiles within the
  year: memberships of intergovernmental organizations, centrality among them, ties to international NGOs, political
  globalisation, part taken in the human-rights machinery. The range in the ranking is the lowest and highest value
  that leaving out one of them gives.
- **Decoupling** (up) is a percentile of promises minus a percentile of practice within the year. Above zero, promises
  exceed practice; below, practice exceeds promises. The whisker is the 90 % interval that the measurement error of the
  practice score alone gives; there is none for measures whose source publishes no error.
- A **hollow** mark is contested: the sign depends on which measure of practice is taken.
- Both are ranks within one year. A state can move because others did. Neither says that one causes the other.
- Names are written beside the chosen states and the five highest and lowest; every mark tells its name and components.
"""
_MEASURES = {
    "decoupling": "Commitment against physical integrity (Fariss)",
    "decoupling_breadth": "Breadth alone against physical integrity (Fariss)",
    "decoupling_civil": "Commitment against civil liberties (V-Dem)",
    "decoupling_terror": "Commitment against the Political Terror Scale",
}
#: Fewer states than this in a year are too few to open on.
_ENOUGH = 100
_COMPONENTS = ("igo", "igo_centrality", "ingo", "political_globalisation", "machinery")
_NAMED = 5


def draw(view: View) -> None:
    scores = panel.panel(view)
    measure, region, chosen, year = _controls(view, scores)
    view.cite(panel.QUERY, from_year=year, to_year=year)
    rows = scores.of_year(year)
    if region != controls.ALL:
        rows = rows[rows["region"] == region]
    rows = _with_interval(rows, measure)
    both = rows.dropna(subset=["integration", "score"])
    trails = pd.concat([_trail(scores, iso3, measure, year) for iso3 in chosen]) if chosen else rows.iloc[:0]
    if chosen:
        view.cite(panel.QUERY, to_year=year)
    figures.picture(
        view,
        _scatter(both, trails, chosen),
        both[[c for c in both.columns if c in _shown(measure)]],
        title=f"Integration and decoupling, {year} (n = {len(both)} states, percentiles within the year)",
        alternative=_alternative(both, year),
    )
    _missing(rows, both)
    _stale(both, year)
    _ranking(view, both, measure, year)


def _controls(view: View, scores: panel.Panel) -> tuple[str, str, list[str], int]:
    first, second, third = st.columns(3)
    with first:
        measure = controls.choice(view, "measure", "Decoupling of", _MEASURES)
    with second:
        region = controls.region(view)
    with third:
        chosen = controls.states(view, "states", "Follow states through the years", maximum=5)
    span = scores.span("integration", measure) or (1966, 2025)
    settled = scores.span("integration", measure, fewest=_ENOUGH) or span
    return measure, region, chosen, controls.year(view, *span, settled[1])


def _with_interval(rows: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The chosen measure as ``score`` with ``low`` and ``high``, which only the default measure has."""
    default = measure == "decoupling"
    return rows.assign(
        score=rows[measure],
        low=rows["decoupling_lo"] if default else float("nan"),
        high=rows["decoupling_hi"] if default else float("nan"),
        contested=rows["contested"].fillna(False).astype(bool),
    )


def _shown(measure: str) -> set[str]:
    own = {"decoupling_lo", "decoupling_hi", "decoupling_spread"} if measure == "decoupling" else set()
    integration = {"integration", "integration_lo", "integration_hi", "integration_n", *_COMPONENTS}
    promise = {"breadth", "depth", "scrutiny", "commitment", "practice_physical", "practice_sd"}
    return {"iso3", "name", "region", "year", measure, "contested", "igo_last_observed", *own, *integration, *promise}


def _trail(scores: panel.Panel, iso3: str, measure: str, year: int) -> pd.DataFrame:
    rows = scores.of_state(iso3)
    rows = rows[rows["year"] <= year].assign(score=rows[measure])
    return rows.dropna(subset=["integration", "score"])[["iso3", "name", "year", "integration", "score"]]


def _scatter(rows: pd.DataFrame, trails: pd.DataFrame, chosen: list[str]) -> Chart:
    drawn = ["name", "region", "integration", "score", "low", "high", "contested", "integration_n"]
    drawn += [*_COMPONENTS, "commitment", "practice_physical"]
    extreme = pd.concat([rows.nlargest(_NAMED, "score"), rows.nsmallest(_NAMED, "score")])["iso3"]
    data = rows[drawn].round(3).assign(label=rows["name"].where(rows["iso3"].isin([*extreme, *chosen]), ""))
    x = alt.X("integration:Q", title="Integration (0–1)", scale=alt.Scale(domain=[0, 1]))
    y = alt.Y("score:Q", title="Decoupling (−1 to 1)", scale=alt.Scale(domain=[-1, 1]))
    base = alt.Chart(data).encode(x=x, y=y)
    colour = alt.Color(
        "region:N",
        title=None,
        scale=palette.colours(palette.REGIONS),
        legend=alt.Legend(orient="top", symbolOpacity=1, columns=5),
    )
    shape = alt.Shape("region:N", title=None, scale=palette.shapes(palette.REGIONS))
    zero = alt.Chart(pd.DataFrame({"y": [0]})).mark_rule(strokeDash=[4, 4], color=palette.GREY).encode(y="y:Q")
    whisker = base.mark_rule(opacity=0.3).encode(y=alt.Y("low:Q"), y2="high:Q", color=colour)
    marks = base.mark_point(size=55, filled=True, strokeWidth=1.6).encode(
        color=colour,
        shape=shape,
        stroke=alt.Stroke("region:N", scale=palette.colours(palette.REGIONS), legend=None),
        fillOpacity=alt.condition("datum.contested", alt.value(0), alt.value(0.85)),
        tooltip=_tooltip(),
    )
    text = base.mark_text(dx=8, align="left", fontSize=11, color=palette.GREY).encode(text="label:N")
    path = (
        alt.Chart(trails[["name", "year", "integration", "score"]].round(3))
        .mark_line(point=alt.OverlayMarkDef(size=12), strokeWidth=1.5, color=palette.GREY)
        .encode(x="integration:Q", y="score:Q", detail="name:N", order="year:Q", tooltip=["name:N", "year:O"])
    )
    return alt.layer(zero, whisker, path, marks, text).properties(width="container", height=520)


def _tooltip() -> list[alt.Tooltip]:
    named = {
        "score": "Decoupling",
        "low": "5th percentile",
        "high": "95th percentile",
        "commitment": "Commitment",
        "practice_physical": "Practice (theta)",
        "integration": "Integration",
        "integration_n": "… components",
        **{c: f"… {words.heading(c)}" for c in _COMPONENTS},
    }
    numbers = [alt.Tooltip(f"{c}:Q", title=t, format="d" if c == "integration_n" else ".2f") for c, t in named.items()]
    return [alt.Tooltip("name:N", title="State"), alt.Tooltip("region:N", title="Region"), *numbers]


def _alternative(rows: pd.DataFrame, year: int) -> str:
    if len(rows) < 2:
        return f"Fewer than two states have both scores in {year}."
    top, bottom = rows.nlargest(3, "score"), rows.nsmallest(3, "score")
    rank = rows["integration"].corr(rows["score"], method="spearman")
    return (
        f"Each mark is a state in {year}: integration across, decoupling up. Promises exceed practice most in "
        f"{', '.join(top['name'])}; practice exceeds promises most in {', '.join(bottom['name'])}. "
        f"The rank correlation of the two scores is {words.number(float(rank))} (n = {len(rows)})."
    )


def _missing(rows: pd.DataFrame, both: pd.DataFrame) -> None:
    """Say which states of the year are not in the picture, and why."""
    left_out = rows[~rows["iso3"].isin(both["iso3"])]
    if left_out.empty:
        return
    with st.expander(f"Not drawn: {words.count(len(left_out), 'state')} without one of the two scores"):
        for column, lacking in (("integration", "No integration score"), ("score", "No decoupling score")):
            found = left_out.loc[left_out[column].isna(), "name"].dropna()
            if len(found):
                st.markdown(f"**{lacking}** ({len(found)}): {', '.join(sorted(found))}")


def _stale(rows: pd.DataFrame, year: int) -> None:
    """Flag figures that are carried forward from an earlier year."""
    old = rows["igo_last_observed"].dropna()
    old = old[old < year]
    if len(old):
        st.caption(
            f":material/history: In {words.count(len(old), 'state')} of {len(rows)} some memberships of intergovernmental "
            f"organizations were last observed before {year} (as early as {int(old.min())}) and are carried forward."
        )


def _ranking(view: View, rows: pd.DataFrame, measure: str, year: int) -> None:
    if rows.empty:
        return
    ordered = rows.sort_values("score", ascending=False)
    first, last = ordered.iloc[0].to_dict(), ordered.iloc[-1].to_dict()
    ends = pd.concat([ordered.head(15), ordered.tail(15)]).drop_duplicates("iso3")
    figures.picture(
        view,
        _intervals(ends),
        ends[[c for c in ends.columns if c in _shown(measure)]],
        title=f"Highest and lowest decoupling, {year} ({len(ends)} of n = {len(rows)} states, −1 to 1)",
        alternative=(
            f"Dots are scores, bars 90 % intervals. "
            f"Highest: {first['name']}, {words.interval(first['score'], first['low'], first['high'])}; "
            f"lowest: {last['name']}, {words.interval(last['score'], last['low'], last['high'])}."
        ),
    )
    columns = ["name", measure, "decoupling_lo", "decoupling_hi", "contested", "commitment", "practice_physical"]
    columns += ["integration", "integration_lo", "integration_hi", "integration_n", *_COMPONENTS, "region", "iso3"]
    kept = [c for c in dict.fromkeys(columns) if measure == "decoupling" or c not in ("decoupling_lo", "decoupling_hi")]
    figures.table(
        view,
        ordered[kept],
        title=f"All states, {year} (n = {len(rows)})",
        query=panel.QUERY,
        height=420,
    )
    named = {row["iso3"]: row["name"] for row in ordered[["iso3", "name"]].to_dict("records")}
    iso3 = controls.choice(view, "state", "Open a state's profile", named)
    view.go("state", f"{named[iso3]}: commitments, reservations, practice", state=iso3)


def _intervals(rows: pd.DataFrame) -> Chart:
    data = rows[["name", "region", "score", "low", "high", "contested"]].round(3)
    order = alt.Y("name:N", sort=data["name"].tolist(), title=None, axis=alt.Axis(labelLimit=130, labelOverlap=False))
    scale = alt.Scale(domain=[-1, 1])
    colour = alt.Color("region:N", title=None, scale=palette.colours(palette.REGIONS), legend=alt.Legend(orient="top"))
    base = alt.Chart(data).encode(y=order)
    bars = base.mark_rule(strokeWidth=2.5, opacity=0.55).encode(
        x=alt.X("low:Q", scale=scale, title="Decoupling (−1 to 1)"), x2="high:Q", color=colour
    )
    dots = base.mark_point(size=70, filled=True, strokeWidth=1.6).encode(
        x=alt.X("score:Q", scale=scale),
        color=colour,
        stroke=alt.Stroke("region:N", scale=palette.colours(palette.REGIONS), legend=None),
        fillOpacity=alt.condition("datum.contested", alt.value(0), alt.value(1)),
        tooltip=["name:N", "region:N", "score:Q", "low:Q", "high:Q", "contested:N"],
    )
    return alt.layer(bars, dots).properties(width="container", height=alt.Step(17))


PAGE = Page(
    path="",
    title="Integration and decoupling",
    icon=":material/scatter_plot:",
    section="Look",
    order=10,
    answers="Which states promise more than they do, how sure are we, and does it go with ties to world society?",
    reading=READING,
    draw=draw,
)
