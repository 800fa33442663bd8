"""Hill and Jones 2014: memberships in INGOs counted from the Yearbook of International Organizations, 1981-1999.

Only the count is read. The practice, law and condition columns come from other people's data, which have loaders of
their own where the graph needs them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from kb.facts.fact import Fact, edge, node
from kb.load import names
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Row, Unusable

FILE = "eeesr.csv.gz"
CITATION = (
    "Hill and Jones 2014, American Political Science Review 108(3); counts of the Union of International Associations"
)
#: 151 of the 153 states counted in both years have the same figure: one of the two years is a copy.
_COPIED_YEAR = 1984
#: A count below this share of the year before and of the year after is taken for a misprint, not an event.
_DIP = 0.6

Counts = Mapping[tuple[str, int], float]


def _counts(text: str) -> Counts:
    """Every readable count by COW code and year, so that a row can be held against its neighbours."""
    counts = {}
    for record in csv.DictReader(io.StringIO(text)):
        year, count = record.get("year") or "", record.get("ingo_uia") or ""
        if year.isdigit() and count.replace(".", "", 1).isdigit():
            counts[record.get("ccode") or "", int(year)] = float(count)
    return counts


def _dips(code: str, year: int, count: float, counts: Counts) -> bool:
    before, after = counts.get((code, year - 1)), counts.get((code, year + 1))
    return before is not None and after is not None and count < _DIP * min(before, after)


def load(raw: RawFolder) -> Iterator[Fact]:
    yield node(
        "Indicator",
        code="HJ-INGO",
        name="Memberships in INGOs, Yearbook of International Organizations",
        concept="tie",
        unit="memberships",
        lo=0.0,
        better="high",
        has_uncertainty=False,
        citation=CITATION,
    )
    counts = _counts(raw.text(FILE))

    def facts(row: Row) -> Iterator[Fact]:
        code, year, count = row.need("ccode"), row.year("year"), row.integer("ingo_uia")
        if count is None:
            raise Drop("no count")
        if year == _COPIED_YEAR:
            raise Drop("1984 repeats 1985")
        if count <= 0:
            raise Unusable("a count of 0 or less: probably missing", "ingo_uia", f"{code} {year} {count}")
        if _dips(code, year, count, counts):
            raise Unusable("far below the years before and after", "ingo_uia", f"{code} {year} {count}")
        yield edge("MEASURED", names.by_code("cow", code, year), "HJ-INGO", year=year, value=float(count))

    yield from raw.csv(FILE, facts, missing=["NA"], ignore=["*"])
