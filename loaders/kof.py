"""KOF Globalisation Index: de facto political globalisation, a labelled proxy of ties to world society."""

from __future__ import annotations

from collections.abc import Iterator

from kb import names
from kb.facts import Fact, edge, node
from kb.intake import Drop, RawFolder, Row

CITATION = "Gygli, Haelg, Potrafke and Sturm 2019, Review of International Organizations 14(3)"


def _facts(row: Row) -> Iterator[Fact]:
    year = row.year("year")
    value = row.real("KOFPoGIdf")
    if value is None:
        raise Drop("no value")
    yield edge("MEASURED", names.by_code("iso3", row.need("code"), year), "KOF-PODF", year=year, value=value)


def load(raw: RawFolder) -> Iterator[Fact]:
    yield node(
        "Indicator",
        code="KOF-PODF",
        name="KOF de facto political globalisation",
        concept="tie",
        unit="index 1-100",
        lo=1.0,
        hi=100.0,
        better="high",
        has_uncertainty=False,
        citation=CITATION,
    )
    yield from raw.csv("KOFGI_2024_public.csv.gz", _facts, ignore=["country", "KOF*"])
