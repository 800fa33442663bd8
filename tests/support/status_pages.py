"""Status pages in the shape of the United Nations Treaty Collection, for the tests: the same parts, our own words.

``status_page_contents.py`` holds what they say: real titles, invented days and statements. No sentence is the depositary's
or a government's. The pages lie packed in ``tests/fixtures/raw``; after a change write them anew::

    python tests/support/status_pages.py

A text may refer to end notes as ``{3}``. A paragraph that begins with ``>`` is a day set at the right, one between
underscores a heading in italics; all others are running text.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "fixtures" / "raw" / "untc-2026-02-03" / "html"
_PREFIX = "ctl00_ctl00_ContentPlaceHolder1_ContentPlaceHolderInnerPage_"
_INDENT = "&nbsp;" * 7

#: A participant as printed, its signature, its act of becoming bound.
Row = tuple[str, str, str]
#: A participant as printed, and the paragraphs under its name.
Block = tuple[str, Sequence[str]]


@dataclass(frozen=True)
class StatusPage:
    """What one page says. ``notes`` are the end notes by number; ``territories`` rows of three cells."""

    file: str
    title: str
    concluded: str
    in_force: str
    remark: str
    rows: Sequence[Row]
    as_at: str = "03-02-2026"
    statements: Sequence[Block] = ()
    objections: Sequence[Block] = ()
    declarations: Sequence[Block] = ()
    notifications: Sequence[Block] = ()
    territories: Sequence[Row] = ()
    notes: dict[str, Sequence[str]] = field(default_factory=dict)


def html(page: StatusPage) -> str:
    """The page as the site would print it, without the site's own frame, menus and scripts."""
    signed = sum(bool(row[1]) for row in page.rows)
    bound = sum(bool(row[2]) and not row[0].startswith("[") for row in page.rows)
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en"><head><meta charset="utf-8" /><title>United Nations Treaty Collection</title></head><body>',
            f"<!-- Made for tests: {page.file}. Days and statements are invented. -->",
            _div("div3", f"STATUS AS AT : {page.as_at} 10:16:18 EDT", 'class="rows top-10 padd-5 heading-three"'),
            _div("rptTreaty_ctl00_tcTreaty", page.title, 'style="font-weight: bold" class="treatyCenter"'),
            _div("rptTreaty_ctl00_tcText", f"<i>{page.concluded}</i>", 'class="treatyCenterSub normal"'),
            _div("rptEIF_ctl00_tcText", page.in_force),
            _div("rptStatus_ctl00_tcText", f"Signatories : &nbsp; {signed} &nbsp; Parties : &nbsp; {bound}"),
            _div("rptNotes_ctl00_tcText", f"<Text>{page.remark}</Text>", 'style="text-align: left"'),
            _table("tblgrid", [("Participant", "Signature", "Accession(a), Succession(d), Ratification"), *page.rows]),
            *_section("Declarations and Reservations", "divMainDecTilte", "divDecTilte", "dgDec", page.statements),
            *_section("Objections", "divMainObjTitle", "divObjTitle", "dgObj", page.objections),
            *_section(
                "Declarations under articles", "divMainDecArt", "divDecArt", "dgDecUnderArticle", page.declarations
            ),
            *_section("Notifications", "div1", "div2", "dgNotifications", page.notifications),
            _table(
                "tblDec", [("Participant", "Date of receipt of the notification", "Territories"), *page.territories]
            ),
            _notes(page.notes),
            "</body></html>\n",
        ]
    )


def _div(identifier: str, content: str, attributes: str = "") -> str:
    return f'<div id="{_PREFIX}{identifier}" {attributes}>{content}</div>'


def _referred(text: str) -> str:
    """A name or a cell with its references to end notes raised."""
    link = r"<SUP><A onclick='ShowNoteAll()' href='#\1' class='noteIndex'>\1</A> </SUP>"
    return re.sub(r"\{(\d+)\}", link, text)


def _table(identifier: str, rows: Iterable[Row]) -> str:
    kinds = ("trBGGrey", "trBWhite")
    lines = [f'<table id="{_PREFIX}{identifier}" class="table table-striped table-bordered">']
    for number, row in enumerate(rows):
        cells = "\n".join(f"\t\t<td>{_referred(cell)}<br></td>" if cell else "\t\t<td>&nbsp;</td>" for cell in row)
        lines.append(f'\t<tr class="{kinds[number % 2] if number else "thead-one"}">\n{cells}\n\t</tr>')
    return "\n".join([*lines, "</table>"])


def _section(title: str, title_id: str, rule_id: str, grid: str, blocks: Sequence[Block]) -> Iterable[str]:
    """A section; one that holds nothing keeps its empty title, as on the site."""
    hidden = "" if blocks else 'style="Display:none;"'
    yield _div(title_id, f"<div align=center>{title}</div>" if blocks else "", f'class="bold" {hidden}')
    yield _div(rule_id, "<div align=center>(A rule, worded for the test.)</div>" if blocks else "")
    if not blocks:
        return
    text = "divNotificationText" if grid == "dgNotifications" else "divText"
    yield f'<table cellspacing="0" border="0" id="{_PREFIX}{grid}">'
    for number, (name, paragraphs) in enumerate(blocks, start=2):
        plain = re.sub(r" ?\{(\d+)\}", r"<superscript>\1</superscript>", name)
        body = f"<p class='invisible'>{plain}</p>{_paragraphs(paragraphs)}<br></n><br>"
        yield "<tr><td>"
        yield _div(f"{grid}_ctl{number:02}_divParticipant", _referred(name), 'class="heading-two"')
        yield _div(f"{grid}_ctl{number:02}_{text}", body, 'class="content-two"')
        yield "</td></tr>"
    yield "</table>"


def _paragraphs(paragraphs: Iterable[str]) -> str:
    return "".join(_paragraph(p) for p in paragraphs)


def _paragraph(text: str) -> str:
    if text.startswith(">"):
        return f"<p align=right>{text[1:].strip()}</p>"
    if text.startswith("_") and text.endswith("_"):
        return f"<p align=left><i>{text[1:-1]}<br></n></i></p>"
    return f"{_INDENT}{_referred(text)}<br></n></i></p>"


def _notes(notes: dict[str, Sequence[str]]) -> str:
    lines = [f'<table class="bullet-points-one" border="0" id="{_PREFIX}dgNotesAll">']
    for place, (number, (first, *rest)) in enumerate(notes.items(), start=2):
        body = f"<a name='{number}'>{number}</a><index></index>{first}<br>{_paragraphs(rest)}"
        lines += [
            "<tr><td>",
            _div(f"dgNotesAll_ctl{place:02}_divNote", ""),
            _div(f"dgNotesAll_ctl{place:02}_divNotesAll", body, 'class="divNotesAll"'),
            "</td></tr>",
        ]
    return "\n".join([*lines, "</table>"])


def packed(page: StatusPage) -> bytes:
    """The page as it lies in the folder: gzip, the same bytes each time."""
    return gzip.compress(html(page).encode("utf-8"), 9, mtime=0)


def main() -> None:
    from status_page_contents import PAGES  # it is made of this module's classes

    FOLDER.mkdir(parents=True, exist_ok=True)
    for page in PAGES:
        (FOLDER / f"{page.file}.html.gz").write_bytes(packed(page))


if __name__ == "__main__":
    main()
