"""Integration: how far a state is tied into world society."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kb.catalogue.queries import catalogue
from kb.engines.base import Engine
from kb.model.scores.integration import COMPONENTS, FEWEST, MEASURES, SUMMARY
from kb.scores.centrality import centrality_by_year
from kb.scores.percentile import Reals, percentile_by_year

#: Measures of components that a query alone cannot give: made from the state-years (states, years) and its answer.
_COMPUTED: Mapping[str, Callable[[NDArray[np.object_], NDArray[np.int64], pd.DataFrame], Reals]] = {
    f"{function.__module__}.{function.__name__}": function for function in (centrality_by_year,)
}


def add(panel: pd.DataFrame, engine: Engine) -> None:
    """Add centrality, the components and the integration score to the panel, which is sorted by year."""
    iso3, years = panel["iso3"].to_numpy(dtype=object), panel["year"].to_numpy()
    for measure in MEASURES:
        if measure.function:
            rows = catalogue()[measure.query].run(engine).to_pandas()
            panel[measure.name] = _COMPUTED[measure.function](iso3, years, rows)
    for component in COMPONENTS:
        panel[component.name] = percentile_by_year(panel[component.measure.name].to_numpy(), years)
    combined = combine(panel[[component.name for component in COMPONENTS]].to_numpy())
    for score, values in zip(SUMMARY, combined, strict=True):
        panel[score.name] = values


def combine(components: Reals) -> tuple[Reals, Reals, Reals, Reals]:
    """Mean of the components present, its lowest and highest value over leaving one out, and how many there are.

    Parameters
    ----------
    components: shape (n, k), percentiles in (0, 1), NaN where missing.

    Returns four arrays of shape (n,); the first three are NaN with fewer than :data:`kb.model.scores.integration.FEWEST` components.
    """
    n = (~np.isnan(components)).sum(axis=1).astype(float)
    total = np.nansum(components, axis=1)
    enough = n >= FEWEST
    mean = np.divide(total, n, out=np.full(len(n), np.nan), where=enough)
    without = np.divide(
        total[:, None] - components, (n - 1)[:, None], out=np.full(components.shape, np.nan), where=enough[:, None]
    )
    lowest = np.min(without, axis=1, initial=np.inf, where=~np.isnan(without))
    highest = np.max(without, axis=1, initial=-np.inf, where=~np.isnan(without))
    return mean, np.where(enough, lowest, np.nan), np.where(enough, highest, np.nan), n
