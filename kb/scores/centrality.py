"""Eigenvector centrality of states in the network of shared memberships."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse.linalg import eigsh

from kb.scores.percentile import Reals, slices

#: Decimals kept, so that states with the same memberships tie: far above the solver's error, far below any difference.
DECIMALS = 10


def eigenvector_centrality(weights: Reals) -> Reals:
    """The leading eigenvector of a symmetric matrix of weights, scaled to a maximum of 1.

    Parameters
    ----------
    weights: shape (n, n), symmetric, not negative, zero diagonal; entry (i, j) is the weight of the tie of i and j.

    Returns shape (n,), in 0-1, rounded to :data:`DECIMALS`; all zeros where no two nodes are tied. A node without ties
    has 0. Bonacich 1972, Journal of Mathematical Sociology 2(1).
    """
    n = len(weights)
    if n == 0 or not weights.any():
        return np.zeros(n)
    if n <= 2:  # the solver needs three; two nodes with a tie are equals
        return np.ones(n)
    # The fixed start makes every run give the same digits; the sign that the solver gives is arbitrary.
    _, vectors = eigsh(weights, k=1, which="LA", v0=np.ones(n), tol=0)
    leading = np.abs(vectors[:, 0])
    return np.asarray(np.round(leading / leading.max(), DECIMALS))


def co_membership(incidence: Reals) -> Reals:
    """Organizations shared by each two states: B B' without its diagonal, from B of shape (states, organizations)."""
    shared = incidence @ incidence.T
    np.fill_diagonal(shared, 0.0)
    return np.asarray(shared)


def centrality_by_year(iso3: NDArray[np.object_], years: NDArray[np.int64], spells: pd.DataFrame) -> Reals:
    """Centrality of each state-year among the states of that year.

    Parameters
    ----------
    iso3, years: the state-years, sorted by year, one row each.
    spells: columns iso3, io, from_year, to_year: full memberships, both years included.

    Returns one value per state-year, 0-1 with a maximum of 1 in each year.
    """
    states, row_of_state = np.unique(iso3, return_inverse=True)
    member = pd.Index(states).get_indexer(pd.Index(spells["iso3"]))
    organization = pd.factorize(spells["io"])[0]
    first, last = spells["from_year"].to_numpy(), spells["to_year"].to_numpy()
    result = np.full(len(years), np.nan)
    for year, rows in slices(years):
        place = np.full(len(states) + 1, -1)  # the last stands for states that are never in the system
        place[row_of_state[rows]] = np.arange(rows.stop - rows.start)
        row = place[member]
        counted = (first <= year) & (last >= year) & (row >= 0)
        alive, column = np.unique(organization[counted], return_inverse=True)
        incidence = np.zeros((rows.stop - rows.start, len(alive)))
        incidence[row[counted], column] = 1.0
        result[rows] = eigenvector_centrality(co_membership(incidence))
    return result
