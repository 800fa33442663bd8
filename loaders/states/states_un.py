"""Members of the United Nations with the day of admission: membership spells, and the year on the state.

The two observer States, which no list of the state system holds, are added to it on the ground of their status
(:func:`loaders.shared.existence.observers`).

The list holds today's members. What it says of former members it says without dates, so:

- a seat whose holder changed its name or was continued is cut like a country code (RUS 1945: the USSR, then Russia);
- ``data/lookups/un_seats.csv`` holds what the list's notes name but do not date, from the United Nations' own account
  (Member States, notes on the United Arab Republic and on Germany), and China, which is left to the Correlates of War:
  they follow the seat (the Republic of China to 1971);
- Indonesia's absence of 1965-66 was never recorded as an end of membership, and is not coded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

import pydantic

from kb.facts.fact import Fact, edge, node
from kb.load import lookups, names
from kb.load.lookups import Line, State
from kb.load.raw import RawFolder
from kb.load.rows import Row, Unusable
from kb.model.shape import OPEN
from loaders.shared.existence import observers

ORGANIZATION = "UN"
SYSTEM = "system:UN"
#: The year of the list: the last in which an open membership was seen.
COPIED = 2025


class _Seat(Line, frozen=True):
    """A seat that the list does not tell of rightly, and the years concerned: both included, both given or none."""

    key: ClassVar[tuple[str, ...]] = ("iso3", "what")
    iso3: State
    what: Literal["interrupted", "former member", "left out"]
    first_year: int | None = None
    last_year: int | None = None

    @pydantic.model_validator(mode="after")
    def _years(self) -> _Seat:
        if {self.first_year is None, self.last_year is None} != {self.what == "left out"}:
            raise ValueError("first_year and last_year are filled unless the seat is left out")
        return self

    @property
    def years(self) -> tuple[int, int]:
        return self.first_year or 0, self.last_year or OPEN


def _seats(what: str) -> dict[str, tuple[int, int]]:
    """The years by state."""
    return {seat.iso3: seat.years for seat in lookups.read("un_seats.csv", _Seat) if seat.what == what}


INTERRUPTED, FORMER, LEFT_OUT = _seats("interrupted"), _seats("former member"), _seats("left out")


def _member(row: Row) -> Iterator[Fact]:
    today = names.by_code("iso3", row.need("iso3"))
    admitted = row.day("date_iso")
    if admitted is None:
        raise Unusable("empty", "date_iso")
    for piece in names.cut("iso3", today, admitted.year, OPEN):
        if piece.from_year == admitted.year:
            yield node("State", iso3=piece.iso3, un_member_from=admitted.year)
        if today not in LEFT_OUT:
            yield from _spells(piece.iso3, piece.from_year, piece.to_year)


def _spells(iso3: str, first: int, last: int) -> Iterator[Fact]:
    left, returned = INTERRUPTED.get(iso3, (last, None))
    for start, end in ((first, left), (returned, last)):
        if start is not None:
            seen = min(end, COPIED)
            values = {"from_year": start, "to_year": end, "status": "full", "last_observed": seen}
            yield edge("MEMBER_OF", iso3, ORGANIZATION, **values)


def load(raw: RawFolder) -> Iterator[Fact]:
    yield from raw.csv(
        "un_members_admission_dates.csv",
        _member,
        ignore=["member_raw", "date_of_admission", "original_member", "see_also"],
    )
    yield node("ReferenceGroup", code=SYSTEM, name="Observer States of the United Nations", kind="state_system")
    for observer in observers():
        iso3, since = observer.iso3, observer.since
        yield node("State", iso3=iso3, system_from=since.year, system_to=OPEN, system_basis="un", former=False)
        yield edge("BELONGS_TO", iso3, SYSTEM, from_year=since.year, to_year=OPEN, from_date=since)
    for iso3, (first, last) in FORMER.items():
        yield node("State", iso3=iso3, un_member_from=first)
        yield from _spells(iso3, first, last)
