"""Withdrawals of statements, whole or in part, and the statements that survive only in the end notes.

The page tells of a withdrawal in free text: "On 4 January 2008, the Government of Egypt notified the Secretary-General
that it had decided to withdraw the reservation to article 9 (2) made upon ratification." What was withdrawn has left
the section above. So where the section still prints a statement of that kind made at that stage, part of it went; where
it prints none, the whole statement went, and the note is all that is left of it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from kb.load import names
from kb.load.rows import Unusable
from loaders.shared import succession
from loaders.treaties.untc import instruments
from loaders.treaties.untc.page import articles, wording
from loaders.treaties.untc.page.prose import sentences
from loaders.treaties.untc.page.sections import Page, Paragraph
from loaders.treaties.untc.participation.acts import Acts
from loaders.treaties.untc.statements.rud import BINDING, Record, Statement, Unclear

_WITHDRAW = r"\b(?:partially )?(?:wi?th?dr[ae]w|wihdraw)"
_NOTIFY = r"\b(?:notif\w+|inform\w+|withdr[ae]ws?|effected|indicated that it)\b"
_NOT_STATEMENT = re.compile(
    r"(?i)withdrawal from the (?:covenant|convention|protocol)|option of withdraw|territorial exclusion|effective date of"
)
_PARTIAL = re.compile(
    r"(?i)\bpartial|\bpart of (?:the|its) reservation|\bonly those\b|\bin respect only\b|\bto the extent that\b"
    r"|\bone of the reservations\b|\bcertain reservations\b|\bthat part\b|\bkeeping in effect\b"
)
_RESTATES = re.compile(r"(?is)\bmodif\w+ .{0,60}?\breservations?|\breservations? .{0,80}?\bmodif")
_REMAINS = re.compile(r"(?is)\bthe remaining reservations? reads? as follows:?\s*(.+)")
#: How many paragraphs after "notified the Secretary-General of the following:" may pass before the word withdraw.
_ANNOUNCED = 3
_NEXT_NOTICE = re.compile(r"^(?:On \d|Subsequently|Further|In this regard|In a |See |The complete text|For the text)")
#: "Czechoslovakia had signed and ratified the Convention on ... , respectively, with reservations."
_FORMER = re.compile(
    r"^(?:The )?(?:former )?(?P<state>[A-Z][A-Za-z ]+?) had (?P<act>signed and ratified|ratified|acceded to)\b"
    r"(?P<when>.{0,200}?\d{4}(?=, respectively| with|\.))"
)
_FORMER_MADE = re.compile(
    r"(?:\bwith|\bFor the text of) (?:an? |the )?(?:following )?"
    r"(?P<what>(?:reservations?|declarations?)(?: and (?:a )?(?:declarations?|reservations?))?)"
)
#: A declaration that accepts a procedure is no statement about the treaty (:mod:`loaders.treaties.untc.procedures.accepted` reads it).
_ACCEPTS = re.compile(r"(?i)\brecogni[sz]es,? .{0,120}?the competence of the Committee")
#: "calls attention to the reservations made by the Federal Republic of Germany upon ratification of the Covenant with
#: regard to articles 19, 21 and 22": all that a page keeps of reservations that it prints nowhere.
_CALLED_TO_MIND = re.compile(
    r"call attention to the (?P<what>reservations) made by the (?P<state>[\w ]+?) upon (?P<stage>ratification) of the "
    r"\w+ with regard to (?P<articles>articles .+)"
)
_UNDATED = re.compile(rf"(?i){_NOTIFY}.{{0,60}}(?:decided|decision) to {_WITHDRAW}")
_RETURNED = re.compile(r"the Government of ([\w ]+?) re-acceded to the [\w ]+ with a reservation")


@dataclass(frozen=True)
class Withdrawal:
    """One notice: which state, when received, of which kinds and stage, whether only in part, which articles.

    ``texts`` are the withdrawn words where the note quotes them; ``in_section`` says that the notice stands in the
    section itself, under the statement that it withdraws.
    """

    state: str
    day: dt.date
    kinds: frozenset[str]
    stage: str
    partial: bool
    line: int
    articles: tuple[str, ...] = ()
    texts: tuple[str, ...] = field(default=(), compare=False)
    in_section: bool = False


def is_notice(text: str) -> bool:
    """Whether a sentence tells of a withdrawal, with a day, instead of stating something."""
    drawn = re.search(_WITHDRAW, text, re.IGNORECASE)
    return bool(
        drawn
        and re.search(_NOTIFY, text[: drawn.end() + 1], re.IGNORECASE)
        and wording.day_in(text[: drawn.start()])
        and not _NOT_STATEMENT.search(text)
    )


def remainder(text: str) -> str:
    """What a notice quotes as still standing, or ""."""
    found = _REMAINS.search(text)
    return found[1].strip() if found else ""


def restates(notes: str, day: dt.date | None) -> bool:
    """Whether the end notes say that what a participant sent on ``day`` modifies or cuts a reservation made before."""
    if day is None:
        return False
    cut = any(is_notice(s) and day in wording.days_in(s) for line in notes.split("\n") for s in sentences(line))
    return cut or bool(_RESTATES.search(notes))


def apply(page: Page, treaty: str, acts: Mapping[str, Acts], printed: list[Statement]) -> list[Record]:
    """Write the withdrawals into the printed statements; return those that only the notes keep, and what is unclear."""
    former = [*_of_former_states(page, treaty), *_on_return(page, treaty, acts, printed)]
    former += _called_to_mind(page, treaty, acts)
    records: list[Record] = [*former]
    gone: list[tuple[frozenset[str], list[Withdrawal]]] = []
    for event in [*_in_sections(page, treaty), *_in_notes(page, treaty)]:
        if isinstance(event, Unclear):
            records.append(event)
        elif left := _write(event, printed + former):
            _gather(gone, left, event)
    records += [_surviving(treaty, kinds, events, acts) for kinds, events in gone]
    return records


def _gather(gone: list[tuple[frozenset[str], list[Withdrawal]]], kinds: frozenset[str], event: Withdrawal) -> None:
    """Put a notice with the earlier ones on the same statement: same state, a kind in common, made at the same stage."""
    for place, (others, events) in enumerate(gone):
        first = events[0]
        same_stage = (first.stage == "signature") == (event.stage == "signature")
        if first.state == event.state and same_stage and others & kinds:
            gone[place] = (others | kinds, [*events, event])
            return
    gone.append((kinds, [event]))


def _write(event: Withdrawal, statements: Iterable[Statement]) -> frozenset[str]:
    """Mark the statements that the notice withdraws or cuts. Returns the kinds of which none is printed any more.

    An unheaded statement with a hole in it is of the kind that the notice says was cut. One under a heading of another
    kind is meant only while no notice of its own kind explains the hole.
    """
    own = [s for s in statements if event.state in s.states and _same_stage(event, s)]
    if not event.stage:
        own = [s for s in own if s.bound] or own
    left = set()
    for kind in sorted(event.kinds, key=lambda k: (not any(k in s.kinds for s in own), k)):
        alike = [s for s in own if kind in s.kinds]
        unexplained = [s for s in own if s.holed and (s.kind_basis != "heading" or s.partly_withdrawn_on is None)]
        targets = [s for s in alike if s.holed] or alike or unexplained
        for statement in targets:
            if statement.kind == "unstated":
                statement.kind, statement.kind_basis = kind, "wording"
            if _whole(event, statement):
                statement.withdrawn_on = event.day
            elif statement.partly_withdrawn_on is None or statement.partly_withdrawn_on < event.day:
                statement.partly_withdrawn_on = event.day
        if not targets:
            left.add(kind)
    return frozenset(left)


def _same_stage(event: Withdrawal, statement: Statement) -> bool:
    if not event.stage or statement.stage == "unstated":
        return True
    return (event.stage in BINDING) == statement.bound


def _whole(event: Withdrawal, statement: Statement) -> bool:
    """Whether nothing is left of a statement that the page still holds: it names no other article than the notice."""
    if event.partial or not (event.in_section or not statement.printed):
        return False
    cited = {articles.number(a) for a in event.articles}
    named = {articles.number(a) for a in statement.articles} - instruments.articles(
        statement.treaty, "ground of a statement"
    )
    return not cited or named <= cited


def _surviving(treaty: str, kinds: frozenset[str], events: list[Withdrawal], acts: Mapping[str, Acts]) -> Statement:
    """The statement of which only the notices of its withdrawal are left; the last one ended it, or cut it once more."""
    last = max(events, key=lambda e: e.day)
    printed = succession.continued_as(last.state)
    own = acts.get(printed, Acts())
    day = own.signed_on if last.stage == "signature" else own.bound_on
    if day and day > last.day:
        day = None
    texts = [text for event in events for text in event.texts]
    states = _makers(last.state, day or last.day) if printed == last.state else (printed, last.state)
    return Statement(
        treaty=treaty,
        states=states,
        kind=wording.combined(kinds),
        kind_basis="wording",
        stage=last.stage or own.stage,
        day=day,
        date_basis="participation" if day else "unstated",
        line=last.line,
        texts=texts,
        named=tuple(dict.fromkeys(a for event in events for a in event.articles)),
        printed=False,
        withdrawn_on=None if last.partial else last.day,
        partly_withdrawn_on=max((e.day for e in events if e.partial or e.day < last.day), default=None),
    )


def _makers(state: str, day: dt.date) -> tuple[str, ...]:
    former = succession.acted_before(state, day)
    return (state, former) if former else (state,)


def _in_sections(page: Page, treaty: str) -> Iterator[Withdrawal | Unclear]:
    """Notices printed in the section itself, under the participant's statement."""
    for block in page.sections["statements"].blocks:
        for event in _events(block.paragraphs, treaty, [block.participant], block.line):
            yield event if isinstance(event, Unclear) else _placed(event)


def _placed(event: Withdrawal) -> Withdrawal:
    return replace(event, in_section=True)


def _in_notes(page: Page, treaty: str) -> Iterator[Withdrawal | Unclear]:
    cited: dict[str, list[str]] = defaultdict(list)
    named = [(row.participant, row.notes) for row in page.participants]
    named += [(block.participant, block.notes) for block in page.sections["statements"].blocks]
    for participant, numbers in named:
        for number in numbers:
            if participant not in cited[number]:
                cited[number].append(participant)
    for note in page.notes:
        yield from _events(note.paragraphs, treaty, cited[note.number], note.line)


def _events(
    paragraphs: tuple[Paragraph, ...], treaty: str, participants: list[str], line: int
) -> Iterator[Withdrawal | Unclear]:
    """The notices in the paragraphs of a note or a block."""
    for place, paragraph in enumerate(paragraphs):
        following = paragraphs[place + 1 :]
        for sentence in sentences(paragraph.text):
            notice = sentence if is_notice(sentence) else _announced(sentence, following)
            if not is_notice(notice):
                if _UNDATED.search(sentence) and not wording.day_in(sentence):
                    yield Unclear(line, "withdrawal without a day", " ".join(participants))
                continue
            found = list(_event(notice, paragraph.text, _quoted(following), treaty, participants, line))
            yield from found
            if not found:
                yield Unclear(line, "withdrawal of an unclear statement", " ".join(participants))


def _announced(sentence: str, following: Iterable[Paragraph]) -> str:
    """A sentence that announces "the following:", with the paragraphs it announces up to the word withdraw."""
    if not (sentence.endswith(":") and re.search(_NOTIFY, sentence, re.IGNORECASE)):
        return ""
    words = [sentence]
    for paragraph in list(following)[:_ANNOUNCED]:
        if _NEXT_NOTICE.match(paragraph.text):
            break
        words.append(paragraph.text)
        if re.search(_WITHDRAW, paragraph.text, re.IGNORECASE):
            return " ".join(words)
    return ""


def _quoted(following: Iterable[Paragraph]) -> tuple[str, ...]:
    """The paragraphs after a notice that quote what was withdrawn: up to the next notice or remark."""
    texts: list[str] = []
    for paragraph in following:
        if is_notice(paragraph.text) or _NEXT_NOTICE.match(paragraph.text) or paragraph.align == "right":
            break
        texts.append(paragraph.text)
    return tuple(texts)


def _event(
    sentence: str, paragraph: str, quoted: tuple[str, ...], treaty: str, participants: list[str], line: int
) -> Iterator[Withdrawal]:
    """The withdrawals that one sentence notifies: one, or several governments' "respectively"."""
    verb = re.search(_NOTIFY, sentence, re.IGNORECASE)
    drawn = re.search(_WITHDRAW, sentence, re.IGNORECASE)
    assert verb and drawn  # is_notice has seen both
    days = wording.days_in(sentence[: verb.start()]) or wording.days_in(sentence[: drawn.start()])
    states = _named(sentence[: verb.start()]) or _named(sentence[: drawn.start()]) or _only(participants)
    what = sentence[drawn.start() :]
    if sentence.endswith(":") and not wording.kinds_in(what):
        what += " " + " ".join(quoted[:1])
    kinds = wording.kinds_in(what) or wording.kinds_in(sentence)
    cited = articles.named(what, treaty) or articles.named("\n".join(quoted), treaty)
    partial = bool(_PARTIAL.search(sentence) or _REMAINS.search(paragraph))
    if len(states) == 1:
        pairs = [(states[0], day) for day in days]
    elif len(days) in (1, len(states)):
        pairs = list(zip(states, days * len(states) if len(days) == 1 else days, strict=False))
    else:
        pairs = []
    for state, day in pairs:
        if kinds:
            yield Withdrawal(state, day, kinds, wording.stage_in(what), partial, line, cited, quoted)


def _named(before: str) -> list[str]:
    return list(dict.fromkeys(mention.state for mention in wording.states_in(before)))


def _only(participants: list[str]) -> list[str]:
    """The one participant that refers to the note, where the notice itself names no state."""
    try:
        return [names.by_name(name) for name in participants] if len(participants) == 1 else []
    except Unusable:
        return []


def _of_former_states(page: Page, treaty: str) -> Iterator[Statement]:
    """Statements of states that are participants no more, from the notes on their participation."""
    for note in page.notes:
        opening = note.paragraphs[0].text
        found, made = _FORMER.match(opening), _FORMER_MADE.search(opening)
        days = wording.days_in(found["when"]) if found else []
        quoted = _quoted(note.paragraphs[1:])
        if not found or not made or not days or (quoted and all(map(_ACCEPTS.search, quoted))):
            continue
        try:
            state = names.by_name(found["state"], days[-1].year)
        except Unusable:
            continue  # a sentence of this shape about something that is no state
        yield Statement(
            treaty=treaty,
            states=(state,),
            kind=wording.combined(wording.kinds_in(made["what"])),
            kind_basis="wording",
            stage="accession" if "acceded" in found["act"] else "ratification",
            day=days[-1],
            date_basis="statement",
            line=note.line,
            texts=list(quoted),
            printed=False,
        )


def _called_to_mind(page: Page, treaty: str, acts: Mapping[str, Acts]) -> Iterator[Statement]:
    """Reservations that the section does not print, from the notes in which their maker calls attention to them."""
    for note in page.notes:
        found = _CALLED_TO_MIND.search(note.text)
        mentions = wording.states_in(found["state"]) if found else []
        if not found or len(mentions) != 1:
            continue
        state = mentions[0].state
        yield Statement(
            treaty=treaty,
            states=(state,),
            kind="reservation",
            kind_basis="wording",
            stage=found["stage"],
            day=acts.get(state, Acts()).bound_on,
            date_basis="participation",
            line=note.line,
            named=articles.named(found["articles"], treaty),
            printed=False,
        )


def _on_return(page: Page, treaty: str, acts: Mapping[str, Acts], printed: list[Statement]) -> Iterator[Statement]:
    """Reservations with which a state that had left acceded anew. Those that the section prints get that day."""
    for note in page.notes:
        found = _RETURNED.search(note.text)
        mentions = wording.states_in(found[1]) if found else []
        if not found or len(mentions) != 1:
            continue
        state = mentions[0].state
        day = wording.day_in(note.text[note.text.rfind(". ", 0, found.start()) + 1 : found.start()])
        day = day or acts.get(state, Acts()).bound_on
        basis = "participation" if day else "unstated"
        known = [s for s in printed if state in s.states]
        for statement in known:
            statement.day = day
        if known:
            continue
        yield Statement(
            treaty, (state,), "reservation", "wording", "accession", day, basis, line=note.line, printed=False
        )
