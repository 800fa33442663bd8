"""Where the engine is told in which order to join.

Two relationships of one type that lead from one node to two nodes known by their keys (two indicators of a state, two
organizations) are joined by the engine in seconds: it goes through one for every row of the other. With ``WITH *`` between, it
takes hundredths. The rows are the same: what belongs to the whole MATCH, also that its relationships differ, is said after.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from kb.cypher import tree
from kb.cypher.tree import NodePattern, Path, RelationPattern
from kb.model import MODEL

_KEYS = frozenset(node.key for node in MODEL.nodes)
#: The name of a node that has none, where a path is cut at it; no query can write it.
_CUT = " cut "


@dataclass(frozen=True)
class _Step:
    left: NodePattern
    relation: RelationPattern
    right: NodePattern

    def other(self, pivot: str) -> NodePattern:
        return self.right if self.left.variable == pivot else self.left

    @property
    def names(self) -> set[str]:
        return {name for name in (self.left.variable, self.relation.variable, self.right.variable) if name}


def conjuncts(where: tree.Expression | None) -> tuple[tree.Expression, ...]:
    """The conditions that must all hold."""
    if isinstance(where, tree.Logic) and where.op == "AND":
        return tuple(one for item in where.items for one in conjuncts(item))
    return (where,) if where is not None else ()


def reordered(match: tree.Match) -> tuple[tree.Match, tree.Match] | None:
    """The MATCH as two, between which a barrier helps: one relationship, and the rest; None where none does."""
    steps = _steps(match)
    if steps is None:
        return None
    found = next(_pairs(steps, steps, conjuncts(match.where)), None)
    if found is None:
        return None
    first = found[0]
    early = [one for one in conjuncts(match.where) if _simple(one) and _named(one) <= first.names]
    late = [one for one in conjuncts(match.where) if one not in early]
    rest = [step for step in steps if step is not first]
    return _match(match, [first], early, set()), _match(match, rest, late, first.names)


def helps_between(one: tree.Clause, other: tree.Clause) -> bool:
    """Does a barrier help between two MATCH that follow each other?"""
    if not (isinstance(one, tree.Match) and isinstance(other, tree.Match)):
        return False
    before, after = _steps(one), _steps(other)
    if before is None or after is None:
        return False
    known = (*conjuncts(one.where), *conjuncts(other.where))
    return next(_pairs(before, after, known), None) is not None


def _steps(match: tree.Match) -> list[_Step] | None:
    """The relationships of a MATCH one by one, nodes without a name given one; None for what is not to be taken apart."""
    if match.optional or match.mode:
        return None
    found: list[_Step] = []
    for number, path in enumerate(match.paths):
        whole = path.variable or path.function or path.selector
        elements = path.elements
        if whole or len(elements) < 3 or any(isinstance(e, tree.Repeated) for e in elements):
            return None
        nodes = [_with_name(e, f"{_CUT}{number} {i}") for i, e in enumerate(elements) if isinstance(e, NodePattern)]
        for i, relation in enumerate(elements[1::2]):
            if not isinstance(relation, RelationPattern) or relation.length or relation.repeated:
                return None
            found.append(_Step(nodes[i], relation, nodes[i + 1]))
    return found


def _with_name(node: NodePattern, name: str) -> NodePattern:
    if node.variable is not None:
        return node
    return NodePattern(name, node.labels, node.properties, node.where, at=node.at, end=node.end)


def _pairs(ones: list[_Step], others: list[_Step], known: tuple[tree.Expression, ...]) -> Iterator[tuple[_Step, _Step]]:
    """Relationships of one type that share a node and lead to others that are known by their keys."""
    anchored = {name for name in map(_anchor, known) if name}
    couples = combinations(ones, 2) if ones is others else ((a, b) for a in ones for b in others)
    for one, other in couples:
        if one.relation.types is None or one.relation.types != other.relation.types:
            continue
        ends = {one.left.variable, one.right.variable} & {other.left.variable, other.right.variable}
        for pivot in sorted(str(end) for end in ends):
            if all(_is_anchored(step.other(pivot), anchored) for step in (one, other)):
                yield one, other


def _is_anchored(node: NodePattern, anchored: set[str]) -> bool:
    inline = node.properties.entries if isinstance(node.properties, tree.MapOf) else ()
    return node.variable in anchored or any(
        name in _KEYS and isinstance(value, tree.Literal | tree.Parameter) for name, value in inline
    )


def _anchor(condition: tree.Expression) -> str | None:
    """The variable of which ``condition`` states the key, as in ``i.code = $code``."""
    if not isinstance(condition, tree.Comparison) or len(condition.rest) != 1 or condition.rest[0][0] != "=":
        return None
    for side, value in ((condition.first, condition.rest[0][1]), (condition.rest[0][1], condition.first)):
        base = side.base if isinstance(side, tree.Property) and side.key in _KEYS else None
        if isinstance(base, tree.Variable) and isinstance(value, tree.Literal | tree.Parameter):
            return base.name
    return None


def _simple(condition: tree.Expression) -> bool:
    return isinstance(condition, tree.Comparison) and _anchor(condition) is not None


def _named(condition: tree.Expression) -> set[str]:
    name = _anchor(condition)
    return {name} if name else set()


def _match(match: tree.Match, steps: list[_Step], where: list[tree.Expression], seen: set[str]) -> tree.Match:
    """A MATCH of these relationships. A node that was written before is only named."""
    seen, paths = set(seen), []
    for step in steps:
        ends = []
        for node in (step.left, step.right):
            written = (
                NodePattern(node.variable, None, None, None, at=node.at, end=node.end)
                if node.variable in seen
                else node
            )
            seen.add(str(node.variable))
            ends.append(written)
        paths.append(Path(None, (ends[0], step.relation, ends[1]), at=step.relation.at, end=step.relation.end))
    condition: tree.Expression | None = where[0] if len(where) == 1 else None
    if len(where) > 1:
        condition = tree.Logic("AND", tuple(where), at=match.at, end=match.end)
    return tree.Match(False, tuple(paths), condition, at=match.at, end=match.end)
