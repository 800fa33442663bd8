"""Objections to reservations, tied to the statement that each is made against.

An objection names its target in a heading ("With regard to the reservations made by Saudi Arabia upon ratification:")
or in its text. Where the state made several statements, the words decide which one is meant: its kind, its stage, the
articles; where they do not, the objection is tied to every statement of that kind, and the edge says so (``state``).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kb.facts.fact import Fact, edge
from kb.load import names
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Row, Unusable
from loaders.treaties.untc.page import articles, wording
from loaders.treaties.untc.page.prose import only_day
from loaders.treaties.untc.page.sections import Block, Page, Paragraph
from loaders.treaties.untc.participation.acts import Acts
from loaders.treaties.untc.statements.rud import BINDING, Statement

_HEADING = re.compile(r"(?i)\bregards?\b|\bobjections?\b|\bin respect of\b|\breservation by\b|\breservations\b")
_LONGEST_HEADING = 420
#: An item of a list under "objections of the same nature": its own day, then the statement.
_DATED_ITEM = re.compile(
    r"^\W*(?:[ivx]+\)\s*)?(?P<day>\d{1,2} [A-Z][a-z]+ \d{4})\s*:?\s*(?P<what>(?:in|with) re(?:spect of|gard to)\b.+)",
    re.I,
)
_ITEM = re.compile(r"^- (?P<what>[A-Z].{0,60}? (?:regarding|in respect of) .+)")
_HYPOTHETICAL = re.compile(r"(?i)\bsame objection could be made\b")
_LIST_HEADING = re.compile(r"(?i)\bfollowing (?:States|reservations)\b|\bvarious states\b")
_OBJECTS = re.compile(
    r"(?i)\bobject|\bincompatib|\bnot accept|\binadmissib|\bimpermissib|\bnot permi|\bnull and void\b|\bno legal effect"
    r"|\bwithout legal effect|\bnot recogni[sz]e|\breject|\binvalid|\bwithout effect\b|\bunacceptable|\[\s*same\b|\bdifficult to accept|\bto accept the"
    r"|\bopposes the\b|\breservation is not in force\b"
)
#: "cf. Reservation (2)": the text says which of a numbered list it means.
_NUMBERED = re.compile(r"\b(Reservation|Understanding|Declaration) \(\d")
_MIGHT = re.compile(r"(?i)\breserves? (?:its|the) right to (?:raise|make|formulate) (?:an |any )?objections?\b")
_BY = re.compile(
    r"(?i)(?:\bby|\b(?:reservations?|declarations?|statements?|understandings?) (?:\w+ )?of)\s+(?:the )?(?:\[?the )?"
    r"(?:Governments? of )?(?:the )?$"
)
_SAME_AS = re.compile(
    r"(?i)\[\s*same (?:objection|declaration)[^\]]*? as (?:the one|those|that) made by (?P<state>[^\].,]+)"
)
_SEE_OTHER = re.compile(r"(?i)\[\s*see under .{0,40}chapter IV\.(?P<chapter>\d+)")


@dataclass
class Objection:
    """What one state says on one day under one heading.

    ``implied`` says that the day is that of the objector's own ratification, by the rule under the section's title;
    ``hypothetical`` that it says that it could object, not that it does.
    """

    state: str
    day: dt.date | None
    line: int
    heading: str = ""
    texts: list[str] = field(default_factory=list)
    hypothetical: bool = False
    implied: bool = False

    @property
    def text(self) -> str:
        return "\n".join(self.texts)


@dataclass(frozen=True)
class Context:
    """What the objections of a page refer to: its statements, its participants' acts, the other pages by number."""

    statements: Sequence[Statement]
    acts: Mapping[str, Acts]
    others: Mapping[str, Page]


@dataclass(frozen=True)
class Target:
    """The state objected to, how it is known, and the words that say what is objected to."""

    state: str
    basis: str
    words: str


def facts(raw: RawFolder, page: Page, treaty: str, context: Context) -> Iterator[Fact]:
    """OBJECTED_TO edges from each objector to the statements of the same treaty that it objects to."""

    def parse(row: Row) -> Iterable[Fact]:
        found = row.raw("objection")
        if not isinstance(found, Objection):
            raise found
        return edges(found, treaty, context.statements)

    yield from raw.rows(page.file, ((line, {"objection": o}) for line, o in collect(page, context)), parse)


def collect(page: Page, context: Context) -> list[tuple[int, Objection | Drop | Unusable]]:
    """Every objection of a page with its line; a block that holds none stands for itself, with the reason."""
    found: list[tuple[int, Objection | Drop | Unusable]] = []
    for block in page.sections["objections"].blocks:
        try:
            units = _units(block, context.acts)
        except Unusable as unknown:
            found.append((block.line, unknown))
            continue
        found += [(block.line, _resolved(unit, page, context)) for unit in units]
        if not units:
            found.append((block.line, Drop("the block only refers to end notes")))
    return found


def _resolved(objection: Objection, page: Page, context: Context) -> Objection:
    """An objection that only refers to another one, with the words of that one."""
    other, state = page, objection.state
    if objection.heading:
        return objection
    if elsewhere := _SEE_OTHER.search(objection.text):
        other = context.others.get(elsewhere["chapter"], page)
    elif (same := _SAME_AS.search(objection.text)) and (mentions := wording.states_in(same["state"])):
        state = mentions[0].state
    else:
        return objection
    blocks = [b for b in other.sections["objections"].blocks if wording.states_in(b.participant)]
    units = [u for b in blocks if names.by_name(b.participant) == state for u in _units(b, context.acts)]
    units = [u for u in units if u.text != objection.text and (objection.implied or u.day == objection.day)]
    return replace(units[0], line=objection.line, state=objection.state) if units else objection


def _units(block: Block, acts: Mapping[str, Acts]) -> list[Objection]:
    """Cut a block at its dates, headings and list items. Raises :class:`Unusable` for an unknown participant.

    The rule under the section's title: an undated objection was made when the objector became bound.
    """
    state = names.by_name(block.participant)
    units: list[Objection] = []
    day, implied, fresh = acts.get(state, Acts()).bound_on, True, True
    for place, paragraph in enumerate(block.paragraphs):
        text = paragraph.text
        printed = wording.day_in(text) if paragraph.align == "right" else only_day(text)
        if printed:
            day, implied, fresh = printed, False, True
            following = block.paragraphs[place + 1 : place + 2]
            if place and _is_heading(block.paragraphs[place - 1]) and not any(map(_is_heading, following)):
                units[-1].day, units[-1].implied, fresh = day, False, False  # printed below its heading
        elif item := _DATED_ITEM.match(text):
            units.append(Objection(state, wording.day_in(item["day"]), block.line, item["what"]))
        elif (item := _ITEM.match(text)) and units:
            units.append(replace(units[-1], heading="objection to reservations by " + item["what"], texts=[]))
        elif _is_heading(paragraph):
            units.append(Objection(state, day, block.line, text, implied=implied))
            fresh = False
        else:
            hypothetical = bool(_HYPOTHETICAL.search(text))
            if fresh or hypothetical or not units:
                units.append(Objection(state, day, block.line, hypothetical=hypothetical, implied=implied))
                fresh = False
            units[-1].texts.append(text)
    return units


def _is_heading(paragraph: Paragraph) -> bool:
    text = paragraph.text
    if len(text) > _LONGEST_HEADING or text.startswith("["):
        return False
    return bool((paragraph.italic or paragraph.align == "left") and _HEADING.search(text))


def edges(objection: Objection, treaty: str, statements: Sequence[Statement]) -> list[Fact]:
    """The edges of one objection; raises :class:`Drop` or :class:`Unusable` where it has none."""
    _must_object(objection)
    targets = _targets(objection)
    if not targets:
        raise Unusable("the state objected to is unclear", "objection", f"{objection.state} {objection.day or ''}")
    found: list[Fact] = []
    for target in targets:
        meant, basis = _meant(target, objection, treaty, statements)
        if not meant:
            raise Unusable(
                "the page prints no statement of the state objected to", "objection", _label(objection, target)
            )
        day = objection.day
        if objection.implied and day and all(s.day and s.day > day for s in meant):
            day = None  # the objector was bound before there was anything to object to
        year = day.year if day else None
        found += [edge("OBJECTED_TO", objection.state, s.id, date=day, year=year, basis=basis) for s in meant]
    return found


def _must_object(objection: Objection) -> None:
    """Raises :class:`Drop` for what stands in the section and is no objection to a statement."""
    words = f"{objection.heading}\n{objection.text}"
    if objection.hypothetical:
        raise Drop("says that it could object, and does not")
    if not objection.texts and _LIST_HEADING.search(objection.heading):
        raise Drop("introduces the list that follows")
    if not wording.kinds_in(words):
        raise Drop("objects to an act of a state, not to a statement")
    if objection.texts and (not _OBJECTS.search(words) or _MIGHT.search(words)):
        raise Drop("comments on a statement without objecting to it")


def _label(objection: Objection, target: Target) -> str:
    return f"{objection.state} {objection.day or ''} to {target.state}"


def _targets(objection: Objection) -> list[Target]:
    """The states objected to: those of the heading, or those that the text says made something."""
    own = objection.state
    headed = [m.state for m in wording.states_in(objection.heading) if m.state != own]
    if headed:
        return [Target(state, "heading", objection.heading) for state in dict.fromkeys(headed)]
    found: dict[str, Target] = {}
    text = objection.text.replace("\n", " ")
    mentions = [m for m in wording.states_in(text) if m.state != own and _BY.search(text[: m.start])]
    for place, mention in enumerate(mentions):
        end = mentions[place + 1].start if place + 1 < len(mentions) else mention.end + 600
        before = text[max(0, mention.start - 120) : mention.start] if place == 0 else ""
        found.setdefault(mention.state, Target(mention.state, "text", before + text[mention.start : end]))
    if not found:
        others = {m.state for m in wording.states_in(text) if m.state != own}
        found = {state: Target(state, "text", text) for state in others if len(others) == 1}
    return list(found.values())


def _meant(
    target: Target, objection: Objection, treaty: str, statements: Sequence[Statement]
) -> tuple[list[Statement], str]:
    """The statements that the objection is made against, and how that is known."""
    made = [s for s in statements if target.state in s.states and not _gone(s, objection.day)]
    made = [s for s in made if _made(s, objection.day)] or made
    numbered = " ".join(_NUMBERED.findall(objection.text))
    kinds = wording.kinds_in(f"{target.words} {numbered}")
    meant = [s for s in made if s.kinds & kinds] or made
    stage = wording.stage_in(target.words)
    meant = [s for s in meant if not stage or (stage in BINDING) == s.bound] or meant
    if len(meant) == 1 or (len(kinds) > 1 and len(meant) == len(kinds)):
        return meant, target.basis
    headed = {articles.number(a) for a in articles.named(target.words, treaty)}
    cited = headed or {articles.number(a) for a in articles.named(objection.text, treaty)}
    naming = [s for s in meant if cited & {articles.number(a) for a in s.articles}]
    if len(naming) == 1 or (naming and headed):
        return naming, target.basis
    return meant, "state"


def _made(statement: Statement, day: dt.date | None) -> bool:
    return day is None or statement.day is None or statement.day <= day


def _gone(statement: Statement, day: dt.date | None) -> bool:
    return bool(day and statement.withdrawn_on and statement.withdrawn_on < day)
