"""Who signed and who is bound: the participants table.

A row gives the printed state's signature and its act of becoming bound. A line in square brackets is a state that has
left; the end notes say when (:mod:`loaders.treaties.untc.participation.former`). The depositary prints acts of the Soviet Union under
"Russian Federation" and those of Serbia and Montenegro under "Serbia": such an act is given for both states, and the
predecessor's edge names the state that the page prints.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from kb.facts.fact import EdgeFact, Fact, edge
from kb.load import names
from kb.load.raw import RawFolder
from kb.load.rows import Row, Unusable, parse_day
from loaders.shared import succession
from loaders.treaties.untc.page.sections import Page

_ACTIONS = {
    "": "ratification",
    "a": "accession",
    "d": "succession",
    "A": "acceptance",
    "AA": "approval",
    "c": "formal_confirmation",
}


def acts(type: str, iso3: str, treaty: str, day: dt.date, **values: Any) -> Iterator[EdgeFact]:
    """An act under a printed name: for the printed state, and for the predecessor that did it."""
    yield edge(type, iso3, treaty, year=day.year, date=day, **values)
    if former := succession.acted_before(iso3, day):
        yield edge(type, former, treaty, year=day.year, date=day, continued_from=iso3, **values)


def load(raw: RawFolder, page: Page, treaty: str) -> Iterator[Fact]:
    """SIGNED and RATIFIED edges of one page; one row per line of its table."""

    def parse(row: Row) -> Iterator[Fact]:
        iso3 = names.by_name(row.need("participant"))
        signature, action = row.text("signature"), row.text("action")
        if signature:
            day, letter = dated(signature, "signature")
            if letter not in ("", "d"):
                raise Unusable("unknown letter after a signature", "signature", signature)
            yield from acts("SIGNED", iso3, treaty, day, action="succession" if letter else "signature")
        if action:
            day, letter = dated(action, "action")
            yield from acts("RATIFIED", iso3, treaty, day, action=_ACTIONS[letter])

    records = (
        (row.line, {"participant": row.participant, "signature": row.cells[0], "action": row.cells[1]})
        for row in page.participants
    )
    return raw.rows(page.file, records, parse)


def dated(cell: str, column: str) -> tuple[dt.date, str]:
    """The day in a cell and the letter after it, with or without the brackets of a state that left."""
    found = re.fullmatch(r"\[?\s*(\d{1,2} [A-Za-z]{3,9} \d{4})\s*([A-Za-z]{0,2})\s*\]?", cell)
    if found is None or found[2] not in _ACTIONS:
        raise Unusable("not a day with a known letter", column, cell)
    return parse_day(found[1], column), found[2]
