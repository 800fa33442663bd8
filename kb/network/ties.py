"""What ties states together: organizations shared, the communities they form, the shortest tie between two states.

Everything is computed with networkx from the edges that a catalogue query returns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx
import pandas as pd

from kb.network.networks import shared

__all__ = ["ORGANIZATION", "Tie", "chains", "communities", "ego", "nearest", "shared", "shortest", "typical"]

_SEED = 20
#: How an organization is named in a network that also holds states.
ORGANIZATION = "org:"


@dataclass(frozen=True)
class Tie:
    """A chain of states and the organizations that join each to the next; ``length`` is the sum over its steps."""

    states: tuple[str, ...]
    organizations: tuple[str, ...]
    length: float


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


def communities(graph: nx.Graph) -> tuple[list[list[str]], float]:
    """The communities of a network of shared organizations, the largest first, and the modularity of the division.

    Louvain's method (Blondel, Guillaume, Lambiotte and Lefebvre 2008) on ``strength``, with a fixed seed.
    """
    tied = graph.subgraph([node for node, degree in graph.degree() if degree])
    if not tied.number_of_edges():
        return [], 0.0
    found = nx.community.louvain_communities(tied, weight="strength", seed=_SEED)
    ordered = sorted((sorted(members) for members in found), key=lambda members: (-len(members), members[0]))
    return ordered, float(nx.community.modularity(tied, found, weight="strength"))


def typical(edges: pd.DataFrame, members: Sequence[str], most: int) -> list[str]:
    """The organizations whose membership comes nearest to a group of states: shared members as a part of either."""
    inside = edges["iso3"].isin(members)
    both = edges[inside].groupby("io")["iso3"].nunique()
    size = edges.groupby("io")["iso3"].nunique()
    likeness = (both / (size + len(members) - both)).dropna()
    return [str(io) for io in likeness.sort_values(ascending=False, kind="stable").index[:most]]


def chains(edges: pd.DataFrame) -> nx.Graph:
    """States and organizations (their codes behind :data:`ORGANIZATION`), joined where one is a member of the other.

    A step from state to state through an organization is as long as the organization has other members: the fewer, the
    closer.
    """
    graph = nx.Graph()
    members = edges.groupby("io")["iso3"].transform("nunique")
    for iso3, io, n in zip(edges["iso3"], edges["io"], members, strict=True):
        if n > 1:
            graph.add_edge(iso3, ORGANIZATION + io, length=(int(n) - 1) / 2)
    return graph


def shortest(graph: nx.Graph, one: str, other: str) -> Tie | None:
    """The shortest chain between two states (Dijkstra 1959), or None where there is none."""
    try:
        length, path = nx.single_source_dijkstra(graph, one, other, weight="length")
    except (nx.NetworkXNoPath, nx.NodeNotFound):
        return None
    return _tie(path, length)


def nearest(graph: nx.Graph, state: str, most: int) -> list[Tie]:
    """The shortest chains from a state to others, the shortest first; of equal ones in the order of the codes."""
    if state not in graph:
        return []
    lengths, paths = nx.single_source_dijkstra(graph, state, weight="length")
    reached = [node for node in lengths if not node.startswith(ORGANIZATION) and node != state]
    return [_tie(paths[node], lengths[node]) for node in sorted(reached, key=lambda n: (lengths[n], n))[:most]]


def _tie(path: Sequence[str], length: float) -> Tie:
    return Tie(tuple(path[::2]), tuple(step.removeprefix(ORGANIZATION) for step in path[1::2]), float(length))
