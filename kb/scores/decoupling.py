"""Decoupling: how far commitment and practice stand apart."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kb.model.scores import decoupling as declared
from kb.scores.percentile import Reals, percentile_by_year, slices
from kb.scores.simulation import interval


def add(panel: pd.DataFrame, depth: Mapping[str, pd.DataFrame], practice: Mapping[str, pd.DataFrame]) -> None:
    """Add every decoupling score to the panel, which is sorted by year and state; see :func:`read_panel` for the rest."""
    years = panel["year"].to_numpy()
    for score in declared.CONTRASTS:
        pair = percentile_pair(panel[score.promise].to_numpy(), panel[score.practice].to_numpy(), years)
        panel[score.name] = pair[0] - pair[1]
        if score is declared.DEFAULT:
            for one, values in zip(declared.PERCENTILES, pair, strict=True):
                panel[one.name] = values
    for one, values in zip(declared.BOUNDS, _intervals(panel), strict=True):
        panel[one.name] = values
    measured = panel[[score.name for score in declared.BY_MEASURE]].to_numpy()
    panel[declared.SPREAD.name], panel[declared.CONTESTED.name] = disagreement(measured)
    for name, acts in depth.items():
        panel[name] = by_treaty(acts, practice[name]["value"].to_numpy(dtype=float), years)


def by_treaty(acts: pd.DataFrame, practice: Reals, years: NDArray[np.int64]) -> Reals:
    """Depth in one treaty (``value``) minus the percentile of practice, for ``parties`` only; rows as ``years``."""
    party = acts["parties"].to_numpy(dtype=float) == 1
    return np.where(party, acts["value"].to_numpy(dtype=float) - percentile_by_year(practice, years), np.nan)


def percentile_pair(first: Reals, second: Reals, years: NDArray[np.int64]) -> tuple[Reals, Reals]:
    """Percentiles of two measures within the year, both among the states that have both, so that they compare.

    Both percentiles then have the same mean in every year, and their difference has mean 0.
    """
    both = ~np.isnan(first) & ~np.isnan(second)
    pair = [percentile_by_year(np.where(both, x, np.nan), years) for x in (first, second)]
    return pair[0], pair[1]


def _intervals(panel: pd.DataFrame) -> tuple[Reals, Reals]:
    """The interval of the default score, year by year."""
    pct = panel["pct_commitment"].to_numpy()
    mean, sd = panel["practice_physical"].to_numpy(), panel["practice_sd"].to_numpy()
    lo, hi = np.full(len(panel), np.nan), np.full(len(panel), np.nan)
    for year, rows in slices(panel["year"].to_numpy()):
        here = np.flatnonzero(~np.isnan(pct[rows])) + rows.start
        if len(here):
            lo[here], hi[here] = interval(pct[here], mean[here], sd[here], year)
    return lo, hi


def disagreement(scores: Reals) -> tuple[Reals, pd.arrays.BooleanArray]:
    """How far the practice measures disagree: highest minus lowest score, and whether their signs differ.

    Parameters
    ----------
    scores: shape (n, measures), -1 to 1, NaN where missing.

    Returns two arrays of shape (n,), missing where fewer than two measures are there.
    """
    present = ~np.isnan(scores)
    enough = present.sum(axis=1) >= 2
    highest = np.max(scores, axis=1, initial=-np.inf, where=present)
    lowest = np.min(scores, axis=1, initial=np.inf, where=present)
    spread = np.full(len(scores), np.nan)
    spread[enough] = highest[enough] - lowest[enough]
    contested = pd.arrays.BooleanArray((highest > 0) & (lowest < 0), ~enough)
    return spread, contested
