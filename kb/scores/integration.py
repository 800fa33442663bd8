"""Integration: how far a state is tied into world society."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kb.catalogue.queries import catalogue
from kb.engines.base import Engine
from kb.scores.centrality import centrality_by_year
from kb.scores.percentile import Reals, percentile_by_year

#: Each component, and the measure whose percentile it is.
COMPONENTS = {
    "igo": "igo_count",
    "igo_centrality": "igo_centrality_raw",
    "ingo": "ingo_count",
    "political_globalisation": "political_globalisation_raw",
    "machinery": "machinery_raw",
}
FEWEST = 2


def add(panel: pd.DataFrame, engine: Engine) -> None:
    """Add centrality, the components and the integration score to the panel, which is sorted by year."""
    years = panel["year"].to_numpy()
    spells = catalogue()["igo-spells"].run(engine).to_pandas()
    panel["igo_centrality_raw"] = centrality_by_year(panel["iso3"].to_numpy(dtype=object), years, spells)
    for component, measure in COMPONENTS.items():
        panel[component] = percentile_by_year(panel[measure].to_numpy(), years)
    mean, lowest, highest, n = combine(panel[list(COMPONENTS)].to_numpy())
    panel["integration"], panel["integration_lo"], panel["integration_hi"] = mean, lowest, highest
    panel["integration_n"] = n


def combine(components: Reals) -> tuple[Reals, Reals, Reals, Reals]:
    """Mean of the components present, its lowest and highest value over leaving one out, and how many there are.

    Parameters
    ----------
    components: shape (n, k), percentiles in (0, 1), NaN where missing.

    Returns four arrays of shape (n,); the first three are NaN with fewer than :data:`FEWEST` components.
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
