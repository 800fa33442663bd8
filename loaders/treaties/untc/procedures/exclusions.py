"""Inquiries that a state excluded ("opted out"), and when it withdrew the exclusion.

Standing exclusions are printed among the statements; withdrawn ones, and those of former states, only in the end notes.
An exclusion counts from the day the state became bound. A statement that speaks of the inquiry without refusing it (to
be "in strict compliance with sovereignty") excludes nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from kb.facts.fact import EdgeFact, Fact
from kb.load import names
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Row, Unusable
from loaders.shared import succession
from loaders.treaties.untc import instruments
from loaders.treaties.untc.page.prose import DAY, days, sentences, without_days
from loaders.treaties.untc.page.sections import Note, Page
from loaders.treaties.untc.participation.participants import acts
from loaders.treaties.untc.procedures.accepted import Bound, Procedure, of

_REFUSES = re.compile(
    r"(?:not|without) recogni[sz]|not undertake the obligations|[Rr]eservations? (?:as to|on) article|"
    r"not consider itself bound by article"
)
_NOTICE = re.compile(
    rf"[Oo]n (?P<days>.*?{DAY}),?(?: respectively,)? the Governments? (?:of )?(?P<states>.+?) "
    r"(?:notified|informed|withdrew|had decided|decided)\b"
)


def load(raw: RawFolder, page: Page, treaty: str, bound: Bound) -> Iterator[EdgeFact]:
    """The exclusions of one page, and the acceptance that follows a withdrawn one.

    A row is a statement or an end note that speaks of the inquiry.
    """
    for procedure in of(treaty, "unless"):
        yield from _edges(_statements(raw, page, procedure, bound))
        yield from _edges(_notes(raw, page, procedure, bound))


def _edges(facts: Iterator[Fact]) -> Iterator[EdgeFact]:
    return (fact for fact in facts if isinstance(fact, EdgeFact))


def _statements(raw: RawFolder, page: Page, procedure: Procedure, bound: Bound) -> Iterator[Fact]:
    blocks = {b.line: b for b in page.sections["statements"].blocks}
    speaking = {line: b for line, b in blocks.items() if any(_speaks(p.text, procedure) for p in b.paragraphs)}

    def parse(row: Row) -> Iterator[Fact]:
        block = speaking[row.line]
        if not any(_excludes(p.text, procedure) for p in block.paragraphs):
            raise Drop("speaks of the inquiry without excluding it")
        yield from _exclusion(procedure, names.by_name(row.need("participant")), None, bound)

    return raw.rows(page.file, ((line, {"participant": b.participant}) for line, b in speaking.items()), parse)


def _notes(raw: RawFolder, page: Page, procedure: Procedure, bound: Bound) -> Iterator[Fact]:
    speaking = {n.line: n for n in page.notes if _speaks(n.text, procedure) or _speaks_of_permission(n.text, procedure)}

    def parse(row: Row) -> Iterator[Fact]:
        note = speaking[row.line]
        facts = [*_by_former_state(note, procedure, bound)]
        for iso3, day in _withdrawals(note, procedure):
            facts += _exclusion(procedure, iso3, day, bound)
        if not facts:
            raise Drop("an end note that tells of no exclusion of the inquiry")
        yield from facts

    return raw.rows(page.file, ((line, {"number": n.number}) for line, n in speaking.items()), parse)


def _speaks(text: str, procedure: Procedure) -> bool:
    number = procedure.article
    return (
        re.search(
            rf"(?i)\barticles?(?:\(s\))?\s*(?:\d+ \(\d\) and )?\(?{number}\b(?!, paragraph 5)", without_days(text)
        )
        is not None
    )


def _speaks_of_permission(text: str, procedure: Procedure) -> bool:
    numbers = instruments.articles(procedure.treaty, "allows excluding the inquiry")
    return any(re.search(rf"articles? {number}(?: \(1\)|, paragraph 1)", text) for number in numbers)


def _excludes(text: str, procedure: Procedure) -> bool:
    return _speaks(text, procedure) and _REFUSES.search(text) is not None


def _exclusion(procedure: Procedure, iso3: str, ended: dt.date | None, bound: Bound) -> Iterator[EdgeFact]:
    """The exclusion by a party, from the day it became bound to the year of its withdrawal."""
    iso3 = succession.continued_as(iso3)
    spells = bound.get(iso3)
    if not spells:
        raise Drop("an exclusion by a state that is not a party")
    same = {"procedure": procedure.kind, "article": procedure.article}
    treaty, ended_year = procedure.treaty, ended.year if ended else None
    yield from acts("ACCEPTED", iso3, treaty, spells[0].start, opted_out=True, ended_year=ended_year, **same)
    if ended:
        yield from acts("ACCEPTED", iso3, treaty, ended, opted_out=False, **same)


def _by_former_state(note: Note, procedure: Procedure, bound: Bound) -> Iterator[EdgeFact]:
    """The exclusion in a note that opens with a former state's participation."""
    opening = re.match(r"(?:The )?(?:former )?([A-Z][\w ]+?) (?:had )?(?:signed|ratified|acceded)\b", note.text)
    if opening and any(_excludes(p.text, procedure) for p in note.paragraphs):
        yield from _exclusion(procedure, names.by_name(opening[1]), None, bound)


def _withdrawals(note: Note, procedure: Procedure) -> Iterator[tuple[str, dt.date]]:
    """Who withdrew the exclusion and when, from the sentences of a note that give notice of a withdrawal."""
    parts: list[tuple[re.Match[str], str, str]] = []
    for sentence in sentences(note.text):
        notice = _NOTICE.search(sentence)
        if notice and re.search(r"withdr[ae]w", sentence):
            parts.append((notice, sentence, ""))
        elif parts:
            parts[-1] = (parts[-1][0], parts[-1][1], f"{parts[-1][2]} {sentence}")
    for notice, sentence, rest in parts:
        named = re.search(r"\barticles? \d", without_days(sentence)) is not None
        about = sentence if named else rest
        if _speaks(about, procedure) or _speaks_of_permission(about, procedure):
            yield from _paired(notice, sentence, procedure, note)


def _paired(notice: re.Match[str], sentence: str, procedure: Procedure, note: Note) -> Iterator[tuple[str, dt.date]]:
    """States with their days: one day for all, one each ("respectively"), or one per article of a single state."""
    dates, states = days(notice["days"]), _states(notice["states"])
    if len(dates) == len(states):
        yield from zip(states, dates, strict=True)
    elif len(dates) == 1:
        yield from ((iso3, dates[0]) for iso3 in states)
    else:
        listed = re.search(r"articles? (.+?)(?:, made|\.|$)", without_days(sentence))
        numbers = re.findall(r"\b(\d+)(?: \(\d\))?", listed[1]) if listed else []
        numbers = [n for n in numbers if n != "1"]
        if len(states) != 1 or len(numbers) != len(dates) or procedure.article not in numbers:
            raise Unusable("cannot tell which day belongs to which state", "note", note.number)
        yield states[0], dates[numbers.index(procedure.article)]


def _states(listed: str) -> list[str]:
    try:
        return [names.by_name(listed)]
    except Unusable:
        parts = re.split(r",\s*(?:and )?|\s+and\s+", listed)
        return [names.by_name(part.removeprefix("the ")) for part in parts if part]
