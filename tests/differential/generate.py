"""Random queries over a graph: one number gives one query, always the same."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from typing import Any

from .conditions import condition
from .graphs import Graph
from .patterns import Patterns, cost
from .tree import (
    Aggregate,
    Case,
    Coalesce,
    Compare,
    Count,
    Expression,
    Item,
    Match,
    Name,
    Plus,
    Property,
    Query,
    Return,
    Single,
    TypeOf,
    Unwind,
    Value,
    Variable,
    With,
)

#: Rows that a query without an aggregate may return.
_RETURNED = 20_000


@dataclass
class Bound:
    """What is bound where a clause begins: nodes by label, relationships by types, named values by kind."""

    nodes: dict[str, str] = field(default_factory=dict)
    relationships: dict[str, tuple[str, ...]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    rows: float = 1

    def take(self, match: Match) -> None:
        self.nodes |= {n.name: n.label for n in match.nodes if not n.anonymous}
        self.relationships |= {r.name: r.types for r in match.relationships if not r.anonymous}


class Generator:
    """Makes the query of one number. ``rng`` is all its chance."""

    def __init__(self, graph: Graph, seed: str) -> None:
        self.graph = graph
        self.rng = random.Random(seed)
        self._patterns = Patterns(graph, self.rng)

    def query(self) -> Query:
        """Raises :class:`LookupError` where the graph has nothing to ask about."""
        first = self._single(None)
        if self.rng.random() < 0.08 and _can_unite(first):
            kinds = tuple(_kind(item.value) for item in first.returned.items)
            for _ in range(8):
                try:
                    second = self._single(kinds)
                except LookupError:
                    continue
                every = self.rng.random() < 0.5
                return Query((replace(first, returned=Return(first.returned.items)), second), every)
        return Query((first,))

    def _single(self, kinds: tuple[str, ...] | None) -> Single:
        rng = self.rng
        for _ in range(30):
            self._patterns.restart()
            bound, clauses = Bound(), []
            if rng.random() < 0.07:
                clauses.append(self._unwind(bound))
            hops = rng.choices((1, 2, 3, 4), (10, 45, 30, 15))[0]
            while hops > 0:
                match = self._match(bound, hops)
                hops -= len(match.relationships)
                clauses.append(match)
                bound.take(match)
                bound.rows = cost(self.graph, match, bound.rows, set())[1] if not match.optional else bound.rows * 2
                if rng.random() < (0.2 if hops > 0 else 0.12):
                    clauses.append(self._with(bound))
                if not bound.nodes:
                    break
            if any(isinstance(c, Match) for c in clauses):
                return Single(tuple(clauses), self._returned(bound, kinds))
        raise LookupError("no query of this graph is small enough")

    def _unwind(self, bound: Bound) -> Unwind:
        label = self.rng.choice([t for t in self.graph.labels if self.graph.size(t.name)])
        values = self.graph.values(label.name, label.key, self.rng, self.rng.randint(1, 4))
        bound.names["x0"] = label.properties[label.key]
        bound.rows *= len(values)
        return Unwind("x0", label.properties[label.key], tuple(values))

    def _match(self, bound: Bound, hops: int) -> Match:
        rng = self.rng
        optional = bool(bound.nodes) and rng.random() < 0.2
        for attempt in range(40):
            limit = hops if attempt < 20 else 1
            match = self._patterns.match(bound.nodes, bound.names, limit, tight=attempt > 5)
            peak, _ = cost(self.graph, match, bound.rows, set(bound.nodes))
            if peak <= self.graph.budget:
                break
        else:
            raise LookupError("no pattern is small enough")
        inside = Bound(dict(bound.nodes), dict(bound.relationships), dict(bound.names), max(bound.rows, peak))
        inside.take(match)
        where = condition(self, inside, match) if rng.random() < 0.7 else None
        return replace(match, where=where, optional=optional)

    def inner(self, bound: Bound, *, bare: bool = False) -> Match | None:
        """A pattern for EXISTS, COUNT or a condition, from something bound; None where none is small enough."""
        for _ in range(12):
            match = self._patterns.inner(bound.nodes, 1 if bare or self.rng.random() < 0.6 else 2, bare=bare)
            if match is None:
                return None
            if cost(self.graph, match, bound.rows, set(bound.nodes))[0] <= self.graph.budget:
                return match
        return None

    def properties(self, bound: Bound, kind: str | None = None) -> list[Property]:
        """The properties of what is bound, of one kind or all."""
        found = []
        tables = {**{v: (label,) for v, label in bound.nodes.items()}, **bound.relationships}
        for variable, names in tables.items():
            known: dict[str, str] = {}
            for name in names:
                known |= self.graph.table(name).properties
            found += [Property(variable, name, k) for name, k in known.items() if kind in (None, k)]
        return found

    # -- WITH and RETURN

    def _with(self, bound: Bound) -> With:
        rng, way = self.rng, self.rng.random()
        if way < 0.3 or not bound.nodes:
            return With(star=True)
        kept = tuple(v for v in bound.nodes if rng.random() < 0.75) or tuple(bound.nodes)[:1]
        bound.nodes = {v: bound.nodes[v] for v in kept}
        name = self._patterns.new("n")
        if way < 0.6:
            counted = rng.choice([None, *(Variable(r, relationship=True) for r in bound.relationships)])
            items = (Item(Aggregate("count", counted, False, "integer"), name),)
            where = self._above(name) if rng.random() < 0.7 else None
            bound.relationships, bound.names = {}, {name: "integer"}
            if rng.random() < 0.3:
                order = [(Name(name, "integer"), rng.random() < 0.7)]
                for variable in kept:
                    label = self.graph.table(bound.nodes[variable])
                    order.append((Property(variable, label.key, label.properties[label.key]), rng.random() < 0.3))
                bound.rows = rng.choice((2, 5, 20))
                return With(variables=kept, items=items, where=where, order=tuple(order), limit=int(bound.rows))
            return With(variables=kept, items=items, where=where)
        edges = tuple(r for r in bound.relationships if rng.random() < 0.5)
        bound.relationships = {r: bound.relationships[r] for r in edges}
        choice = self.properties(bound, rng.choice((None, "integer")))
        items = (Item(rng.choice(choice), name),) if choice and rng.random() < 0.4 else ()
        bound.names = {item.name: _kind(item.value) for item in items}
        return With(variables=(*kept, *edges), items=items, distinct=way > 0.8)

    def _above(self, name: str) -> Expression:
        return Compare(
            self.rng.choice((">", ">=", "=", "<>", "<")), Name(name, "integer"), Value(self.rng.randint(1, 4))
        )

    def _returned(self, bound: Bound, kinds: tuple[str, ...] | None) -> Return:
        rng = self.rng
        if kinds is not None:
            return Return(tuple(Item(self._value(bound, kind), f"c{i}") for i, kind in enumerate(kinds)))
        many = bound.rows > _RETURNED
        grouped = many or rng.random() < 0.5
        keys = [self._value(bound, None) for _ in range(rng.choice((0, 0, 1, 2) if grouped else (1, 2, 3, 4)))]
        ordered = rng.random() < 0.3
        found = [*keys, *(self._aggregate(bound, ordered) for _ in range(rng.randint(1, 3) if grouped else 0))]
        items = tuple(Item(value, f"c{i}") for i, value in enumerate(found))
        returned = Return(items, distinct=not grouped and rng.random() < 0.3)
        if not ordered:
            return returned
        order = [(item.name, rng.random() < 0.5) for item in items]
        rng.shuffle(order)
        limit = rng.choice((1, 3, 10, 100)) if rng.random() < 0.8 else None
        skip = rng.choice((1, 2, 5)) if limit is not None and rng.random() < 0.3 else None
        return replace(returned, order=tuple(order), limit=limit, skip=skip)

    def _value(self, bound: Bound, kind: str | None) -> Expression:
        """A value to return, of one kind or any. Raises :class:`LookupError` where nothing of the kind is bound."""
        rng = self.rng
        choice: list[Expression] = [*self.properties(bound, kind)]
        choice += [Name(n, k) for n, k in bound.names.items() if kind in (None, k)] * 3
        if kind in (None, "text"):
            choice += [TypeOf(r) for r in bound.relationships]
        if kind in (None, "integer") and rng.random() < 0.08 and (match := self.inner(bound)):
            return Count(match)
        if not choice:
            if kind is None:
                return Value(1)
            raise LookupError(kind)
        one = rng.choice(choice)
        whole = [p for p in choice if _kind(p) == "integer"]
        if _kind(one) == "integer" and rng.random() < 0.08:
            return Plus(one, rng.choice(whole))
        if _kind(one) in ("integer", "text") and rng.random() < 0.08:
            return Coalesce(one, Value(-1 if _kind(one) == "integer" else "none"), _kind(one))
        if kind in (None, "integer") and rng.random() < 0.04:
            return Case(condition(self, bound, None), Value(1), Value(0), "integer")
        return one

    def _aggregate(self, bound: Bound, ordered: bool) -> Aggregate:
        """An aggregate; where the query orders its rows, one whose value is exact and single."""
        rng = self.rng
        variables = [
            *(Variable(v) for v in bound.nodes),
            *(Variable(r, relationship=True) for r in bound.relationships),
        ]
        functions = ["*", "count", "count", "sum", "min", "max"] + ["avg", "collect"] * (not ordered)
        function = rng.choice(functions)
        if function == "count" and variables and rng.random() < 0.5:
            return Aggregate("count", rng.choice(variables), rng.random() < 0.5, "integer")
        kinds = {"sum": ("integer",) if ordered else ("integer", "real"), "avg": ("integer", "real")}.get(function)
        choice: list[Expression] = [*self.properties(bound), *(Name(n, k) for n, k in bound.names.items())]
        choice = [
            p for p in choice if (_kind(p) in kinds if kinds else function not in ("min", "max") or _kind(p) != "flag")
        ]
        if function == "*" or not choice:
            return Aggregate("count", None, False, "integer")
        one = rng.choice(choice)
        distinct = function not in ("min", "max") and rng.random() < 0.35
        kind = {"count": "integer", "avg": "real", "collect": "list"}.get(function, _kind(one))
        return Aggregate(function, one, distinct, kind)


def _kind(value: Any) -> str:
    return "integer" if isinstance(value, Value) else str(value.kind)


def _can_unite(single: Single) -> bool:
    # A collected list has no order, by which UNION could tell equal rows; a mean may differ in its last figure.
    return all(
        not isinstance(i.value, Aggregate) or i.value.function == "count" for i in single.returned.items
    ) and all(not isinstance(i.value, Value) for i in single.returned.items)
