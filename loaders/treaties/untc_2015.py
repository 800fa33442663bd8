"""Further United Nations treaties, from a copy of the depositary's tables of participants made between 2013 and 2015.

Each table is only as new as its own ``Treaty.as_of``: nothing after that day is known, so a state that is not here may
have joined since. The copy has no end notes. A participant in square brackets has left, and the table does not say when:
such a row goes to quarantine (the tables read here hold none). Acts of a predecessor that only a note would tell (Democratic
Yemen under "Yemen") stay under the name printed. Of the Slavery Convention of 1926 (XVIII-3) the copy has only the acts
since 1953, none of those deposited with the League of Nations: it is left out, because most of its parties would appear
as states that never joined.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import partial
from typing import ClassVar, Literal

from kb.facts.fact import EdgeFact, Fact, edge, node
from kb.load import lookups, names
from kb.load.lookups import Line, Text
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Row, Unusable, parse_day
from loaders.treaties.untc.participation.participants import acts
from loaders.treaties.untc.treaties import DEPOSITARY


class Instrument(Line, frozen=True):
    """What the files do not say of themselves: code, chapter-number, kind, subject, parent.

    ``copied`` is the day the copy was last changed, where the history of the copies states it.
    """

    key: ClassVar[tuple[str, ...]] = ("code",)
    code: Text
    file: Text
    kind: Literal["convention", "protocol", "statute"]
    issue_area: Text
    protocol_to: str = ""
    copied: dt.date | None = None


INSTRUMENTS = lookups.read("untc_2015_instruments.csv", Instrument)
_BY_FILE = {instrument.file: instrument for instrument in INSTRUMENTS}
_SIGNATURE = "Signature"
#: The first column of the Slavery Convention as amended: who signed its Protocol definitively or takes part in both.
_BOTH = "Definitive signature or participation in the Convention and the Protocol, Participation(P)"
_LETTERS = {
    "": "ratification",
    "a": "accession",
    "d": "succession",
    "A": "acceptance",
    "AA": "approval",
    "s": "definitive_signature",
    "P": "participation",
}
_CELL = re.compile(r"(\d{1,2} [A-Za-z]{3,9} \d{4})(?: ([A-Za-z]{1,2}))?")
_TITLE = re.compile(r"(.+?)\.\s+[^.\d]+, (\d{1,2} \w+ \d{4})")


def load(raw: RawFolder) -> Iterator[Fact]:
    """Participants of every table, then the treaties themselves from the index."""
    found: dict[str, list[EdgeFact]] = {}
    for instrument in INSTRUMENTS:
        name = f"treaties/{instrument.file}.csv"
        participants = [f for f in raw.csv(name, partial(_participant, instrument)) if isinstance(f, EdgeFact)]
        yield from participants
        found[instrument.code] = participants
    yield from raw.csv("index.csv", partial(_treaty, found), ignore=["url", "chapter_url", "chapter_name"])
    yield node("Body", code="ICC", name="International Criminal Court", kind="court")
    yield edge("MONITORED_BY", "ROME-STATUTE", "ICC")


def _participant(instrument: Instrument, row: Row) -> Iterator[Fact]:
    """The signature and the act of becoming bound that one line prints."""
    iso3 = names.by_name(row.need("Participant"))
    if _SIGNATURE in row and row.text(_SIGNATURE):
        day, letter = _dated(row, _SIGNATURE)
        if letter:
            raise Unusable("unknown letter after a signature", _SIGNATURE, row.text(_SIGNATURE))
        yield from acts("SIGNED", iso3, instrument.code, day, action="signature")
    if _BOTH in row and row.text(_BOTH):
        day, letter = _dated(row, _BOTH)
        # A day without a letter is a definitive signature or a participation: the table does not say which.
        yield from acts("RATIFIED", iso3, instrument.code, day, action=_LETTERS[letter] if letter else None)
    column = row.columns()[-1]
    if not any(row.text(c) for c in row.columns()[1:]):
        raise Drop("a participant without an act of its own: a note tells of its territories")
    if row.text(column):
        day, letter = _dated(row, column)
        yield from acts("RATIFIED", iso3, instrument.code, day, action=_LETTERS[letter])


def _dated(row: Row, column: str) -> tuple[dt.date, str]:
    """The day in a cell and the letter after it."""
    cell = row.need(column)
    if cell.startswith("["):
        raise Unusable("in square brackets: has left, and the table does not say when", column, cell)
    parts = _CELL.fullmatch(cell)
    if parts is None or (parts[2] or "") not in _LETTERS:
        raise Unusable("not a day with a known letter", column, cell)
    return parse_day(parts[1], column), parts[2] or ""


def _treaty(found: dict[str, list[EdgeFact]], row: Row) -> Iterator[Fact]:
    """The treaty of one line of the index. Its day is that of conclusion, which the title ends with."""
    file = f"{row.need('chapter_no')}-{row.need('treaty_no').replace('.', '-')}"
    title = row.need("treaty_name")
    instrument = _BY_FILE.get(file)
    if instrument is None:
        raise Drop("not one of the treaties read here")
    parts = _TITLE.fullmatch(title)
    if parts is None:
        raise Unusable("no day of conclusion after the title", "treaty_name", file)
    adopted = parse_day(parts[2], "treaty_name")
    participants = found[instrument.code]
    signed = [e.values["year"] for e in participants if e.type == "SIGNED"]
    yield node(
        "Treaty",
        code=instrument.code,
        title=parts[1],
        mtdsg=_number(file),
        kind=instrument.kind,
        adopted=adopted,
        # Opened the year of its first signature; one that is only acceded to, the year it was concluded.
        opened=min(signed, default=adopted.year),
        depositary=DEPOSITARY,
        issue_area=instrument.issue_area,
        core=False,
        as_of=instrument.copied or max(e.values["date"] for e in participants),
        as_of_basis="copy" if instrument.copied else "latest act",
    )
    if instrument.protocol_to:
        yield edge("PROTOCOL_TO", instrument.code, instrument.protocol_to)


_CHAPTERS = {"4": "IV", "5": "V", "7": "VII", "16": "XVI", "18": "XVIII"}


def _number(file: str) -> str:
    """The depositary's number: 18-12-a is XVIII-12-a."""
    chapter, _, rest = file.partition("-")
    return f"{_CHAPTERS[chapter]}-{rest}"
