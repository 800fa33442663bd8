"""Integration and decoupling: the page that the app opens on."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt
import pandas as pd
import streamlit as st

from kb.model.scores import BY_NAME, COMPONENTS, decoupling, integration
from ui.answers import panel
from ui.charts import figures, labels, palette, profile
from ui.charts.figures import Chart
from ui.frame import words
from ui.frame.page import Page, View
from ui.widgets import controls

READING = f"""
- **Integration** (across) is how far a state is tied into world society: the mean of up to {words.spelled(len(COMPONENTS))}
  percentiles within the year: {", ".join(component.stands_for for component in COMPONENTS)}. Its range in the table is the
  lowest and highest value that leaving out one of them gives.
- **Decoupling** (up) is a percentile of promises minus a percentile of practice within the year. Above zero, promises
  exceed practice; below, practice exceeds promises. The whisker is the 90 % interval that the measurement error of the
  practice score alone gives; there is none for measures whose source publishes no error.
- A **hollow** mark is contested: the sign depends on which measure of practice is taken.
- Both are ranks within one year. A state can move because others did. Neither says that one brings about the other.
- Names stand beside the states followed and the five highest and lowest; every mark tells its name and components.
"""
_MEASURES = {score.name: score.against for score in decoupling.CONTRASTS}
#: Fewer states than this in a year are too few to open on.
_ENOUGH = 100
_QUARTERS, _HALVES = (0, 0.25, 0.5, 0.75, 1), (-1, -0.5, 0, 0.5, 1)
_COMPONENTS = tuple(component.name for component in COMPONENTS)
_NAMED, _ENDS = 5, 15
_HEIGHT = 540
#: The picture as names are placed in it: about what a wide window gives.
_FRAME = labels.Frame(860, _HEIGHT, (0, 1), (-1, 1))


@dataclass(frozen=True)
class Selection:
    measure: str
    region: str
    regime: str
    followed: list[str]
    year: int


def draw(view: View) -> None:
    scores = panel.panel(view)
    chosen = _controls(view, scores)
    view.cite(panel.QUERY, from_year=chosen.year, to_year=chosen.year)
    rows = _with_interval(scores.of_year(chosen.year), chosen.measure)
    if chosen.region != controls.ALL:
        rows = rows[rows["region"] == chosen.region]
    if chosen.regime != controls.ALL:
        view.cite(panel.REGIMES, from_year=chosen.year, to_year=chosen.year)
        rows = rows[rows["regime"] == int(chosen.regime)]
    both = rows.dropna(subset=["integration", "score"])
    _scatter(view, both, scores, chosen)
    _missing(rows, both)
    _stale(both, chosen.year)
    if not both.empty:
        _ranking(view, both, chosen)
    st.header("One state through the years")
    iso3 = controls.state(view, "MEX")
    profile.scores(view, iso3)
    view.go("state", f"Everything about {controls.state_names(view)[iso3]}", state=iso3)


def _controls(view: View, scores: panel.Panel) -> Selection:
    first, second, third, fourth = st.columns([3, 2, 2, 3])
    with first:
        measure = controls.choice(view, "measure", "Decoupling of", _MEASURES)
    with second:
        region = controls.region(view)
    with third:
        regime = controls.regime(view)
    with fourth:
        followed = controls.states(view, "states", "Follow states", maximum=5)
    span = scores.span("integration", measure) or (1966, 2025)
    settled = scores.span("integration", measure, fewest=_ENOUGH) or span
    year = controls.year(view, *span, settled[1])
    newest = scores.span("integration") or span
    if newest[1] > span[1]:
        st.caption(
            f"The years end in {span[1]}: this decoupling needs a measure of practice, and its source goes no further. "
            f"Integration goes on to {newest[1]}, see Map and State."
        )
    return Selection(measure, region, regime, followed, year)


def _with_interval(rows: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The chosen measure as ``score`` with ``low`` and ``high``, which only the default measure has."""
    low, high = BY_NAME[measure].interval or (None, None)
    return rows.assign(
        score=rows[measure],
        low=rows[low] if low else float("nan"),
        high=rows[high] if high else float("nan"),
        contested=rows["contested"].fillna(False).astype(bool),
    )


def _columns(measure: str) -> list[str]:
    disagreement = [score.name for score in (decoupling.CONTESTED, decoupling.SPREAD)]
    both = decoupling.DEFAULT.inputs
    summary = [score.name for score in integration.SUMMARY]
    interval = BY_NAME[measure].interval or ()
    return ["name", measure, *interval, *disagreement, *both, *summary, *_COMPONENTS, "region", "iso3", "year"]


def _scatter(view: View, rows: pd.DataFrame, scores: panel.Panel, chosen: Selection) -> None:
    extreme = pd.concat([rows.nlargest(_NAMED, "score"), rows.nsmallest(_NAMED, "score")])["iso3"]
    drawn = ["name", "region", "integration", "score", "low", "high", "contested", "integration_n"]
    states = rows[[*drawn, *_COMPONENTS, "commitment", "practice_physical"]].round(3)
    named = rows["name"].where(rows["iso3"].isin([*extreme, *chosen.followed]), "")
    places = labels.beside(states.rename(columns={"integration": "x", "score": "y"}), named, _FRAME)
    places["iso3"] = places["name"].map(rows.set_index("name")["iso3"])
    trails = [_trail(scores, iso3, chosen) for iso3 in chosen.followed]
    if trails:
        view.cite(panel.QUERY, to_year=chosen.year)
    figures.picture(
        view,
        _scatter_chart,
        {
            "states": states,
            "trails": pd.concat(trails) if trails else _trail(scores, "", chosen),
            "labels": places.round(4),
        },
        title=f"Integration and decoupling, {chosen.year} (n = {len(rows)} states, percentiles within the year)",
        alternative=_scatter_words(rows, chosen.year),
        rows=rows[_columns(chosen.measure)],
    )


def _trail(scores: panel.Panel, iso3: str, chosen: Selection) -> pd.DataFrame:
    rows = scores.of_state(iso3)
    rows = rows[rows["year"] <= chosen.year].assign(score=rows[chosen.measure])
    return rows.dropna(subset=["integration", "score"])[["name", "year", "integration", "score"]].round(3)


def _scatter_chart() -> Chart:
    region = alt.Color(
        "region:N",
        title=None,
        scale=palette.colours(palette.REGIONS),
        legend=palette.legend(palette.REGIONS),
    )
    across, up = alt.Scale(domain=[0, 1]), alt.Scale(domain=[-1, 1])
    base = alt.Chart(alt.NamedData("states")).encode(
        x=alt.X(
            "integration:Q", title="Integration (0 to 1)", scale=across, axis=alt.Axis(values=_QUARTERS, format=".2f")
        ),
        y=alt.Y("score:Q", title="Decoupling (−1 to 1)", scale=up, axis=alt.Axis(values=_HALVES, format=".1f")),
    )
    zero = alt.Chart().mark_rule(strokeDash=[4, 4], color=palette.GREY).encode(y=alt.datum(0))
    trails = (
        alt.Chart(alt.NamedData("trails"))
        .mark_line(point=alt.OverlayMarkDef(size=12), strokeWidth=1.5, color=palette.GREY)
        .encode(
            x="integration:Q", y="score:Q", detail="name:N", order="year:Q", tooltip=[alt.Tooltip("name:N"), "year:Q"]
        )
    )
    whiskers = base.mark_rule(opacity=0.4).encode(y=alt.Y("low:Q"), y2="high:Q", color=region)
    marks = base.mark_point(size=55, filled=True, strokeWidth=1.6).encode(
        color=region,
        shape=alt.Shape("region:N", title=None, scale=palette.shapes(palette.REGIONS)),
        stroke=alt.Stroke("region:N", scale=palette.colours(palette.REGIONS), legend=None),
        fillOpacity=alt.condition("datum.contested", alt.value(0), alt.value(0.85)),
        tooltip=_tooltip(),
    )
    return alt.layer(zero, whiskers, trails, marks, *_names()).properties(width="container", height=_HEIGHT)


def _names() -> list[alt.Chart]:
    """The names of the outlying states, or their codes where the picture is narrow, with lines to those further off."""
    placed = alt.Chart(alt.NamedData("labels"))
    leaders = placed.mark_rule(color=palette.GREY, strokeWidth=0.8).encode(x="x:Q", y="y:Q", x2="tip_x:Q", y2="tip_y:Q")
    texts = [
        placed.mark_text(align="left", fontSize=12, color=palette.LETTERS, opacity=alt.ExprRef(seen)).encode(
            x="label_x:Q", y="label_y:Q", text=f"{column}:N"
        )
        for column, seen in (("name", "width < 560 ? 0 : 1"), ("iso3", "width < 560 ? 1 : 0"))
    ]
    return [leaders, *texts]


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
    numbers = [
        alt.Tooltip(f"{column}:Q", title=title, format="d" if column == "integration_n" else ".2f")
        for column, title in named.items()
    ]
    return [alt.Tooltip("name:N", title="State"), alt.Tooltip("region:N", title="Region"), *numbers]


def _scatter_words(rows: pd.DataFrame, year: int) -> str:
    if len(rows) < 2:
        return f"Fewer than two states have both scores in {year}."
    top, bottom = rows.nlargest(3, "score"), rows.nsmallest(3, "score")
    # The correlation of ranks is Spearman's; pandas would import all of scipy.stats for it.
    rank = rows["integration"].rank().corr(rows["score"].rank())
    return (
        f"Each mark is a state in {year}: integration across, decoupling up. Promises exceed practice most in "
        f"{', '.join(top['name'])}; practice exceeds promises most in {', '.join(bottom['name'])}. "
        f"Rank correlation of the two scores: {words.number(float(rank))} (n = {len(rows)})."
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
            f":material/history: In {len(old)} of {words.count(len(rows), 'state')} some memberships of "
            f"intergovernmental organizations were last observed before {year} (the oldest in {int(old.min())}) and are "
            "carried forward."
        )


def _ranking(view: View, rows: pd.DataFrame, chosen: Selection) -> None:
    ordered = rows.sort_values("score", ascending=False, ignore_index=True)
    ends = pd.concat([ordered.head(_ENDS), ordered.tail(_ENDS)]).drop_duplicates("iso3")
    first, last = ordered.iloc[0].to_dict(), ordered.iloc[-1].to_dict()
    drawn = ends[["name", "region", "score", "low", "high", "contested"]].round(3)
    figures.picture(
        view,
        _ranking_chart,
        {"ends": drawn.assign(rank=range(len(drawn)))},
        title=f"Highest and lowest decoupling, {chosen.year} ({len(ends)} of n = {len(rows)} states, −1 to 1)",
        alternative=(
            "Dots are scores, bars 90 % intervals where the measure has one. "
            f"Highest: {first['name']}, {words.interval(first['score'], first['low'], first['high'])}; "
            f"lowest: {last['name']}, {words.interval(last['score'], last['low'], last['high'])}."
        ),
        rows=ends[_columns(chosen.measure)],
    )
    figures.table(
        view,
        ordered[_columns(chosen.measure)],
        title=f"All states, {chosen.year} (n = {len(rows)})",
        query=panel.QUERY,
        height=420,
    )


def _ranking_chart() -> Chart:
    scale = alt.Scale(domain=[-1, 1])
    colours = palette.colours(palette.REGIONS)
    region = alt.Color("region:N", title=None, scale=colours, legend=palette.legend(palette.REGIONS))
    base = alt.Chart(alt.NamedData("ends")).encode(
        y=alt.Y(
            "name:N",
            sort=alt.EncodingSortField("rank", op="min"),
            title=None,
            axis=alt.Axis(labelLimit=130, labelOverlap=False),
        )
    )
    bars = base.mark_rule(strokeWidth=2.5, opacity=0.55).encode(
        x=alt.X("low:Q", scale=scale, title="Decoupling (−1 to 1)", axis=alt.Axis(values=_HALVES, format=".1f")),
        x2="high:Q",
        color=region,
    )
    dots = base.mark_point(size=70, filled=True, strokeWidth=1.6).encode(
        x=alt.X("score:Q", scale=scale),
        color=region,
        stroke=alt.Stroke("region:N", scale=colours, legend=None),
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
