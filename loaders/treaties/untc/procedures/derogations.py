"""Derogations from the ICCPR in a public emergency, as notified under article 4 (3).

A notification is what stands under one day in a state's list; all that a state notified on one day is one row. The day
is that of receipt. Articles are those of the Covenant that the text names; an extension that names none has none here.
Notices that only end an emergency are dropped by rule.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from kb.facts.fact import EdgeFact, Fact, edge
from kb.load import names
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Row, Unusable
from loaders.treaties.untc import instruments
from loaders.treaties.untc.page import articles
from loaders.treaties.untc.page.prose import DAY, days, only_day, sentences
from loaders.treaties.untc.page.sections import Block, Page, Paragraph
from loaders.treaties.untc.participation.participants import acts

TREATY = "ICCPR"
#: Part III of the Covenant and the articles before it: the later ones bind no state to any right.
_LAST_RIGHT = 27
_CLAUSE = "4"
_DATED = re.compile(rf"^\(?(?:[Dd]ated|dated) {DAY}\)?\.?$")
_LEAD = re.compile(r"^(?:\W*By [^,]*, |.*?\b(?:regarding|concerning|declaring) (?:the )?)", re.DOTALL)
_ENDS = re.compile(
    r"(?i)^\W*(?:partial |early )?(?:termination|end|lifting|cessation|restor\w+)\b|"
    r"\b(?:lifted|rescinded|repealed|revoked|terminated)\b|\blifting the\b"
)
_GOES_ON = re.compile(r"(?i)\band (?:of )?(?:the )?(?:proclamation|extension|declaration)|\bextensions? and\b")
#: Article 4 (2) allows no derogation from these: a notice names them to say that they stay in force.
_ABOUT_THE_COVENANT = re.compile(r"(?i)covenant|ICCPR|derogat|international pact")


def load(raw: RawFolder, page: Page) -> Iterator[Fact]:
    """DEROGATED_FROM edges of the ICCPR's page, the former Yugoslavia's from the end note its heading refers to."""

    def parse(row: Row) -> Iterator[Fact]:
        text, received = row.need("notified"), row.raw("received")
        iso3 = names.by_name(row.need("participant"), received.year if received else None)
        if "Historical Information" in text and received is None:
            raise Drop("refers to notifications that another page keeps")
        if _only_ends(text):
            raise Drop("notice that an emergency or a derogation ended")
        named = _articles(text)
        if received:
            yield from acts("DEROGATED_FROM", iso3, TREATY, received, articles=named)
        else:
            yield _by_its_own_date(iso3, text, named)

    return raw.rows(page.file, _records(page), parse)


def _records(page: Page) -> Iterator[tuple[int, dict[str, object]]]:
    """One record per state and day, with all that was notified on it."""
    for block in page.sections["notifications"].blocks:
        participant, paragraphs = _listed(block, page)
        for received, text in _by_day(paragraphs).items():
            yield block.line, {"participant": participant, "received": received, "notified": text}


def _listed(block: Block, page: Page) -> tuple[str, Iterable[Paragraph]]:
    """The state and its notifications; a heading without a name stands, with its note, in the text."""
    if block.participant:
        return block.participant, block.paragraphs
    heading = block.paragraphs[0]
    note = page.note(heading.notes[0]) if heading.notes else None
    return heading.text, note.paragraphs if note else ()


def _by_day(paragraphs: Iterable[Paragraph]) -> dict[dt.date | None, str]:
    """What was notified on each day. In an end note the day and the date of the notice share a line."""
    found: dict[dt.date | None, str] = {}
    day: dt.date | None = None
    in_note = any(re.fullmatch(rf"{DAY} \(Dated {DAY}\)", p.text) for p in paragraphs)
    for paragraph in paragraphs:
        heading = re.fullmatch(rf"({DAY}) \(Dated {DAY}\)", paragraph.text)
        new = days(heading[1])[0] if heading else only_day(paragraph.text)
        if new and (heading or paragraph.align == "right"):
            day = new
            found.setdefault(day, "")
        elif not _DATED.match(paragraph.text) and not (in_note and day is None):
            found[day] = f"{found.get(day, '')}\n{paragraph.text}".strip()
    return found


def _only_ends(text: str) -> bool:
    """Whether the first sentence gives notice of an end and not also of a beginning or an extension."""
    subject = _LEAD.sub("", sentences(text)[0], count=1)
    return _ENDS.search(subject) is not None and _GOES_ON.search(subject) is None


def _articles(text: str) -> tuple[str, ...]:
    """The articles derogated from: those named in the sentences about the Covenant, without those that must stand."""
    about = " ".join(s for s in sentences(text) if _ABOUT_THE_COVENANT.search(s))
    return tuple(a for a in articles.named(_regular(about), TREATY) if _derogable(a))


def _regular(text: str) -> str:
    """The usual ways of listing articles in the form that :func:`articles.named` reads."""
    text = re.sub(r";\s*(?:and )?(?=\d)", ", article ", text)
    text = re.sub(r"paragraph \w+ of article (?=\d)", "article ", text)
    return re.sub(r" § \w+", "", text)


def _derogable(reference: str) -> bool:
    number = articles.number(reference)
    if number == _CLAUSE or number in instruments.articles(TREATY, "allows no derogation"):
        return False
    if reference in instruments.articles(TREATY, "allows no derogation, this part"):
        return False
    return int(number) <= _LAST_RIGHT


def _by_its_own_date(iso3: str, text: str, named: tuple[str, ...]) -> EdgeFact:
    """A notification without a day of receipt: its own date tells the year."""
    dated = re.search(rf"notification dated ({DAY})", text)
    if dated is None:
        raise Unusable("a notification without a date", "received")
    return edge("DEROGATED_FROM", iso3, TREATY, year=days(dated[1])[0].year, articles=named)
