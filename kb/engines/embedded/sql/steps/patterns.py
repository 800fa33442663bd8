"""Patterns as joins: one table per relationship, one per node whose properties are asked for, every condition said.

A relationship is used once in a MATCH, as on Neo4j: two of them that could be the same have different identities.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from kb.cypher import tree as t
from kb.engines.embedded.sql.ground import tables
from kb.engines.embedded.sql.ground.candidates import Step, first_ways, settle
from kb.engines.embedded.sql.ground.context import Context
from kb.engines.embedded.sql.ground.scope import Boxed, Flat, Scope, Sql, property_type
from kb.engines.embedded.sql.ground.types import PATH, RELATIONSHIP, Mismatch, list_of, quoted, sql_type
from kb.engines.embedded.sql.steps.paths import walk
from kb.engines.embedded.sql.values.expressions import Expressions, Subqueries
from kb.engines.embedded.sql.values.operators import compare


@dataclass
class Frame:
    """The FROM and WHERE of a select under construction, and what names stand for in it."""

    scope: Scope
    sources: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)

    def select(self, columns: str) -> str:
        """The whole select."""
        text = f"SELECT {columns}"
        if self.sources:
            text += " FROM " + ", ".join(self.sources)
        return text + (" WHERE " + " AND ".join(self.conditions) if self.conditions else "")


class Patterns:
    """Adds the paths of one MATCH to a frame."""

    def __init__(self, context: Context, frame: Frame, subqueries: Subqueries) -> None:
        self.context, self.frame, self.subqueries = context, frame, subqueries
        self.schema = context.schema
        self.steps: list[Step] = []
        #: Per node of the pattern: the labels it can have, and its patterns.
        self.nodes: dict[str, frozenset[str]] = {}
        self.written: dict[str, list[t.NodePattern]] = {}
        self.paths: list[tuple[t.Path, list[str], list[Step]]] = []
        self.joined: dict[str, list[str]] = {}

    def add(self, paths: tuple[t.Path, ...], where: t.Expression | None) -> None:
        """Join everything that the paths name, under all their conditions and ``where``."""
        for path in paths:
            self._read(path)
        settle(self.steps, self.nodes, self.schema)
        for step in self.steps:
            self._join_step(step)
        for name in self.nodes:
            self._join_node(name)
        for one, other in combinations([s for s in self.steps if s.span is None], 2):
            if one.types & other.types:
                self.frame.conditions.append(f"{self._id(one.name)} <> {self._id(other.name)}")
        self._walks_apart()
        for path, nodes, steps in self.paths:
            if path.variable:
                self.frame.scope[path.variable] = self._path(nodes, steps)
        self._conditions()
        if where is not None:
            self.frame.conditions.append(self.expressions().condition(where))

    def expressions(self) -> Expressions:
        """Expressions over everything that the frame has."""
        return Expressions(self.context, self.frame.scope, self.subqueries)

    def _id(self, name: str) -> str:
        found = self.frame.scope[name]
        assert isinstance(found, Flat | Boxed)
        return found.id

    # Reading the paths

    def _read(self, path: t.Path) -> None:
        if path.selector or path.function:
            self.context.refuse(
                path,
                "the shortest of all paths is known on a Neo4j server only",
                "here: MATCH p = (a)-[:TYPE*1..3]-(b) RETURN p ORDER BY length(p) LIMIT 1",
            )
        nodes, steps = [], []
        elements = list(self._flattened(path))
        left = self._read_node(elements[0])
        nodes.append(left)
        for relation, node in zip(elements[1::2], elements[2::2], strict=True):
            assert isinstance(relation, t.RelationPattern)
            right = self._read_node(node)
            name = relation.variable or self.context.fresh(" r")
            step = Step(relation, name, left, right, span=relation.length or relation.repeated)
            step.ways = first_ways(step, self.expressions().matching(relation.types, self.schema.types))
            if relation.variable and step.span is None:
                step.ways = [w for w in step.ways if self._may_be(relation, w[0])]
            if any(s.name == name for s in self.steps):
                self.context.refuse(
                    relation, f"{name} stands for two relationships of one MATCH", "give each its own name"
                )
            self.steps.append(step)
            steps.append(step)
            nodes.append(right)
            left = right
        self.paths.append((path, nodes, steps))

    def _flattened(self, path: t.Path) -> Iterator[t.NodePattern | t.RelationPattern]:
        for element in path.elements:
            if not isinstance(element, t.Repeated):
                yield element
            elif element.times is None and len(path.elements) == 1 and element.where is None:
                yield from self._flattened(element.path)
            else:
                self.context.refuse(
                    element, "repeated parts of a pattern are known on a Neo4j server only", "write (a)-[:T*1..3]->(b)"
                )

    def _may_be(self, relation: t.RelationPattern, type: str) -> bool:
        bound = self.frame.scope.get(relation.variable or "")
        return not isinstance(bound, Flat) or type in bound.tables

    def _read_node(self, node: t.Node) -> str:
        assert isinstance(node, t.NodePattern)
        name = node.variable or self.context.fresh(" n")
        if name not in self.nodes:
            bound = self.frame.scope.get(name)
            if bound is not None and not (isinstance(bound, Flat | Boxed) and bound.kind == "node"):
                self.context.refuse(node, f"{name} is no node", "give the node another name")
            self.nodes[name] = bound.tables if isinstance(bound, Flat) else self.schema.labels
        self.nodes[name] &= self.expressions().matching(node.labels, self.schema.labels)
        self.written.setdefault(name, []).append(node)
        return name

    # Joining

    def _join_step(self, step: Step) -> None:
        if step.span is not None:
            self._join_walk(step)
            return
        bound = self.frame.scope.get(step.name)
        alias = self.context.fresh("e")
        keys = self._keys(step.pattern.properties) | self.context.needs.keys(step.name)
        whole = self.context.needs.whole(step.name) or self._in_path(step)
        self.frame.sources.append(f"{tables.relationships(step.ways, keys, whole, self.schema)} AS {alias}")
        if isinstance(bound, Flat | Boxed):
            self.frame.conditions.append(f"{alias}._id = {bound.id}")
        else:
            self.frame.scope[step.name] = Flat(
                "relationship",
                step.types,
                f"{alias}._id",
                self._properties(step.pattern, alias, keys, step.types),
                f"{alias}._start",
                f"{alias}._end",
                f"{alias}._json" if whole else "NULL",
            )
        left, right = tables.sides(step.ways)
        self.joined.setdefault(step.left, []).append(f"{alias}.{left}")
        self.joined.setdefault(step.right, []).append(f"{alias}.{right}")

    def _join_walk(self, step: Step) -> None:
        """A relationship of variable length: all walks over it, and those between the two nodes."""
        if step.pattern.variable in self.frame.scope:
            self.context.refuse(step.pattern, f"{step.name} is bound already", "give the relationship another name")
        if step.pattern.properties or step.pattern.where:
            self.context.refuse(
                step.pattern,
                "conditions on a relationship of variable length are known on a Neo4j server only",
                "write the steps one by one",
            )
        whole = bool(step.pattern.variable and self.context.needs.whole(step.name)) or self._in_path(step)
        alias = self.context.fresh("w")
        self.frame.sources.append(f"({walk(self.context, step, whole)}) AS {alias}")
        self.frame.scope[step.name] = Sql(f"{alias}.relationships" if whole else "NULL", list_of(RELATIONSHIP))
        self.frame.scope[step.name + " ids"] = Sql(f"{alias}.ids", RELATIONSHIP)
        self.frame.scope[step.name + " nodes"] = Sql(f"{alias}.nodes" if whole else "NULL", RELATIONSHIP)
        self.joined.setdefault(step.left, []).append(f"{alias}.f")
        self.joined.setdefault(step.right, []).append(f"{alias}.g")

    def _walks_apart(self) -> None:
        """No relationship is used twice: not by a walk and a step, nor by two walks."""
        for one, other in combinations(self.steps, 2):
            if not one.types & other.types or (one.span is None and other.span is None):
                continue
            a, b = (self._ids(one), self._ids(other))
            self.frame.conditions.append(f"NOT list_has_any({a}, {b})")

    def _ids(self, step: Step) -> str:
        if step.span is None:
            return f"[{self._id(step.name)}]"
        found = self.frame.scope[step.name + " ids"]
        assert isinstance(found, Sql)
        return found.text

    def _in_path(self, step: Step) -> bool:
        return any(path.variable and step in steps for path, _, steps in self.paths)

    def _join_node(self, name: str) -> None:
        """The node's table, where its properties are asked for or no relationship leads to it."""
        ids = self.joined.get(name, [])
        bound = self.frame.scope.get(name)
        labels = self.nodes[name]
        keys = self.context.needs.keys(name) | frozenset().union(
            *(self._keys(n.properties) for n in self.written[name])
        )
        whole = self.context.needs.whole(name) or self._named_path(name)
        if isinstance(bound, Flat | Boxed):
            if not ids:
                self.frame.conditions.append(f"{bound.id} IS NOT NULL")
            ids = [bound.id, *ids]
            known = bound.tables if isinstance(bound, Flat) else self.schema.labels
            if labels != known:
                self.frame.conditions.append(tables.is_one_of(bound.id, labels, self.schema))
        elif keys or whole or not ids or self._walked_to(name):
            alias = self.context.fresh("n")
            self.frame.sources.append(f"{tables.nodes(labels, keys, whole, self.schema)} AS {alias}")
            ids = [f"{alias}._id", *ids]
            properties = self._properties(self.written[name][0], alias, keys, labels)
            self.frame.scope[name] = Flat(
                "node", labels, ids[0], properties, json=f"{alias}._json" if whole else "NULL"
            )
        else:
            self.frame.scope[name] = Flat("node", labels, ids[0], {})
        self.frame.conditions += [f"{ids[0]} = {other}" for other in ids[1:]]

    def _walked_to(self, name: str) -> bool:
        """A walk does not say what labels stand at its ends."""
        return any(s.span is not None and name in (s.left, s.right) for s in self.steps)

    def _named_path(self, name: str) -> bool:
        return any(path.variable and name in nodes for path, nodes, _ in self.paths)

    def _keys(self, properties: t.MapOf | t.Parameter | None) -> frozenset[str]:
        if isinstance(properties, t.Parameter):
            self.context.refuse(
                properties, "a map as a parameter of a pattern is not known here", "name the properties: {code: $code}"
            )
        return frozenset(name for name, _ in properties.entries) if properties else frozenset()

    def _properties(self, node: t.Node, alias: str, keys: frozenset[str], names: frozenset[str]) -> dict[str, Sql]:
        found = {}
        for key in sorted(keys):
            known = frozenset(p for name in names for p in self.schema.properties(name))
            if names and key not in known:
                continue  # refused where it is asked for, at its place
            try:
                found[key] = Sql(f"{alias}.{quoted(key)}", property_type(key, names, self.schema))
            except Mismatch as mismatch:
                self.context.refuse(
                    node, f"{key} is of different types here ({mismatch})", "name the label or the type"
                )
        return found

    # Paths and conditions

    def _path(self, nodes: list[str], steps: list[Step]) -> Sql:
        """The whole path as a value: its nodes and relationships in their order."""
        first = self._boxed(nodes[0])
        node_lists, relation_lists = [f"[{first}]"], []
        for step, right in zip(steps, nodes[1:], strict=True):
            if step.span is None:
                node_lists.append(f"[{self._boxed(right)}]")
                relation_lists.append(f"[{self._boxed(step.name)}]")
            else:
                walked, passed = self.frame.scope[step.name], self.frame.scope[step.name + " nodes"]
                assert isinstance(walked, Sql) and isinstance(passed, Sql)
                node_lists.append(passed.text)
                relation_lists.append(walked.text)
        entity = sql_type(RELATIONSHIP)
        relations = " || ".join(relation_lists) or "[]"
        packed = f"struct_pack(nodes := {' || '.join(node_lists)}, relationships := CAST({relations} AS {entity}[]))"
        return Sql(f"CAST({packed} AS {sql_type(PATH)})", PATH)

    def _boxed(self, name: str) -> str:
        found = self.frame.scope[name]
        assert isinstance(found, Flat | Boxed)
        return found.boxed(self.schema).text if isinstance(found, Flat) else found.value.text

    def _conditions(self) -> None:
        """What the patterns say in braces and after WHERE."""
        for name, patterns in self.written.items():
            for pattern in patterns:
                self._said(name, pattern)
        for step in self.steps:
            if step.span is None:
                self._said(step.name, step.pattern)

    def _said(self, name: str, pattern: t.NodePattern | t.RelationPattern) -> None:
        of = self.expressions()
        if isinstance(pattern.properties, t.MapOf):
            for key, value in pattern.properties.entries:
                asked = of.value(t.Property(t.Variable(name, at=pattern.at), key, at=value.at))
                self.frame.conditions.append(compare(of, value, "=", asked, of.value(value)))
        if pattern.where is not None:
            self.frame.conditions.append(of.condition(pattern.where))
