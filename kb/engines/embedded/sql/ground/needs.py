"""Which properties of which variable a query asks for, so that no column is read or carried that nobody wants."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from typing import Any

from kb.cypher import tree as t

#: Functions that ask for nothing but a variable's identity.
_OF_IDENTITY = frozenset({"id", "elementid", "count", "labels", "type", "startnode", "endnode"})


class Needs:
    """The properties wanted of every variable of a query, by its name; a name that is used twice wants both."""

    def __init__(self, query: t.Query) -> None:
        self._keys: dict[str, set[str]] = defaultdict(set)
        self._whole: set[str] = set()
        self._aliases: list[tuple[str, str]] = []
        self._everything = False
        self._visit(query)
        self._follow()

    def keys(self, variable: str) -> frozenset[str]:
        """The properties that are named."""
        return frozenset(self._keys.get(variable, ()))

    def whole(self, variable: str) -> bool:
        """Is the variable wanted with all its properties?"""
        return self._everything or variable in self._whole

    def _follow(self) -> None:
        """What an alias wants, its variable has to have."""
        changed = True
        while changed:
            before = sum(map(len, self._keys.values())) + len(self._whole)
            for alias, variable in self._aliases:
                self._keys[variable] |= self._keys[alias]
                if alias in self._whole:
                    self._whole.add(variable)
            changed = sum(map(len, self._keys.values())) + len(self._whole) != before

    def _visit(self, node: Any) -> None:
        if isinstance(node, tuple):
            for item in node:
                self._visit(item)
        elif isinstance(node, t.Property) and isinstance(node.base, t.Variable):
            self._keys[node.base.name].add(node.key)
        elif isinstance(node, t.Index) and isinstance(node.base, t.Variable) and isinstance(node.index, t.Literal):
            self._keys[node.base.name].add(str(node.index.value))
        elif isinstance(node, t.Variable):
            self._whole.add(node.name)
        elif isinstance(node, t.Projection):
            self._projection(node)
        elif isinstance(node, t.MapProjection):
            self._map_projection(node)
        elif isinstance(node, t.Path):
            self._path(node)
        elif isinstance(node, t.NodePattern | t.RelationPattern):
            self._pattern(node)
        elif isinstance(node, t.Node):
            self._rest(node)

    def _rest(self, node: t.Node) -> None:
        """Everything else: a variable that is only compared or counted is not wanted whole."""
        bare: tuple[Any, ...] = ()
        if isinstance(node, t.IsNull):
            bare = (node.value,)
        elif isinstance(node, t.LabelTest):
            bare = (node.base,)
        elif isinstance(node, t.Comparison):
            bare = (node.first, *(item for _, item in node.rest))
        elif isinstance(node, t.Call) and node.name.lower() in _OF_IDENTITY:
            bare = node.arguments
        if bare:
            self._visit(tuple(item for item in bare if not isinstance(item, t.Variable)))
            return
        for field in dataclasses.fields(node):
            self._visit(getattr(node, field.name))

    def _projection(self, node: t.Projection) -> None:
        self._everything = self._everything or (node.star and node.final)
        for item in node.items:
            if isinstance(item.value, t.Variable) and not node.final:
                self._aliases.append((item.name, item.value.name))
            elif isinstance(item.value, t.Variable):
                self._aliases.append((item.name, item.value.name))
                self._whole.add(item.value.name)
            else:
                self._visit(item.value)
        self._visit((node.order, node.skip, node.limit, node.where))

    def _map_projection(self, node: t.MapProjection) -> None:
        for name, value in node.entries:
            if value is not None:
                self._visit(value)
            elif name == "*":
                self._whole.add(node.variable.name)
            else:
                self._keys[node.variable.name].add(name)

    def _path(self, node: t.Path) -> None:
        if node.variable:
            for element in node.elements:
                name = getattr(element, "variable", None)
                if name:
                    self._whole.add(name)
        self._visit(node.elements)

    def _pattern(self, node: t.NodePattern | t.RelationPattern) -> None:
        if isinstance(node.properties, t.MapOf):
            for name, value in node.properties.entries:
                if node.variable:
                    self._keys[node.variable].add(name)
                self._visit(value)
        self._visit(node.where)
