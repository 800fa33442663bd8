"""KOF Globalisation Index: de facto political globalisation, a labelled proxy of ties to world society."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kb.facts.fact import Fact, edge, node
from kb.load import lookups, names
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Row
from loaders.shared.existence import Existence

CITATION = "Gygli, Haelg, Potrafke and Sturm 2019, Review of International Organizations 14(3)"
#: KOF's codes of world regions and income groups, which stand among those of the countries.
STATES = lookups.states("kof_states.csv")


def _facts(row: Row, existence: Existence) -> Iterator[Fact]:
    code, year = row.need("code"), row.year("year")
    meant = STATES.get(code, year) or code
    value = row.real("KOFPoGIdf")
    if value is None:
        raise Drop("no value")
    iso3 = existence.require(names.by_code("iso3", meant, year), year)
    yield edge("MEASURED", iso3, "KOF-PODF", year=year, value=value)


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
    yield from raw.csv(
        "KOFGI_2024_public.csv.gz", partial(_facts, existence=Existence.read(raw)), ignore=["country", "KOF*"]
    )
