"""Reservations, understandings and declarations (RUDs), read from the section of a status page that prints them.

One RUD is what a participant attached of one kind at one time: everything that its block prints under headings of that
kind and stage. Whether a state spreads its reservations over one heading or five is typography, and must not count.
Statements withdrawn and taken out of the section survive in the end notes; :mod:`loaders.treaties.untc.statements.withdrawals` adds them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from kb.facts.fact import Fact, edge, node
from kb.load import names
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Row, Unusable
from loaders.shared import succession
from loaders.treaties.untc.page import wording
from loaders.treaties.untc.page.sections import Block, Page, Paragraph
from loaders.treaties.untc.participation import governments
from loaders.treaties.untc.participation.acts import Acts
from loaders.treaties.untc.statements import withdrawals
from loaders.treaties.untc.statements.rud import Empty, Record, Statement, Unclear

_SEE_OTHER = re.compile(r"(?i)^\[\s*see (?:under .{0,40})?chapter IV\.(\d+)")
_ELLIPSIS = re.compile(r"^\W*(?:\d\W*)?(?:\.{3,}|…|\[\W*\]|\[Withdrawn\])\W*$")
_HOLE = re.compile(r"\.{3,}|…|\[Withdrawn\]")
#: A line that is not set as a heading but is nothing else: "Reservations", "Declarations:", "General Interpretative
#: Declaration", and the clauses by which the United States Senate sorts its conditions.
_PLAIN_HEADING = re.compile(
    r"(?i)^\W*(?:[A-Z]\)\s*)?(?:general )?(?:interpretative )?(?:reservations?|declarations?|understandings?|statements?)"
    r"(?:(?:,| and) (?:interpretative )?(?:reservations?|declarations?|understandings?))*\s*[:.]?$"
    r"|^\W*\([a-z]\) reservation concerning [^.]{0,80}:$"
    r"|^.{0,60}\bsubject to the following (?:reservations?|understandings?|declarations?)\b"
    r"|^modification of the reservations?\b"
)
_RUN_IN = re.compile(r"(?i)^\W*(?:declarations?|reservations?)(?: made upon \w+)?\s*:\s*(?=[A-Z“\"])")
#: A state that says upon ratification that what it reserved upon signature is gone states nothing else.
_NOTHING_LEFT = re.compile(r"(?i)\bhave been completely withdrawn\b")
_LONGEST_HEADING = 220


def collect(page: Page, treaty: str, acts: Mapping[str, Acts], others: Mapping[str, Page]) -> list[Record]:
    """Every statement of a page, with the blocks that hold none.

    ``acts`` are the participants' acts by state; ``others`` the pages that this one may refer to, by their chapter's
    number ("3" for the page of IV-3).
    """
    records: list[Record] = []
    for block in page.sections["statements"].blocks:
        records += _block(page, block, treaty, acts, others)
    records += withdrawals.apply(page, treaty, acts, [r for r in records if isinstance(r, Statement)])
    return _numbered(records)


def facts(raw: RawFolder, page: Page, records: Iterable[Record]) -> Iterator[Fact]:
    """The RUD nodes with their ENTERED and QUALIFIES edges. Texts are kept only on request, for a local refresh."""

    def parse(row: Row) -> Iterable[Fact]:
        record = row.raw("record")
        if isinstance(record, Empty):
            raise Drop(record.rule)
        if isinstance(record, Unclear):
            raise Unusable(record.reason, "statement", record.value)
        return _facts(record, raw.with_texts)

    yield from raw.rows(page.file, ((r.line, {"record": r}) for r in records), parse)


def _facts(statement: Statement, with_text: bool) -> Iterator[Fact]:
    year = statement.day.year if statement.day else None
    withdrawn = statement.withdrawn_on
    yield node(
        "RUD",
        id=statement.id,
        kind=statement.kind,
        kind_basis=statement.kind_basis,
        stage=statement.stage,
        date=statement.day,
        year=year,
        date_basis=statement.date_basis,
        articles=statement.articles,
        withdrawn_on=withdrawn,
        withdrawn_year=withdrawn.year if withdrawn else None,
        partly_withdrawn_on=statement.partly_withdrawn_on,
        words=statement.words or None,
        text="\n".join(statement.texts) if with_text else None,
    )
    for state in statement.states:
        yield edge("ENTERED", state, statement.id, date=statement.day, year=year)
    yield edge("QUALIFIES", statement.id, statement.treaty)


def _numbered(records: list[Record]) -> list[Record]:
    """Give each statement its identifier: treaty, state, running number in the order of the page, notes last."""
    counts: dict[str, int] = {}
    for record in records:
        if isinstance(record, Statement):
            state = record.states[0]
            counts[state] = counts.get(state, 0) + 1
            record.id = f"{record.treaty}-{state}-{counts[state]}"
    return records


def _block(page: Page, block: Block, treaty: str, acts: Mapping[str, Acts], others: Mapping[str, Page]) -> list[Record]:
    try:
        state = names.by_name(block.participant)
    except Unusable:
        return [Unclear(block.line, "unknown state name", block.participant)]
    paragraphs = _with_references(block, others)
    if paragraphs is None:
        return [Unclear(block.line, "refers to a statement that the other page does not print", block.participant)]
    parts = [p for p in _parts(paragraphs) if p.texts]
    if not parts:
        return [Empty(block.line, "the block only refers to end notes")]
    notes = "\n".join(n.text for n in (page.note(number) for number in block.notes) if n)
    own = acts.get(state, Acts())
    made = [_statement(part, state, treaty, own, notes, block.line) for part in parts]
    for statement in made:
        statement.states = _makers(state, statement.day, notes)
    return list(_merged(made))


def _with_references(block: Block, others: Mapping[str, Page]) -> list[Paragraph] | None:
    """The block's paragraphs; "[See chapter IV.3.]" is replaced by what that page prints for the same participant."""
    paragraphs: list[Paragraph] = []
    for paragraph in block.paragraphs:
        found = _SEE_OTHER.match(paragraph.text)
        if found is None:
            paragraphs.append(paragraph)
            continue
        other = others.get(found[1])
        blocks = other.sections["statements"].blocks if other else ()
        borrowed = next((b.paragraphs for b in blocks if b.participant == block.participant), ())
        if not borrowed:
            return None
        paragraphs += borrowed
    return paragraphs


@dataclass
class _Part:
    """What stands under one heading: its kinds and stage as headed, the day printed above it, and its paragraphs.

    ``under`` is the stage of the heading above that one ("Upon signature:"), which holds for all below it.
    """

    kinds: frozenset[str] = frozenset()
    stage: str = ""
    under: str = ""
    day: dt.date | None = None
    restated: bool = False
    texts: list[str] = field(default_factory=list)
    holed: bool = False

    def next(self, **change: object) -> _Part:
        kept = replace(self, restated=False, texts=[], holed=False)
        return replace(kept, **change)  # type: ignore[arg-type]


def _parts(paragraphs: Iterable[Paragraph]) -> list[_Part]:
    """Cut a block at its headings and dates."""
    parts = [_Part()]
    for paragraph in paragraphs:
        text = paragraph.text
        part = parts[-1]
        if paragraph.align == "right" and (day := wording.day_in(text)):
            parts.append(_Part(day=day) if part.texts else part.next(day=day))
        elif heading := _heading(paragraph):
            parts += _under(part, heading)
        elif _ELLIPSIS.match(text) or _NOTHING_LEFT.search(text):
            part.holed = True
        elif text.startswith(("*", "[All other", "[Same")) or withdrawals.is_notice(text):
            kept = withdrawals.remainder(text)
            part.texts += [kept] if kept else []
            part.holed = True
        else:
            run_in = _RUN_IN.match(text)
            if run_in and wording.kinds_in(run_in[0]) != part.kinds:
                parts += _under(part, run_in[0])
            parts[-1].texts.append(text)
            parts[-1].holed |= bool(_HOLE.search(text))
    return parts


def _heading(paragraph: Paragraph) -> str:
    """The text of a heading, or "": set in italics or apart, or one of the plain lines that are nothing else."""
    text = paragraph.text
    if _PLAIN_HEADING.match(text):
        return text
    if text.startswith("*") or len(text) > _LONGEST_HEADING:
        return ""
    return text if paragraph.italic or paragraph.align in ("left", "right") else ""


def _under(part: _Part, heading: str) -> list[_Part]:
    """The part that a heading opens; none, where it names neither kind nor stage and only divides the statement."""
    kinds, stage = wording.kinds_in(heading), wording.stage_in(heading)
    restated = bool(re.search(r"(?i)\bmodif", heading))
    named = [heading] if re.search(r"(?i)\bart", heading) else []
    if not kinds and not stage:
        part.texts += named
        return []
    if not kinds:
        return [part.next(kinds=frozenset(), stage=stage, under=stage)]
    return [part.next(kinds=kinds, stage=stage or part.under, restated=restated, texts=named)]


def _statement(part: _Part, state: str, treaty: str, acts: Acts, notes: str, line: int) -> Statement:
    kind, basis = wording.combined(part.kinds), "heading"
    if not part.kinds:
        kind = wording.kind_by_wording(part.texts)
        basis = "unstated" if kind == "unstated" else "wording"
    restated = part.restated or withdrawals.restates(notes, part.day)
    stage, day, date_basis = _when(part, acts, restated)
    holed = part.holed or restated
    return Statement(treaty, (state,), kind, basis, stage, day, date_basis, line, texts=part.texts, holed=holed)


def _when(part: _Part, acts: Acts, restated: bool) -> tuple[str, dt.date | None, str]:
    """Stage, day and where the day comes from. A statement modified later keeps the day on which it was made."""
    if part.day and not restated:
        if part.day == acts.bound_on:
            return acts.stage, part.day, "statement"
        return ("signature" if part.day == acts.signed_on else "later"), part.day, "statement"
    if part.stage == "signature":
        return "signature", acts.signed_on, "participation" if acts.signed_on else "unstated"
    if acts.bound_on:
        return part.stage or acts.stage, acts.bound_on, "participation"
    return part.stage or "unstated", None, "unstated"


def _makers(state: str, day: dt.date | None, notes: str) -> tuple[str, ...]:
    """The state printed, and the former state that made the statement in its place."""
    former = succession.acted_before(state, day) if day else None
    for name, iso3 in governments.ACTED.items():
        if iso3 in succession.absorbed_by(state) and f"formality was effected by {name}" in notes:
            former = iso3
    return (state, former) if former else (state,)


def _merged(statements: Iterable[Statement]) -> Iterator[Statement]:
    """One statement per kind, stage and day, in the order of the page."""
    merged: dict[tuple[object, ...], Statement] = {}
    for statement in statements:
        key = (statement.kind, statement.stage, statement.day)
        first = merged.setdefault(key, statement)
        if first is not statement:
            first.texts += statement.texts
            first.holed |= statement.holed
            if statement.kind_basis == "heading":
                first.kind_basis = "heading"
    yield from merged.values()
