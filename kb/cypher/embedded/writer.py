"""What every part of the translation shares: the query, the names in scope, and how to refuse."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NoReturn

from kb.cypher.embedded import schema
from kb.cypher.embedded.types import Said, Type
from kb.cypher.tokens import RefusedAt
from kb.cypher.tree import Expression, LabelExpression, Node

Scope = dict[str, Said]
#: Words that the engine does not take for names.
_RESERVED = frozenset(
    [
        "all",
        "and",
        "any",
        "as",
        "asc",
        "ascending",
        "by",
        "call",
        "case",
        "cast",
        "comment",
        "commit",
        "contains",
        "copy",
        "count",
        "create",
        "default",
        "delete",
        "desc",
        "descending",
        "detach",
        "distinct",
        "drop",
        "else",
        "end",
        "ends",
        "exists",
        "explain",
        "export",
        "extension",
        "false",
        "from",
        "glob",
        "group",
        "hint",
        "import",
        "in",
        "install",
        "is",
        "join",
        "key",
        "limit",
        "load",
        "macro",
        "match",
        "merge",
        "node",
        "none",
        "not",
        "null",
        "on",
        "only",
        "optional",
        "or",
        "order",
        "primary",
        "profile",
        "project",
        "read",
        "reduce",
        "rel",
        "remove",
        "return",
        "rollback",
        "sequence",
        "set",
        "shortest",
        "single",
        "skip",
        "starts",
        "table",
        "then",
        "to",
        "transaction",
        "true",
        "type",
        "union",
        "unwind",
        "use",
        "when",
        "where",
        "with",
        "write",
        "xor",
        "yield",
        "start",
        "begin",
        "drop",
        "increment",
        "minvalue",
        "maxvalue",
        "cycle",
        "no",
        "if",
        "rename",
        "add",
        "attach",
        "acyclic",
        "trail",
        "walk",
        "logical",
        "force",
        "column",
    ]
)


class Writer:
    """One translation. ``scope`` holds the variables by the name that the query gives them."""

    def __init__(self, query: str, parameters: Mapping[str, Type]) -> None:
        self.query = query
        self.parameters = parameters
        self.scope: Scope = {}
        #: Expressions that have a name already: grouping keys and aggregates, after they were computed.
        self.known: dict[Expression, Said] = {}
        #: Parameters that are used, by the name that they have in the translation, and those of them that must be patterns or days that both engines read alike.
        self.used: dict[str, str] = {}
        self.patterns: set[str] = set()
        self.days: set[str] = set()
        #: The names of the items of the list that is gone through here, and a use of something else in its body.
        self.items: frozenset[str] = frozenset()
        self.outside: Node | None = None
        self._list_at = -1
        #: Names of what was counted or added up, and of what was made of those. Of the latter the engine (0.11.3) wrongly
        #: says that an aggregate of them were one inside another; see :meth:`Projections.unfold`.
        self.aggregated: set[str] = set()
        self.folded: set[str] = set()
        self._count = 0
        self._owned: set[str] = set()

    @property
    def in_lambda(self) -> bool:
        return bool(self.items)

    def refuse(self, node: Node, reason: str, remedy: str) -> NoReturn:
        raise RefusedAt(self.query, node.at, f"on the embedded engine: {reason}", remedy)

    def fresh(self, name: str = "x") -> str:
        """A name that nothing else in the translation has; the engine does not tell capitals from small letters."""
        self._count += 1
        plain = "".join(c if c.isascii() and c.isalnum() else "_" for c in name)[:40]
        return f"{plain}__{self._count}" if plain[:1].isalpha() else f"v{plain}__{self._count}"

    def own(self, name: str) -> str:
        """The query's own name where nothing else has it yet, so that it can be returned without being renamed."""
        # A name given twice must not be, or ORDER BY could mean the other one.
        given = len(re.findall(rf"\bas\s+`?{re.escape(name)}\b", self.query, re.IGNORECASE))
        if not re.fullmatch(r"[a-z][a-z_]{2,30}", name) or given != 1 or name in self._owned | _RESERVED:
            return self.fresh(name)
        self._owned.add(name)
        return name

    def given(self, name: str) -> str:
        """The parameter as the engine is given it: a name that needs no backticks, which the engine takes for part of it."""
        for ours, theirs in self.used.items():
            if theirs == name:
                return f"${ours}"
        ours = f"p{len(self.used) + 1}"
        self.used[ours] = name
        return f"${ours}"

    def bind(self, name: str, kind: Type) -> Said:
        """Give a variable of the query a name of its own and put it in scope."""
        said = Said(self.fresh(name), kind)
        self.scope = {**self.scope, name: said}
        return said

    def one_list(self, at: Node) -> None:
        """The engine (0.11.3) mixes up values where a query goes through several lists: let it be one."""
        if self._list_at not in (-1, at.at):
            self.refuse(at, "a second list is gone through in one query", "take one of them apart with UNWIND")
        self._list_at = at.at

    @contextmanager
    def going_through(self, *names: str) -> Iterator[None]:
        """Inside the body that is written for every item of a list; the items have these names."""
        self.items, self.outside = frozenset(names), None
        try:
            yield
        finally:
            self.items = frozenset()

    def not_outside(self, what: str) -> None:
        """Refuse a body that looks outside, where the engine would take another row's value."""
        if self.outside is not None:
            self.refuse(
                self.outside,
                f"{what} uses a value from outside the list",
                "take the list apart with UNWIND, and use WHERE",
            )

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
