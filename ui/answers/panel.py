"""The score panel: every state-year with all its scores, read once per version and cut by year and by state.

Moving through the years then costs a look-up; what a page shows of it is cited as the narrower question that gives it.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from ui.view import graph
from ui.view.graph import Graph
from ui.view.page import View

QUERY, REGIMES = "scores-and-components", "regimes"


@dataclass(frozen=True)
class Panel:
    """All state-years with the columns of :data:`QUERY` and of :data:`REGIMES`; shared, so never change its frames."""

    rows: pd.DataFrame
    years: dict[int, pd.DataFrame]
    states: dict[str, pd.DataFrame]

    def of_year(self, year: int) -> pd.DataFrame:
        """The states in the system in a year, by ISO code; empty for a year without any."""
        return self.years.get(year, self._none)

    def of_state(self, iso3: str) -> pd.DataFrame:
        """A state's years, in order; empty for a state that was never in the system since 1946."""
        return self.states.get(iso3, self._none)

    def span(self, *columns: str, fewest: int = 1) -> tuple[int, int] | None:
        """The first and last year in which at least ``fewest`` states have all these columns; None if there is none."""
        have = self.rows[list(columns)].notna().all(axis=1).groupby(self.rows["year"]).sum()
        years = have.index[have >= fewest]
        return (int(years.min()), int(years.max())) if len(years) else None

    @property
    def _none(self) -> pd.DataFrame:
        return self.rows.iloc[:0]


@st.cache_resource(max_entries=2, show_spinner="Reading the scores …")
def read(now: Graph) -> Panel:
    rows = graph.ask(now, QUERY, {}).merge(graph.ask(now, REGIMES, {}), on=["iso3", "year"], how="left")
    years = {int(part["year"].iloc[0]): part.reset_index(drop=True) for _, part in rows.groupby("year")}
    states = {str(iso3): part.reset_index(drop=True) for iso3, part in rows.groupby("iso3")}
    return Panel(rows, years, states)


def panel(view: View) -> Panel:
    """The panel of the view's version. Raises :class:`kb.errors.HrkbError` where the engine fails."""
    return read(view.graph)
