"""Members of the United Nations with the day of admission: membership spells, and the year on the state.

The two observer States, which no list of the state system holds, are added to it on the ground of their status
(:data:`kb.load.existence.OBSERVERS`).

The list holds today's members. What it says of former members it says without dates, so:

- a seat whose holder changed its name or was continued is cut like a country code (RUS 1945: the USSR, then Russia);
- China is left to the Correlates of War, which follows the seat (the Republic of China to 1971);
- :data:`INTERRUPTED` and :data:`FORMER` hold what the list's notes name but do not date, from the United Nations' own
  account (Member States, notes on the United Arab Republic and on Germany);
- Indonesia's absence of 1965-66 was never recorded as an end of membership, and is not coded.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.facts.fact import Fact, edge, node
from kb.load import names
from kb.load.existence import OBSERVERS
from kb.load.raw import RawFolder
from kb.load.rows import Row, Unusable
from kb.model.shape import OPEN

ORGANIZATION = "UN"
SYSTEM = "system:UN"
#: The year of the list: the last in which an open membership was seen.
COPIED = 2025
#: Syria was part of the United Arab Republic from 21 February 1958 to 13 October 1961, which held one seat.
INTERRUPTED = {"SYR": (1958, 1961)}
#: Admitted together with the Federal Republic on 18 September 1973 (General Assembly resolution 3050 (XXVIII)).
FORMER = (("DDR", 1973, 1990),)
#: The seat passed from the Republic of China to the People's Republic in 1971; the list gives 1945 only.
SEAT_CHANGED_HANDS = frozenset({"CHN"})


def _member(row: Row) -> Iterator[Fact]:
    today = names.by_code("iso3", row.need("iso3"))
    admitted = row.day("date_iso")
    if admitted is None:
        raise Unusable("empty", "date_iso")
    for piece in names.cut("iso3", today, admitted.year, OPEN):
        if piece.from_year == admitted.year:
            yield node("State", iso3=piece.iso3, un_member_from=admitted.year)
        if today not in SEAT_CHANGED_HANDS:
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
    for iso3, since in OBSERVERS.items():
        yield node("State", iso3=iso3, system_from=since.year, system_to=OPEN, system_basis="un", former=False)
        yield edge("BELONGS_TO", iso3, SYSTEM, from_year=since.year, to_year=OPEN, from_date=since)
    for iso3, first, last in FORMER:
        yield node("State", iso3=iso3, un_member_from=first)
        yield from _spells(iso3, first, last)
