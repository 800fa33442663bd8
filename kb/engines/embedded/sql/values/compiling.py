"""What the parts of an expression need of the compiler of the whole: the recursion, and nothing of how it is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from kb.cypher import tree as t
from kb.engines.embedded.sql.ground.context import Context
from kb.engines.embedded.sql.ground.scope import Binding, Scope, Sql
from kb.engines.embedded.sql.ground.types import Type


class Compiling(Protocol):
    """Compiles expressions in one scope: :class:`kb.engines.embedded.sql.values.expressions.Expressions` does."""

    context: Context
    scope: Scope

    def within(self, more: Mapping[str, Binding]) -> Compiling:
        """The same with further names."""
        ...

    def value(self, node: t.Expression) -> Sql:
        """The expression as a value."""
        ...

    def condition(self, node: t.Expression) -> str:
        """The expression as a condition."""
        ...

    def binding(self, node: t.Expression) -> Binding:
        """The expression, a node or relationship still in its columns."""
        ...

    def identity(self, node: t.Expression) -> str | None:
        """The SQL of the identity of a node or relationship, or None."""
        ...

    def property(self, node: t.Property) -> Sql:
        """A property of a node, a relationship, a map or a day."""
        ...

    def source(self, node: t.Expression) -> tuple[Sql, Type]:
        """A list and the type of its items."""
        ...

    def item(self, name: str, type: Type) -> tuple[str, Compiling]:
        """A fresh name for the item of a list, and the expressions that may use it."""
        ...
