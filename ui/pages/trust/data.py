"""Data: sources, what became of every row, what is new, and the whole graph to take away."""

from __future__ import annotations

import datetime as dt
from functools import partial

import altair as alt
import pandas as pd
import streamlit as st

from kb.export import files
from ui.answers import holdings
from ui.charts import figures, palette
from ui.charts.figures import Chart
from ui.view import errors, words
from ui.view.page import Page, View
from ui.widgets import controls, headline, news
from ui.widgets.headline import Headline

READING = """
- **As of** is the day or year that a source's figures speak of, not the day they were fetched; a year counts to its end.
- **Stale** means older than the publisher's own cadence explains: a newer edition should exist. Five years are allowed to one
  that comes "every few years". **Ended** sources have no newer edition; **no cadence** means that the publisher names none.
- **Rows**: each row of each file ends as loaded, set aside (quarantined) with a reason, or left out by a named rule. The three
  add up to the rows read. One row may give several facts, or a part of one.
- **What is new** tells events (the world moved) from corrections (the source changed what it had said).
"""
_PARTS = {
    "sources": "Sources",
    "loads": "Rows and loads",
    "quarantined": "Rows set aside",
    "new": "What is new",
    "graph": "The graph and its files",
}
_STATUSES = ("current", "stale", "ended", "no cadence")
_FATES = {"rows_loaded": "loaded", "rows_dropped": "left out by a rule", "rows_quarantined": "set aside"}


def draw(view: View) -> None:
    part = controls.choice(view, "part", "Show", _PARTS, horizontal=True)
    {"sources": _sources, "loads": _loads, "quarantined": _quarantined, "new": _new, "graph": _graph}[part](view)


def _sources(view: View) -> None:
    today = dt.datetime.now(dt.UTC).date()
    rows = holdings.with_age(view.ask("sources"), today)
    stale = rows[rows["status"] == "stale"].sort_values("age", ascending=False)
    if len(stale):
        st.warning(
            f"{len(stale)} of {words.count(len(rows), 'source')} are older than their cadence explains: "
            + ", ".join(f"{r['code']} (as of {r['as_of']})" for r in stale.to_dict("records")),
            icon=":material/history:",
        )
    figures.picture(
        view,
        _age_chart,
        {"rows": rows[["code", "name", "as_of", "cadence", "age", "status"]].sort_values("age")},
        title=f"How old the figures are on {today.isoformat()} (years since the day they speak of, n = {len(rows)} sources)",
        alternative=_age_words(rows),
    )
    figures.table(
        view,
        rows[["name", "status", "as_of", "age", "cadence", "licence", "redistributable", "citation", "coverage",
              "publisher", "url", "precedence", "code"]],
        title=f"Sources (n = {len(rows)})",
        query="sources",
        height=520,
        url=st.column_config.LinkColumn("Address"),
        age=st.column_config.NumberColumn("Age (years)", format="%.1f"),
    )  # fmt: skip


def _age_chart() -> Chart:
    chart: alt.Chart = (
        alt.Chart(alt.NamedData("rows"))
        .mark_bar(height={"band": 0.7})
        .encode(
            x=alt.X("age:Q", title="years", axis=alt.Axis(orient="top")),
            y=alt.Y(
                "code:N",
                sort=alt.EncodingSortField("age", order="ascending"),
                title=None,
                axis=alt.Axis(labelLimit=150, labelOverlap=False),
            ),
            color=alt.Color(
                "status:N",
                title=None,
                scale=alt.Scale(
                    domain=list(_STATUSES), range=[palette.GREEN, palette.VERMILION, palette.GREY, palette.SKY]
                ),
                legend=palette.legend(_STATUSES),
            ),
            tooltip=["name:N", "as_of:N", "cadence:N", alt.Tooltip("age:Q", title="years", format=".1f"), "status:N"],
        )
        .properties(width="container", height=alt.Step(17))
    )
    return chart


def _age_words(rows: pd.DataFrame) -> str:
    counts = rows["status"].value_counts()
    told = ", ".join(f"{counts[s]} {s}" for s in _STATUSES if s in counts)
    old = rows.sort_values("age", ascending=False).iloc[0]
    return f"Of {words.count(len(rows), 'source')}: {told}. The oldest is {old['name']}, as of {old['as_of']}."


def _loads(view: View) -> None:
    loads = view.ask("loads")
    accounted = loads["rows_loaded"] + loads["rows_quarantined"] + loads["rows_dropped"]
    loads = loads.assign(accounted_for=accounted == loads["rows_in"])
    sums = {"Rows read": "rows_in", **{label[:1].upper() + label[1:]: name for name, label in _FATES.items()}}
    headline.show(Headline(label, words.number(int(loads[name].sum()))) for label, name in sums.items())
    if not bool(loads["accounted_for"].all()):
        wrong = ", ".join(loads.loc[~loads["accounted_for"], "source"])
        st.error(f"The three counts do not add up to the rows read for {wrong}.")
    counts = ["rows_in", *_FATES]
    loads = loads[["source", *counts, "accounted_for", *loads.columns.drop(["source", *counts, "accounted_for"])]]
    long = loads.melt(["source", "rows_in"], list(_FATES), "fate", "rows").assign(
        place=lambda r: r["fate"].map(list(_FATES).index), fate=lambda r: r["fate"].map(_FATES)
    )
    figures.picture(
        view,
        _fates_chart,
        {"rows": long.assign(share=(long["rows"] / long["rows_in"].mask(long["rows_in"] == 0)).astype("Float64"))},
        title=f"What became of the rows of each source (share of rows read, n = {int(loads['rows_in'].sum()):,} rows)",
        alternative="Loaded, left out by a rule and set aside add up to 1 for each source. "
        + ", ".join(f"{name}: {words.number(int(loads[k].sum()))}" for k, name in _FATES.items())
        + ".",
        rows=loads,
    )
    figures.table(view, loads, title=f"Loads (n = {len(loads)})", query="loads", height=480)


def _fates_chart() -> Chart:
    fates = list(_FATES.values())
    chart: alt.Chart = (
        alt.Chart(alt.NamedData("rows"))
        .mark_bar(height={"band": 0.7})
        .encode(
            x=alt.X("share:Q", title="share of rows", stack="zero", scale=alt.Scale(domain=[0, 1])),
            y=alt.Y("source:N", title=None, axis=alt.Axis(labelLimit=150, labelOverlap=False)),
            color=alt.Color(
                "fate:N",
                title=None,
                scale=alt.Scale(domain=fates, range=[palette.BLUE, palette.MISSING, palette.VERMILION]),
                legend=palette.legend(fates),
            ),
            order=alt.Order("place:Q", sort="ascending"),
            tooltip=["source:N", "fate:N", "rows:Q", "rows_in:Q", alt.Tooltip("share:Q", format=".1%")],
        )
        .properties(width="container", height=alt.Step(17))
    )
    return chart


def _quarantined(view: View) -> None:
    view.cite("loads")
    rows = holdings.quarantine(view.graph)
    if rows.empty:
        errors.nothing("No row of any source was set aside.")
        return
    sources = {controls.ALL: "All sources"} | {str(s): f"{s} ({n})" for s, n in rows["source"].value_counts().items()}
    source = controls.choice(view, "source", "Source", sources)
    shown = rows if source == controls.ALL else rows[rows["source"] == source]
    figures.table(
        view,
        shown.groupby(["source", "reason"], as_index=False).size().rename(columns={"size": "rows"}),
        title=f"Reasons (n = {words.count(len(shown), 'row')} set aside)",
        height="content",
    )
    figures.table(view, shown, title=f"Rows set aside (n = {len(shown)})", height=480)
    st.caption(
        "Line counts from 1 in the publisher's file; value is the cell that was not understood. A reviewed decision in "
        "`data/decisions.csv` says what to do with such a cell at the next load."
    )


def _new(view: View) -> None:
    view.cite("sources")
    news.troubles()
    runs = [run for run in holdings.runs() if run.loads]
    if not runs:
        news.none_yet()
        _as_of(view)
        return
    options = {run.id: f"{run.started[:16].replace('T', ' ')} UTC, {run.outcome}" for run in runs}
    chosen = next(r for r in runs if r.id == controls.choice(view, "run", "Refresh", options))
    names = ("source", "outcome", "as_of", "added", "changed", "removed", "reason")
    loads = pd.DataFrame([{name: getattr(load, name) for name in names} for load in chosen.loads])
    headline.show(
        Headline(f"Facts {name}", words.number(int(loads[name].sum()))) for name in ("added", "changed", "removed")
    )
    figures.table(view, loads, title=f"Sources asked (n = {len(loads)})", height="content")
    changed = holdings.changes(chosen.id)
    natures = {controls.ALL: "Everything", "event": "Events", "correction": "Corrections", "unclear": "Unclear"}
    nature = controls.choice(view, "nature", "Nature", natures, horizontal=True)
    shown = changed if nature == controls.ALL else changed[changed["nature"] == nature]
    figures.table(view, shown, title=f"Facts added, changed and removed (n = {len(shown)} lines)", height=480)
    _feed()


def _as_of(view: View) -> None:
    rows = holdings.with_age(view.ask("sources"), dt.datetime.now(dt.UTC).date()).sort_values("age")
    figures.table(
        view,
        rows[["name", "as_of", "age", "cadence", "status", "code"]],
        title=f"The newest first (n = {len(rows)} sources)",
        query="sources",
        height=480,
        age=st.column_config.NumberColumn("Age (years)", format="%.1f"),
    )


def _feed() -> None:
    """The changes as an Atom feed, where a refresh has written one."""
    path = holdings.places().feed
    if path.exists():
        st.download_button(
            "Atom feed of all changes", path.read_bytes(), "changes.atom", "application/atom+xml", on_click="ignore"
        )


def _graph(view: View) -> None:
    view.cite("contents")
    st.markdown("##### The whole graph as files")
    st.markdown(
        "Each ZIP file holds the graph, its version and counts, and the licence and citation of every source. It is made "
        "when it is asked for, which takes up to a minute the first time. Some sources may not be passed on (see Sources): "
        "`hrkb export FOLDER --only-open` writes the same from the open sources alone."
    )
    for name, format in files.FORMATS.items():
        st.download_button(
            f"{format.title} (ZIP)",
            partial(holdings.archive, view.graph, name),
            f"hrkb-{view.graph.version}-{name}.zip",
            "application/zip",
            key=f"data:archive:{name}",
            on_click="ignore",
            icon=":material/download:",
        )
        st.caption(format.use)
    rows = holdings.counts(view.graph)
    nodes = int(rows.loc[rows["kind"] == "label", "rows"].sum())
    edges = int(rows["rows"].sum()) - nodes
    figures.table(
        view,
        rows,
        title=f"What the graph holds (n = {nodes:,} nodes and {edges:,} relationships)",
        height="content",
    )


PAGE = Page(
    path="data",
    title="Data",
    icon=":material/database:",
    section="Trust",
    order=110,
    answers="Where does every figure come from, how old is it, what was left out, and how do I take it all away?",
    reading=READING,
    draw=draw,
)
