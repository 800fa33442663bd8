"""American Convention on Human Rights (B-32), transcribed by hand from excerpts of two pages of its depositary's organs.

Partial: 26 of the 35 members of the Organization of American States, and no reservations. A state becomes bound on the
day it deposits its instrument (article 74, paragraph 2), so ``RATIFIED.date`` is the day of deposit. The pages know
nothing of what came after them (Venezuela's departure in 2012 and its return); no day of theirs is known, so
``Treaty.as_of`` is the day of the latest act of joining that the excerpts hold. The transcription quotes one departure from
a third page: that of Trinidad and Tobago, whose notice of 1998 took effect a year later (article 78, paragraph 1).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from kb.errors import InputError
from kb.facts.fact import EdgeFact, Fact, edge, node
from kb.load import names
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Row, Unusable, parse_day

TREATY = "ACHR"
FILE = "achr_b32.csv"
#: Article 62 lets a state recognize the Court's jurisdiction by a declaration of its own.
_JURISDICTION = "62"
_ACTIONS = {"RA": "ratification", "AD": "accession", None: None}
_DENOUNCED = re.compile(r"denounced:.*\bD (\d\d)\.(\d\d)\.(\d\d)\b")


def load(raw: RawFolder) -> Iterator[Fact]:
    """The participants, then the treaty with the dates that they show, and its court."""
    facts = list(raw.csv(FILE, _participant, ignore=["ratification_or_accession_date"]))
    yield from facts
    edges = [fact for fact in facts if isinstance(fact, EdgeFact)]
    days = {kind: [e.values["date"] for e in edges if e.type == kind] for kind in ("SIGNED", "ACCEPTED", "RATIFIED")}
    if not days["SIGNED"]:
        raise InputError(f"{raw.folder / FILE} holds no signature", "the file is cut: get it again")
    yield node(
        "Treaty",
        code=TREATY,
        title="American Convention on Human Rights",
        kind="convention",
        adopted=min(days["SIGNED"]),
        opened=min(days["SIGNED"]).year,
        depositary="General Secretariat of the Organization of American States",
        issue_area="regional human rights",
        core=False,
        as_of=max(day for found in days.values() for day in found),
        as_of_basis="latest act",
    )
    yield node("Body", code="IACTHR", name="Inter-American Court of Human Rights", kind="court")
    yield edge("MONITORED_BY", TREATY, "IACTHR")


def _participant(row: Row) -> Iterator[Fact]:
    """The acts of one state; a row without a single day is dropped."""
    iso3 = names.by_name(row.need("country"))
    signed, deposited = row.day("signature_date"), row.day("deposit_date")
    jurisdiction, said = row.day("court_jurisdiction_acceptance_date"), row.text("source") or ""
    kind = row.text("type")
    if kind not in _ACTIONS:
        raise Unusable("unknown kind of instrument", "type", kind)
    if not (signed or deposited):
        raise Drop("listed without the day of an act")
    if signed:
        yield edge("SIGNED", iso3, TREATY, year=signed.year, date=signed, action="signature")
    if deposited:
        yield edge("RATIFIED", iso3, TREATY, year=deposited.year, date=deposited, action=_ACTIONS[kind])
    left = _left(said)
    if jurisdiction:
        yield edge(
            "ACCEPTED",
            iso3,
            TREATY,
            year=jurisdiction.year,
            date=jurisdiction,
            procedure="court",
            article=_JURISDICTION,
            opted_out=False,
            ended_year=left.year if left else None,
        )
    if left:
        yield edge("WITHDREW_FROM", iso3, TREATY, year=left.year, date=left, effect="denounced")


def _left(said: str) -> dt.date | None:
    """The day on which a denunciation took effect, which the remark gives as month, day and year of the 20th century."""
    found = _DENOUNCED.search(said)
    return parse_day(f"19{found[3]}-{found[1]}-{found[2]}") if found else None
