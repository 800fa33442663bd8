"""Expressions as SQL, with the meaning that Neo4j gives them: unknown is null, lists begin at 0, types never mix unsaid."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kb.cypher import tree as t
from kb.engines.embedded.sql.ground.context import Context, cast
from kb.engines.embedded.sql.ground.schema import ROW_BITS
from kb.engines.embedded.sql.ground.scope import Binding, Boxed, Entity, Flat, Scope, Sql, property_type
from kb.engines.embedded.sql.ground.types import (
    BOOLEAN,
    DATE,
    FLOAT,
    INTEGER,
    NULL,
    TIME,
    Mismatch,
    Type,
    list_of,
    quoted,
    sql_type,
)
from kb.engines.embedded.sql.values import lists, operators
from kb.engines.embedded.sql.values.functions import AGGREGATES, call

#: Compiles the subqueries and patterns inside expressions; :mod:`kb.engines.embedded.sql.steps.clauses` provides it.
Subqueries = Callable[["Expressions", t.Expression], Sql]
_PARTS = {"year": "year", "month": "month", "day": "day", "quarter": "quarter", "week": "week", "weekYear": "isoyear"}
_PARTS |= {"ordinalDay": "dayofyear", "dayOfWeek": "isodow", "weekDay": "isodow"}
_CLOCK = {"hour": "hour", "minute": "minute", "second": "second"}


class Expressions:
    """Compiles expressions in one scope. ``known`` are expressions that have been computed already, as columns."""

    def __init__(
        self,
        context: Context,
        scope: Scope,
        subqueries: Subqueries,
        known: Mapping[t.Expression, Binding] | None = None,
    ) -> None:
        self.context, self.scope, self.subqueries, self.known = context, scope, subqueries, known or {}

    def within(self, more: Mapping[str, Binding]) -> Expressions:
        """The same with further names."""
        return Expressions(self.context, {**self.scope, **more}, self.subqueries, self.known)

    def value(self, node: t.Expression) -> Sql:
        """The expression as a value; nodes and relationships become whole ones."""
        found = self.binding(node)
        if isinstance(found, Flat):
            return found.boxed(self.context.schema)
        return found.value if isinstance(found, Boxed) else found

    def condition(self, node: t.Expression) -> str:
        """The expression as a condition."""
        found = self.value(node)
        if found.type not in (BOOLEAN, NULL):
            self.context.refuse(node, f"a condition is due, this is a {found.type}", "compare it with something")
        return found.text if found.type == BOOLEAN else "CAST(NULL AS BOOLEAN)"

    def binding(self, node: t.Expression) -> Binding:
        """The expression, a node or relationship still in its columns."""
        if node in self.known:
            return self.known[node]
        if isinstance(node, t.Variable):
            if node.name not in self.scope:
                names = frozenset(self.scope)
                self.context.refuse(node, f"there is no {node.name} here", self.context.schema.like(node.name, names))
            return self.scope[node.name]
        found = _COMPILE[type(node)](self, node)
        return Boxed(found) if found.type.is_entity else found

    def entity(self, node: t.Expression) -> Entity | None:
        """The node or relationship that an expression is, or None."""
        if isinstance(node, t.Variable | t.Index | t.Call) or node in self.known:
            found = self.binding(node)
            return found if isinstance(found, Flat | Boxed) else None
        return None

    def identity(self, node: t.Expression) -> str | None:
        """The SQL of the identity of a node or relationship, or None where the expression is something else."""
        found = self.entity(node)
        return found.id if found else None

    # Values

    def _literal(self, node: t.Literal) -> Sql:
        value = node.value
        if value is None:
            return Sql("NULL", NULL)
        if isinstance(value, bool):
            return Sql("TRUE" if value else "FALSE", BOOLEAN)
        if isinstance(value, int):
            return Sql(f"CAST({value} AS BIGINT)", INTEGER)
        if isinstance(value, float):
            return Sql(f"CAST({value!r} AS DOUBLE)", FLOAT)
        return self.context.constant(value)

    def _parameter(self, node: t.Parameter) -> Sql:
        return self.context.parameter(node, node.name)

    def _list(self, node: t.ListOf) -> Sql:
        return self.list_of(node, [self.value(item) for item in node.items])

    def list_of(self, node: t.Node, items: list[Sql]) -> Sql:
        """A list of values, which have to be of one type."""
        type = NULL
        for item in items:
            type = self.context.common(node, type, item.type)
        inner = ", ".join(cast(item, type) for item in items)
        return Sql(f"CAST([{inner}] AS {sql_type(list_of(type))})", list_of(type))

    def _map(self, node: t.MapOf) -> Sql:
        return self.map_of(node, [(name, self.value(value)) for name, value in node.entries])

    def map_of(self, node: t.Node, entries: list[tuple[str, Sql]]) -> Sql:
        """A map of values under their names."""
        if len({name.lower() for name, _ in entries}) < len(entries):
            self.context.refuse(node, "two values of the map have one name", "give each a name of its own")
        if not entries:
            self.context.refuse(node, "an empty map holds nothing", "leave it out")
        packed = ", ".join(f"{quoted(name)} := {value.text}" for name, value in entries)
        type = Type("map", fields=tuple((name, value.type) for name, value in entries))
        return Sql(f"CAST(struct_pack({packed}) AS {sql_type(type)})", type)

    def _map_projection(self, node: t.MapProjection) -> Sql:
        entries = []
        for name, value in node.entries:
            if value is not None:
                entries.append((name, self.value(value)))
            elif name == "*":
                self.context.refuse(node, ".* is not known here", "name the properties: {.name, .year}")
            else:
                entries.append((name, self.property(t.Property(node.variable, name, at=node.at))))
        made = self.map_of(node, entries)
        id = self.identity(node.variable)
        return Sql(f"(CASE WHEN ({id}) IS NOT NULL THEN {made.text} END)", made.type) if id else made

    # Properties

    def property(self, node: t.Property) -> Sql:
        found = self.binding(node.base)
        if isinstance(found, Flat):
            return self._of_flat(node, found)
        if isinstance(found, Boxed):
            return self._of_boxed(node, found)
        if found.type.kind == "map":
            type = dict(found.type.fields).get(node.key)
            return Sql(f"struct_extract({found.text}, '{_escaped(node.key)}')", type) if type else Sql("NULL", NULL)
        if found.type in (DATE, TIME) and node.key in _PARTS | (_CLOCK if found.type == TIME else {}):
            part = (_PARTS | _CLOCK)[node.key]
            return Sql(f"CAST(date_part('{part}', {found.text}) AS BIGINT)", INTEGER)
        if found.type == NULL:
            return Sql("NULL", NULL)
        self.context.refuse(
            node, f"a {found.type} has no {node.key}", "properties are asked of nodes, relationships and maps"
        )

    def _of_flat(self, node: t.Property, found: Flat) -> Sql:
        self._need_property(node, found.tables)
        return found.properties.get(node.key, Sql("NULL", NULL))

    def _need_property(self, node: t.Property, tables: frozenset[str]) -> None:
        schema = self.context.schema
        known = frozenset(name for table in tables for name in schema.properties(table))
        if tables and node.key not in known:
            what = next(iter(tables)) if len(tables) == 1 else "this"
            self.context.unknown(node, f"property of {what} called", node.key, known)

    def _of_boxed(self, node: t.Property, found: Boxed) -> Sql:
        schema = self.context.schema
        tables = schema.labels if found.kind == "node" else schema.types
        tables = frozenset(name for name in tables if node.key in schema.properties(name))
        if not tables:
            self._need_property(node, schema.labels if found.kind == "node" else schema.types)
        try:
            type = property_type(node.key, tables, schema)
        except Mismatch as mismatch:
            self.context.refuse(
                node, f"{node.key} is of different types ({mismatch})", "ask for it in a MATCH with its label"
            )
        return Sql(from_json(f"({found.value.text}).properties", node.key, type), type)

    def _label_test(self, node: t.LabelTest) -> Sql:
        id = self.identity(node.base)
        if id is None:
            self.context.refuse(node, "labels are asked of nodes", "write a variable of a MATCH before the colon")
        found = self.entity(node.base)
        schema = self.context.schema
        every = schema.labels if found is None or found.kind == "node" else schema.types
        meant = self.matching(node.labels, every)
        numbers = ", ".join(str(schema.numbers[name]) for name in sorted(meant)) or "-1"
        return Sql(f"(({id} >> {ROW_BITS}) IN ({numbers}))", BOOLEAN)

    def matching(self, labels: t.LabelExpression | None, every: frozenset[str]) -> frozenset[str]:
        """Which of all labels (or types) an expression over them lets through."""
        if labels is None or isinstance(labels, t.AnyLabel):
            return every
        if isinstance(labels, t.LabelName):
            if labels.name not in every:
                kind = "label" if every == self.context.schema.labels else "relationship type"
                self.context.unknown(labels, kind, labels.name, every)
            return frozenset({labels.name})
        if isinstance(labels, t.NotLabel):
            return every - self.matching(labels.item, every)
        assert isinstance(labels, t.LabelsJoined)
        found = [self.matching(item, every) for item in labels.items]
        return frozenset.union(*found) if labels.op == "|" else frozenset.intersection(*found)

    # Lists

    def source(self, node: t.Expression) -> tuple[Sql, Type]:
        """A list and the type of its items."""
        found = self.value(node)
        if found.type == NULL:
            return Sql("CAST(NULL AS INTEGER[])", list_of(NULL)), NULL
        if found.type.kind != "list":
            self.context.refuse(node, f"a list is due, this is a {found.type}", "put it in brackets")
        assert found.type.item
        return found, found.type.item

    def item(self, name: str, type: Type) -> tuple[str, Expressions]:
        """A fresh name for the item of a list, and the expressions that may use it."""
        fresh = self.context.fresh("x")
        value = Sql(fresh, type)
        return fresh, self.within({name: Boxed(value) if type.is_entity else value})

    # Cases and calls

    def _case(self, node: t.Case) -> Sql:
        values = [self.value(then) for _, then in node.branches]
        otherwise = self.value(node.otherwise) if node.otherwise is not None else Sql("NULL", NULL)
        type = otherwise.type
        for value in values:
            type = self.context.common(node, type, value.type)
        tests = []
        for when, _ in node.branches:
            test: t.Expression = when
            if node.subject is not None:
                test = t.Comparison(node.subject, (("=", when),), at=when.at)
            tests.append(self.condition(test))
        cases = " ".join(f"WHEN {test} THEN {cast(value, type)}" for test, value in zip(tests, values, strict=True))
        return Sql(f"CASE {cases} ELSE {cast(otherwise, type)} END", type)

    def _call(self, node: t.Call) -> Sql:
        if node.name.lower() in AGGREGATES:
            self.context.refuse(
                node, f"{node.name}() has no place here", "aggregate in WITH or RETURN, and use the name it gets"
            )
        return call(self, node)

    def _is_null(self, node: t.IsNull) -> Sql:
        text = self.identity(node.value) or self.value(node.value).text
        return Sql(f"(({text}) IS {'NOT ' if node.negated else ''}NULL)", BOOLEAN)

    def _is_typed(self, node: t.IsTyped) -> Sql:
        self.context.refuse(node, "IS :: is not known here", "columns have one type: docs/model.md says which")


def _escaped(text: str) -> str:
    return text.replace("'", "''")


def from_json(json: str, key: str, type: Type) -> str:
    """A property out of the JSON of a whole node or relationship."""
    path = f"'$.\"{_escaped(key)}\"'"
    if type.kind == "list":
        return f"CAST({json}->{path} AS {sql_type(type)})"
    return f"CAST(json_extract_string({json}, {path}) AS {sql_type(type)})"


def _inner(of: Expressions, node: t.Expression) -> Sql:
    return of.subqueries(of, node)


_COMPILE: dict[type, Callable[..., Sql]] = {
    t.Literal: Expressions._literal,
    t.Parameter: Expressions._parameter,
    t.Property: Expressions.property,
    t.LabelTest: Expressions._label_test,
    t.Index: lists.index,
    t.Slice: lists.part,
    t.Unary: operators.unary,
    t.Binary: operators.binary,
    t.Logic: operators.logic,
    t.Comparison: operators.comparison,
    t.IsNull: Expressions._is_null,
    t.IsTyped: Expressions._is_typed,
    t.Call: Expressions._call,
    t.Trim: operators.trim,
    t.ListOf: Expressions._list,
    t.MapOf: Expressions._map,
    t.ListComprehension: lists.comprehension,
    t.PatternComprehension: _inner,
    t.Reduce: lists.reduced,
    t.Quantifier: lists.quantifier,
    t.Case: Expressions._case,
    t.MapProjection: Expressions._map_projection,
    t.Subquery: _inner,
    t.PatternPredicate: _inner,
}
