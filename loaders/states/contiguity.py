"""Correlates of War direct contiguity: which states border each other on land, or lie within 400 miles across water.

Contiguity has no direction: each spell is one BORDERS edge, from the state with the lower Correlates of War code. A year in
which the two were contiguous on at least one day counts. The list was last revised for 2016: spells that run to its last
month are open, because the list stops there, not the border.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.facts.fact import Fact, edge
from kb.load import names
from kb.load.raw import RawFolder
from kb.load.rows import Row, Unusable
from kb.model.shape import OPEN

FILE = "contdir_v3.2.csv"
#: The list's last month, in which every running spell is cut off.
LAST_MONTH = "201612"
#: Stinnett, Tir, Schafer, Diehl and Gochman 2002: separated by a land or river border, or by at most so many miles of water.
KINDS = {
    "1": "land",
    "2": "water, up to 12 miles",
    "3": "water, up to 24 miles",
    "4": "water, up to 150 miles",
    "5": "water, up to 400 miles",
}


def load(raw: RawFolder) -> Iterator[Fact]:
    """One edge per spell, cut where a code passes from one state to another."""
    yield from raw.csv(FILE, _spell, encoding="latin-1", ignore=["dyad", "statelab", "statehab", "notes", "version"])


def _spell(row: Row) -> Iterator[Fact]:
    code = row.need("conttype")
    if code not in KINDS:
        raise Unusable("unknown kind of contiguity", "conttype", code)
    first, last = _year(row, "begin"), _year(row, "end")
    if row.need("end") == LAST_MONTH:
        last = OPEN
    for low in names.cut("cow", row.need("statelno"), first, last):
        for high in names.cut("cow", row.need("statehno"), low.from_year, low.to_year):
            yield edge(
                "BORDERS",
                low.iso3,
                high.iso3,
                kind=KINDS[code],
                from_year=high.from_year,
                to_year=high.to_year,
            )


def _year(row: Row, column: str) -> int:
    """The year of a month written as 199010."""
    month = row.need(column)
    if len(month) != 6 or not month.isdigit() or not 1 <= int(month[4:]) <= 12:
        raise Unusable("not a month", column, month)
    return int(month[:4])
