"""Freedom in the World: political rights and civil liberties since 1972, the total of the sub-scores since 2012."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kb.facts.fact import EdgeFact, Fact
from kb.load import names
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Row
from loaders.shared.existence import Existence
from loaders.shared.measures import Measure, indicators, measured

CITATION = "Freedom House, Freedom in the World, edition 2025"
RATINGS = [
    Measure(
        column="pr",
        code="FH-PR",
        name="Political rights rating",
        issue_area="democracy",
        concept="condition",
        unit="rating 1-7",
        lo=1,
        hi=7,
        better="low",
        citation=CITATION,
    ),
    Measure(
        column="cl",
        code="FH-CL",
        name="Civil liberties rating",
        issue_area="civil liberties",
        unit="rating 1-7",
        lo=1,
        hi=7,
        better="low",
        citation=CITATION,
    ),
]
#: A penalty for forced demographic change can take the total below zero.
TOTAL = Measure(
    column="total",
    code="FH-TOTAL",
    name="Freedom in the World total score",
    issue_area="civil liberties",
    unit="points, at most 100",
    hi=100,
    citation=CITATION,
)


def _facts(existence: Existence, measures: list[Measure], row: Row) -> list[EdgeFact]:
    year, cow = row.year("year"), row.integer("cown")
    if cow is None:
        raise Drop("a territory, not a state")
    return measured(row, existence.require(names.by_code("cow", cow, year), year), year, measures)


def load(raw: RawFolder) -> Iterator[Fact]:
    existence = Existence.read(raw)
    yield from indicators([*RATINGS, TOTAL])
    identifiers = ["extended_country_name", "GWn", "in_GW_system", "status"]
    yield from raw.csv(
        "fh_1946on.csv.gz",
        partial(_facts, existence, RATINGS),
        ignore=["fh_country", "fh_total*", *identifiers],
    )
    yield from raw.csv(
        "fh_full_1946on.csv",
        partial(_facts, existence, [TOTAL]),
        ignore=[
            *("fh_full_country", "region", "country_or_territory", "edition", "pr*", "cl*"),
            *("A*", "B*", "C*", "D*", "E*", "F*", "G*"),
            *identifiers,
        ],
    )
