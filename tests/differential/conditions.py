"""Random conditions over what is bound."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .tree import (
    Both,
    Compare,
    Count,
    Exists,
    Expression,
    In,
    IsNull,
    Match,
    Name,
    Not,
    Pattern,
    Property,
    Value,
    Variable,
)

if TYPE_CHECKING:
    from .generate import Bound, Generator

_ORDERED = ("integer", "real", "text", "day")


def condition(make: Generator, bound: Bound, match: Match | None) -> Expression:
    """One to three conditions, joined; where a match has two relationships, often a property of both is compared."""
    rng = make.rng
    found: list[Expression] = []
    if match is not None and rng.random() < 0.6 and (pair := _pair(make, bound, match)):
        found.append(pair)
    while len(found) < rng.choices((1, 2, 3), (6, 3, 1))[0]:
        one = _one(make, bound)
        found.append(Not(one) if rng.random() < 0.12 else one)
    whole = found[0]
    for one in found[1:]:
        whole = Both("OR" if rng.random() < 0.2 else "AND", whole, one)
    return whole


def _pair(make: Generator, bound: Bound, match: Match) -> Expression | None:
    """A property of two relationships compared, mostly for equality: a.year = b.year."""
    rng = make.rng
    named = [r.name for r in match.relationships if not r.anonymous]
    old = [r for r in bound.relationships if r not in named]
    mine = [p for p in make.properties(bound) if p.variable in named]
    pairs = [
        (a, b)
        for a in mine
        for b in make.properties(bound)
        if b.variable in (*named, *old) and a.variable < b.variable and a.kind == b.kind and a.kind in _ORDERED
    ]
    alike = [(a, b) for a, b in pairs if a.name == b.name]
    choice = alike if alike and rng.random() < 0.8 else pairs
    if not choice:
        return None
    a, b = rng.choice(choice)
    return Compare(rng.choices(("=", "<>", "<", "<="), (8, 1, 2, 1))[0], a, b)


def _one(make: Generator, bound: Bound) -> Expression:
    rng = make.rng
    way = rng.choices(
        ("value", "in", "null", "two", "same", "exists", "count", "pattern", "text", "name"),
        (6, 2, 1.5, 2, 1, 1.5, 1, 1.2, 0.7, 1),
    )[0]
    found = _subquery(make, bound, way) if way in ("exists", "count", "pattern") else _simple(make, bound, way)
    return found or _simple(make, bound, "value") or Compare("=", Value(1), Value(1))


def _subquery(make: Generator, bound: Bound, way: str) -> Expression | None:
    rng = make.rng
    match = make.inner(bound, bare=way == "pattern")
    if match is None:
        return None
    if way == "pattern":
        pattern = Pattern(match.paths[0])
        return Not(pattern) if rng.random() < 0.6 else pattern
    if rng.random() < 0.6 and (where := _inside(make, bound, match)):
        match = replace(match, where=where)
    if way == "count":
        return Compare(rng.choice((">", "=", "<", ">=")), Count(match), Value(rng.randint(0, 3)))
    return Not(Exists(match)) if rng.random() < 0.4 else Exists(match)


def _inside(make: Generator, bound: Bound, match: Match) -> Expression | None:
    """A condition inside a subquery: on its own relationship, or comparing it with one outside."""
    from .generate import Bound as Inner

    rng = make.rng
    inside = Inner({}, {r.name: r.types for r in match.relationships if not r.anonymous}, {}, bound.rows)
    mine = [p for p in make.properties(inside) if p.kind in _ORDERED]
    if not mine:
        return None
    one = rng.choice(mine)
    outer = [p for p in make.properties(bound) if p.kind == one.kind and p.variable in bound.relationships]
    if outer and rng.random() < 0.6:
        alike = [p for p in outer if p.name == one.name]
        return Compare(rng.choice(("=", "<", "<>")), one, rng.choice(alike or outer))
    return _against_value(make, inside, one)


def _simple(make: Generator, bound: Bound, way: str) -> Expression | None:
    rng = make.rng
    choice = make.properties(bound)
    if way == "same":
        alike = [(a, b) for a, x in bound.nodes.items() for b, y in bound.nodes.items() if x == y and a < b]
        return Compare(rng.choice(("=", "<>")), *map(Variable, rng.choice(alike))) if alike else None
    if way == "name":
        numbers = [n for n, k in bound.names.items() if k == "integer"]
        return (
            Compare(rng.choice((">", "<", "=")), Name(rng.choice(numbers), "integer"), Value(rng.randint(0, 3)))
            if numbers
            else None
        )
    if way == "text":
        texts = [p for p in choice if p.kind == "text"]
        if not texts:
            return None
        one = rng.choice(texts)
        values = make.graph.values(_table(bound, one), one.name, rng, 1)
        return Compare(rng.choice(("STARTS WITH", "CONTAINS")), one, Value(values[0][:2])) if values else None
    if not choice:
        return None
    one = rng.choice(choice)
    if way == "null":
        return IsNull(one, negated=rng.random() < 0.5)
    if way == "two":
        others = [p for p in choice if p.kind == one.kind and p != one and p.kind in _ORDERED]
        return Compare(rng.choice(("=", "<>", "<", ">=")), one, rng.choice(others)) if others else None
    if way == "in":
        values = make.graph.values(_table(bound, one), one.name, rng, rng.randint(1, 4))
        return In(one, tuple(values)) if values and one.kind != "flag" else None
    return _against_value(make, bound, one)


def _table(bound: Bound, one: Property) -> str:
    return bound.nodes.get(one.variable) or bound.relationships[one.variable][0]


def _against_value(make: Generator, bound: Bound, one: Property) -> Expression | None:
    name = _table(bound, one)
    if one.name not in make.graph.table(name).properties:
        return None
    values = make.graph.values(name, one.name, make.rng, 1)
    if not values:
        return None
    operators = ("=", "<>") if one.kind == "flag" else ("=", "=", "<>", "<", "<=", ">", ">=")
    return Compare(make.rng.choice(operators), one, Value(values[0]))
