"""Optional procedures: who accepted communications, inquiries and visits, from when, and who opted out.

Three ways lead to an ACCEPTED edge, each named in :data:`PROCEDURES`. ``party``: whoever is bound by the treaty is bound
by the procedure. ``unless``: likewise, unless the state excluded it (:mod:`loaders.treaties.untc.procedures.exclusions`). ``declared``: only
by a declaration, which the page prints with its date or, undated, as made upon becoming a party.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from kb.facts.fact import EdgeFact, Fact, edge
from kb.load import lookups, names
from kb.load.lookups import Line, Text
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Row, Unusable
from loaders.treaties.untc.instruments import Treaty
from loaders.treaties.untc.page.prose import DAY, days, only_day, without_days, years_stated
from loaders.treaties.untc.page.sections import Block, Page, Paragraph
from loaders.treaties.untc.participation.participants import acts
from loaders.treaties.untc.participation.spells import Spell

Kind = Literal["individual", "inter_state", "inquiry", "visits"]
Bound = Mapping[str, list[Spell]]


class Procedure(Line, frozen=True):
    key: ClassVar[tuple[str, ...]] = ("treaty", "kind")
    treaty: Treaty
    kind: Kind
    article: Text
    by: Literal["party", "unless", "declared"]


PROCEDURES = lookups.read("untc_procedures.csv", Procedure)

_WORDING = {
    "individual": r"behalf of (?:individual|person)s|individual comm?unications|(?:from|by|and) (?:individual|person)s|groups? of individuals",
    "inter_state": r"\bPart(?:y|ies) claim(?:s|ing)? that|by another State|inter-?state",
}
_WRITTEN = {"12": "twelve"}
_RECOGNISES = re.compile(r"(?i)recogni[sz]e|accepts?\b.*?\bcompetence")
_ACCEPTS_COMMITTEE = re.compile(
    r"(?<!not )(?:recogni[sz]es?\b.{0,300}?|accepts the )competence of the committee", re.IGNORECASE
)
_LATER = re.compile(r"will recogni[sz]e\b[^.]*\blater")
_PREVIOUS = re.compile(r"Previous declarations,? (?:were )?received (.+?),?(?: and)? expired on (.+)")
_FROM = re.compile(rf"(?:as from|beginning on) ({DAY})")


def of(treaty: str, *by: str) -> tuple[Procedure, ...]:
    """The procedures of a treaty that states come under in one of the ways ``by``."""
    return tuple(p for p in PROCEDURES if p.treaty == treaty and p.by in by)


def by_being_party(treaty: str, bound: Bound, excluded: Container[tuple[str, str]]) -> Iterator[Fact]:
    """The acceptance that comes with being bound, but for the states and articles in ``excluded``."""
    for procedure in of(treaty, "party", "unless"):
        for spell in (s for spells in bound.values() for s in spells):
            if (spell.iso3, procedure.article) not in excluded:
                yield edge(
                    "ACCEPTED",
                    spell.iso3,
                    treaty,
                    year=spell.start.year,
                    date=spell.start,
                    procedure=procedure.kind,
                    article=procedure.article,
                    opted_out=False,
                    ended_year=spell.ended.year if spell.ended else None,
                    continued_from=spell.continued_from,
                )


def declarations(raw: RawFolder, page: Page, treaty: str, bound: Bound) -> Iterator[Fact]:
    """The declarations of one page; one row per state's block of declarations."""
    procedures = of(treaty, "declared")
    if not procedures:
        return
    blocks = {block.line: block for block in _blocks(page)}

    def parse(row: Row) -> Iterator[Fact]:
        block = blocks[row.line]
        iso3 = names.by_name(row.need("participant"))
        if block.paragraphs:
            made = list(_made(block.paragraphs, procedures, _became_party(iso3, bound)))
        else:
            made, predecessors = _in_note(block, page, procedures, iso3, bound)
            yield from predecessors
        if not made:
            raise Drop("announces a declaration without making one")
        for declaration in [*_expired(block, page, procedures), *_standing(made)]:
            yield from declaration.edges(iso3)

    records = ((line, {"participant": b.participant}) for line, b in blocks.items())
    yield from raw.rows(page.file, records, parse)


def _blocks(page: Page) -> Iterator[Block]:
    """Blocks that declare a competence: a section of their own, or among the statements and notifications."""
    yield from page.sections["declarations"].blocks
    if page.sections["declarations"].blocks:
        others = page.sections["notifications"].blocks
    else:
        others = page.sections["statements"].blocks
    for block in others:
        if block.participant and _ACCEPTS_COMMITTEE.search(" ".join(p.text for p in block.paragraphs)):
            yield block


@dataclass(frozen=True)
class Declaration:
    procedure: Procedure
    date: dt.date
    ended_year: int | None = None

    def edges(self, iso3: str) -> Iterator[EdgeFact]:
        return acts(
            "ACCEPTED",
            iso3,
            self.procedure.treaty,
            self.date,
            procedure=self.procedure.kind,
            article=self.procedure.article,
            opted_out=False,
            ended_year=self.ended_year,
        )


def _became_party(iso3: str, bound: Bound) -> dt.date | None:
    spells = bound.get(iso3)
    return spells[-1].start if spells else None


def _made(
    paragraphs: Iterable[Paragraph], procedures: tuple[Procedure, ...], party: dt.date | None
) -> Iterator[Declaration]:
    """The declarations under one heading. One without a date was made upon becoming a party."""
    for printed, text in _dated_parts(paragraphs):
        if _LATER.search(text) or not (len(procedures) == 1 or _RECOGNISES.search(text)):
            continue
        date = printed or party
        for procedure in _named(text, procedures):
            if date is None:
                raise Unusable("an undated declaration of a state that is not a party", "participant")
            yield Declaration(procedure, date, _end(text, date))


def _dated_parts(paragraphs: Iterable[Paragraph]) -> list[tuple[dt.date | None, str]]:
    parts: list[tuple[dt.date | None, str]] = [(None, "")]
    for paragraph in paragraphs:
        day = only_day(paragraph.text)
        if day:
            parts.append((day, ""))
        else:
            parts[-1] = (parts[-1][0], f"{parts[-1][1]} {paragraph.text}")
    return [(day, text) for day, text in parts if text]


def _named(text: str, procedures: tuple[Procedure, ...]) -> list[Procedure]:
    """The procedures a declaration means, by article or by wording; where a treaty has only one, that one."""
    if len(procedures) == 1:
        return list(procedures)
    text = without_days(text)
    return [p for p in procedures if _by_article(text, p) or re.search(_WORDING.get(p.kind, r"(?!)"), text)]


def _by_article(text: str, procedure: Procedure) -> bool:
    number = procedure.article
    return re.search(rf"\b(?:{number}|{_WRITTEN.get(number, number)})\b", text) is not None


def _end(text: str, date: dt.date) -> int | None:
    """The year in which a declaration made for some years runs out."""
    if "period of" not in text:
        return None
    years = years_stated(text)
    begins = _FROM.search(text)
    first = days(begins[1])[0] if begins else date
    return first.year + years if years else None


def _standing(made: Iterable[Declaration]) -> Iterator[Declaration]:
    """Leave out what repeats a declaration that stands without an end: it changes nothing."""
    standing: set[Procedure] = set()
    for declaration in made:
        if declaration.procedure not in standing:
            yield declaration
        if declaration.ended_year is None:
            standing.add(declaration.procedure)


def _expired(block: Block, page: Page, procedures: tuple[Procedure, ...]) -> Iterator[Declaration]:
    """Earlier declarations that ran out, which the page keeps in an end note."""
    for note in filter(None, map(page.note, block.notes)):
        for found in _PREVIOUS.finditer(note.text):
            received, expired = days(found[1]), days(found[2])
            if len(received) != len(expired):
                raise Unusable("as many days received as expired are due", "note", note.number)
            for first, last in zip(received, expired, strict=True):
                yield from (Declaration(p, first, last.year) for p in procedures)


def _in_note(
    block: Block, page: Page, procedures: tuple[Procedure, ...], iso3: str, bound: Bound
) -> tuple[list[Declaration], list[Fact]]:
    """A heading over nothing but a note reference: the note holds the declaration.

    It is dated there where it names the state of the heading. Where it names a predecessor, the declaration is the
    predecessor's, and holds for the state of the heading from its succession.
    """
    party = _became_party(iso3, bound)
    if party is None:
        raise Unusable("a declaration of a state that is not a party", "participant", block.participant)
    date, predecessors = party, list[Fact]()
    text = " ".join(note.text for note in filter(None, map(page.note, block.notes)))
    meant = _named(_about_competence(text), procedures)
    for found in re.finditer(rf"[Oo]n ({DAY}), (?:the Government of )?([A-Z]\w+) [^.]*?\bdeclar", text):
        day = days(found[1])[0]
        declarer = names.by_name(found[2], day.year)
        if declarer == iso3:
            date = day
        else:
            predecessors += [e for p in meant for e in Declaration(p, day).edges(declarer)]
    return [Declaration(p, date) for p in meant], predecessors


def _about_competence(text: str) -> str:
    return "\n".join(
        p for p in text.split("\n") if re.search(r"recogni[sz]es?\b.*competence", p) and "not recogni" not in p
    )
