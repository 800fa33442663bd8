"""The interval of the decoupling score, by simulation from the published uncertainty of practice."""

from __future__ import annotations

import numpy as np

from kb.scores.percentile import Reals

DRAWS = 1000
SEED = 20040001
LOWER, UPPER = 0.05, 0.95


def practice_percentiles(mean: Reals, sd: Reals, year: int) -> Reals:
    """Percentiles of practice among the states of one year in each of :data:`DRAWS` draws from Normal(mean, sd).

    Parameters
    ----------
    mean, sd: shape (n,), in theta, the states in the order of their codes. A state without sd keeps its mean.
    year: with :data:`SEED` the seed, so that one year's draws do not depend on another's.

    Returns shape (DRAWS, n), percentiles in (0, 1). Draws do not tie, so ranks need no averaging, unless two states
    without sd share a mean.
    """
    noise = np.random.default_rng([SEED, year]).standard_normal((DRAWS, len(mean)))
    theta = mean + noise * np.nan_to_num(sd)
    ranks = np.empty(theta.shape)
    np.put_along_axis(ranks, theta.argsort(axis=1, kind="stable"), np.arange(len(mean), dtype=float)[None, :], axis=1)
    return np.asarray((ranks + 0.5) / len(mean))


def interval(pct_commitment: Reals, mean: Reals, sd: Reals, year: int) -> tuple[Reals, Reals]:
    """5th and 95th percentile of pct(commitment) - pct(practice) over the draws, for the states of one year.

    All shapes (n,), the states in the order of their codes; NaN for a state without sd. The score itself may lie outside
    for the very best and worst, whose rank every draw can only bring closer to the middle.
    """
    drawn = practice_percentiles(mean, sd, year)
    worse, better = np.quantile(drawn, [LOWER, UPPER], axis=0)
    known = np.where(np.isnan(sd), np.nan, 0.0)
    return pct_commitment - better + known, pct_commitment - worse + known
