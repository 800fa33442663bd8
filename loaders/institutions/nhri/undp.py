"""UNDP's SDG 16 report: accreditation of national human rights institutions, 2000, 2005, 2010, 2015-2025."""

from __future__ import annotations

from collections.abc import Iterator

from kb.facts.fact import Fact
from kb.load import names
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Row, Unusable
from loaders.institutions.nhri import SEEN, accredited, body, site

#: D is "no status or no institution": the page does not tell status C from no institution.
_STATUS = {"A": "A", "B": "B", "D": "none_or_C"}


def _statuses(row: Row) -> dict[int, str]:
    """Status by year, over the columns whose heading is a year."""
    statuses = {}
    for column in row.columns():
        if column.isdigit():
            printed = row.text(column)
            if printed is None:
                continue
            if printed not in _STATUS:
                raise Unusable("unknown accreditation status", column, printed)
            statuses[int(column)] = _STATUS[printed]
    return statuses


def _facts(row: Row) -> Iterator[Fact]:
    statuses = _statuses(row)
    country = row.need("country")
    iso3 = names.by_code("iso3", row.need("iso3"))
    if not SEEN & set(statuses.values()):
        raise Drop("no accredited institution in any year")
    yield from site(iso3, statuses, country)
    for year, status in statuses.items():
        yield accredited(iso3, year, status)


def load(raw: RawFolder) -> Iterator[Fact]:
    yield body()
    yield from raw.csv("nhri_status_undp_wide.csv", _facts)
