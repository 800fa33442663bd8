"""A read query of Neo4j's Cypher, said again so that the embedded engine gives the same rows; or refused with what to write instead.

Nothing of the user's text is handed on: the translation is written anew from the tree, names and all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kb.cypher import tree
from kb.cypher.embedded.barriers import helps_between, reordered
from kb.cypher.embedded.functions import is_day
from kb.cypher.embedded.operators import regex_is_plain, text_literal
from kb.cypher.embedded.projections import Projections, aggregates
from kb.cypher.embedded.types import (
    FLAG,
    INTEGER,
    NULL,
    TEXT,
    Said,
    Type,
    common,
    described,
    engine_type,
    list_of,
    of_value,
    quoted,
)
from kb.cypher.parser import parse
from kb.errors import UsageError
from kb.model import MODEL

#: Procedures that the model answers: the column that they give, and its values.
_PROCEDURES = {
    "db.labels": ("label", sorted(MODEL.labels)),
    "db.relationshiptypes": ("relationshipType", sorted(MODEL.types)),
}


@dataclass(frozen=True)
class Translation:
    """``text`` for the engine; ``used`` pairs its parameters with the query's; ``patterns`` and ``days`` those to be checked."""

    text: str
    used: tuple[tuple[str, str], ...]
    patterns: frozenset[str]
    days: frozenset[str]


class Translator(Projections):
    """Clauses over projections."""

    columns: list[tuple[str, Type]]

    def statement(self, statement: tree.Tree) -> str:
        text = self.union(statement.query)
        return f"{statement.prefix} {text}".strip()

    def union(self, query: tree.Query) -> str:
        """The parts of a query joined by UNION, their columns brought to one type."""
        before, parts = self.scope, []
        for clauses in query.parts:
            self.scope, self.known = dict(before), {}
            text = self._clauses(clauses)
            parts.append((text, list(self.columns)))
        if len(parts) == 1:
            return parts[0][0]
        if len(set(query.all_rows)) > 1:
            self.refuse(query, "UNION and UNION ALL are mixed", "use one of them throughout")
        kinds = self._united(query, [columns for _, columns in parts])
        texts = [self._recast(text, columns, kinds) for text, columns in parts]
        joint = " UNION ALL " if query.all_rows[0] else " UNION "
        return joint.join(texts)

    def _united(self, query: tree.Query, parts: list[list[tuple[str, Type]]]) -> list[Type]:
        names = [name for name, _ in parts[0]]
        kinds: list[Type] = [kind for _, kind in parts[0]]
        for i, columns in enumerate(parts[1:], 1):
            if [name for name, _ in columns] != names:
                at = query.parts[i][-1]
                self.refuse(
                    at,
                    "the parts of a UNION have different columns",
                    f"return the same names in the same order: {', '.join(names)}",
                )
            for j, (name, kind) in enumerate(columns):
                joined = common(kinds[j], kind)
                if joined is None:
                    self.refuse(
                        query.parts[i][-1],
                        f"column {name} is {described(kinds[j])} in one part and {described(kind)} in another",
                        "bring both to one type",
                    )
                kinds[j] = joined
        return kinds

    def _recast(self, text: str, columns: list[tuple[str, Type]], kinds: list[Type]) -> str:
        """The part with its columns cast to the common types, where they differ."""
        if all(kind.kind == wanted.kind for (_, kind), wanted in zip(columns, kinds, strict=True)):
            return text
        # The last RETURN of the part becomes a WITH, and its columns are returned once more.
        head, _, tail = text.rpartition("RETURN ")
        casts = []
        for (name, kind), wanted in zip(columns, kinds, strict=True):
            engine = engine_type(wanted)
            casts.append(
                f"CAST({quoted(name)} AS {engine}) AS {quoted(name)}"
                if kind.kind != wanted.kind and engine
                else quoted(name)
            )
        return f"{head}WITH {tail} RETURN {', '.join(casts)}"

    def _clauses(self, clauses: tuple[tree.Clause, ...]) -> str:
        texts = []
        for i, clause in enumerate(clauses):
            if i and helps_between(clauses[i - 1], clause):
                texts.append("WITH *")
            if isinstance(clause, tree.Match):
                texts.append(self.match(clause))
            elif isinstance(clause, tree.Unwind):
                texts.append(self._unwind(clause))
            elif isinstance(clause, tree.Projection):
                texts.append(self.projection(clause))
            elif isinstance(clause, tree.CallProcedure):
                texts.append(self._procedure(clause, alone=len(clauses) == 1))
            else:
                self.refuse(
                    clause,
                    "a subquery after CALL",
                    "write OPTIONAL MATCH with its pattern, then WITH .., count(x) AS n or collect(x) AS xs",
                )
        return " ".join(texts)

    def match(self, e: tree.Match) -> str:
        if e.mode == "REPEATABLE ELEMENTS":
            self.refuse(e, "REPEATABLE ELEMENTS", "leave it out")
        parts = reordered(e)
        return self._in_parts(*parts) if parts else self._whole(e)

    def _in_parts(self, first: tree.Match, rest: tree.Match) -> str:
        """A MATCH with a barrier after its first relationship; that all its relationships differ is said at its end."""
        before = self.scope
        paths, conditions = self.paths((*first.paths, *rest.paths))
        early = [self.flag(first.where)] if first.where is not None else []
        late = [self.flag(rest.where)] if rest.where is not None else []
        self.scope = {k: v for k, v in self.scope.items() if not k.startswith(" ") or k in before}
        return f"MATCH {paths[0]}{_where(early)} WITH * MATCH {', '.join(paths[1:])}{_where([*late, *conditions])}"

    def _whole(self, e: tree.Match) -> str:
        self.optional = e.optional
        paths, conditions = self.paths(e.paths)
        self.optional = False
        if e.where is not None:
            conditions = [self.flag(e.where), *conditions]
        return f"{'OPTIONAL ' if e.optional else ''}MATCH {', '.join(paths)}{_where(conditions)}"

    def _unwind(self, e: tree.Unwind) -> str:
        said = self.say(e.source)
        if said.type.kind == "null":
            said = Said("CAST([] AS STRING[])", list_of(NULL))
        if said.type.kind != "list":
            # Cypher takes one thing for a list of one, and a missing one for none.
            self.refuse(e.source, f"{described(said.type)} is unwound", "write it in brackets: [x]")
        if e.variable in self.scope:
            self.refuse(e, f"{e.variable} is there already", "use another name")
        item = said.type.item or NULL
        kind = TEXT if item.kind == "null" else item
        if item.kind in ("node", "edge"):
            kind = Type(item.kind, names=item.names, maybe=item.maybe, loose=True)
        return f"UNWIND {said.text} AS {self.bind(e.variable, kind).text}"

    def _procedure(self, e: tree.CallProcedure, *, alone: bool) -> str:
        found = _PROCEDURES.get(e.name.lower())
        if found is None or e.optional or self.scope:
            self.refuse(e, f"CALL {e.name}", "docs/model.md says what is in the graph; to search names, use CONTAINS")
        field, values = found
        yields = (("*", "*"),) if e.yields is None else e.yields
        names = [(field, field) if pair == ("*", "*") else pair for pair in yields]
        if len(names) != 1 or names[0][0] != field:
            self.refuse(e, f"{e.name} gives one column", f"write YIELD {field}")
        said = self.bind(names[0][1], TEXT)
        where = f" WHERE {self.flag(e.where)}" if e.where is not None else ""
        self.columns = [(names[0][1], TEXT)]
        ending = f" RETURN {said.text} AS {quoted(names[0][1])}" if alone else ""
        names_of = ", ".join(text_literal(value) for value in values)
        return f"UNWIND [{names_of}] AS {said.text}{f' WITH {said.text}{where}' if where else ''}{ending}"

    # Subqueries in expressions

    def pattern_predicate(self, e: tree.PatternPredicate) -> Said:
        if e.pattern.function or e.pattern.variable:
            self.refuse(
                e, "a path is made inside an expression", "write MATCH p = shortestPath((a)-[:BORDERS*..5]-(b))"
            )
        match = tree.Match(False, (e.pattern,), None, at=e.at, end=e.end)
        return self._counted("EXISTS", (match,))

    def subquery(self, e: tree.Subquery) -> Said:
        remedy = "write OPTIONAL MATCH with the pattern, then WITH .., count(x) AS n or collect(x) AS xs"
        if e.kind == "COLLECT":
            self.refuse(e, "COLLECT { }", remedy)
        clauses = e.query.parts[0]
        last = clauses[-1]
        if isinstance(last, tree.Projection) and last.final:
            cuts = (last.distinct and e.kind == "COUNT") or last.skip is not None or last.limit is not None
            if cuts or any(True for item in last.items for _ in aggregates(item.value)):
                self.refuse(last, f"RETURN cuts or groups the rows of {e.kind} {{ }}", remedy)
            clauses = clauses[:-1]
        matches = tuple(clause for clause in clauses if isinstance(clause, tree.Match) and not clause.optional)
        if len(e.query.parts) > 1 or not clauses or len(matches) < len(clauses):
            self.refuse(e, f"{e.kind} {{ }} holds more than MATCH and WHERE", remedy)
        return self._counted(e.kind, matches)

    def _counted(self, kind: str, matches: tuple[tree.Match, ...]) -> Said:
        """``EXISTS { MATCH .. }``: several MATCH become one, since what must differ is said in its condition."""
        if self.in_lambda:
            self.refuse(
                matches[0], "a pattern stands inside a list that is gone through", "match it before, and collect"
            )
        texts, conditions = [], []
        with self.within(dict(self.scope)):
            for match in matches:
                paths, more = self.paths(match.paths)
                texts += paths
                conditions += [*([self.flag(match.where)] if match.where is not None else []), *more]
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        text = f"{kind} {{ MATCH {', '.join(texts)}{where} }}"
        return Said(text, FLAG if kind == "EXISTS" else INTEGER)


def _where(conditions: list[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


@lru_cache(maxsize=1024)
def _translated(query: str, parameters: tuple[tuple[str, Type], ...]) -> Translation:
    statement, _ = parse(query)
    writer = Translator(query, dict(parameters))
    text = writer.statement(statement)
    return Translation(text, tuple(writer.used.items()), frozenset(writer.patterns), frozenset(writer.days))


def translate(query: str, parameters: Mapping[str, Any] | None = None) -> tuple[str, dict[str, Any]]:
    """The embedded engine's text for a query, and the parameters that it takes.

    Raises :class:`kb.cypher.tokens.RefusedAt` for what is no read query, and for what the embedded engine has no exact
    way to answer; :class:`UsageError` for a parameter that it cannot be given.
    """
    values = dict(parameters or {})
    found = _translated(query, tuple((name, of_value(name, value)) for name, value in values.items()))
    for name in found.patterns:
        if not regex_is_plain(str(values[name])):
            raise UsageError(
                f"the regular expression in parameter {name} is read differently by the engines",
                r"use plainer parts: [..] \d \w . * + ? |",
            )
    for name in found.days:
        if not is_day(str(values[name])):
            raise UsageError(f"parameter {name} is no day: {values[name]!r}", "write year-month-day, as in 2000-01-31")
    return found.text, {ours: values[theirs] for ours, theirs in found.used}
