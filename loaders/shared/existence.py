"""Which states existed in a year: sources carry states back to before they were born and on after they ended.

A state exists in a year when the Correlates of War list or the Gleditsch-Ward list of independent states has it on at
least one day of that year, or when it is one of the two observer states of the United Nations that neither list has.
The date of admission to the United Nations adds no other state and is not used: Belarus and Ukraine were members from
1945 but not independent before 1991.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import ClassVar

from kb.facts import snapshot
from kb.load import lookups, names
from kb.load.lookups import Line, State
from kb.load.raw import RawFolder
from kb.load.rows import Drop
from kb.model.shape import FIRST_YEAR, OPEN
from kb.settings import DATA

#: The lists, beside the folder of the source that is being read; both have their open spells end in 9999.
LISTS = {
    "cow": "../state-system-cow-gw/cowstates_andybega_openended.csv",
    "gw": "../state-system-cow-gw/gwstates_andybega_openended.csv",
}
#: The facts that the lists gave, as they are shipped.
FACTS = {"cow": "snapshot/cow-states", "gw": "snapshot/gw-states"}


class Observer(Line, frozen=True):
    """A state that neither list has, and its first day as a non-member observer State."""

    key: ClassVar[tuple[str, ...]] = ("iso3",)
    iso3: State
    since: dt.date


def observers() -> tuple[Observer, ...]:
    """The observer States, ``data/lookups/observers.csv``."""
    return lookups.read("observers.csv", Observer)


class Existence:
    """The years in which each state existed."""

    def __init__(self, spells: Mapping[str, list[tuple[int, int]]]) -> None:
        self._spells = spells

    @classmethod
    def read(cls, raw: RawFolder) -> Existence:
        """Read both lists; their digests are recorded with those of the source's own files.

        Where a list is not at hand, as when a refresh fetches one source alone, the shipped facts that it gave serve.
        """
        spells: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for system, path in LISTS.items():
            found = _from_list(raw, system) if (raw.folder / path).is_file() else _from_facts(system)
            for iso3, first, last in found:
                spells[iso3].append((first, last))
        for observer in observers():
            spells[observer.iso3].append((observer.since.year, OPEN))
        return cls(spells)

    def has(self, iso3: str, year: int) -> bool:
        return any(first <= year <= last for first, last in self._spells.get(iso3, ()))

    def require(self, iso3: str, year: int) -> str:
        """Return ``iso3``; raises :class:`kb.load.rows.Drop` where there was no such state in that year."""
        if not self.has(iso3, year):
            raise Drop("no such state in that year")
        return iso3


def _from_list(raw: RawFolder, system: str) -> Iterator[tuple[str, int, int]]:
    """State, first and last year of each spell in the publisher's list."""
    for row in csv.DictReader(io.StringIO(raw.text(LISTS[system]))):
        start, end = int(row["start"][:4]), int(row["end"][:4])
        for piece in names.cut(system, row[f"{system}code"], max(start, FIRST_YEAR), end):
            yield piece.iso3, piece.from_year, piece.to_year


def _from_facts(system: str) -> Iterator[tuple[str, int, int]]:
    """The same from the shipped snapshot."""
    facts = snapshot.read_source(DATA / FACTS[system])
    for row in facts.tables["BELONGS_TO"].to_pylist():
        yield row["start"], row["from_year"], row["to_year"]
