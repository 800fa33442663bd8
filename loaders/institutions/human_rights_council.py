"""Seats on the United Nations Human Rights Council since 2006, one spell per term.

The list labels terms by calendar years, 47 seats in each; until 2012 terms really ran from June to June, so a term that
began in June 2007 is labelled 2008. The labels are kept; a day is stated only where the list names it. What the list's
notes say of seats that changed hands or were suspended in mid-term stands in
``data/lookups/human_rights_council_terms.csv``, so that a note that this table does not know sends its row to quarantine.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import ClassVar

from kb.facts.fact import Fact, edge, node
from kb.load import lookups, names
from kb.load.lookups import Line, State
from kb.load.raw import RawFolder
from kb.load.rows import Row, Unusable

COUNCIL = "HRC"


class Change(Line, frozen=True):
    """What happened to a term in its middle: ``first`` and ``last`` replace the label's years."""

    key: ClassVar[tuple[str, ...]] = ("iso3", "term_from")
    iso3: State
    term_from: int
    first: int | None = None
    last: int | None = None
    day: dt.date | None = None
    suspended_from: int | None = None


#: By state and first year of the label.
CHANGES = {(c.iso3, c.term_from): c for c in lookups.read("human_rights_council_terms.csv", Change)}


def _term(row: Row) -> Iterator[Fact]:
    first, last = row.year("term_label_start"), row.year("term_label_end")
    iso3 = names.by_code("iso3", row.need("iso3"), first)
    note, change = row.text("note"), CHANGES.get((iso3, first))
    if note and not change:
        raise Unusable("a note that the loader does not know", "note", note)
    yield edge(
        "SEATED_ON",
        iso3,
        COUNCIL,
        from_year=(change and change.first) or first,
        to_year=(change and change.last) or last,
        date=change.day if change else None,
        suspended_from=change.suspended_from if change else None,
    )


def load(raw: RawFolder) -> Iterator[Fact]:
    yield node("Body", code=COUNCIL, name="Human Rights Council", kind="council", founded=2006)
    yield from raw.csv("unhrc_terms_2006_2027.csv", _term, ignore=["name_raw", "un_group"])
