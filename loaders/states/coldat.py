"""Colonial Dates Dataset (COLDAT): which states were colonies of which European empire, and since when they are former ones.

A state belongs to the group of an empire's former colonies from the year in which its rule ended: ``from_year`` is the
latest year that the data set's own sources give (``colend_max``), and it is missing where rule ended before the first year
of this graph. The list has present-day states only, and eight empires.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from kb.facts.fact import Fact, edge, node
from kb.load import lookups, names
from kb.load.lookups import Line, Text
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Row, Unusable
from kb.model.shape import FIRST_YEAR, OPEN

FILE = "COLDAT_dyads.csv"


class _Empire(Line, frozen=True):
    """An empire as the file writes it, and its name."""

    key: ClassVar[tuple[str, ...]] = ("value",)
    value: Text
    name: Text


EMPIRES = {empire.value: empire.name for empire in lookups.read("coldat_empires.csv", _Empire)}


def load(raw: RawFolder) -> Iterator[Fact]:
    """The groups, then one membership per former colony and empire."""
    for name in EMPIRES.values():
        yield node(
            "ReferenceGroup", code=f"former_empire:{name}", name=f"Former colonies of {name}", kind="former_empire"
        )
    yield from raw.csv(
        FILE, _colony, missing=["NA"], ignore=["colstart_max", "colstart_mean", "colend_mean"], encoding="utf-8-sig"
    )


def _colony(row: Row) -> Iterator[Fact]:
    empire = row.need("colonizer")
    if empire not in EMPIRES:
        raise Unusable("unknown empire", "colonizer", empire)
    if row.need("col") == "0":
        raise Drop("never a colony of that empire")
    ended = row.year("colend_max")
    yield edge(
        "BELONGS_TO",
        names.by_name(row.need("country")),
        f"former_empire:{EMPIRES[empire]}",
        from_year=ended if ended >= FIRST_YEAR else None,
        to_year=OPEN,
    )
