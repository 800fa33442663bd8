"""Seats on the United Nations Human Rights Council since 2006, one spell per term.

The list labels terms by calendar years, 47 seats in each; until 2012 terms really ran from June to June, so a term that
began in June 2007 is labelled 2008. The labels are kept; a day is stated only where the list names it. What the list's
notes say of seats that changed hands or were suspended in mid-term stands in :data:`CHANGES`, so that a note this
loader does not know sends its row to quarantine.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from kb.facts.fact import Fact, edge, node
from kb.load import names
from kb.load.raw import RawFolder
from kb.load.rows import Row, Unusable

COUNCIL = "HRC"


@dataclass(frozen=True)
class Change:
    """What happened to a term in its middle; ``first`` and ``last`` replace the label's years."""

    first: int | None = None
    last: int | None = None
    day: dt.date | None = None
    suspended: int | None = None


#: By state and first year of the label.
CHANGES = {
    ("LBY", 2011): Change(suspended=2011),
    ("USA", 2017): Change(last=2018),
    ("ISL", 2017): Change(first=2018, day=dt.date(2018, 7, 13)),
    ("RUS", 2021): Change(last=2022, suspended=2022),
    # Czechia took over Russia's seat; the list gives the label of the whole term.
    ("CZE", 2021): Change(first=2022),
}


def _term(row: Row) -> Iterator[Fact]:
    first, last = row.year("term_label_start"), row.year("term_label_end")
    iso3 = names.by_code("iso3", row.need("iso3"), first)
    note, change = row.text("note"), CHANGES.get((iso3, first))
    if note and not change:
        raise Unusable("a note that the loader does not know", "note", note)
    change = change or Change()
    yield edge(
        "SEATED_ON",
        iso3,
        COUNCIL,
        from_year=change.first or first,
        to_year=change.last or last,
        date=change.day,
        suspended_from=change.suspended,
    )


def load(raw: RawFolder) -> Iterator[Fact]:
    yield node("Body", code=COUNCIL, name="Human Rights Council", kind="council", founded=2006)
    yield from raw.csv("unhrc_terms_2006_2027.csv", _term, ignore=["name_raw", "un_group"])
