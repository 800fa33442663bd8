"""Networks of states at a year, with the states' names, regions and scores."""

from __future__ import annotations

import difflib
from typing import Any

import networkx as nx
import pandas as pd

from kb.api.asking import Asking
from kb.errors import UsageError
from kb.network.kinds import KINDS

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


def _known(rows: pd.DataFrame, iso3: str, names: tuple[str, ...]) -> dict[str, Any]:
    """What is known of a state: GraphML and most measures know no missing value, so what is missing is left out."""
    if iso3 not in rows.index:
        return {}
    return {str(name): value for name, value in rows.loc[iso3, list(names)].to_dict().items() if pd.notna(value)}
