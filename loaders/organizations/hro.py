"""Human-rights INGOs with a presence in the country, 1995-2005, after Murdie and Davis; interpolated by its compiler."""

from __future__ import annotations

from collections.abc import Iterator

from kb.facts.fact import Fact, edge, node
from kb.load import names
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Row, Unusable

CITATION = "Murdie and Davis 2012, International Studies Quarterly 56(1), as compiled by Beger 2018"


def _facts(row: Row) -> Iterator[Fact]:
    year, count = row.year("year"), row.real("hro_n")
    if count is None:
        raise Drop("no count")
    if count < 0:
        raise Unusable("a count below 0", "hro_n", count)
    yield edge("MEASURED", names.by_code("gw", row.need("gwcode"), year), "HRO-INGO", year=year, value=count)


def load(raw: RawFolder) -> Iterator[Fact]:
    yield node(
        "Indicator",
        code="HRO-INGO",
        name="Human-rights INGOs present, interpolated between the years observed",
        concept="tie",
        unit="organizations",
        lo=0.0,
        better="high",
        has_uncertainty=False,
        citation=CITATION,
    )
    yield from raw.csv("hro_1995_2005.csv", _facts, missing=["NA"], ignore=["hro_secloc"])
