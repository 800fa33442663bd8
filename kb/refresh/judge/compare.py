"""Facts of two loads of one source, row by row: which are new, which are gone, which say something else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kb.facts.identity import fact_ids
from kb.facts.schema import fact_schema
from kb.facts.snapshot import SourceFacts
from kb.model.graph import MODEL
from kb.model.shape import EdgeType, NodeType

Identity = tuple[str, ...]
#: What a page says of itself (its day, its totals): it follows from the facts, and is no change of its own.
OF_THE_PAGE = frozenset({"as_of", "printed_parties", "printed_signatories"})
#: Sentences of a source stay out of records, feeds and exports.
TEXTS = frozenset({"text"})


def identity(table: str, row: Mapping[str, Any]) -> Identity:
    """What makes this fact of a source the same one in every load: see :class:`kb.model.graph.EdgeType`."""
    declared = MODEL.table(table)
    if isinstance(declared, NodeType):
        return (str(row[declared.key]),)
    edge = MODEL.types[table]
    return (str(row["start"]), str(row["end"]), *(str(row[name]) for name in edge.identity))


def fact_id(source: str, table: str, row: Mapping[str, Any]) -> int | None:
    """The ``fact`` of an edge as the graph has it (:func:`kb.facts.identity.fact_ids`); a node has none."""
    edge = MODEL.types.get(table)
    if edge is None:
        return None
    one = pa.Table.from_pylist([dict(row)], fact_schema(edge))
    return int(fact_ids(edge, source, one)[0].as_py())


@dataclass(frozen=True)
class Change:
    """One fact that differs between two loads; ``old`` is None where it is new, ``new`` where it is gone."""

    table: str
    old: Mapping[str, Any] | None
    new: Mapping[str, Any] | None

    @property
    def kind(self) -> str:
        return "added" if self.old is None else "removed" if self.new is None else "changed"

    @cached_property
    def row(self) -> Mapping[str, Any]:
        """The fact as it is now, or was last."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def properties(self) -> list[str]:
        """The properties that differ, without those that speak of the page, and texts that only now are kept."""
        if self.old is None or self.new is None:
            return []
        differ = [n for n, v in self.new.items() if v != self.old.get(n) and n not in OF_THE_PAGE]
        return [n for n in differ if n not in TEXTS or None not in (self.old[n], self.new[n])]


def empty(table: str) -> pa.Table:
    return fact_schema(MODEL.table(table)).empty_table()


def changes(old: SourceFacts | None, new: SourceFacts) -> Iterator[Change]:
    """Every fact that differs. An act whose year or day was corrected is one change, not a removal and an addition."""
    before = old.tables if old else {}
    for table in sorted({*before, *new.tables}):
        was, now = before.get(table, empty(table)), new.tables.get(table, empty(table))
        if not was.equals(now):
            yield from _table_changes(table, was, now)


def _table_changes(table: str, was: pa.Table, now: pa.Table) -> Iterator[Change]:
    old = {identity(table, row): row for row in was.to_pylist()}
    new = {identity(table, row): row for row in now.to_pylist()}
    gone = {key: old[key] for key in old.keys() - new.keys()}
    added = {key: new[key] for key in new.keys() - old.keys()}
    for key in sorted(old.keys() & new.keys()):
        if old[key] != new[key]:
            yield Change(table, old[key], new[key])
    for before, after in _same_act(table, gone, added):
        yield Change(table, gone.pop(before), added.pop(after))
    for key in sorted(gone):
        yield Change(table, gone[key], None)
    for key in sorted(added):
        yield Change(table, None, added[key])


def _same_act(
    table: str, gone: Mapping[Identity, Any], added: Mapping[Identity, Any]
) -> list[tuple[Identity, Identity]]:
    """Acts between the same two ends of which exactly one went and one came: the same act with another date."""
    declared = MODEL.table(table)
    if not isinstance(declared, EdgeType) or "date" not in declared.by_name:
        return []
    ends: dict[Identity, tuple[list[Identity], list[Identity]]] = {}
    for side, keys in ((0, gone), (1, added)):
        for key in keys:
            ends.setdefault(key[:2], ([], []))[side].append(key)
    return [(old[0], new[0]) for old, new in ends.values() if len(old) == len(new) == 1]


def last_year(table: pa.Table) -> int | None:
    """The latest ``year`` in the table; None without any."""
    found = pc.max(table["year"]).as_py() if "year" in table.column_names else None
    return None if found is None else int(found)


def last_day(as_of: str) -> dt.date | None:
    """The last day that ``as_of`` (2026-02-03, 2026-02 or 2026) may mean; None where it is something else."""
    parts = as_of.split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) == 3:
            return dt.date(*numbers)
        if len(numbers) == 2:
            return dt.date(numbers[0] + numbers[1] // 12, numbers[1] % 12 + 1, 1) - dt.timedelta(days=1)
        return dt.date(numbers[0], 12, 31)
    except ValueError:
        return None
