"""A status page of the United Nations Treaty Collection, taken apart into the sections that the depositary prints.

The page is read by the identifiers its own template gives to each part, so the archived pages and the live site read
alike. Note references (superscripts) are taken out of the text and kept beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import lxml.etree
import lxml.html
from lxml.html import HtmlElement

from kb.errors import InputError
from kb.load.raw import RawFolder

_PREFIX = "ctl00_ctl00_ContentPlaceHolder1_ContentPlaceHolderInnerPage_"
_BREAKS = frozenset({"br", "p", "div", "tr", "li", "center", "table"})
_SUPERSCRIPTS = frozenset({"sup", "superscript"})

SectionName = Literal["statements", "objections", "declarations", "notifications"]
#: Of each section: the identifiers of its title, of the sentence under it, of its grid, and of a block's text.
_SECTIONS: dict[SectionName, tuple[str, str, str, str]] = {
    "statements": ("divMainDecTilte", "divDecTilte", "dgDec", "divText"),
    "objections": ("divMainObjTitle", "divObjTitle", "dgObj", "divText"),
    "declarations": ("divMainDecArt", "divDecArt", "dgDecUnderArticle", "divText"),
    "notifications": ("div1", "div2", "dgNotifications", "divNotificationText"),
}


@dataclass(frozen=True)
class Paragraph:
    """One paragraph, without note references.

    ``notes`` are the numbers of the end notes it refers to, ``italic`` and ``bold`` say that all of it is set so (a
    heading), ``lead`` is the italic text it opens with, ``align`` is ``right`` (a date), ``center`` or empty.
    Cells of a table's row are joined by `` | ``.
    """

    text: str
    notes: tuple[str, ...] = ()
    italic: bool = False
    bold: bool = False
    lead: str = ""
    align: str = ""


@dataclass(frozen=True)
class Block:
    """What stands under one participant's heading; ``participant`` is as printed, ``line`` the line in the page."""

    participant: str
    notes: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    line: int


@dataclass(frozen=True)
class Section:
    """A section: its ``title``, the ``rule`` printed under it (what was made when), and a block per participant."""

    title: str = ""
    rule: str = ""
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class TableRow:
    """A row of the participants table (or of the territorial applications): name, note references, further cells."""

    participant: str
    notes: tuple[str, ...]
    cells: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Note:
    """An end note: the number that the page's superscripts refer to, and its text."""

    number: str
    paragraphs: tuple[Paragraph, ...]
    line: int

    @property
    def text(self) -> str:
        return "\n".join(p.text for p in self.paragraphs)


@dataclass(frozen=True)
class Header:
    """The head of the page, each part as printed; ``line`` is that of its title."""

    status_as_at: str
    title: str
    concluded: str
    entry_into_force: str
    status: str
    remark: str
    line: int


@dataclass(frozen=True)
class Page:
    """One instrument's status page. ``columns`` are the headings of the participants table."""

    file: str
    header: Header
    columns: tuple[str, ...]
    participants: tuple[TableRow, ...]
    sections: dict[SectionName, Section]
    territories: tuple[TableRow, ...]
    notes: tuple[Note, ...]

    def note(self, number: str) -> Note | None:
        """The end note of that number, or None where the page prints none."""
        return next((n for n in self.notes if n.number == number), None)


def read(raw: RawFolder, name: str) -> Page:
    """Read the page in file ``name``. Raises :class:`InputError` naming the part that the page lacks."""
    try:
        root = lxml.html.document_fromstring(raw.text(name))
    except lxml.etree.LxmlError as error:
        raise InputError(f"{name} is not HTML: {error}", "get the page again") from error
    parts = _Parts(name, root)
    columns, participants = parts.table("tblgrid")
    if not participants:
        raise InputError(f"{name} lists no participants", "get the page again; it may have been cut")
    return Page(
        file=name,
        header=_header(parts),
        columns=columns,
        participants=participants,
        sections={section: _section(parts, *ids) for section, ids in _SECTIONS.items()},
        territories=parts.table("tblDec")[1],
        notes=tuple(_notes(parts)),
    )


@dataclass
class _Parts:
    """The elements of one page by the identifiers of the site's template."""

    name: str
    root: HtmlElement
    by_id: dict[str, HtmlElement] = field(init=False)

    def __post_init__(self) -> None:
        found = self.root.iter(lxml.etree.Element)
        ids = ((e.get("id") or "", e) for e in found)
        self.by_id = {i.removeprefix(_PREFIX): e for i, e in ids if i.startswith(_PREFIX)}

    def need(self, identifier: str) -> HtmlElement:
        element = self.by_id.get(identifier)
        if element is None:
            raise InputError(
                f"{self.name} has no part {identifier!r}",
                "get the page again; if the site changed its shape, mend loaders/treaties/untc/page/sections.py",
            )
        return element

    def text(self, identifier: str) -> str:
        return " ".join(p.text for p in _paragraphs(self.need(identifier)))

    def grid(self, grid: str, text: str) -> Iterator[tuple[HtmlElement, HtmlElement]]:
        """Each block of a grid, in order: the element of its heading and that of its text."""
        heading = "divNote" if grid == "dgNotesAll" else "divParticipant"
        pattern = re.compile(rf"{grid}_(ctl\d+)_{heading}")
        for identifier, element in self.by_id.items():
            if found := pattern.fullmatch(identifier):
                yield element, self.need(f"{grid}_{found[1]}_{text}")

    def table(self, identifier: str) -> tuple[tuple[str, ...], tuple[TableRow, ...]]:
        """A table's headings and rows. Raises :class:`InputError` for a row without three cells."""
        headings: tuple[str, ...] = ()
        rows = []
        for number, row in enumerate(self.need(identifier).iter("tr")):
            cells = [_one(cell) for cell in row.iter("td")]
            line = row.sourceline or 0
            if len(cells) != 3:
                raise InputError(
                    f"{self.name}, line {line}: {len(cells)} cells where participant, signature and action are due",
                    "get the page again; if the site changed its table, mend loaders/treaties/untc/page/sections.py",
                )
            texts = tuple(cell.text for cell in cells)
            if number == 0:
                headings = texts
            else:
                rows.append(TableRow(texts[0], cells[0].notes, texts[1:], line))
        return headings, tuple(rows)


def _header(parts: _Parts) -> Header:
    return Header(
        status_as_at=parts.text("div3"),
        title=parts.text("rptTreaty_ctl00_tcTreaty"),
        concluded=parts.text("rptTreaty_ctl00_tcText"),
        entry_into_force=parts.text("rptEIF_ctl00_tcText"),
        status=parts.text("rptStatus_ctl00_tcText"),
        remark=parts.text("rptNotes_ctl00_tcText"),
        line=parts.need("rptTreaty_ctl00_tcTreaty").sourceline or 0,
    )


def _section(parts: _Parts, title: str, rule: str, grid: str, text: str) -> Section:
    heading = parts.text(title)
    if grid not in parts.by_id:  # the site prints titles of sections that hold nothing
        return Section(heading)
    blocks = []
    for head, body in parts.grid(grid, text):
        name = _one(head)
        blocks.append(Block(name.text, name.notes, _paragraphs(body), head.sourceline or 0))
    return Section(heading, parts.text(rule), tuple(blocks))


def _notes(parts: _Parts) -> Iterator[Note]:
    parts.need("dgNotesAll")  # the last part of every page: where it is missing, the page was cut
    for head, body in parts.grid("dgNotesAll", "divNotesAll"):
        anchors = [a.get("name") for a in body.iter("a") if a.get("name")]
        paragraphs = _paragraphs(body)
        if anchors and paragraphs:
            yield Note(str(anchors[0]), paragraphs, head.sourceline or 0)


def _one(element: HtmlElement) -> Paragraph:
    """An element that holds a single short text, such as a table cell."""
    found = _paragraphs(element)
    notes = tuple(n for p in found for n in p.notes)
    return Paragraph(" ".join(p.text for p in found if p.text), notes)


def _paragraphs(element: HtmlElement) -> tuple[Paragraph, ...]:
    setter = _Setter()
    setter.inside(element, italic=False, bold=False)
    setter.end()
    return tuple(setter.done)


class _Setter:
    """Collects runs of text while walking an element, and ends a paragraph where the page shows a new line."""

    def __init__(self) -> None:
        self.done: list[Paragraph] = []
        self._runs: list[tuple[str, bool, bool]] = []
        self._notes: list[str] = []
        self._align = ""

    def inside(self, element: HtmlElement, *, italic: bool, bold: bool) -> None:
        self._run(element.text, italic, bold)
        for child in element:
            if isinstance(child.tag, str):
                self._child(child, child.tag.lower(), italic, bold)
            self._run(child.tail, italic, bold)

    def _child(self, child: HtmlElement, tag: str, italic: bool, bold: bool) -> None:
        if tag in _SUPERSCRIPTS:
            self._superscript(child, italic, bold)
        elif tag in _BREAKS:
            self.end()
            if child.get("class") == "invisible":  # the participant's name once more
                return
            self._align = "center" if tag == "center" else child.get("align") or ""
            bold = bold or child.get("class") == "boldText"
            self.inside(child, italic=italic, bold=bold)
            if tag != "br":
                self.end()
        elif tag == "td":
            if self._runs:
                self._run(" | ", italic, bold)
            self.inside(child, italic=italic, bold=bold)
        elif not (tag == "a" and child.get("name")):  # the anchor repeats the note's number
            self.inside(child, italic=italic or tag in ("i", "em"), bold=bold or tag in ("b", "strong"))

    def _superscript(self, element: HtmlElement, italic: bool, bold: bool) -> None:
        text = str(element.text_content())
        numbers = re.findall(r"\d+", text)
        if numbers:
            self._notes.extend(numbers)
        else:  # the raised letters of an ordinal
            self._run(text, italic, bold)

    def _run(self, text: str | None, italic: bool, bold: bool) -> None:
        if text:
            self._runs.append((text, italic, bold))

    def end(self) -> None:
        """End the paragraph; one that holds neither text nor a note reference is none."""
        text = _plain("".join(run for run, _, _ in self._runs))
        if text or self._notes:
            inked = [(run, italic, bold) for run, italic, bold in self._runs if run.strip()]
            lead = []
            for run, italic, _ in inked:
                if not italic:
                    break
                lead.append(run)
            self.done.append(
                Paragraph(
                    text,
                    tuple(self._notes),
                    italic=bool(inked) and all(i for _, i, _ in inked),
                    bold=bool(inked) and all(b for _, _, b in inked),
                    lead=_plain("".join(lead)),
                    align=self._align,
                )
            )
        self._runs, self._notes, self._align = [], [], ""


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
