"""RUDs: reservations, understandings and declarations by treaty, article, state, kind and decade, and who objected."""

from __future__ import annotations

import re

import altair as alt
import networkx as nx
import pandas as pd
import streamlit as st

from ui.charts import figures, layout, palette
from ui.charts.figures import Chart
from ui.view import words
from ui.view.page import Page, View
from ui.widgets import controls, headline
from ui.widgets.controls import ALL
from ui.widgets.headline import Headline

READING = """
- **Statement**: a reservation, understanding or declaration as the depositary's page prints it. How its kind was decided
  stands beside it: from a heading, from the wording, or not stated. One statement may name several articles.
- **Article**: the articles that a statement names; choosing 16 also finds 16 (1) (c). A statement that names none is found
  under no article.
- **Stands / withdrawn**: withdrawn as a whole. A partial withdrawal has its own column, and the statement still stands.
- **Objection**: another state's answer to a statement. The page does not always say which statement is meant; how that is
  known has its own column in the list of objections.
- **Decade** is that of the statement. Statements without a year are in no decade.
- **Network**: a line runs from the state that objects to the state that made the statement; the dot on it marks the
  receiving end. Only the statements selected count. The texts themselves are not in here.
"""
_KINDS = {
    ALL: "All kinds",
    "reservation": "Reservations",
    "understanding": "Understandings",
    "declaration": "Declarations",
    "unstated": "Kind not stated",
}
_STATUS = {ALL: "Standing and withdrawn", "standing": "Standing", "withdrawn": "Withdrawn"}
_PARTS = {"list": "The statements", "articles": "Articles and decades", "network": "Who objects to whom"}
_SHOWN = (
    "name",
    "treaty",
    "kind",
    "year",
    "stands",
    "objections",
    "objectors",
    "articles",
    "partly_withdrawn",
    "stage",
    "kind_basis",
)
#: The most states that the network draws, those with the most objections first.
_MOST = 60
_ROLES = ("objects", "meets objections", "both")


def draw(view: View) -> None:
    treaty, selected = _selection(view)
    objections = view.ask("objections", treaty=treaty)
    objections = objections[objections["rud"].isin(selected["rud"])]
    withdrawn, met = int(selected["withdrawn"].notna().sum()), int((selected["objections"] > 0).sum())
    shown = (
        ("Statements", len(selected), "that fit the selection"),
        ("States", selected["iso3"].nunique(), "that made them"),
        ("Withdrawn", withdrawn, "as a whole"),
        ("Met by objections", met, "statements to which at least one state objected"),
    )
    headline.show(Headline(label, words.number(int(count)), meaning) for label, count, meaning in shown)
    part = controls.choice(view, "part", "Look at", _PARTS, horizontal=True)
    {"list": _list, "articles": _articles, "network": _network}[part](view, selected, objections)


def _selection(view: View) -> tuple[str, pd.DataFrame]:
    """The controls, and the statements that fit them all."""
    first, second, third = st.columns([3, 2, 2])
    with first:
        treaty = _treaty(view)
    every = view.look_up("ruds", treaty=treaty)
    with second:
        article = controls.choice(view, "article", "Article", _article_options(every))
    with third:
        status = controls.choice(view, "status", "Status", _STATUS)
    first, second, third = st.columns([3, 2, 2])
    with first:
        iso3 = controls.choice(view, "state", "State", _state_options(every))
    with second:
        kind = controls.choice(view, "kind", "Kind", _KINDS)
    with third:
        decade = controls.choice(view, "decade", "Decade", _decade_options(every))
    years = {} if decade == ALL else {"from_year": int(decade), "to_year": int(decade) + 9}
    selected = view.ask("ruds", treaty=treaty, iso3=iso3, kind=kind, article=article, status=status, **years)
    return treaty, selected.dropna(subset=["year"]) if years else selected


def _treaty(view: View) -> str:
    rows = view.look_up("treaties").dropna(subset=["statements"])  # of the others none was read
    options = {row["code"]: f"{row['code']}: {row['title']}" for row in rows.to_dict("records")}
    return controls.choice(view, "treaty", "Treaty", {ALL: "All treaties", **options}, "CEDAW")


def _article_options(every: pd.DataFrame) -> dict[str, str]:
    """The articles that statements name, without paragraphs, in their order, with how many name them."""
    named = [{_article(a) for a in listed} for listed in every["articles"].dropna()]
    counts = pd.Series([a for listed in named for a in listed], dtype="string").value_counts()
    ordered = sorted(counts.index, key=lambda a: (int(re.match(r"\d*", a)[0] or 999), a))  # type: ignore[index]
    return {ALL: "All articles"} | {
        a: f"Article {a} ({words.count(int(counts[a]), 'statement')})" if a[:1].isdigit() else a for a in ordered
    }


def _article(named: str) -> str:
    """An article without its paragraph: ``16 (1) (c)`` is of article ``16``."""
    return named.split(" ", 1)[0] if named[:1].isdigit() else named


def _state_options(every: pd.DataFrame) -> dict[str, str]:
    rows = every.drop_duplicates("iso3").sort_values("name")
    return {ALL: "All states"} | dict(zip(rows["iso3"], rows["name"], strict=True))


def _decade_options(every: pd.DataFrame) -> dict[str, str]:
    decades = sorted({int(y) // 10 * 10 for y in every["year"].dropna()})
    return {ALL: "All decades"} | {str(d): f"{d}s" for d in decades}


def _list(view: View, selected: pd.DataFrame, objections: pd.DataFrame) -> None:
    by = objections.groupby("rud")["objector_name"].agg(lambda names: sorted(set(names)))
    until = selected["withdrawn"].astype("string")
    rows = selected.assign(
        stands=("withdrawn " + until).fillna("stands"),
        objectors=selected["rud"].map(by),
    ).sort_values(["name", "treaty", "year", "rud"])
    figures.table(
        view,
        rows[list(_SHOWN)].rename(columns={"name": "state"}),
        title=f"{words.count(len(rows), 'statement')} by {words.count(rows['iso3'].nunique(), 'state')}, and who objected",
        query="ruds",
        height=520,
    )
    figures.table(
        view,
        objections[["target_name", "treaty", "objector_name", "year", "date", "basis", "rud"]].rename(
            columns={"target_name": "statement_by", "objector_name": "objection_by"}
        ),
        title=f"{words.count(len(objections), 'objection')} to these statements",
        query="objections",
        height=360,
    )


def _articles(view: View, selected: pd.DataFrame, objections: pd.DataFrame) -> None:
    named = selected.dropna(subset=["articles"]).explode("articles")
    named = named.assign(
        article=named["articles"].map(_article),
        status=named["withdrawn"].notna().map({True: "withdrawn", False: "stands"}).astype(str),
    ).drop_duplicates(["rud", "article"])
    one = selected["treaty"].nunique() == 1
    named["article"] = named["article"] if one else named["treaty"] + " " + named["article"]
    counts = named.groupby(["article", "status"]).size().reset_index(name="statements")
    first = counts.groupby("article")["statements"].sum().sort_values(ascending=False, kind="stable").head(20)
    silent = len(selected) - selected["articles"].notna().sum()
    figures.picture(
        view,
        _articles_chart,
        {"counts": counts[counts["article"].isin(first.index)]},
        title=f"Statements by article, the {len(first)} most named (n = {len(selected) - silent} statements that name one)",
        alternative="Most named: "
        + ", ".join(f"{a} {n}" for a, n in first.head(5).items())
        + f". {words.count(int(silent), 'statement')} name no article and are not drawn.",
    )
    decades = (
        selected.dropna(subset=["year"])
        .assign(
            decade=lambda rows: rows["year"] // 10 * 10,
            status=lambda rows: rows["withdrawn"].notna().map({True: "withdrawn", False: "stands"}),
        )
        .groupby(["decade", "status"])
        .size()
        .reset_index(name="statements")
    )
    by_decade = decades.groupby("decade")["statements"].sum()
    figures.picture(
        view,
        _decades_chart,
        {"decades": decades},
        title=f"Statements by decade made (n = {int(decades['statements'].sum())})",
        alternative="; ".join(f"{d}s: {n}" for d, n in by_decade.items()) + ".",
    )


def _status_colour() -> alt.Color:
    return alt.Color(
        "status:N",
        title=None,
        scale=alt.Scale(domain=["stands", "withdrawn"], range=[palette.BLUE, palette.OCHRE]),
        legend=alt.Legend(orient="top"),
    )


def _articles_chart() -> Chart:
    chart: alt.Chart = (
        alt.Chart(alt.NamedData("counts"))
        .mark_bar()
        .encode(
            x=alt.X("statements:Q", title="statements", axis=alt.Axis(tickMinStep=1)),
            y=alt.Y("article:N", title="article", sort="-x", axis=alt.Axis(labelOverlap=False)),
            color=_status_colour(),
            order=alt.Order("status:N"),
            tooltip=["article:N", "status:N", "statements:Q"],
        )
        .properties(width="container", height=alt.Step(18))
    )
    return chart


def _decades_chart() -> Chart:
    chart: alt.Chart = (
        alt.Chart(alt.NamedData("decades"))
        .mark_bar()
        .encode(
            x=alt.X("decade:O", title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("statements:Q", title="statements"),
            color=_status_colour(),
            order=alt.Order("status:N"),
            tooltip=["decade:O", "status:N", "statements:Q"],
        )
        .properties(width="container", height=240)
    )
    return chart


def _network(view: View, selected: pd.DataFrame, objections: pd.DataFrame) -> None:
    pairs = (
        objections.groupby(["objector", "objector_name", "target", "target_name"])
        .agg(
            statements=("rud", "nunique"),
            treaties=("treaty", "nunique"),
            first_year=("year", "min"),
            last_year=("year", "max"),
        )
        .reset_index()
        .sort_values(["statements", "objector", "target"], ascending=[False, True, True])
    )
    network = _graph(pairs)
    states = network.number_of_nodes()
    places = layout.place(network)
    everyone = pd.unique(pd.concat([pairs["objector"], pairs["target"]]))
    figures.picture(
        view,
        layout.chart,
        {
            "lines": layout.lines(network, places, "statements") if states else pairs,
            "points": layout.points(network, places) if states else pairs,
        },
        _ROLES,
        True,
        states <= 30,
        title=f"Who objects to whom: {words.count(states, 'state')}, {words.count(network.number_of_edges(), 'pair')}"
        + (f" (the {states} of {len(everyone)} states with the most objections)" if states < len(everyone) else ""),
        alternative=_network_words(pairs),
        rows=pairs,
    )
    figures.table(view, pairs, title=f"All {words.count(len(pairs), 'pair')}", query="objection-pairs", height=420)


def _graph(pairs: pd.DataFrame) -> nx.DiGraph:
    """The states with the most objections, made or met, and every objection among them."""
    made = pairs.groupby("objector")["statements"].sum()
    met = pairs.groupby("target")["statements"].sum()
    total = made.add(met, fill_value=0).sort_values(ascending=False, kind="stable").head(_MOST)
    kept = pairs[pairs["objector"].isin(total.index) & pairs["target"].isin(total.index)]
    names = dict(zip(pairs["objector"], pairs["objector_name"], strict=True))
    names |= dict(zip(pairs["target"], pairs["target_name"], strict=True))
    graph = nx.DiGraph()
    for row in kept.to_dict("records"):
        note = f"{row['objector_name']} to {row['target_name']}: {words.count(row['statements'], 'statement')}"
        graph.add_edge(row["objector"], row["target"], statements=int(row["statements"]), note=note)
    for code in graph:
        sends, meets = int(made.get(code, 0)), int(met.get(code, 0))
        role = "both" if sends and meets else "objects" if sends else "meets objections"
        graph.nodes[code].update(
            label=names[code], group=role, size=sends + meets, note=f"objections made {sends}, met {meets}"
        )
    return graph


def _network_words(pairs: pd.DataFrame) -> str:
    if pairs.empty:
        return "No objection is on record for these statements."
    made = pairs.groupby("objector_name")["statements"].sum().sort_values(ascending=False, kind="stable").head(3)
    met = pairs.groupby("target_name")["statements"].sum().sort_values(ascending=False, kind="stable").head(3)
    return (
        "Most objections made: "
        + ", ".join(f"{name} {n}" for name, n in made.items())
        + ". Most met: "
        + ", ".join(f"{name} {n}" for name, n in met.items())
        + ". The dot on a line is at the state that made the statement; thicker lines are more statements."
    )


PAGE = Page(
    path="ruds",
    title="Reservations and objections",
    icon=":material/gavel:",
    section="Look",
    order=45,
    answers="Which reservations, understandings and declarations were made, to which articles, and who objected?",
    reading=READING,
    draw=draw,
)
