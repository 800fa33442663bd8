"""Which columns of a query are simply a property of the model: such a column means what the property means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb.cypher import tree
from kb.cypher.read.parser import parse
from kb.model.graph import MODEL
from kb.model.shape import Property, Table


@dataclass(frozen=True)
class _Thing:
    """A node or a relationship of one of these tables."""

    tables: tuple[Table, ...]


@dataclass(frozen=True)
class _Plain:
    """One of these properties, untouched."""

    properties: tuple[Property, ...]


@dataclass(frozen=True)
class _Map:
    entries: Mapping[str, _Value]


@dataclass(frozen=True)
class _List:
    item: _Value


#: What an expression is; None for what is computed.
_Value = _Thing | _Plain | _Map | _List | None
_Scope = dict[str, _Value]


def columns(cypher: str) -> dict[str, tuple[Property, ...]]:
    """Every column that a query returns, in order, with the properties of the model that it may be, untouched.

    Several where the node may have one of several labels; none where anything is computed. Followed are WITH, and what
    ``collect`` gathers and UNWIND takes apart again. Raises :class:`kb.cypher.read.tokens.RefusedAt`.
    """
    parts = [_of_part(part) for part in parse(cypher)[0].query.parts]
    found: dict[str, tuple[Property, ...]] = {}
    for name in parts[0]:
        values = [part.get(name) for part in parts]
        plain = [value.properties for value in values if isinstance(value, _Plain)]
        found[name] = tuple(dict.fromkeys(sum(plain, ()))) if len(plain) == len(values) else ()
    return found


def _of_part(clauses: tuple[tree.Clause, ...]) -> _Scope:
    scope: _Scope = {}
    for clause in clauses:
        if isinstance(clause, tree.Match):
            for path in clause.paths:
                _bind(path, scope)
        elif isinstance(clause, tree.Unwind):
            source = _value(clause.source, scope)
            scope[clause.variable] = source.item if isinstance(source, _List) else None
        elif isinstance(clause, tree.Projection):
            kept = dict(scope) if clause.star else {}
            scope = kept | {item.name: _value(item.value, scope) for item in clause.items}
    return scope


def _bind(path: tree.Path, scope: _Scope) -> None:
    for element in path.elements:
        known: Mapping[str, Table]
        if isinstance(element, tree.NodePattern):
            labels, known = element.labels, MODEL.labels
        elif isinstance(element, tree.RelationPattern) and element.length is None and element.repeated is None:
            labels, known = element.types, MODEL.types
        else:
            continue
        if element.variable and (labels is not None or element.variable not in scope):
            names = list(known) if labels is None else list(named(labels))
            scope[element.variable] = _Thing(tuple(known[name] for name in names if name in known))


def named(labels: tree.LabelExpression | None) -> Iterator[str]:
    """The labels or types in what stands after a colon."""
    if isinstance(labels, tree.LabelName):
        yield labels.name
    elif isinstance(labels, tree.LabelsJoined):
        for item in labels.items:
            yield from named(item)


def _value(expression: tree.Expression, scope: _Scope) -> _Value:
    if isinstance(expression, tree.Variable):
        return scope.get(expression.name)
    if isinstance(expression, tree.MapOf):
        return _Map({name: _value(value, scope) for name, value in expression.entries})
    if isinstance(expression, tree.Call) and expression.name.lower() == "collect" and expression.arguments:
        return _List(_value(expression.arguments[0], scope))
    if not isinstance(expression, tree.Property):
        return None
    base = _value(expression.base, scope)
    if isinstance(base, _Map):
        return base.entries.get(expression.key)
    if isinstance(base, _Thing):
        stated = [table.by_name[expression.key] for table in base.tables if expression.key in table.by_name]
        return _Plain(tuple(stated)) if stated else None
    return None
