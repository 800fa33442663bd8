"""Columns of a state-year table as indicators and measured values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.facts.fact import EdgeFact, NodeFact, edge, node
from kb.load.rows import Drop, Row, Unusable


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One numeric column of a table and the indicator it is a value of.

    ``lo`` and ``hi`` bound the scale, both ends included, None where it has no bound. The ``*_column`` fields name the
    columns of the uncertainty that the source publishes with each value.
    """

    column: str
    code: str
    name: str
    citation: str
    issue_area: str
    unit: str
    lo: float | None = None
    hi: float | None = None
    better: str | None = "high"
    concept: str = "practice"
    sd_column: str | None = None
    lo_column: str | None = None
    hi_column: str | None = None

    def indicator(self) -> NodeFact:
        return node(
            "Indicator",
            code=self.code,
            name=self.name,
            concept=self.concept,
            issue_area=self.issue_area,
            unit=self.unit,
            lo=self.lo,
            hi=self.hi,
            better=self.better,
            has_uncertainty=self.sd_column is not None or self.lo_column is not None,
            citation=self.citation,
        )

    def value(self, row: Row) -> float | None:
        """The cell as a number, or None. Raises :class:`kb.load.rows.Unusable` for a number off the scale."""
        value = row.real(self.column)
        if value is None:
            return None
        if (self.lo is not None and value < self.lo) or (self.hi is not None and value > self.hi):
            raise Unusable(f"outside the scale {self.lo} to {self.hi}", self.column, value)
        return value

    def fact(self, row: Row, iso3: str, year: int) -> EdgeFact | None:
        """The state's value in the year with its uncertainty, or None where the cell is empty."""
        value = self.value(row)
        sd, lo, hi = (row.real(c) if c else None for c in (self.sd_column, self.lo_column, self.hi_column))
        if value is None:
            return None
        return edge("MEASURED", iso3, self.code, year=year, value=value, sd=sd, lo=lo, hi=hi)


def indicators(measures: Iterable[Measure]) -> Iterator[NodeFact]:
    """The indicator of every measure."""
    return (measure.indicator() for measure in measures)


def measured(row: Row, iso3: str, year: int, measures: Iterable[Measure]) -> list[EdgeFact]:
    """The values that a row holds for one state and year. Raises :class:`kb.load.rows.Drop` where it holds none."""
    facts = [fact for m in measures if (fact := m.fact(row, iso3, year)) is not None]
    if not facts:
        raise Drop("no value")
    return facts
