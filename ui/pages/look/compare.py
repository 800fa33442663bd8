"""Compare: two to six states side by side."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from kb.model import scores
from kb.model.scores.entry import Score
from ui.answers import panel
from ui.charts import figures, palette
from ui.charts.figures import Chart
from ui.frame import errors, words
from ui.frame.page import Page, View
from ui.widgets import controls

READING = """
- **Scores** run as long as each has values; a gap is a year without one. Bands are 90 % intervals for decoupling and for the
  latent protection score (1.645 standard deviations either way), and leave-one-out ranges for integration. Where bands
  overlap, the difference between two states is within what the measures can tell.
- **Commitments** are those on record today, with the year in which the state last became bound; a number after + counts
  its reservations that stand.
- **Memberships** are full memberships in the year chosen; those that no source has seen as late as that year are carried
  forward, and say since when.
- Each treaty is as new as its own status page; some are older than others.
- **Accreditation** is the latest on record. A preventive mechanism that is due is not known to exist.
"""
_PARTS = {
    "scores": "Scores",
    "commitments": "Treaties",
    "statements": "Reservations and objections",
    "memberships": "Organizations",
    "institutions": "Institutions",
}
_SCORES = {score.name: score for score in scores.shown("compare")}
_BESIDE = [score for score in scores.SCORES if "beside" in score.shown]
#: The normal quantile of a 90 % interval.
_Z90 = 1.645
_STATUS = {"party": palette.BLUE, "signed": palette.OCHRE, "left": palette.VERMILION, "not joined": palette.MISSING}
_INK = {"party": "#ffffff"}
_DARK = "#101010"
_MOST = 6
_IOS = "state-memberships"


def draw(view: View) -> None:
    chosen = controls.states(view, "states", "States, two to six", ("MEX", "BRA"), maximum=_MOST)
    if len(chosen) < 2:
        errors.nothing("Choose two states or more to see them side by side.")
        return
    names = controls.state_names(view)
    shown = {iso3: names[iso3] for iso3 in chosen}
    part = controls.choice(view, "part", "Compare", _PARTS, horizontal=True)
    _DRAWN[part](view, shown)


def _together(view: View, states: Mapping[str, str], query: str, **parameters: object) -> pd.DataFrame:
    """The answers to one question about each state, one below the other, with the state's name first."""
    answers = []
    for iso3, name in states.items():
        rows = view.ask(query, iso3=iso3, **parameters)
        answers.append(rows.drop(columns=[c for c in ("iso3", "state", "name") if c in rows and query != _IOS]))
        answers[-1].insert(0, "state", name)
    return pd.concat(answers, ignore_index=True)


def _scores(view: View, states: Mapping[str, str]) -> None:
    measure = controls.choice(view, "score", "Score", {name: one.title for name, one in _SCORES.items()})
    title, (low, high) = _SCORES[measure].title, _band(_SCORES[measure])
    found = panel.panel(view)
    rows = pd.concat([found.of_state(iso3) for iso3 in states], ignore_index=True)
    for iso3 in states:
        view.cite("score-history", iso3=iso3)
    rows = rows.assign(**{end: column for one in scores.SCORES if one.sd for end, column in _around(rows, one)})
    drawn = pd.DataFrame(
        {
            "state": rows["iso3"].map(states),
            "year": rows["year"].astype("int64"),
            "value": rows[measure].astype("float64"),
            "low": rows[low].astype("float64") if low else float("nan"),
            "high": rows[high].astype("float64") if high else float("nan"),
        }
    ).dropna(subset=["value"])
    latest = drawn.sort_values("year").drop_duplicates("state", keep="last")
    figures.picture(
        view,
        _lines,
        {"scores": drawn.round(3)},
        tuple(states.values()),
        title,
        title=f"{title}, by year (n = {len(drawn)} state-years)",
        alternative="Latest: "
        + "; ".join(
            f"{r['state']} {words.interval(r['value'], r['low'], r['high'])} in {r['year']}"
            for r in latest.to_dict("records")
        )
        + ".",
    )
    _beside(view, states, rows)


def _band(score: Score) -> tuple[str, str] | tuple[None, None]:
    """The columns that hold the ends of a score's band: as declared, or as :func:`_around` makes them."""
    return score.interval or ((f"{score.name}_low", f"{score.name}_high") if score.sd else (None, None))


def _around(rows: pd.DataFrame, score: Score) -> list[tuple[str, pd.Series]]:
    """The ends of the 90 % interval of a score whose source gives a standard deviation."""
    low, high = f"{score.name}_low", f"{score.name}_high"
    spread = rows[score.sd] * _Z90
    return [(low, rows[score.name] - spread), (high, rows[score.name] + spread)]


def _lines(names: tuple[str, ...], title: str) -> Chart:
    base = alt.Chart(alt.NamedData("scores")).encode(
        x=alt.X("year:Q", title=None, axis=alt.Axis(format="d"), scale=alt.Scale(zero=False, nice=False)),
        color=alt.Color(
            "state:N",
            title=None,
            scale=palette.colours(names),
            legend=palette.legend(names),
        ),
    )
    band = base.mark_area(opacity=0.18).encode(y=alt.Y("low:Q", title=title), y2="high:Q")
    line = base.mark_line(strokeWidth=1.5, opacity=0.7).encode(y="value:Q")
    points = base.mark_point(filled=True, size=26).encode(
        y=alt.Y("value:Q", title=title, scale=alt.Scale(zero=False)),
        shape=alt.Shape("state:N", title=None, scale=palette.shapes(names)),
        tooltip=[
            "state:N",
            alt.Tooltip("year:Q", format="d"),
            *(alt.Tooltip(f"{c}:Q", format=".2f") for c in ("value", "low", "high")),
        ],
    )
    return alt.layer(band, line, points).properties(width="container", height=320)


def _beside(view: View, states: Mapping[str, str], rows: pd.DataFrame) -> None:
    """The scores of one year, a column per state."""
    scored = rows.dropna(subset=["decoupling"])["year"]
    first, last = int(rows["year"].min()), int(rows["year"].max())
    year = controls.year(view, first, last, int(scored.max()) if len(scored) else last)
    now = {row["iso3"]: row for row in rows[rows["year"] == year].to_dict("records")}
    table = [
        {"score": score.label} | {name: _said(now.get(iso3), score) for iso3, name in states.items()}
        for score in _BESIDE
    ]
    figures.table(view, pd.DataFrame(table), title=f"Side by side, {year} (units as in Methods)")


def _said(row: Mapping[Hashable, Any] | None, score: Score) -> str:
    """A score with its interval, where it has one."""
    if row is None:
        return "not in the system"
    low, high = _band(score)
    return words.interval(row[score.name], row[low] if low else None, row[high] if high else None)


def _commitments(view: View, states: Mapping[str, str]) -> None:
    rows = _together(view, states, "state-commitments")
    rows = rows.assign(status=rows["status"].replace("none", "not joined"))
    said = rows["joined"].astype("string").where(rows["status"] == "party", rows["signed"].astype("string"))
    reserved = (rows["reservations"] > 0) & (rows["status"] == "party")
    rows = rows.assign(
        said=said.fillna("") + (" +" + rows["reservations"].astype("string")).where(reserved, ""),
        ink=rows["status"].map(_INK).fillna(_DARK),
    )
    parties = rows[rows["status"] == "party"].groupby("state")["treaty"].nunique()
    figures.picture(
        view,
        _treaties_chart,
        {"treaties": rows[["state", "treaty", "status", "said", "joined", "signed", "left", "reservations", "ink"]]},
        tuple(states.values()),
        title=f"Treaties: year joined, + reservations that stand (n = {rows['treaty'].nunique()} treaties)",
        alternative="; ".join(f"{name} is party to {int(parties.get(name, 0))}" for name in states.values())
        + ". On a state that has only signed, the year of signature.",
        rows=rows.drop(columns=["said", "ink"]),
    )
    missing = _together(view, states, "what-is-not-joined")
    figures.table(
        view,
        missing,
        title=f"What each has not joined (n = {len(missing)})",
        query="what-is-not-joined",
    )


def _treaties_chart(names: tuple[str, ...]) -> Chart:
    base = alt.Chart(alt.NamedData("treaties")).encode(
        x=alt.X(
            "state:N",
            title=None,
            sort=list(names),
            scale=alt.Scale(paddingInner=0.02),
            axis=alt.Axis(orient="top", labelAngle=0, labelLimit=90, ticks=False, domain=False),
        ),
        y=alt.Y(
            "treaty:N",
            title=None,
            scale=alt.Scale(paddingInner=0.1),
            axis=alt.Axis(labelOverlap=False, ticks=False, domain=False),
        ),
        tooltip=["state:N", "treaty:N", "status:N", "signed:Q", "joined:Q", "left:Q", "reservations:Q"],
    )
    tiles = base.mark_rect(cornerRadius=2).encode(
        color=alt.Color(
            "status:N",
            title=None,
            scale=alt.Scale(domain=list(_STATUS), range=list(_STATUS.values())),
            legend=palette.legend(list(_STATUS), orient="bottom"),
        )
    )
    text = base.mark_text(fontSize=11).encode(text="said:N", color=alt.Color("ink:N", scale=None, legend=None))
    return alt.layer(tiles, text).properties(width="container", height=alt.Step(22))


def _statements(view: View, states: Mapping[str, str]) -> None:
    rows = _together(view, states, "state-ruds")
    by = view.ask("objections").groupby("rud")["objector_name"].agg(lambda found: sorted(set(found)))
    counts = rows.groupby("state").agg(made=("rud", "size"), withdrawn=("withdrawn", "count"))
    met = rows[rows["objections"] > 0].groupby("state").size()
    summary = pd.DataFrame(
        [
            {
                "state": name,
                "statements": int(counts["made"].get(name, 0)),
                "withdrawn": int(counts["withdrawn"].get(name, 0)),
                "met_by_objections": int(met.get(name, 0)),
            }
            for name in states.values()
        ]
    )
    figures.table(view, summary, title=f"Reservations, understandings, declarations (n = {len(rows)})")
    shown = rows.assign(objectors=rows["rud"].map(by))
    columns = [
        "state",
        "treaty",
        "kind",
        "year",
        "articles",
        "withdrawn",
        "objections",
        "objectors",
        "partly_withdrawn",
    ]
    figures.table(view, shown[columns], title="Each statement, and who objected", query="state-ruds", height=480)


def _memberships(view: View, states: Mapping[str, str]) -> None:
    last = (panel.panel(view).span("igo_count") or (1946, 2025))[1]
    year = controls.year(view, 1946, last, last)
    rows = _together(view, states, _IOS, year=year)
    rows = rows[rows["status"] == "full"].drop_duplicates(["state", "io"])
    rows = rows.assign(
        since=rows["from_year"].astype("string")
        + (" (seen " + rows["last_observed"].astype("string") + ")").where(rows["last_observed"] < year, "").fillna("")
    )
    held = {name: set(rows.loc[rows["state"] == name, "io"]) for name in states.values()}
    every = set.intersection(*held.values())
    pairs = pd.DataFrame([{"with": one} | {other: len(held[one] & held[other]) for other in held} for one in held])
    figures.table(view, pairs, title=f"Organizations shared by each pair, {year} (own memberships on the diagonal)")
    table = rows.pivot(index=["io", "name"], columns="state", values="since").reindex(columns=list(held)).reset_index()
    table = table.assign(of=table[list(held)].notna().sum(axis=1))
    table = table.sort_values(["of", "io"], ascending=[False, True])[["name", "of", *held]]
    figures.table(
        view,
        table.rename(columns={"name": "organization", "of": "states"}),
        title=f"{words.count(len(every), 'organization')} of which all are full members, of {len(table)} in {year}: member since",
        height=520,
    )


def _institutions(view: View, states: Mapping[str, str]) -> None:
    rows = _together(view, states, "receptor-sites")
    figures.table(
        view,
        rows.drop(columns=["site", "region"]),
        title=f"National institutions and preventive mechanisms (n = {len(rows)})",
        query="receptor-sites",
    )
    history = _together(view, states, "accreditation-history")
    counts = history["state"].value_counts().reindex(list(states.values()), fill_value=0)
    figures.picture(
        view,
        _history_chart,
        {"history": history},
        tuple(states.values()),
        title=f"Accreditation in the years on record (n = {len(history)} statuses)",
        alternative="A mark is the status that a source gives for the year; without a mark the year is not on record. "
        + "; ".join(f"{name}: {words.count(int(n), 'status', 'statuses')}" for name, n in counts.items())
        + ".",
    )


def _history_chart(names: Sequence[str]) -> Chart:
    kinds = ("A", "B", "C", "none_or_C", "none")
    chart: alt.Chart = (
        alt.Chart(alt.NamedData("history"))
        .mark_point(filled=True, size=90, opacity=1)
        .encode(
            x=alt.X("year:Q", title=None, axis=alt.Axis(format="d"), scale=alt.Scale(zero=False)),
            y=alt.Y("state:N", title=None, sort=list(names), scale=alt.Scale(domain=list(names))),
            color=alt.Color("status:N", title=None, scale=palette.colours(kinds), legend=palette.legend(kinds)),
            shape=alt.Shape("status:N", title=None, scale=palette.shapes(kinds)),
            tooltip=["state:N", alt.Tooltip("year:Q", format="d"), "status:N", "source:N"],
        )
        .properties(width="container", height=alt.Step(34))
    )
    return chart


_DRAWN: Mapping[str, Callable[[View, Mapping[str, str]], None]] = {
    "scores": _scores,
    "commitments": _commitments,
    "statements": _statements,
    "memberships": _memberships,
    "institutions": _institutions,
}

PAGE = Page(
    path="compare",
    title="Compare",
    icon=":material/compare_arrows:",
    section="Look",
    order=35,
    answers="How do two to six states differ in what they promise, what they do and where they belong?",
    reading=READING,
    draw=draw,
)
