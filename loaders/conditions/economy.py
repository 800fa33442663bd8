"""Gross domestic product and population by Gleditsch-Ward code; gaps of the World Bank's series filled by the compilers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kb.facts.fact import EdgeFact, Fact
from kb.load import names
from kb.load.raw import RawFolder
from kb.load.rows import Row
from loaders.shared.existence import Existence
from loaders.shared.measures import Measure, indicators, measured

CITATION = "V-Dem Institute, demspaces input data, from the World Bank's World Development Indicators"


def _measure(column: str, code: str, name: str, unit: str) -> Measure:
    return Measure(
        column=column,
        code=code,
        name=name,
        concept="condition",
        issue_area="economy and population",
        unit=unit,
        lo=0,
        better=None,
        citation=CITATION,
    )


PRODUCT = [
    _measure("NY.GDP.MKTP.KD", "GDP", "Gross domestic product, early and missing years estimated", "2015 US$"),
    _measure(
        "NY.GDP.PCAP.KD", "GDP-PC", "Gross domestic product per head, early and missing years estimated", "2015 US$"
    ),
]
POPULATION = [_measure("pop", "POPULATION", "Population", "thousand people")]


def _facts(existence: Existence, measures: list[Measure], row: Row) -> list[EdgeFact]:
    year = row.year("year")
    state = names.by_code("gw", row.need("gwcode"), year)
    return measured(row, existence.require(state, year), year, measures)


def load(raw: RawFolder) -> Iterator[Fact]:
    existence = Existence.read(raw)
    yield from indicators([*PRODUCT, *POPULATION])
    growth = ["NY.GDP.MKTP.KD.ZG", "NY.GDP.PCAP.KD.ZG"]
    yield from raw.csv("gdp_1950_2024.csv.gz", partial(_facts, existence, PRODUCT), missing=["NA"], ignore=growth)
    yield from raw.csv("population_1946_2025.csv.gz", partial(_facts, existence, POPULATION), missing=["NA"])
