"""Who preceded whom, ``data/lookups/state_succession.csv``: the one table of it, for the lists of states and the treaties.

``kind`` says how: ``successor`` (a state of its own on the predecessor's territory), ``continuator`` (the same person in
law: it keeps the predecessor's seat, and depositaries print the predecessor's acts under its name) or ``absorbed`` (the
predecessor became part of the successor). ``since`` is the first day on which a continuator acted itself.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Literal

import pydantic

from kb.load import lookups
from kb.load.lookups import Line, State


class Succession(Line, frozen=True):
    key: ClassVar[tuple[str, ...]] = ("successor", "predecessor")
    successor: State
    predecessor: State
    kind: Literal["successor", "continuator", "absorbed"]
    since: dt.date | None = None

    @pydantic.model_validator(mode="after")
    def _a_day(self) -> Succession:
        if (self.kind == "continuator") != (self.since is not None):
            raise ValueError("`since` belongs to a continuator, and only to it")
        return self


def successions() -> tuple[Succession, ...]:
    """All lines, in the order of the table."""
    return lookups.read("state_succession.csv", Succession)


def continued_as(iso3: str) -> str:
    """The state that continues ``iso3``, or ``iso3`` itself."""
    return next((s.successor for s in successions() if s.predecessor == iso3 and s.kind == "continuator"), iso3)


def acted_before(iso3: str, day: dt.date) -> str | None:
    """The state that acted on ``day`` under the name of ``iso3``, where it was not ``iso3`` itself."""
    continued = (s for s in successions() if s.successor == iso3)
    return next((s.predecessor for s in continued if s.since and day < s.since), None)


def absorbed_by(iso3: str) -> list[str]:
    """The states that became part of ``iso3``."""
    return [s.predecessor for s in successions() if s.successor == iso3 and s.kind == "absorbed"]


def part_of(iso3: str) -> str:
    """The state that ``iso3`` became part of, or ``iso3`` itself."""
    return next((s.successor for s in successions() if s.predecessor == iso3 and s.kind == "absorbed"), iso3)
