"""The shortest tie between two states: a chain of states, each joined to the next by an organization."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx
import pandas as pd

#: How an organization is named in a network that also holds states.
ORGANIZATION = "org:"


@dataclass(frozen=True)
class Tie:
    """A chain of states and the organizations that join each to the next; ``length`` is the sum over its steps."""

    states: tuple[str, ...]
    organizations: tuple[str, ...]
    length: float


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
