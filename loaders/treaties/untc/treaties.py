"""The 18 core instruments: what the head of each page says, which protocol belongs to which treaty, which body watches."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from kb.errors import InputError
from kb.facts.fact import Fact, edge, node
from kb.load.raw import RawFolder
from kb.load.rows import Row, Unusable, parse_day
from loaders.treaties.untc.instruments import BODIES, Instrument
from loaders.treaties.untc.page.prose import DAY, days
from loaders.treaties.untc.page.sections import Page

DEPOSITARY = "Secretary-General of the United Nations"


def file_name(instrument: Instrument) -> str:
    """Where the instrument's page lies in the source's folder."""
    return f"html/{instrument.file}.html.gz"


def in_force(page: Page) -> dt.date:
    """The day the instrument entered into force. Raises :class:`InputError` where the page gives none."""
    found = days(page.header.entry_into_force)
    if not found:
        raise InputError(f"{page.file}, line {page.header.line}: no day of entry into force", "get the page again")
    return found[0]


def as_of(page: Page) -> dt.date:
    """The day of the status page. Raises :class:`InputError` where it has no stamp."""
    found = re.search(r"(\d{2})-(\d{2})-(\d{4})", page.header.status_as_at)
    if found is None:
        raise InputError(f"{page.file} has no line STATUS AS AT with a day", "get the page again")
    return dt.date(int(found[3]), int(found[2]), int(found[1]))


def load(raw: RawFolder, page: Page, instrument: Instrument) -> Iterator[Fact]:
    """The treaty, its tie to its parent treaty, its body, from the head of the page."""

    def parse(_: Row) -> Iterator[Fact]:
        yield _treaty(page, instrument)
        yield node("Body", code=instrument.body, name=BODIES[instrument.body], kind="treaty_body")
        yield edge("MONITORED_BY", instrument.code, instrument.body)
        if instrument.protocol_to:
            yield edge("PROTOCOL_TO", instrument.code, instrument.protocol_to)

    return raw.rows(page.file, [(page.header.line, {"title": page.header.title})], parse)


def _treaty(page: Page, instrument: Instrument) -> Fact:
    head = page.header
    number = re.match(r"(\d+)\.\s+(?:([a-z])\s+)?(.+)", head.title)
    counts = re.search(r"Signatories\D+(\d+).*Parties\D+(\d+)", head.status)
    if number is None or counts is None:
        raise InputError(
            f"{page.file}, line {head.line}: the head has no number, title, signatories and parties",
            "get the page again; if the site changed its shape, mend loaders/treaties/untc/treaties.py",
        )
    return node(
        "Treaty",
        code=instrument.code,
        title=number[3],
        mtdsg="-".join(part for part in ("IV", number[1], number[2]) if part),
        kind=instrument.kind,
        adopted=_adopted(page),
        opened=_opened(page, instrument),
        in_force=in_force(page),
        depositary=DEPOSITARY,
        issue_area=instrument.issue_area,
        core=instrument.core,
        printed_signatories=int(counts[1]),
        printed_parties=int(counts[2]),
        as_of=as_of(page),
    )


def _concluded(page: Page) -> dt.date:
    found = days(page.header.concluded)
    if len(found) != 1:
        raise Unusable("no day of conclusion", "concluded", page.header.concluded)
    return found[0]


def _adopted(page: Page) -> dt.date:
    """The day of the General Assembly's resolution where the remark gives it, else the day of conclusion."""
    found = re.search(rf"\badopted\b[^.]*?({DAY})", page.header.remark)
    return days(found[1])[0] if found else _concluded(page)


def _opened(page: Page, instrument: Instrument) -> int:
    if instrument.opened == "conclusion":
        return _concluded(page).year
    if instrument.opened == "signature":
        signed = (re.search(r"\d{1,2} \w+ \d{4}", row.cells[0]) for row in page.participants)
        return min(parse_day(found[0]).year for found in signed if found)
    found = re.search(rf"(?i:open(?:ed|ing)?) for signature.*?({DAY})", page.header.remark)
    if found is None:
        raise Unusable("no day of opening for signature", "remark", page.header.remark)
    return days(found[1])[0].year
