"""Which labels and types the parts of a pattern can have at all: the model's ends and the query's words, brought together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kb.cypher import tree as t
from kb.engines.embedded.sql.ground.schema import Schema

#: A way in which a relationship of a type can stand in a pattern: from left to right, or the other way round.
Way = tuple[str, bool]


@dataclass
class Step:
    """One relationship of a pattern, between two nodes that are known by their names."""

    pattern: t.RelationPattern
    name: str
    left: str
    right: str
    ways: list[Way] = field(default_factory=list)
    #: How often it is walked; None: once.
    span: t.Span | None = None

    @property
    def types(self) -> frozenset[str]:
        return frozenset(type for type, _ in self.ways)


def first_ways(step: Step, types: Iterable[str]) -> list[Way]:
    """Every way that the arrow leaves open."""
    directions = {">": (True,), "<": (False,), "-": (True, False)}[step.pattern.direction]
    return [(type, forwards) for type in sorted(types) for forwards in directions]


def ends_of(way: Way, schema: Schema) -> tuple[str, str]:
    """The labels at the left and the right of a relationship that stands in this way."""
    start, end = schema.ends(way[0])
    return (start, end) if way[1] else (end, start)


def settle(steps: list[Step], nodes: dict[str, frozenset[str]], schema: Schema) -> None:
    """Narrow the ways of the steps and the labels of the nodes until each fits the other.

    Only relationships that are walked once say what stands at their ends.
    """
    changed = True
    while changed:
        changed = False
        for step in steps:
            if step.span is not None:
                continue
            kept = [w for w in step.ways if _fits(ends_of(w, schema), nodes[step.left], nodes[step.right])]
            left = nodes[step.left] & {ends_of(w, schema)[0] for w in kept}
            right = nodes[step.right] & {ends_of(w, schema)[1] for w in kept}
            if step.left == step.right:
                left = right = left & right
            changed |= (kept, left, right) != (step.ways, nodes[step.left], nodes[step.right])
            step.ways, nodes[step.left], nodes[step.right] = kept, left, right


def _fits(ends: tuple[str, str], left: frozenset[str], right: frozenset[str]) -> bool:
    return ends[0] in left and ends[1] in right
