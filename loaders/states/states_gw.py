"""Gleditsch-Ward list of independent states: its codes, its spells, and the states that COW leaves out.

It begins earlier than COW's for many states, counts microstates from independence and keeps occupied states in.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.facts.fact import Fact, node
from kb.load.raw import RawFolder
from kb.model.shape import OPEN
from loaders.shared import state_spells
from loaders.states import states_cow

FILE = "gwstates_andybega_openended.csv"


def load(raw: RawFolder) -> Iterator[Fact]:
    found: list[state_spells.Spell] = []
    yield from state_spells.read(raw, FILE, "gwcode", "gw", found)
    spells = state_spells.joined(found)
    for iso3, last in {s.iso3: s for s in spells}.items():
        yield node("State", iso3=iso3, gw=last.code, former=last.to_year != OPEN)
    yield from state_spells.memberships("system:GW", "Independent states, Gleditsch and Ward", spells)
    yield from _successions_left_out_by_cow(raw, spells)


def _successions_left_out_by_cow(raw: RawFolder, spells: list[state_spells.Spell]) -> Iterator[Fact]:
    """Successions of which COW's list misses a side, so that each succession is stated once."""
    cow = RawFolder(raw.folder, raw.report.source)
    known: list[state_spells.Spell] = []
    for _ in state_spells.read(cow, states_cow.FILE, "cowcode", "cow", known):
        continue
    stated = state_spells.successions(known)
    yield from (fact for pair, fact in state_spells.successions(spells).items() if pair not in stated)
