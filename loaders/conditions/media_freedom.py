"""Global Media Freedom Dataset: how free the news media are to criticize the government, in three grades, 1948-2016."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kb.facts.fact import EdgeFact, Fact
from kb.load import names
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Row
from loaders.shared.existence import Existence
from loaders.shared.measures import Measure, indicators, measured

FILE = "global_media_freedom_GMFDv3.csv"
MEDIA = Measure(
    column="mediascore",
    code="GMFD",
    name="Media freedom",
    concept="condition",
    issue_area="expression",
    unit="1 free, 2 imperfectly free, 3 not free",
    lo=1,
    hi=3,
    better="low",
    citation="Whitten-Woodring and Van Belle 2017, Political Science Research and Methods 5(1), 179-188; version 3",
)


def load(raw: RawFolder) -> Iterator[Fact]:
    """The indicator and its values."""
    yield from indicators([MEDIA])
    yield from raw.csv(FILE, partial(_facts, Existence.read(raw)), encoding="latin-1", ignore=["country"])


def _facts(existence: Existence, row: Row) -> list[EdgeFact]:
    year = row.year("year")
    if row.text("mediascore") == "0":
        raise Drop("no media of its own that could be graded")
    iso3 = names.by_code("cow", row.need("ccode"), year)
    return measured(row, existence.require(iso3, year), year, [MEDIA])
