"""Executions that Amnesty International could confirm: minimum figures, none for China since 2009."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kb.facts.fact import EdgeFact, Fact
from kb.load import names
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Row
from loaders.shared.existence import Existence
from loaders.shared.measures import Measure, indicators, measured

EXECUTIONS = Measure(
    column="Number of executions (Amnesty International)",
    code="EXECUTIONS",
    name="Executions confirmed by Amnesty International, a minimum",
    issue_area="physical integrity",
    unit="executions",
    lo=0,
    better="low",
    citation="Amnesty International, death sentences and executions, as compiled by Our World in Data",
)


def _facts(existence: Existence, row: Row) -> list[EdgeFact]:
    year, entity = row.year("Year"), row.need("Entity")
    if entity.startswith("World"):
        raise Drop("an aggregate, not a state")
    if (row.text(EXECUTIONS.column) or "").startswith(">"):
        raise Drop("more than a number, without the number")
    return measured(row, existence.require(names.by_name(entity, year), year), year, [EXECUTIONS])


def load(raw: RawFolder) -> Iterator[Fact]:
    existence = Existence.read(raw)
    yield from indicators([EXECUTIONS])
    yield from raw.csv("executions_amnesty_2007_2016.csv", partial(_facts, existence))
