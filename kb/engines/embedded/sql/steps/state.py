"""What one clause hands to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kb.cypher import tree as t
from kb.engines.embedded.sql.ground.context import Context
from kb.engines.embedded.sql.ground.scope import Scope, Sql
from kb.engines.embedded.sql.values.expressions import Expressions


@dataclass(frozen=True)
class State:
    """What the clauses so far give: a select (None: one row of nothing), and the names with their columns in it.

    ``order`` is the column that says in which order the rows are, where one was asked for.
    """

    select: str | None
    scope: Scope
    order: str | None = None


class Compiling(Protocol):
    """What a projection needs of the compiler of all clauses: :class:`kb.engines.embedded.sql.steps.clauses.Clauses`."""

    context: Context

    def expressions(self, scope: Scope) -> Expressions:
        """Expressions over these names."""
        ...

    def inner(self, of: Expressions, node: t.Expression) -> Sql:
        """The subqueries and patterns inside an expression."""
        ...

    def carried(self, scope: Scope, order: str | None) -> tuple[str, Scope, str | None]:
        """The columns of a select that hands on all names, the names in them, and the order."""
        ...
