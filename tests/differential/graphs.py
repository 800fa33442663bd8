"""Graphs to ask: random ones of several shapes, the project's own, and how a graph is halved or written to a file."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kb.model.graph import MODEL

ARROW = {"integer": pa.int64(), "real": pa.float64(), "text": pa.string(), "flag": pa.bool_(), "day": pa.date32()}


@dataclass(frozen=True)
class Table:
    """A label (``start`` is empty) or a relationship type between two labels; a label's first property is its key."""

    name: str
    properties: dict[str, str]
    start: str = ""
    end: str = ""

    @property
    def key(self) -> str:
        return next(iter(self.properties))


@dataclass(frozen=True)
class Graph:
    """Tables and their rows; a relationship's rows begin with ``start`` and ``end``, the keys of its ends."""

    name: str
    labels: tuple[Table, ...]
    types: tuple[Table, ...]
    rows: Mapping[str, pa.Table] = field(repr=False)
    #: Rows that a query may come through on its way: the more, the slower a run.
    budget: float = 200_000

    @cached_property
    def _tables(self) -> dict[str, Table]:
        return {t.name: t for t in (*self.labels, *self.types)}

    def table(self, name: str) -> Table:
        return self._tables[name]

    edge = table

    def size(self, name: str) -> int:
        return int(self.rows[name].num_rows)

    @cached_property
    def degrees(self) -> dict[tuple[str, str], float]:
        """By type and end (``start`` or ``end``): the relationships that a relationship's own end has, on average."""
        found = {}
        for kind in self.types:
            for end in ("start", "end"):
                counts = pc.value_counts(self.rows[kind.name][end]).field("counts") if self.size(kind.name) else None
                squares = pc.sum(pc.multiply(counts, counts)).as_py() if counts is not None else 0
                found[kind.name, end] = squares / max(1, self.size(kind.name))
        return found

    def values(self, table: str, name: str, rng: random.Random, number: int) -> list[Any]:
        """Values of a property that occur, each picked at random; empty where none does."""
        column = self.rows[table][name]
        if column.null_count == len(column):
            return []
        picked = [column[rng.randrange(len(column))].as_py() for _ in range(number * 8)]
        return [value for value in picked if value is not None][:number]

    def with_rows(self, rows: Mapping[str, pa.Table]) -> Graph:
        """The same tables with other rows; relationships whose ends are gone go too."""
        rows = dict(rows)
        for kind in self.types:
            ends = rows[kind.name]
            for end, label in (("start", kind.start), ("end", kind.end)):
                ends = ends.filter(pc.is_in(ends[end], rows[label][self.table(label).key].combine_chunks()))
            rows[kind.name] = ends
        return Graph(self.name, self.labels, self.types, rows, self.budget)

    def only(self, names: Iterable[str]) -> Graph:
        """Without the tables that are not named and that no named relationship type ends at."""
        kept = set(names)
        kept |= {label for kind in self.types if kind.name in kept for label in (kind.start, kind.end)}
        return Graph(
            self.name,
            tuple(t for t in self.labels if t.name in kept),
            tuple(t for t in self.types if t.name in kept),
            {name: table for name, table in self.rows.items() if name in kept},
            self.budget,
        )


def arrow_schema(graph_table: Table, keys: Mapping[str, str]) -> pa.Schema:
    """The columns of a table's rows; ``keys`` gives the kind of every label's key."""
    ends = [("start", keys[graph_table.start]), ("end", keys[graph_table.end])] if graph_table.start else []
    return pa.schema([(name, ARROW[kind]) for name, kind in [*ends, *graph_table.properties.items()]])


def assembled(
    name: str, labels: Iterable[Table], types: Iterable[Table], lists: Mapping[str, list[Any]], budget: float
) -> Graph:
    """A graph from rows that are tuples in the order of their columns."""
    labels, types = tuple(labels), tuple(types)
    keys = {label.name: label.properties[label.key] for label in labels}
    rows = {}
    for table in (*labels, *types):
        schema = arrow_schema(table, keys)
        columns = list(zip(*lists[table.name], strict=True)) or [()] * len(schema)
        rows[table.name] = pa.table([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)
    return Graph(name, labels, types, rows, budget)


# -- random graphs

_EDGE = {"year": "integer", "value": "real", "kind": "text", "open": "flag"}
_LABELS = (
    Table("Alpha", {"id": "text", "size": "integer", "region": "text", "big": "flag"}),
    Table("Beta", {"code": "integer", "weight": "real", "region": "text", "since": "day"}),
    Table("Gamma", {"id": "text", "size": "integer"}),
)
_TYPES = (
    Table("TIED", _EDGE, "Alpha", "Beta"),
    Table("HELD", _EDGE, "Alpha", "Beta"),
    Table("NEAR", {"year": "integer", "kind": "text"}, "Alpha", "Alpha"),
    Table("PART", {"year": "integer", "value": "real"}, "Beta", "Gamma"),
    Table("SENT", {"year": "integer", "day": "day"}, "Gamma", "Alpha"),
)


def _value(kind: str, rng: random.Random, missing: float, spread: int) -> Any:
    if rng.random() < missing:
        return None
    # Eighths: their sums are exact, so that every engine's order of adding gives the same.
    return {
        "integer": lambda: 1990 + rng.randrange(spread),
        "real": lambda: rng.randrange(-16, 64) / 8,
        "text": lambda: rng.choice(("north", "south", "east", "west", "no one's", "")),
        "flag": lambda: rng.random() < 0.5,
        "day": lambda: dt.date(2000, 1, 1) + dt.timedelta(days=rng.randrange(spread) * 40),
    }[kind]()


def _nodes(label: Table, number: int, rng: random.Random, missing: float) -> list[tuple[Any, ...]]:
    name = label.name.lower()
    keys = [i if label.properties[label.key] == "integer" else f"{name}-{i}" for i in range(number)]
    kinds = list(label.properties.values())[1:]
    return [(key, *(_value(kind, rng, missing, 6) for kind in kinds)) for key in keys]


def random_graph(seed: int) -> Graph:
    """A graph from one number: small and dense, sparse with empty tables, hubs, or long lists of parallel edges."""
    rng = random.Random(f"graph {seed}")
    shape = rng.choices(("dense", "sparse", "hubs", "long"), (5, 1, 2, 2))[0]
    missing = rng.choice((0, 0.1, 0.4))
    sizes, edges, budget = {
        "dense": lambda: ([rng.randint(3, 12) for _ in _LABELS], [rng.randint(5, 80) for _ in _TYPES], 100_000.0),
        "sparse": lambda: (
            [rng.choice((0, 1, 5, 30)) for _ in _LABELS],
            [rng.choice((0, 1, 10)) for _ in _TYPES],
            100_000.0,
        ),
        "hubs": lambda: ([300, 60, 40], [6000, 2500, 1500, 600, 300], 400_000.0),
        "long": lambda: ([rng.choice((30, 120)), rng.choice((4, 12)), 5], [40_000, 12_000, 400, 100, 60], 1_500_000.0),
    }[shape]()
    lists: dict[str, list[Any]] = {}
    for label, number in zip(_LABELS, sizes, strict=True):
        lists[label.name] = _nodes(label, number, rng, missing)
    for kind, number in zip(_TYPES, edges, strict=True):
        ends = [[row[0] for row in lists[label]] for label in (kind.start, kind.end)]
        spread = 50 if shape == "long" else 6
        lists[kind.name] = _edges(kind, ends, number, rng, (missing, spread, shape))
    return assembled(f"random {seed} ({shape})", _LABELS, _TYPES, lists, budget)


def _edges(
    kind: Table, ends: list[list[Any]], number: int, rng: random.Random, how: tuple[float, int, str]
) -> list[tuple[Any, ...]]:
    missing, spread, shape = how
    if not all(ends):
        return []
    kinds = list(kind.properties.values())
    found = []
    for _ in range(number):
        # A hub takes every second end; elsewhere few ends and many edges make parallel ones.
        first, last = (end[0] if shape == "hubs" and rng.random() < 0.4 else rng.choice(end) for end in ends)
        found.append((first, last, *(_value(k, rng, missing, spread) for k in kinds)))
    order = rng.choice(("shuffled", "by start", "by end"))
    if order != "shuffled":
        found.sort(key=lambda row: (row[0], row[1]) if order == "by start" else (row[1], row[0]))
    return found


def crossed(states: int, indicators: int, years: int, seed: int = 1) -> Graph:
    """Every state, indicator and year once: many parallel edges, and lists as long as ``states * years``."""
    rng = random.Random(seed)
    labels = (Table("Alpha", {"id": "text"}), Table("Beta", {"code": "text"}))
    kind = Table("TIED", {"year": "integer", "value": "real"}, "Alpha", "Beta")
    lists = {"Alpha": [(f"s{s}",) for s in range(states)], "Beta": [(f"i{i}",) for i in range(indicators)]}
    lists["TIED"] = [
        (f"s{s}", f"i{i}", 1950 + y, rng.randrange(80) / 8)
        for i in range(indicators)
        for s in range(states)
        for y in range(years)
    ]
    return assembled("crossed", labels, (kind,), lists, 5_000_000)


# -- the project's own graph


def real_graph(rows: Mapping[str, pa.Table]) -> Graph:
    """The graph of the model, from the tables that an engine or a build gives."""
    labels = tuple(Table(t.name, _known(t)) for t in MODEL.nodes)
    types = tuple(Table(t.name, _known(t), t.start, t.end) for t in MODEL.edges)
    kept = {
        t.name: rows[t.name].select([*(["start", "end"] if t.start else []), *t.properties]) for t in (*labels, *types)
    }
    return Graph("real", labels, types, kept, 1_000_000)


def _known(table: Any) -> dict[str, str]:
    """The properties that are single values."""
    return {p.name: p.type for p in table.properties if p.type in ARROW}
