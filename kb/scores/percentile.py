"""Mid-rank percentiles within a year."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]
#: Values that agree to so many decimals tie: engines add in different orders, and the last bits differ.
TIE_DECIMALS = 9


def percentile(values: Reals) -> Reals:
    """(average rank - 0.5) / n of each value among those present; in (0, 1), mean 0.5, NaN where there is none.

    Values equal to :data:`TIE_DECIMALS` share the average of their ranks. Shape and order as ``values``, one dimension, no unit.
    The formula is Hazen's plotting position (Hazen 1914, Transactions of the ASCE 77).

    >>> percentile(np.array([3.0, 1.0, np.nan, 1.0]))
    array([0.83333333, 0.33333333,        nan, 0.33333333])
    """
    result = np.full(values.shape, np.nan)
    present = ~np.isnan(values)
    if present.any():
        _, place, ties = np.unique(values[present].round(TIE_DECIMALS), return_inverse=True, return_counts=True)
        average_rank = np.cumsum(ties) - (ties - 1) / 2
        result[present] = (average_rank[place] - 0.5) / present.sum()
    return result


def slices(years: NDArray[np.int64]) -> Iterator[tuple[int, slice]]:
    """Each year of a sorted column of years, with the rows it covers."""
    found, starts = np.unique(years, return_index=True)
    for year, start, end in zip(found, starts, [*starts[1:], len(years)], strict=True):
        yield int(year), slice(int(start), int(end))


def percentile_by_year(values: Reals, years: NDArray[np.int64]) -> Reals:
    """:func:`percentile` within each year; ``years`` is sorted and as long as ``values``."""
    result = np.full(values.shape, np.nan)
    for _, rows in slices(years):
        result[rows] = percentile(values[rows])
    return result
