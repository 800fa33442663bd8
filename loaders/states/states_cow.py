"""Correlates of War list of states, open-ended: which states were in the system when, and who followed whom.

The list was last revised for 2016; its copy here leaves running spells open, because 2016 is where the list stops, not
where the states do. The years of occupation (Austria 1938-1955, the Baltic states 1940-1991) are gaps, as COW codes them.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.facts.fact import Fact, node
from kb.load.raw import RawFolder
from kb.model.shape import OPEN
from loaders.shared import state_spells

FILE = "cowstates_andybega_openended.csv"


def load(raw: RawFolder) -> Iterator[Fact]:
    found: list[state_spells.Spell] = []
    yield from state_spells.read(raw, FILE, "cowcode", "cow", found)
    spells = state_spells.joined(found)
    yield from _states(spells)
    yield from state_spells.memberships("system:COW", "State system, Correlates of War", spells)
    yield from state_spells.successions(spells).values()


def _states(spells: list[state_spells.Spell]) -> Iterator[Fact]:
    for iso3 in dict.fromkeys(s.iso3 for s in spells):
        own = [s for s in spells if s.iso3 == iso3]
        yield node(
            "State",
            iso3=iso3,
            cow=own[-1].code,
            system_from=own[0].from_year,
            system_to=own[-1].to_year,
            system_basis="cow",
            former=own[-1].to_year != OPEN,
        )
