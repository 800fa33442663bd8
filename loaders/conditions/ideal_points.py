"""Ideal points of states from their votes in the General Assembly of the United Nations, release of July 2025.

A position on one dimension, which sets apart those that vote with the United States and those that vote against: a
condition, not a merit, so no end of it is better. The estimates from final-passage votes are read, because they alone
reach 2024.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kb.facts.fact import EdgeFact, Fact
from kb.load import names
from kb.load.raw import RawFolder
from kb.load.rows import Row
from loaders.shared.existence import Existence
from loaders.shared.measures import Measure, indicators, measured

FILE = "IdealpointsJuly2025_1946_2024.csv.gz"
POSITION = Measure(
    column="idealpointfp",
    lo_column="q5fp",
    hi_column="q95fp",
    code="UNGA-IDEAL",
    name="Ideal point in the UN General Assembly, final-passage votes",
    concept="condition",
    issue_area="foreign policy",
    unit="ideal point, 5th to 95th percentile of its distribution",
    better=None,
    citation="Bailey, Strezhnev and Voeten 2017, Journal of Conflict Resolution 61(2), 430-456; release of July 2025",
)


def load(raw: RawFolder) -> Iterator[Fact]:
    """The indicator and its values."""
    yield from indicators([POSITION])
    yield from raw.csv(FILE, partial(_facts, Existence.read(raw)), ignore=["*"])


def _facts(existence: Existence, row: Row) -> list[EdgeFact]:
    year = row.year("year")
    state = existence.require(names.by_code("cow", row.need("ccode"), year), year)
    return measured(row, state, year, [POSITION])
