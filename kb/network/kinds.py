"""The kinds of networks of states, each built with networkx from the edges that a query of the catalogue returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx
import pandas as pd

from kb.network.shared import shared


@dataclass(frozen=True)
class Kind:
    """One kind of tie between states: the query that gives its edges, and how they are read.

    Either ``what`` names the column of the thing shared, or ``ends`` the columns of the two states and ``weight`` the
    column that is the weight (None: every tie weighs 1). ``measure`` says what the weight is.
    """

    title: str
    query: str
    measure: str
    what: str = ""
    ends: tuple[str, str] = ("", "")
    weight: str | None = None
    directed: bool = False

    def graph(self, edges: pd.DataFrame) -> nx.Graph:
        """The network of the query's rows; every tie carries ``weight``, and the row's other values."""
        if self.what:
            made = shared(edges, self.what)
            nx.set_edge_attributes(made, nx.get_edge_attributes(made, "shared"), "weight")
            return made
        made = nx.DiGraph() if self.directed else nx.Graph()
        for row in edges.to_dict("records"):
            start, end = (row.pop(name) for name in self.ends)
            known = {name: value for name, value in row.items() if pd.notna(value)}
            weight = known.get(self.weight, 0) if self.weight else 1
            _tie(made, str(start), str(end), known | {"weight": weight})
        return made


def _tie(graph: nx.Graph, start: str, end: str, values: dict[str, object]) -> None:
    """Add a tie; a second one between the same states, as land and water are, adds its texts to the first one's."""
    there = graph.get_edge_data(start, end, {})
    for name, value in there.items():
        if isinstance(value, str) and value not in str(values.get(name)).split("; "):
            values[name] = f"{value}; {values[name]}"
    graph.add_edge(start, end, **values)


#: The kinds of :meth:`kb.api.knowledge.KnowledgeBase.network`, by name.
KINDS: Mapping[str, Kind] = {
    "organizations": Kind(
        "Organizations shared",
        "memberships-of-a-year",
        "intergovernmental organizations of which both are full members in the year",
        what="io",
    ),
    "treaties": Kind("Treaties shared", "parties-of-a-year", "treaties to which both are party", what="treaty"),
    "borders": Kind("Borders", "borders-of-a-year", "1 for every pair of neighbours", ends=("first", "second")),
    "objections": Kind(
        "Objections",
        "objections-until",
        "statements of the target to which the objector had objected by the end of the year",
        ends=("objector", "target"),
        weight="statements",
        directed=True,
    ),
    "recommendations": Kind(
        "Peer review",
        "recommendations-until",
        "recommendations made in the Universal Periodic Review by the end of the year",
        ends=("sender", "receiver"),
        weight="recommendations",
        directed=True,
    ),
}
