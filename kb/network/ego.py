"""The network of one state: its strongest ties, and those among the states that they lead to."""

from __future__ import annotations

import networkx as nx


def ego(graph: nx.Graph, state: str, most: int, by: str) -> nx.Graph:
    """A state, the ``most`` states to which its tie is strongest by the attribute ``by``, and the strong ties among these.

    Among the others only each one's three strongest ties are kept, or the picture is a solid disc.
    """
    if state not in graph:
        return nx.Graph()
    near = _strongest(graph, state, most, by)
    kept = {frozenset((state, other)) for other in near}
    among = graph.subgraph(near)
    for other in near:
        kept |= {frozenset((other, third)) for third in _strongest(among, other, 3, by)}
    return graph.edge_subgraph([tuple(pair) for pair in kept]).copy()


def _strongest(graph: nx.Graph, state: str, most: int, by: str) -> list[str]:
    return sorted(graph[state], key=lambda other: (-graph[state][other][by], other))[:most]
