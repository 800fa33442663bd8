"""Networks of states at a year, with the states' names, regions and scores; communities, and the shortest tie of two states."""

from __future__ import annotations

import difflib
from typing import Any

import networkx as nx
import pandas as pd

from kb.api.asking import Asking
from kb.errors import UsageError
from kb.load import names
from kb.network import communities as grouped
from kb.network.chains import chains, shortest
from kb.network.kinds import KINDS
from kb.network.shared import shared

#: What every state carries, where it is known; scores are those of the year.
NAMES = ("name", "region", "subregion")
SCORES = ("integration", "commitment", "decoupling", "practice_physical")


def network(kb: Asking, year: int, kind: str) -> nx.Graph:
    """As :meth:`kb.api.knowledge.KnowledgeBase.network`."""
    if kind not in KINDS:
        near = difflib.get_close_matches(kind, KINDS, n=2, cutoff=0.4)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(KINDS)}"
        raise UsageError(f"there is no network of kind {kind!r}", hint)
    declared = KINDS[kind]
    edges = kb.query(declared.query, year=year)
    tied = declared.graph(edges)
    scores = kb.query("scores-and-components", from_year=year, to_year=year).set_index("iso3")
    states = kb.states.set_index("iso3")
    graph = type(tied)()
    # A state in the system without a tie belongs into the network of the year; scores begin in 1946.
    for iso3 in sorted({*tied, *scores.index}):
        graph.add_node(iso3, **_known(states, iso3, NAMES), **_known(scores, iso3, SCORES))
    graph.add_edges_from(tied.edges(data=True))
    graph.graph.update(
        title=declared.title,
        kind=kind,
        year=int(year),
        weight=declared.measure,
        query=declared.query,
        sources=", ".join(edges.attrs["sources"]),
        data_version=edges.attrs["data_version"],
        data_date=edges.attrs["data_date"] or "",
    )
    return graph


def communities(kb: Asking, year: int) -> pd.DataFrame:
    """As :meth:`kb.api.knowledge.KnowledgeBase.communities`."""
    members, edges = _members(kb, year)
    found, modularity = grouped.communities(shared(members, "io"))
    called = kb.states.set_index("iso3")["name"]
    rows = [(place, iso3, called[iso3]) for place, group in enumerate(found, start=1) for iso3 in group]
    made = pd.DataFrame(rows, columns=["community", "iso3", "name"])
    made.attrs |= edges.attrs | {"title": f"Communities by shared organizations, {year}", "modularity": modularity}
    return made


def tie(kb: Asking, one: str, other: str, year: int) -> pd.DataFrame:
    """As :meth:`kb.api.knowledge.KnowledgeBase.tie`."""
    members, edges = _members(kb, year)
    ends = [names.state(one), names.state(other)]
    if ends[0] == ends[1]:
        raise UsageError(f"{one} and {other} are one state, {ends[0]}", "name two")
    for iso3 in ends:
        if iso3 not in set(members["iso3"]):
            raise UsageError(f"{iso3} is a full member of no organization in {year}", "give another year")
    found = shortest(chains(members), *ends)
    called = kb.states.set_index("iso3")["name"]
    organizations = kb.query("organizations", year=year).set_index("code")["name"]
    steps = zip(found.states, found.organizations, found.states[1:], strict=False) if found else ()
    made = pd.DataFrame(
        [(called[a], io, organizations.get(io), called[b]) for a, io, b in steps],
        columns=["from", "organization", "organization_name", "to"],
    )
    title = f"The shortest tie from {ends[0]} to {ends[1]}, {year}"
    made.attrs |= edges.attrs | {"title": title, "length": found.length if found else None}
    return made


def _members(kb: Asking, year: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The full memberships of the states of the system in a year, and the answer that they are a part of."""
    edges = kb.query("memberships-of-a-year", year=year)
    inside = kb.query("scores-and-components", from_year=year, to_year=year)["iso3"]
    if inside.empty:
        raise UsageError(
            f"there is no state in the system in {year}", "the years are those of the scores, from 1946 on"
        )
    kept = edges[edges["iso3"].isin(set(inside))].drop_duplicates(["iso3", "io"])
    return kept, edges


def _known(rows: pd.DataFrame, iso3: str, names: tuple[str, ...]) -> dict[str, Any]:
    """What is known of a state: GraphML and most measures know no missing value, so what is missing is left out."""
    if iso3 not in rows.index:
        return {}
    return {str(name): value for name, value in rows.loc[iso3, list(names)].to_dict().items() if pd.notna(value)}
