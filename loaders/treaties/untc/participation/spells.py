"""From when to when a state was bound, from its acts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kb.facts.fact import EdgeFact, Fact


@dataclass(frozen=True)
class Spell:
    """A state bound from ``start``; ``ended`` is the day it left, and ``continued_from`` as on the act."""

    iso3: str
    start: dt.date
    ended: dt.date | None
    continued_from: str | None


def bound(facts: Iterable[Fact]) -> dict[str, list[Spell]]:
    """The spells of every state in the RATIFIED and WITHDREW_FROM edges of one treaty, in order of time.

    A denunciation ends a spell unless the state re-acceded at once; an act within a spell does not begin another.
    """
    acts: dict[str, list[tuple[dt.date, EdgeFact]]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact, EdgeFact) and (fact.type == "RATIFIED" or fact.values.get("effect") == "denounced"):
            acts[fact.start].append((fact.values["date"], fact))
    return {iso3: _spells(iso3, sorted(found, key=lambda act: act[0])) for iso3, found in acts.items()}


def _spells(iso3: str, acts: list[tuple[dt.date, EdgeFact]]) -> list[Spell]:
    spells: list[Spell] = []
    for day, act in acts:
        open_spell = bool(spells) and spells[-1].ended is None
        if act.type == "RATIFIED" and not open_spell:
            spells.append(Spell(iso3, day, None, act.values.get("continued_from")))
        elif act.type == "WITHDREW_FROM" and open_spell:
            last = spells.pop()
            spells.append(Spell(iso3, last.start, day, last.continued_from))
    return spells
