"""States joined by what they share."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd


def shared(edges: pd.DataFrame, what: str) -> nx.Graph:
    """States joined by what they share.

    ``edges`` has a row per state (``iso3``) and shared thing (column ``what``). Each tie carries ``shared``, the number
    shared; ``strength``, the sum over things shared of 1 / (members - 1), so that a small circle ties closer than a large
    one (Newman 2001, Physical Review E 64, 016132); ``likeness``, shared things as a part of all that either has
    (Jaccard 1912); and ``distance``, 1 / strength.
    """
    held = pd.crosstab(edges["iso3"], edges[what]).clip(upper=1)
    has = held.to_numpy(dtype="float64")
    members, number = has.sum(axis=0), has.sum(axis=1)
    weights = np.divide(1.0, members - 1, out=np.zeros_like(members), where=members > 1)
    counted, strong = has @ has.T, (has * weights) @ has.T
    graph = nx.Graph()
    graph.add_nodes_from(held.index)
    for i, j in zip(*np.triu(counted, 1).nonzero(), strict=True):
        graph.add_edge(
            held.index[i],
            held.index[j],
            shared=int(counted[i, j]),
            strength=float(strong[i, j]),
            likeness=float(counted[i, j] / (number[i] + number[j] - counted[i, j])),
            distance=float(1 / strong[i, j]),
        )
    return graph
