"""Participation that only the end notes tell: former states, earlier accessions, denunciations.

Every end note is one row. It is loaded where it says that a state which the table does not list (or lists with a later
act) signed, became bound or left, and dropped by rule otherwise. Statements withdrawn in the notes are read elsewhere.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator

from kb.facts.fact import Fact, edge
from kb.load import names
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Row, Unusable
from loaders.shared import succession
from loaders.treaties.untc.page.prose import DAY, days
from loaders.treaties.untc.page.sections import Note, Page
from loaders.treaties.untc.participation import governments
from loaders.treaties.untc.participation.participants import acts, dated

_VERBS = {"signed": "SIGNED", "ratified": "RATIFIED", "acceded": "RATIFIED"}
_ACTS = re.compile(
    rf"(?:The )?(?:former )?({governments.either(governments.FORMER)}) (?:had )?(signed|ratified|acceded)(?: and (ratified))?\b.*?on ({DAY})(?: and ({DAY}))?"
)
#: The table's act was done by another government than the one whose name the table prints.
_EFFECTED = re.compile(
    r"The (signature|formality) was (?:effected|affixed) (?:on behalf of |by )(?:the )?"
    rf"({governments.either(governments.ACTED)})"
)
_DENOUNCED = re.compile(
    rf"(?P<notice>{DAY}),? the Government of (?P<state>[\w ]+?) (?:notified|informed) [^.]*?"
    rf"(?:denounce|denunciation)[^.]*?(?:with effect from (?P<effect>{DAY})|\.)"
)
_RETURNED = re.compile(rf"[Oo]n (?:({DAY})|that same date),? the Government of ([\w ]+?) re-acceded")
_ACCEDED = re.compile(rf"The Government of ([\w ]+?) (?:had initially )?acceded to the [\w ]+? on ({DAY})")
_VOID = re.compile(
    rf"[Oo]n ({DAY}), the Secretary-General received from the Government of (.+?) a notification of withdrawal from"
)
_NO_EFFECT = "does not contain a withdrawal provision"
#: Article 12 (1) of the first Optional Protocol to the ICCPR: a denunciation takes effect three months after receipt.
_NOTICE_MONTHS = 3


def load(raw: RawFolder, page: Page, treaty: str) -> Iterator[Fact]:
    """The facts of the end notes of one page."""
    by_line = {note.line: note for note in page.notes}

    def parse(row: Row) -> Iterator[Fact]:
        note = by_line[row.line]
        if "on behalf of the Republic of China" in note.text:
            raise Drop("an act on behalf of the Republic of China, which the depositary does not count")
        facts = [*_former_state(note, page, treaty), *_other_government(note, page, treaty), *_left(note, treaty)]
        facts += _void(note, treaty)
        if not facts:
            raise Drop("an end note that states no participation")
        yield from facts

    return raw.rows(page.file, ((note.line, {"number": note.number}) for note in page.notes), parse)


def _former_state(note: Note, page: Page, treaty: str) -> Iterator[Fact]:
    found = _ACTS.match(note.paragraphs[0].text)
    if found is None:
        return
    iso3, done = governments.FORMER[found[1]], [found[4], found[5]]
    for verb, day in zip(filter(None, (found[2], found[3])), done, strict=False):
        if day is None:
            raise Unusable("fewer days than acts", "note", note.number)
        date = days(day)[0]
        action = {"signed": "signature", "ratified": "ratification", "acceded": "accession"}[verb]
        yield edge(_VERBS[verb], iso3, treaty, year=date.year, date=date, action=action)
    for other in succession.absorbed_by(
        iso3
    ):  # iso3 acted on its own, so the table's earlier act was the other Yemen's
        yield from _as_printed(page, treaty, other, iso3)


def _other_government(note: Note, page: Page, treaty: str) -> Iterator[Fact]:
    """The table's acts, for the state that did them under the name the table prints."""
    found = _EFFECTED.match(note.paragraphs[0].text)
    if found is None:
        return
    iso3 = governments.ACTED[found[2]]
    printed = succession.part_of(iso3)
    if iso3 == printed:
        raise Drop("the act was done by an earlier government of the same state")
    yield from _as_printed(page, treaty, iso3, printed, signature_only=found[1] == "signature")


def _as_printed(page: Page, treaty: str, iso3: str, printed: str, *, signature_only: bool = False) -> Iterator[Fact]:
    """The acts that the table prints for ``printed``, as those of ``iso3``."""
    row = next(r for r in page.participants if names.by_name(r.participant) == printed)
    for type, cell in zip(("SIGNED", "RATIFIED"), row.cells, strict=True):
        if cell and not (type == "RATIFIED" and signature_only):
            day, letter = dated(cell, type)
            action = {"a": "accession", "": "signature" if type == "SIGNED" else "ratification"}[letter]
            yield edge(type, iso3, treaty, year=day.year, date=day, action=action, continued_from=printed)


def _left(note: Note, treaty: str) -> Iterator[Fact]:
    """Denunciations with the accessions around them, from the note's first paragraph."""
    text = note.paragraphs[0].text
    denounced = list(_DENOUNCED.finditer(text))
    if not denounced:
        return
    for state, day in _ACCEDED.findall(text):
        yield from acts("RATIFIED", names.by_name(state), treaty, days(day)[0], action="accession")
    for found in denounced:
        iso3, notice = names.by_name(found["state"]), days(found["notice"])[0]
        effect = days(found["effect"])[0] if found["effect"] else _months_later(notice, _NOTICE_MONTHS)
        following = text[found.end() : _end(found, denounced, text)]
        returned = _RETURNED.search(following)
        yield edge(
            "WITHDREW_FROM",
            iso3,
            treaty,
            year=effect.year,
            date=effect,
            effect="re-acceded" if returned else "denounced",
        )
        if returned:
            back = days(returned[1])[0] if returned[1] else notice
            yield from acts("RATIFIED", iso3, treaty, back, action="accession")


def _end(found: re.Match[str], all_found: list[re.Match[str]], text: str) -> int:
    later = [other.start() for other in all_found if other.start() > found.start()]
    return later[0] if later else len(text)


def _months_later(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _void(note: Note, treaty: str) -> Iterator[Fact]:
    """A notice of withdrawal from a treaty that knows none: the state stays a party, and the page lists it."""
    found = _VOID.search(note.text)
    if found is None or _NO_EFFECT not in note.text:
        return
    date = days(found[1])[0]
    yield edge("WITHDREW_FROM", names.by_name(found[2]), treaty, year=date.year, date=date, effect="void")
