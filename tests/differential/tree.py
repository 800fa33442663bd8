"""A query as a tree of its own, in no dialect: it is written as Cypher for the engines and as SQL for the oracle.

The meaning is that of Neo4j: a relationship is used once per MATCH, null is unknown, a sum of nothing is 0.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Property:
    """``variable.name``; ``kind`` is integer, real, text, flag or day."""

    variable: str
    name: str
    kind: str


@dataclass(frozen=True)
class Name:
    """A value that a WITH or UNWIND has named."""

    name: str
    kind: str


@dataclass(frozen=True)
class Variable:
    """A node or a relationship itself: to be compared or counted."""

    name: str
    relationship: bool = False


@dataclass(frozen=True)
class TypeOf:
    """``type(r)``."""

    variable: str
    kind: str = "text"


@dataclass(frozen=True)
class Value:
    """A constant, passed as a parameter."""

    value: Any


@dataclass(frozen=True)
class Compare:
    """``left operator right``: = <> < <= > >= STARTS WITH, CONTAINS."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True)
class In:
    left: Expression
    values: tuple[Any, ...]


@dataclass(frozen=True)
class IsNull:
    value: Expression
    negated: bool = False


@dataclass(frozen=True)
class Both:
    """``left AND right``, ``left OR right``."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True)
class Not:
    value: Expression


@dataclass(frozen=True)
class Exists:
    """``EXISTS { MATCH .. }``."""

    match: Match


@dataclass(frozen=True)
class Count:
    """``COUNT { MATCH .. }``."""

    match: Match
    kind: str = "integer"


@dataclass(frozen=True)
class Pattern:
    """A bare pattern as a condition: ``(a)-[:R]->(b)``."""

    path: Path


@dataclass(frozen=True)
class Plus:
    """``left + right`` of whole numbers."""

    left: Expression
    right: Expression
    kind: str = "integer"


@dataclass(frozen=True)
class Coalesce:
    left: Expression
    right: Value
    kind: str


@dataclass(frozen=True)
class Case:
    """``CASE WHEN condition THEN yes ELSE no END``."""

    condition: Expression
    yes: Value
    no: Value
    kind: str


@dataclass(frozen=True)
class Aggregate:
    """``function(DISTINCT value)``; ``count(*)`` where there is no value. ``kind`` is of the result; ``list`` for collect."""

    function: str
    value: Expression | None
    distinct: bool
    kind: str


Expression = (
    Property
    | Name
    | Variable
    | TypeOf
    | Value
    | Compare
    | In
    | IsNull
    | Both
    | Not
    | Exists
    | Count
    | Pattern
    | Plus
    | Coalesce
    | Case
    | Aggregate
)


@dataclass(frozen=True)
class Node:
    """``(name:label {property: value})``. ``label`` is always known; it is written where ``shown``."""

    name: str
    label: str
    shown: bool = True
    given: tuple[tuple[str, Expression], ...] = ()

    @property
    def anonymous(self) -> bool:
        return self.name.startswith("_")


@dataclass(frozen=True)
class Relationship:
    """``-[name:types*hops {property: value}]->``; ``direction`` is ``>``, ``<`` or ``-``.

    Several ``hops`` (least and most) only of a type whose two ends have one label, and which the MATCH names once.
    """

    name: str
    types: tuple[str, ...]
    direction: str
    given: tuple[tuple[str, Expression], ...] = ()
    hops: tuple[int, int] | None = None

    @property
    def anonymous(self) -> bool:
        return self.name.startswith("_")


@dataclass(frozen=True)
class Path:
    """One more node than relationships."""

    nodes: tuple[Node, ...]
    relationships: tuple[Relationship, ...]


@dataclass(frozen=True)
class Match:
    paths: tuple[Path, ...]
    where: Expression | None = None
    optional: bool = False

    @property
    def relationships(self) -> list[Relationship]:
        return [r for path in self.paths for r in path.relationships]

    @property
    def nodes(self) -> list[Node]:
        return [n for path in self.paths for n in path.nodes]


@dataclass(frozen=True)
class Unwind:
    """``UNWIND [values] AS name``."""

    name: str
    kind: str
    values: tuple[Any, ...]


@dataclass(frozen=True)
class Item:
    """``value AS name``."""

    value: Expression
    name: str


@dataclass(frozen=True)
class With:
    """A barrier: everything (``star``), or the variables and items named, DISTINCT or grouped; then a condition.

    ``order`` holds values, each with True where it falls, that leave no ties; then the first ``limit`` rows pass.
    """

    star: bool = False
    variables: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    distinct: bool = False
    where: Expression | None = None
    order: tuple[tuple[Expression, bool], ...] = ()
    limit: int | None = None


@dataclass(frozen=True)
class Return:
    """What is answered. ``order`` holds names of items, each with True where it descends."""

    items: tuple[Item, ...]
    distinct: bool = False
    order: tuple[tuple[str, bool], ...] = ()
    skip: int | None = None
    limit: int | None = None


Clause = Match | Unwind | With


@dataclass(frozen=True)
class Single:
    clauses: tuple[Clause, ...]
    returned: Return


@dataclass(frozen=True)
class Query:
    """One query, or several put together by UNION; ``every`` keeps equal rows (UNION ALL)."""

    parts: tuple[Single, ...]
    every: bool = False


def walk(tree: Any) -> Iterator[Any]:
    """Every dataclass in the tree, itself first."""
    if isinstance(tree, tuple):
        for one in tree:
            yield from walk(one)
    elif dataclasses.is_dataclass(tree):
        yield tree
        for field in dataclasses.fields(tree):
            yield from walk(getattr(tree, field.name))


def aggregates(items: tuple[Item, ...]) -> bool:
    return any(isinstance(item.value, Aggregate) for item in items)


def constructs(query: Query) -> set[str]:
    """The names of what a query makes use of, for the table of what a run has covered."""
    found = {"UNION ALL" if query.every else "UNION"} if len(query.parts) > 1 else set()
    for part in query.parts:
        matches = [c for c in part.clauses if isinstance(c, Match)]
        hops = sum(len(m.relationships) for m in matches)
        found |= {f"{hops} hops", f"{len(matches)} MATCH"}
        if len({r.types for m in matches for r in m.relationships}) < hops:
            found.add("same type twice")
    for one in walk(query):
        found |= set(_named(one))
    return found


def _named(one: Any) -> Iterator[str]:
    if isinstance(one, Match):
        yield from (
            ["OPTIONAL MATCH"] * one.optional + ["comma"] * (len(one.paths) > 1) + ["WHERE"] * (one.where is not None)
        )
        names = [n.name for n in one.nodes]
        yield from ["cycle or node named twice"] * (len(set(names)) < len(names))
        anchored = sum(bool(n.given) for n in one.nodes)
        yield from ["anchored at one end"] * (anchored == 1) + ["anchored at both ends"] * (anchored > 1)
    elif isinstance(one, Path):
        yield from ["path of several hops"] * (len(one.relationships) > 1)
    elif isinstance(one, Relationship):
        yield {">": "to the right", "<": "to the left", "-": "undirected"}[one.direction]
        yield from ["several hops in one"] * (one.hops is not None)
        yield from ["several types"] * (len(one.types) > 1) + ["map on a relationship"] * bool(one.given)
    elif isinstance(one, With):
        yield "WITH *" if one.star else "WITH, grouped" if aggregates(one.items) else "WITH"
        yield from ["WITH .. ORDER BY .. LIMIT"] * (one.limit is not None)
        yield from ["WITH DISTINCT"] * one.distinct + ["WITH .. WHERE"] * (one.where is not None)
    elif isinstance(one, Return):
        yield from ["DISTINCT"] * one.distinct + ["ORDER BY"] * bool(one.order) + ["SKIP"] * (one.skip is not None)
        yield from ["LIMIT"] * (one.limit is not None) + ["grouped"] * (
            0 < sum(isinstance(i.value, Aggregate) for i in one.items) < len(one.items)
        )
    elif isinstance(one, Aggregate):
        yield f"{one.function}({'DISTINCT ' if one.distinct else ''}{'x' if one.value else '*'})"
    elif isinstance(one, Compare):
        two = isinstance(one.left, Property) and isinstance(one.right, Property)
        yield (
            f"{one.operator} of two properties"
            if two
            else "same node?"
            if isinstance(one.left, Variable)
            else one.operator
        )
    elif isinstance(one, Both):
        yield one.operator
    elif isinstance(one, Exists | Count | Pattern):
        yield {"Exists": "EXISTS { }", "Count": "COUNT { }", "Pattern": "pattern as a condition"}[type(one).__name__]
    elif isinstance(one, Not):
        inner = type(one.value).__name__
        yield {"Exists": "NOT EXISTS { }", "Pattern": "NOT pattern"}.get(inner, "NOT")
    elif isinstance(one, In | IsNull | Unwind | TypeOf | Plus | Coalesce | Case):
        yield {
            "In": "IN",
            "IsNull": "IS NULL",
            "Unwind": "UNWIND",
            "TypeOf": "type(r)",
            "Plus": "+",
            "Coalesce": "coalesce",
            "Case": "CASE",
        }[type(one).__name__]
