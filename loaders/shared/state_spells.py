"""Spells in a list of states, and the successions that follow from them; shared by the two lists of the state system.

Both lists give spells of a country code with a first and a last day. A code that passes from one state to another (COW
365: Russia, the USSR, Russia) is cut by :func:`kb.load.names.cut`; a day is kept only where the list, not the cut, set it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kb.facts.fact import EdgeFact, Fact, edge, node
from kb.load import names
from kb.load.raw import RawFolder
from kb.load.rows import Row, Unusable
from kb.model.shape import OPEN
from loaders.shared import succession


@dataclass(frozen=True)
class Spell:
    """One state's presence in a list, both years included; a day is None where the list gives none."""

    iso3: str
    code: int
    from_year: int
    to_year: int
    from_date: dt.date | None
    to_date: dt.date | None


def spells_of(system: str, code: int, start: dt.date, end: dt.date) -> list[Spell]:
    """One line of a list as spells of states. Raises :class:`kb.load.rows.Unusable` for an unknown code."""
    if end < start:
        raise Unusable("ends before it begins", "end", end)
    return [
        Spell(
            piece.iso3,
            code,
            piece.from_year,
            piece.to_year,
            start if piece.from_year == start.year else None,
            end if piece.to_year == end.year and end.year != OPEN else None,
        )
        for piece in names.cut(system, code, start.year, end.year)
    ]


def joined(spells: Iterable[Spell]) -> list[Spell]:
    """Spells in order, those of one state that touch made one: COW's 260 ends the day before its 255 begins anew."""
    result: list[Spell] = []
    for spell in sorted(spells, key=lambda s: (s.iso3, s.from_year)):
        last = result[-1] if result else None
        if last and last.iso3 == spell.iso3 and spell.from_year <= last.to_year:
            result[-1] = replace(spell, from_year=last.from_year, from_date=last.from_date)
        else:
            result.append(spell)
    return result


def read(raw: RawFolder, file: str, code_column: str, system: str, found: list[Spell]) -> Iterator[Fact]:
    """Read a list of spells into ``found``; the facts are the states. The spells' own facts come from :func:`facts`."""

    def parse(row: Row) -> Iterator[Fact]:
        code, start, end = row.integer(code_column), row.day("start"), row.day("end")
        if code is None or start is None or end is None:
            raise Unusable("empty", code_column if code is None else "start" if start is None else "end")
        pieces = spells_of(system, code, start, end)
        for piece in pieces:  # a spell that the model refuses belongs in quarantine, with its line
            _membership(system, piece)
        yield from (node("State", iso3=piece.iso3) for piece in pieces)
        found.extend(pieces)

    yield from raw.csv(file, parse, ignore=["cowc", "gwc", "country_name", "microstate"])


def memberships(group: str, name: str, spells: Iterable[Spell]) -> Iterator[Fact]:
    """The list as a reference group, with one BELONGS_TO per spell."""
    yield node("ReferenceGroup", code=group, name=name, kind="state_system")
    for spell in spells:
        yield _membership(group, spell)


def _membership(group: str, spell: Spell) -> EdgeFact:
    return edge(
        "BELONGS_TO",
        spell.iso3,
        group,
        from_year=spell.from_year,
        to_year=spell.to_year,
        from_date=spell.from_date,
        to_date=spell.to_date,
    )


def successions(spells: Iterable[Spell]) -> dict[tuple[str, str], EdgeFact]:
    """SUCCEEDED edges by (successor, predecessor) where the list holds both, dated by the list.

    Who followed whom, and how, is the project's own table (:mod:`loaders.shared.succession`); when, follows from the spells:
    the day after the predecessor's last for a state that was absorbed, else the first day (or, where a code was cut, the
    first year) of the successor's first spell that begins after the predecessor's first.
    """
    by_state: dict[str, list[Spell]] = {}
    for spell in spells:
        by_state.setdefault(spell.iso3, []).append(spell)
    result = {}
    for line in succession.successions():
        new, old = by_state.get(line.successor), by_state.get(line.predecessor)
        if new and old:
            year, day = _moment(new, old, absorbed=line.kind == "absorbed")
            pair = (line.successor, line.predecessor)
            result[pair] = edge("SUCCEEDED", *pair, year=year, date=day, kind=line.kind)
    return result


def _moment(new: list[Spell], old: list[Spell], *, absorbed: bool) -> tuple[int, dt.date | None]:
    if absorbed:
        last = old[-1]
        day = last.to_date + dt.timedelta(days=1) if last.to_date else None
        return (day.year if day else last.to_year), day
    began = next((s for s in new if s.from_year > old[0].from_year), new[0])
    return began.from_year, began.from_date
