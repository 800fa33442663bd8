"""Which state a code or a name means, in a given year: one module, two explicit tables, no guessing.

``data/state_codes.csv`` holds the codes of each system, ``data/state_names.csv`` the names, both with the years in which
they mean that state. A code shared by a state and its predecessor (COW 365: Russia, the USSR, Russia) is split there;
the year of the change goes to the state that existed for more than half of it. Letter case, accents and punctuation do
not matter; similarity does not count.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from kb.errors import UsageError
from kb.load import lookups
from kb.load.rows import Unusable
from kb.model.shape import OPEN
from kb.settings import DATA

#: Between two phrases of the property ``search``; :func:`fold` leaves none inside one.
BAR = "|"


@dataclass(frozen=True)
class Meaning:
    iso3: str
    from_year: int
    to_year: int


def fold(name: str) -> str:
    """A name without case, accents, punctuation and the article, so that spellings compare."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    folded = unicodedata.normalize("NFKD", plain.casefold())
    letters = "".join(c if c.isalnum() else " " for c in folded if not unicodedata.combining(c) and c != "'")
    return " ".join(word for word in letters.split() if word != "the")


def searched(text: str) -> dict[str, str | list[str]]:
    """What ``find`` looks for in ``search``: the text as a ``whole`` phrase, as the ``beginning`` of one, and its ``words``."""
    phrase = fold(text)
    return {
        "whole": f"{BAR} {phrase} {BAR}",
        "beginning": f"{BAR} {phrase}",
        "words": [f" {word}" for word in phrase.split()],
    }


class _Means(lookups.Plain, frozen=True):
    """A line of one of the two tables: a state, and the years in which a code or a name means it."""

    from_year: int | None = None
    to_year: int | None = None
    iso3: lookups.State

    @property
    def meaning(self) -> Meaning:
        return Meaning(self.iso3, self.from_year or 0, OPEN if self.to_year is None else self.to_year)


class _Code(_Means, frozen=True):
    key: ClassVar[tuple[str, ...]] = ("system", "value")
    system: lookups.Text
    value: lookups.Text


class _Name(_Means, frozen=True):
    key: ClassVar[tuple[str, ...]] = ("name",)
    name: lookups.Text


def _lines() -> tuple[_Name, ...]:
    return lookups.read("state_names.csv", _Name, DATA)


@cache
def _codes() -> dict[tuple[str, str], list[Meaning]]:
    table: dict[tuple[str, str], list[Meaning]] = defaultdict(list)
    for line in lookups.read("state_codes.csv", _Code, DATA):
        table[line.system, line.value].append(line.meaning)
    return dict(table)


@cache
def _spellings() -> list[tuple[str, str]]:
    """Every name as it is written, with its state."""
    return [(line.name, line.iso3) for line in _lines()]


@cache
def _names() -> dict[str, list[Meaning]]:
    table: dict[str, list[Meaning]] = defaultdict(list)
    for line in _lines():
        known, meaning = table[fold(line.name)], line.meaning
        if meaning not in known:
            known.append(meaning)
    return dict(table)


def _pick(meanings: list[Meaning], year: int | None) -> str | None:
    if year is None:
        year = max(m.to_year for m in meanings)
    return next((m.iso3 for m in meanings if m.from_year <= year <= m.to_year), None)


def by_code(system: str, value: str | int, year: int | None = None) -> str:
    """The state that ``value`` means in ``system`` (cow, gw, m49, iso2, iso3, vdem, gec, ioc) in ``year``, else today.

    Raises :class:`kb.load.rows.Unusable` for a code the table does not hold, which quarantines the row.
    """
    meanings = _codes().get((system, str(value).strip()))
    found = _pick(meanings, year) if meanings else None
    if found is None:
        raise Unusable(f"unknown {system} code", system, f"{value} {year or ''}")
    return found


def by_name(name: str, year: int | None = None) -> str:
    """The state called ``name`` in ``year``, else today. Raises :class:`kb.load.rows.Unusable` for an unknown name."""
    meanings = _names().get(fold(name))
    found = _pick(meanings, year) if meanings else None
    if found is None:
        raise Unusable("unknown state name", "name", name if year is None else f"{name} {year}")
    return found


def cut(system: str, value: str | int, from_year: int, to_year: int) -> list[Meaning]:
    """A spell of a code, cut at the years where the code passes from one state to another.

    ``cut("cow", 365, 1945, 9999)`` gives SUN 1945-1991 and RUS 1992-9999.
    """
    meanings = _codes().get((system, str(value).strip()))
    if not meanings:
        raise Unusable(f"unknown {system} code", system, value)
    pieces = [Meaning(m.iso3, max(m.from_year, from_year), min(m.to_year, to_year)) for m in meanings]
    return [p for p in pieces if p.from_year <= p.to_year]


#: The systems whose codes people write, and how an alias has them: of numbers, which several systems share, with the system.
_WRITTEN = {"iso2": "{}", "cow": "COW {}", "gw": "GW {}", "m49": "M49 {}"}


def aliases() -> dict[str, list[str]]:
    """Every code and name of each state but its ISO code: codes with their system, then names, of all years."""
    found: dict[str, list[str]] = defaultdict(list)
    for (system, value), meanings in _codes().items():
        if system in _WRITTEN:
            for meaning in meanings:
                found[meaning.iso3].append(_WRITTEN[system].format(value))
    for name, iso3 in _spellings():
        found[iso3].append(name)
    return {iso3: list(dict.fromkeys(called)) for iso3, called in found.items()}


def search(query: str, limit: int = 5) -> list[str]:
    """States that a person may mean by ``query``: by code, by whole name, by part of a name, then by likeness."""
    wanted = fold(query)
    upper = query.strip().upper()
    hits = [m.iso3 for s in ("iso3", "iso2") for m in _codes().get((s, upper), [])[-1:]]
    hits += [m.iso3 for m in reversed(_names().get(wanted, []))]
    if wanted:
        for test in (str.startswith, str.__contains__):
            hits += [m.iso3 for name, meanings in _names().items() if test(name, wanted) for m in meanings[-1:]]
    if not hits:
        near = difflib.get_close_matches(wanted, list(_names()), n=limit, cutoff=0.7)
        hits = [m.iso3 for name in near for m in _names()[name][-1:]]
    return list(dict.fromkeys(hits))[:limit]


def state(query: str) -> str:
    """The one state a person means by a code or name; raises :class:`kb.errors.UsageError` with the nearest ones."""
    try:
        return by_code("iso3", query.upper())
    except Unusable:
        pass_on = _names().get(fold(query))
    if pass_on:
        return _pick(pass_on, None) or pass_on[-1].iso3
    near = search(query)
    raise UsageError(
        f"no state is called {query!r}",
        f"did you mean {', '.join(near)}?" if near else "give an ISO code such as MEX or a name such as Mexico",
    )
