"""What every part of the translation shares: the query, the names in scope, and how to refuse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NoReturn

from kb.cypher.embedded import schema
from kb.cypher.embedded.types import Said, Type
from kb.cypher.tokens import RefusedAt
from kb.cypher.tree import Expression, LabelExpression, Node

Scope = dict[str, Said]


class Writer:
    """One translation. ``scope`` holds the variables by the name that the query gives them."""

    def __init__(self, query: str, parameters: Mapping[str, Type]) -> None:
        self.query = query
        self.parameters = parameters
        self.scope: Scope = {}
        #: Expressions that have a name already: grouping keys and aggregates, after they were computed.
        self.known: dict[Expression, Said] = {}
        #: Parameters that are used, and those of them that must be patterns or days that both engines read alike.
        self.used: set[str] = set()
        self.patterns: set[str] = set()
        self.days: set[str] = set()
        self.in_lambda = False
        self._count = 0

    def refuse(self, node: Node, reason: str, remedy: str) -> NoReturn:
        raise RefusedAt(self.query, node.at, f"on the embedded engine: {reason}", remedy)

    def fresh(self, name: str = "x") -> str:
        """A name that nothing else in the translation has; the engine does not tell capitals from small letters."""
        self._count += 1
        plain = "".join(c if c.isascii() and c.isalnum() else "_" for c in name)[:40]
        return f"{plain}__{self._count}" if plain[:1].isalpha() else f"v{plain}__{self._count}"

    def bind(self, name: str, kind: Type) -> Said:
        """Give a variable of the query a name of its own and put it in scope."""
        said = Said(self.fresh(name), kind)
        self.scope = {**self.scope, name: said}
        return said

    @contextmanager
    def within(self, scope: Scope) -> Iterator[None]:
        """Another scope for a while."""
        before, self.scope = self.scope, scope
        try:
            yield
        finally:
            self.scope = before

    def say(self, expression: Expression) -> Said:
        raise NotImplementedError

    def matching(self, labels: LabelExpression, *, types: bool = False) -> frozenset[str]:
        """The labels or types that an expression lets through. Refuses names that the model lacks, and contradictions."""
        known, what = (schema.TYPES, "types") if types else (schema.LABELS, "labels")
        try:
            found = schema.matching(labels, known, what)
        except schema.UnknownName as unknown:
            reason = f"there is no {'relationship type' if types else 'label'} {unknown.node.name}"
            self.refuse(unknown.node, reason, unknown.remedy)
        if not found:
            one = "relationship has exactly one type" if types else "node has exactly one label"
            self.refuse(labels, f"nothing can match here: every {one}", "use | for one or the other")
        return found
