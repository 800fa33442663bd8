"""The communities that shared organizations form, and what is typical of one."""

from __future__ import annotations

from collections.abc import Sequence

import networkx as nx
import pandas as pd

_SEED = 20


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
