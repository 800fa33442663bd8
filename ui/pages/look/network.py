"""Network: a state's strongest ties, the communities that shared organizations form, the shortest tie between two states."""

from __future__ import annotations

from collections.abc import Sequence

import networkx as nx
import pandas as pd
import streamlit as st

from kb.network.chains import ORGANIZATION, Tie, chains, nearest, shortest
from kb.network.communities import communities, typical
from kb.network.ego import ego
from kb.network.shared import shared
from ui.answers import panel
from ui.charts import figures, layout, palette, tilegrid
from ui.view import words
from ui.view.graph import Graph, ask
from ui.view.page import Page, View
from ui.widgets import controls

READING = """
- **Shared organizations**: intergovernmental organizations of which both states are full members in the year. Memberships
  that no source has seen as late as that year are carried forward from the last observation.
- **Strength** of a tie: the sum over the organizations shared of 1 / (members − 1), so that a small circle ties closer than
  the United Nations (Newman 2001). **Likeness** of commitments: treaties to which both are party, as a part of those to which
  either is (Jaccard).
- Shared treaties are counted from each treaty's own status page; an older page knows fewer parties than there are today.
- **Strongest ties** are drawn for at most 40 states, and of the ties among those only each one's three strongest; the
  table lists what is drawn.
- **Communities** are found with Louvain's method on strength, with a fixed seed; another seed can move states on the edge
  of a community. Modularity says how far ties lie within communities rather than across (0: no more than by chance).
- **Shortest tie**: each step leads from a state to another through an organization of both, and is as long as that
  organization has other members. The shortest chain has the smallest sum (Dijkstra). It says who meets whom in small
  circles, not who influences whom.
- **Universal** organizations are those that their coding calls so; where a kind is not stated, the organization stays in.
"""
_SHOW = {"ties": "The strongest ties of a state", "communities": "Communities", "path": "The shortest tie"}
_BY = {"organizations": "Shared organizations", "treaties": "Shared treaties", "objections": "Objections"}
_ORGANIZATIONS = {"all": "All organizations", "small": "Without universal ones"}
_ANYONE, _IO = "anyone", "organization"
_NEAREST = 20
#: Communities with a colour of their own; smaller ones share the last.
_COLOURED = 6
_OTHER = "smaller ones"


@st.cache_resource(max_entries=8, show_spinner="Joining states by their organizations …")
def _co_members(now: Graph, year: int, which: str) -> nx.Graph:
    return shared(_memberships(now, year, which), "io")


def _memberships(now: Graph, year: int, which: str) -> pd.DataFrame:
    rows = ask(now, "memberships-of-a-year", {"year": year}).drop_duplicates(["iso3", "io"])
    if which == "small":
        known = ask(now, "organizations", {"year": year})
        rows = rows[~rows["io"].isin(known.loc[known["kind"] == "universal", "code"])]
    return rows


def draw(view: View) -> None:
    show = controls.choice(view, "show", "Show", _SHOW, horizontal=True)
    {"ties": _ties, "communities": _communities, "path": _path}[show](view)


def _year(view: View) -> int:
    first, last = panel.panel(view).span("igo_count") or (1946, 2025)
    return controls.year(view, first, last, last)


def _ties(view: View) -> None:
    first, second, third = st.columns([2, 2, 3])
    with first:
        iso3 = controls.state(view, "PRK")
    with second:
        by = controls.choice(view, "by", "Tied by", _BY)
    with third:
        most = int(controls.choice(view, "most", "States drawn, at most", {str(n): str(n) for n in (15, 25, 40)}))
    names = controls.state_names(view)
    if by == "objections":
        _objections(view, iso3, names, most)
        return
    year = _year(view)
    if by == "organizations":
        which = controls.choice(view, "which", "Organizations", _ORGANIZATIONS, horizontal=True)
        graph, weight, unit = _co_members(view.graph, year, which), "strength", "organizations"
        view.cite("memberships-of-a-year", year=year)
        view.cite("co-members", iso3=iso3, year=year)
    else:
        graph, weight, unit = shared(view.ask("parties-of-a-year", year=year), "treaty"), "likeness", "treaties"
    inside = set(panel.panel(view).of_year(year)["iso3"])
    _ego(view, graph.subgraph(inside), iso3, names, most, weight, unit, year)


def _ego(
    view: View, graph: nx.Graph, iso3: str, names: dict[str, str], most: int, weight: str, unit: str, year: int
) -> None:
    """The picture and the table of one state's strongest ties."""
    near = ego(graph, iso3, most, weight)
    for one, other, carried in near.edges(data=True):
        carried["note"] = f"{names[one]} and {names[other]}: {carried['shared']} {unit} shared"
    _label(view, near, names, {code: near[iso3][code]["shared"] if code in near[iso3] else 0 for code in near})
    if iso3 in near:
        near.nodes[iso3].update(size=2 * max(d["shared"] for d in near[iso3].values()), note="the state chosen")
    rows = pd.DataFrame(
        [
            {"iso3": other, "name": names[other], "shared": tie["shared"], weight: tie[weight]}
            for other, tie in (near[iso3].items() if iso3 in near else [])
        ],
        columns=["iso3", "name", "shared", weight],
    ).sort_values([weight, "iso3"], ascending=[False, True])
    _draw(
        view,
        near,
        weight,
        rows,
        title=f"{names[iso3]}: the {len(rows)} strongest of {graph.degree(iso3) if iso3 in graph else 0} ties by shared {unit}, {year}",
        alternative="Strongest: "
        + ", ".join(f"{r['name']} ({r['shared']} {unit})" for r in rows.head(5).to_dict("records"))
        + ". Colour and shape are the region; a larger point shares more with the state.",
    )


def _label(view: View, graph: nx.Graph, names: dict[str, str], sizes: dict[str, int]) -> None:
    region = view.look_up("states").set_index("iso3")["region"].to_dict()
    for code in graph:
        graph.nodes[code].update(
            label=names[code], group=region[code], size=sizes[code], note=f"shares {sizes[code]} with the state chosen"
        )


def _draw(view: View, graph: nx.Graph, weight: str, rows: pd.DataFrame, *, title: str, alternative: str) -> None:
    places = layout.place(graph)
    figures.picture(
        view,
        layout.chart,
        {"lines": layout.lines(graph, places, weight), "points": layout.points(graph, places) if len(graph) else rows},
        palette.REGIONS,
        graph.is_directed(),
        len(graph) <= 41,
        title=title,
        alternative=alternative,
        rows=rows,
    )
    figures.table(view, rows, title=f"{words.count(len(rows), 'tie')} drawn")


def _objections(view: View, iso3: str, names: dict[str, str], most: int) -> None:
    pairs = view.ask("objection-pairs")
    own = pairs[(pairs["objector"] == iso3) | (pairs["target"] == iso3)]
    rows = own.sort_values(["statements", "objector", "target"], ascending=[False, True, True]).head(most)
    graph = nx.DiGraph()
    for row in rows.to_dict("records"):
        note = f"{row['objector_name']} to {row['target_name']}: {words.count(row['statements'], 'statement')}"
        graph.add_edge(row["objector"], row["target"], statements=int(row["statements"]), note=note)
    _label(view, graph, names, {code: int(graph.degree(code, weight="statements")) for code in graph})
    for code in graph:
        graph.nodes[code]["note"] = f"{words.count(graph.nodes[code]['size'], 'statement')} objected to, made or met"
    made, met = int((own["objector"] == iso3).sum()), int((own["target"] == iso3).sum())
    _draw(
        view,
        graph,
        "statements",
        rows,
        title=f"{names[iso3]}: objections, {len(rows)} of {len(own)} pairs drawn",
        alternative=f"{names[iso3]} objected to statements of {words.count(made, 'state')}; {words.count(met, 'state')} "
        "objected to its own. The dot on a line is at the state that made the statement.",
    )


def _communities(view: View) -> None:
    year = _year(view)
    which = controls.choice(view, "which", "Organizations", _ORGANIZATIONS, "small", horizontal=True)
    view.cite("memberships-of-a-year", year=year)
    edges = _memberships(view.graph, year, which)
    in_system = panel.panel(view).of_year(year)[["iso3", "name", "region"]]
    found, modularity = _found(view.graph, year, which, tuple(in_system["iso3"]))
    named = [_named(place, members, edges) for place, members in enumerate(found)]
    of = {
        iso3: named[place] if place < _COLOURED else _OTHER for place, members in enumerate(found) for iso3 in members
    }
    shown = named[:_COLOURED] + [_OTHER] * (len(named) > _COLOURED)
    colours = tuple(zip(shown, palette.CATEGORIES, strict=False))
    rows = in_system.assign(category=in_system["iso3"].map(of).fillna(tilegrid.NO_VALUE))
    figures.picture(
        view,
        tilegrid.categories_chart,
        {"tiles": tilegrid.of_categories(rows, dict(colours))},
        colours,
        ("name:state", "category:community"),
        title=f"Communities of states by shared organizations, {year} (n = {len(found)} communities of {len(of)} states)",
        alternative=f"Modularity {words.number(modularity)}. "
        + "; ".join(f"{name}: {words.count(len(members), 'state')}" for name, members in zip(named, found, strict=True))
        + ". A dashed outline is a state without a tie; named after the organization whose membership is most alike.",
        rows=rows.rename(columns={"category": "community"}),
    )
    names = controls.state_names(view)
    table = pd.DataFrame(
        {
            "community": named,
            "states": [len(members) for members in found],
            "organizations_most_alike": [typical(edges, members, 3) for members in found],
            "members": [", ".join(names[code] for code in members) for members in found],
        }
    )
    figures.table(view, table, title=f"{words.count(len(found), 'community', 'communities')}, {year}")


@st.cache_data(max_entries=100, show_spinner="Looking for communities …")
def _found(now: Graph, year: int, which: str, inside: tuple[str, ...]) -> tuple[list[list[str]], float]:
    return communities(_co_members(now, year, which).subgraph(inside))


def _named(place: int, members: Sequence[str], edges: pd.DataFrame) -> str:
    nearest_to_it = typical(edges, members, 1)
    return f"{place + 1}: like {nearest_to_it[0]}" if nearest_to_it else f"{place + 1}"


def _path(view: View) -> None:
    first, second, third = st.columns([2, 2, 3])
    with first:
        one = controls.state(view, "PRK", label="From")
    names = controls.state_names(view)
    with second:
        other = controls.choice(view, "to", "To", {_ANYONE: "Anyone: the nearest", **names})
    with third:
        year = _year(view)
    which = controls.choice(view, "which", "Organizations", _ORGANIZATIONS, horizontal=True)
    view.cite("memberships-of-a-year", year=year)
    inside = set(panel.panel(view).of_year(year)["iso3"])
    edges = _memberships(view.graph, year, which)
    graph = chains(edges[edges["iso3"].isin(inside)])
    organizations = view.ask("organizations", year=year).set_index("code")
    if other == _ANYONE:
        found = nearest(graph, one, _NEAREST)
        title = f"{names[one]}: the {len(found)} states nearest to it, {year}"
    else:
        tie = shortest(graph, one, other) if other != one else None
        found = [tie] if tie else []
        title = f"{names[one]} and {names[other]}: the shortest tie, {year}"
    _chains(view, graph, found, names, organizations, title)
    if other != _ANYONE:
        view.go("organization", "Every organization of both", show="tie", first=one, second=other, year=str(year))


def _chains(
    view: View,
    graph: nx.Graph,
    found: Sequence[Tie],
    names: dict[str, str],
    organizations: pd.DataFrame,
    title: str,
) -> None:
    """Chains drawn through their organizations, and listed."""
    drawn = nx.Graph()
    region = view.look_up("states").set_index("iso3")["region"].to_dict()
    for tie in found:
        for near, io, far in zip(tie.states, tie.organizations, tie.states[1:], strict=False):
            label = str(organizations["name"].get(io, io))
            members = graph.degree(ORGANIZATION + io)
            note = f"{label}: {members} members"
            drawn.add_node(io, label=io, group=_IO, size=1, note=note)
            for code in (near, far):
                drawn.add_node(code, label=names[code], group=region[code], size=2, note="")
                drawn.add_edge(code, io, weight=1 / members, note=note)
    rows = pd.DataFrame(
        [
            {
                "state": names[tie.states[-1]],
                "length": round(tie.length),
                "steps": len(tie.organizations),
                "chain": _said(tie, names),
                "organizations": [str(organizations["name"].get(io, io)) for io in tie.organizations],
            }
            for tie in found
        ],
        columns=["state", "length", "steps", "chain", "organizations"],
    )
    places = layout.place(drawn)
    figures.picture(
        view,
        layout.chart,
        {"lines": layout.lines(drawn, places, "weight"), "points": layout.points(drawn, places) if found else rows},
        (*palette.REGIONS, _IO),
        False,
        True,
        title=title + " (length: other members of the organizations on the way)",
        alternative="; ".join(f"{_said(tie, names)}, length {tie.length:.0f}" for tie in found[:3]) + ".",
        rows=rows,
    )
    figures.table(view, rows, title=words.count(len(rows), "chain"))


def _said(tie: Tie, names: dict[str, str]) -> str:
    parts = [names[tie.states[0]]]
    for io, state in zip(tie.organizations, tie.states[1:], strict=True):
        parts.append(f"– {io} – {names[state]}")
    return " ".join(parts)


PAGE = Page(
    path="network",
    title="Network",
    icon=":material/hub:",
    section="Look",
    order=55,
    answers="To whom is a state tied most closely, which communities form, and what is the shortest tie between two states?",
    reading=READING,
    draw=draw,
)
