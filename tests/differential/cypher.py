"""A tree of :mod:`tree` written as Cypher with parameters."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from .tree import (
    Aggregate,
    Both,
    Case,
    Clause,
    Coalesce,
    Compare,
    Count,
    Exists,
    Expression,
    In,
    IsNull,
    Item,
    Match,
    Name,
    Node,
    Not,
    Path,
    Pattern,
    Plus,
    Property,
    Query,
    Relationship,
    Return,
    Single,
    TypeOf,
    Unwind,
    Value,
    Variable,
    With,
)


class Cypher:
    """One query as ``text`` and ``parameters``.

    ``bare`` writes for an engine of the Kuzu family without this project's adapter, so that its joins can be judged
    although it knows some functions by other names: that a relationship is used once is then written out.
    """

    def __init__(self, query: Query, *, bare: bool = False) -> None:
        self.parameters: dict[str, Any] = {}
        self.bare = bare
        union = "\nUNION ALL\n" if query.every else "\nUNION\n"
        self.text = union.join(self._single(part) for part in query.parts)

    def _parameter(self, value: Any) -> str:
        name = f"p{len(self.parameters)}"
        self.parameters[name] = value
        return f"${name}"

    def _single(self, single: Single) -> str:
        return "\n".join([*map(self._clause, single.clauses), self._returned(single.returned)])

    def _clause(self, clause: Clause) -> str:
        if isinstance(clause, Match):
            return self._match(clause)
        if isinstance(clause, Unwind):
            return f"UNWIND {self._parameter(list(clause.values))} AS {clause.name}"
        return self._with(clause)

    def _match(self, match: Match) -> str:
        paths = ", ".join(map(self._path, match.paths))
        conditions = [self._expression(match.where)] if match.where is not None else []
        if self.bare:
            conditions += [f"id({a.name}) <> id({b.name})" for a, b in overlapping(match)]
        word = "OPTIONAL MATCH" if match.optional else "MATCH"
        return f"{word} {paths}" + (f" WHERE {' AND '.join(conditions)}" if conditions else "")

    def _path(self, path: Path) -> str:
        text = self._node(path.nodes[0])
        for relationship, node in zip(path.relationships, path.nodes[1:], strict=True):
            text += self._relationship(relationship) + self._node(node)
        return text

    def _node(self, node: Node) -> str:
        name = "" if node.anonymous else node.name
        return f"({name}{':' + node.label if node.shown else ''}{self._map(node.given)})"

    def _relationship(self, one: Relationship) -> str:
        name = "" if one.anonymous and not self.bare else one.name
        hops = f"*{one.hops[0]}..{one.hops[1]}" if one.hops else ""
        inner = f"[{name}:{'|'.join(one.types)}{hops}{self._map(one.given)}]"
        return {">": f"-{inner}->", "<": f"<-{inner}-", "-": f"-{inner}-"}[one.direction]

    def _map(self, given: tuple[tuple[str, Expression], ...]) -> str:
        if not given:
            return ""
        return " {" + ", ".join(f"{name}: {self._expression(value)}" for name, value in given) + "}"

    def _with(self, clause: With) -> str:
        stated = ["*"] * clause.star + list(clause.variables) + [self._item(item) for item in clause.items]
        text = f"WITH {'DISTINCT ' if clause.distinct else ''}{', '.join(stated)}"
        if clause.limit is not None:
            keys = [f"{self._expression(value)}{' DESC' if falls else ''}" for value, falls in clause.order]
            text += f" ORDER BY {', '.join(keys)} LIMIT {self._parameter(clause.limit)}"
        return text + (f" WHERE {self._expression(clause.where)}" if clause.where is not None else "")

    def _returned(self, returned: Return) -> str:
        text = f"RETURN {'DISTINCT ' if returned.distinct else ''}{', '.join(map(self._item, returned.items))}"
        if returned.order:
            text += " ORDER BY " + ", ".join(f"{name}{' DESC' if falls else ''}" for name, falls in returned.order)
        if returned.skip is not None:
            text += f" SKIP {self._parameter(returned.skip)}"
        if returned.limit is not None:
            text += f" LIMIT {self._parameter(returned.limit)}"
        return text

    def _item(self, item: Item) -> str:
        return f"{self._expression(item.value)} AS {item.name}"

    def _expression(self, one: Expression) -> str:
        e = self._expression
        match one:
            case Property():
                return f"{one.variable}.{one.name}"
            case Name() | Variable():
                return one.name
            case TypeOf():
                return f"{'label' if self.bare else 'type'}({one.variable})"
            case Value():
                return self._parameter(one.value)
            case Compare():
                return f"({e(one.left)} {one.operator} {e(one.right)})"
            case In():
                return f"({e(one.left)} IN {self._parameter(list(one.values))})"
            case IsNull():
                return f"({e(one.value)} IS {'NOT ' if one.negated else ''}NULL)"
            case Both():
                return f"({e(one.left)} {one.operator} {e(one.right)})"
            case Not():
                return f"(NOT {e(one.value)})"
            case Exists():
                return f"EXISTS {{ {self._match(one.match)} }}"
            case Count():
                return f"COUNT {{ {self._match(one.match)} }}"
            case Pattern():
                return self._pattern(one)
            case Plus():
                return f"({e(one.left)} + {e(one.right)})"
            case Coalesce():
                return f"coalesce({e(one.left)}, {e(one.right)})"
            case Case():
                return f"CASE WHEN {e(one.condition)} THEN {e(one.yes)} ELSE {e(one.no)} END"
            case Aggregate():
                return self._aggregate(one)

    def _pattern(self, one: Pattern) -> str:
        if self.bare and len(one.path.relationships) > 1:
            return f"EXISTS {{ {self._match(Match((one.path,)))} }}"
        return self._path(one.path)

    def _aggregate(self, one: Aggregate) -> str:
        value = "*" if one.value is None else self._expression(one.value)
        text = f"{one.function}({'DISTINCT ' if one.distinct else ''}{value})"
        return f"coalesce({text}, 0)" if self.bare and one.function == "sum" else text


def overlapping(match: Match) -> list[tuple[Relationship, Relationship]]:
    """The pairs of relationships of a MATCH that could be one and the same, and must not be."""
    return [(a, b) for a, b in combinations(match.relationships, 2) if set(a.types) & set(b.types)]
