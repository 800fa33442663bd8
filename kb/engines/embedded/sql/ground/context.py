"""What all parts of the compiler share: the query, the model, the parameters, fresh names, and how to refuse."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

from kb.cypher.read.tokens import RefusedAt
from kb.cypher.tree import Node, Query
from kb.engines.embedded.sql.ground.needs import Needs
from kb.engines.embedded.sql.ground.schema import Schema
from kb.engines.embedded.sql.ground.scope import Sql
from kb.engines.embedded.sql.ground.types import NULL, TEXT, Mismatch, Type, common, sql_type

_DECLARED = "docs/model.md lists the labels, types and properties"


class Context:
    """The compilation of one query. ``parameters`` are the types of what it is given."""

    def __init__(self, text: str, query: Query, schema: Schema, parameters: Mapping[str, Type]) -> None:
        self.text, self.schema, self.given = text, schema, parameters
        self.needs = Needs(query)
        #: The constants of the SQL: texts of the query by the name of their parameter.
        self.constants: dict[str, str] = {}
        #: The parameters that the query uses: their name in the SQL by their own.
        self.used: dict[str, str] = {}
        self._fresh = 0

    def fresh(self, letter: str) -> str:
        """A name that nothing else has."""
        self._fresh += 1
        return f"{letter}{self._fresh}"

    def refuse(self, node: Node, reason: str, remedy: str) -> NoReturn:
        """Refuse the query at the place of a part of it."""
        raise RefusedAt(self.text, node.at, reason, remedy)

    def unknown(self, node: Node, kind: str, name: str, known: frozenset[str]) -> NoReturn:
        """Refuse a name that the model does not have."""
        self.refuse(node, f"there is no {kind} {name}", f"{self.schema.like(name, known)} {_DECLARED}")

    def constant(self, text: str) -> Sql:
        """A text of the query, handed to the engine as a parameter."""
        name = next((n for n, known in self.constants.items() if known == text), None)
        if name is None:
            name = self.fresh("k")
            self.constants[name] = text
        return Sql(f"CAST(${name} AS VARCHAR)", TEXT)

    def parameter(self, node: Node, name: str) -> Sql:
        """A parameter of the caller's."""
        if name not in self.given:
            known = ", ".join(f"${n}" for n in sorted(self.given)) or "none"
            self.refuse(node, f"the parameter ${name} has no value", f"give it one; given are: {known}")
        type = self.given[name]
        if type == NULL:
            return Sql("NULL", NULL)
        if name not in self.used:
            self.used[name] = self.fresh("p")
        return Sql(f"CAST(${self.used[name]} AS {sql_type(type)})", type)

    def common(self, node: Node, one: Type, other: Type) -> Type:
        """The type of both values in one column, or a refusal."""
        try:
            return common(one, other)
        except Mismatch as mismatch:
            self.refuse(node, f"one column cannot hold both {mismatch}", "make texts of them with toString()")


def cast(value: Sql, type: Type) -> str:
    """The SQL of a value where one of ``type`` is due."""
    return value.text if value.type == type else f"CAST({value.text} AS {sql_type(type)})"
