"""A tree of :mod:`tree` written as SQL for SQLite or DuckDB: what Neo4j's Cypher means, by plain joins.

Every label and type is a table with the columns ``#id`` (unique over the graph), ``#type``, and for relationships
``#a`` and ``#b`` (the ids of the ends). Each clause is one step that adds columns: ``name.property`` for a variable.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

from .cypher import overlapping
from .graphs import Graph
from .tree import (
    Aggregate,
    Both,
    Case,
    Clause,
    Coalesce,
    Compare,
    Count,
    Exists,
    Expression,
    In,
    IsNull,
    Item,
    Match,
    Name,
    Not,
    Pattern,
    Plus,
    Property,
    Query,
    Relationship,
    Return,
    Single,
    TypeOf,
    Unwind,
    Value,
    Variable,
    With,
    walk,
)


class Unbound(LookupError):
    """The tree names a variable that no clause before it binds: it is no query."""


@dataclass(frozen=True)
class Scope:
    """What is bound: a variable's columns are ``prefix`` + property, a name's column is its own; and which tables they have."""

    variables: dict[str, tuple[str, str]] = field(default_factory=dict)
    tables: dict[str, tuple[str, ...]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def column(self, variable: str, name: str) -> str:
        if variable not in self.variables:
            raise Unbound(variable)
        alias, prefix = self.variables[variable]
        return f'{alias}."{prefix}{name}"'

    def named(self, name: str) -> str:
        if name not in self.names:
            raise Unbound(name)
        return self.names[name]

    def under(self, alias: str) -> Scope:
        """The same things as columns of one step, called ``alias``."""
        return Scope(
            {v: (alias, f"{v}.") for v in self.variables}, self.tables, {n: f'{alias}."{n}"' for n in self.names}
        )

    def and_also(self, other: Scope) -> Scope:
        return Scope(
            {**self.variables, **other.variables}, {**self.tables, **other.tables}, {**self.names, **other.names}
        )


class Sql:
    """One query as ``text``, for SQLite or, where ``duck``, for DuckDB. Raises :class:`Unbound` where the tree is no query."""

    def __init__(self, query: Query, graph: Graph, *, duck: bool = False) -> None:
        self._graph, self._duck = graph, duck
        self._made = 0
        self._used = {one.name for one in walk(query) if isinstance(one, Property)} | {
            name for one in walk(query) for name, _ in getattr(one, "given", ())
        }
        union = "\nUNION ALL\n" if query.every else "\nUNION\n"
        parts = [self._single(part) for part in query.parts]
        self.text = parts[0] if len(parts) == 1 else union.join(f"SELECT * FROM ({part})" for part in parts)

    def _new(self, kind: str) -> str:
        self._made += 1
        return f"{kind}{self._made}"

    def _single(self, single: Single) -> str:
        self._steps: list[str] = []
        self._current = self._step('SELECT 1 AS "#one"')
        scope = Scope()
        for clause in single.clauses:
            scope = self._clause(clause, scope)
        last = self._returned(single.returned, scope)
        return f"WITH {', '.join(self._steps)}\n{last}"

    def _step(self, text: str, *, kept: bool = False) -> str:
        name = self._new("step")
        self._steps.append(f"{name} AS {'MATERIALIZED ' if kept else ''}({text})")
        return name

    def _clause(self, clause: Clause, scope: Scope) -> Scope:
        if isinstance(clause, Unwind):
            values = " UNION ALL ".join(f'SELECT {literal(value)} AS "{clause.name}"' for value in clause.values)
            self._current = self._step(f'SELECT p.*, u."{clause.name}" FROM {self._current} AS p, ({values}) AS u')
            return replace(scope, names={**scope.names, clause.name: ""})
        return self._match(clause, scope) if isinstance(clause, Match) else self._with(clause, scope)

    # -- MATCH

    def _match(self, match: Match, scope: Scope) -> Scope:
        before, row = self._current, self._new("#row")
        if match.optional:
            before = self._step(f'SELECT *, row_number() OVER () AS "{row}" FROM {before}', kept=True)
        sources, conditions, new = self._joined(match, scope.under("p"))
        added = [f'{new.column(v, c)} AS "{v}.{c}"' for v in new.variables for c in self._columns(new.tables[v])]
        text = f"SELECT {', '.join(['p.*', *added])} FROM {', '.join([f'{before} AS p', *sources])}"
        found = self._step(text + (f" WHERE {' AND '.join(conditions)}" if conditions else ""))
        whole = scope.and_also(new)
        if match.where is not None:
            found = self._step(f"SELECT * FROM {found} AS s WHERE {self._expression(match.where, whole.under('s'))}")
        if match.optional:
            kept = [f'f."{v}.{c}"' for v in new.variables for c in self._columns(new.tables[v])]
            columns = ", ".join(["p.*", *kept])
            found = self._step(f'SELECT {columns} FROM {before} AS p LEFT JOIN {found} AS f ON p."{row}" = f."{row}"')
        self._current = found
        return whole

    def _joined(self, match: Match, scope: Scope) -> tuple[list[str], list[str], Scope]:
        """The tables to join, the conditions, and what is bound anew, for a MATCH over what ``scope`` binds."""
        sources: list[str] = []
        conditions: list[str] = []
        new = Scope({}, {}, {})
        for path in match.paths:
            for node in path.nodes:
                if node.name in scope.variables or node.name in new.variables:
                    conditions.append(f"{scope.and_also(new).column(node.name, '#id')} IS NOT NULL")
                else:
                    alias = self._new("n")
                    sources.append(f'"{node.label}" AS {alias}')
                    new.variables[node.name], new.tables[node.name] = (alias, ""), (node.label,)
                conditions += self._given(node.name, node.given, scope, new)
            for place, one in enumerate(path.relationships):
                alias = self._new("r")
                sources.append(f"{self._edges(one)} AS {alias}")
                new.variables[one.name], new.tables[one.name] = (alias, ""), () if one.hops else one.types
                both = scope.and_also(new)
                conditions.append(f'{alias}."#a" = {both.column(path.nodes[place].name, "#id")}')
                conditions.append(f'{alias}."#b" = {both.column(path.nodes[place + 1].name, "#id")}')
                conditions += self._given(one.name, one.given, scope, new)
        conditions += [f"{new.column(a.name, '#id')} <> {new.column(b.name, '#id')}" for a, b in overlapping(match)]
        return sources, conditions, new

    def _given(self, variable: str, given: tuple[tuple[str, Expression], ...], scope: Scope, new: Scope) -> list[str]:
        both = scope.and_also(new)
        return [f"{both.column(variable, name)} = {self._expression(value, scope)}" for name, value in given]

    def _edges(self, one: Relationship) -> str:
        if one.hops:
            return self._chains(one, *one.hops)
        parts = []
        names = self._columns(one.types)
        for kind in one.types:
            has = {"#id", "#type", *self._graph.edge(kind).properties}
            columns = ", ".join(f'"{name}"' if name in has else f'NULL AS "{name}"' for name in names)
            for a, b, more in (("#a", "#b", ""), ("#b", "#a", ' WHERE "#a" <> "#b"')):
                if one.direction in ("-", ">" if a == "#a" else "<"):
                    # Undirected, a loop is found once: the second reading leaves it out.
                    loops = more if one.direction == "-" else ""
                    parts.append(f'SELECT {columns}, "{a}" AS "#a", "{b}" AS "#b" FROM "{kind}"{loops}')
        return f"({' UNION ALL '.join(parts)})"

    def _chains(self, one: Relationship, least: int, most: int) -> str:
        """The ends of every chain of so many relationships, each of them used once in it."""
        single, label = self._edges(replace(one, hops=None)), self._graph.edge(one.types[0]).start
        parts = []
        for hops in range(least, most + 1):
            if not hops:
                parts.append(f'SELECT "#id", "#type", "#id" AS "#a", "#id" AS "#b" FROM "{label}"')
                continue
            tables = ", ".join(f"{single} AS e{i}" for i in range(hops))
            joined = [f'e{i}."#b" = e{i + 1}."#a"' for i in range(hops - 1)]
            joined += [f'e{i}."#id" <> e{j}."#id"' for i in range(hops) for j in range(i)]
            where = f" WHERE {' AND '.join(joined)}" if joined else ""
            parts.append(f'SELECT e0."#id", e0."#type", e0."#a", e{hops - 1}."#b" FROM {tables}{where}')
        return f"({' UNION ALL '.join(parts)})"

    def _columns(self, tables: tuple[str, ...]) -> list[str]:
        """The columns of a variable that the query uses."""
        known = {name for table in tables for name in self._graph.table(table).properties}
        return ["#id", "#type", *sorted(known & self._used)]

    # -- WITH and RETURN

    def _with(self, clause: With, scope: Scope) -> Scope:
        if clause.star:
            added = ", ".join(f'{self._expression(i.value, scope.under("p"))} AS "{i.name}"' for i in clause.items)
            self._current = self._step(f"SELECT p.*{', ' + added if added else ''} FROM {self._current} AS p")
            after = replace(scope, names={**scope.names, **{i.name: "" for i in clause.items}})
        else:
            self._current = self._step(self._projected(clause.variables, clause.items, clause.distinct, scope))
            kept = {v: scope.tables[v] for v in clause.variables}
            after = Scope(dict.fromkeys(kept, ("", "")), kept, {i.name: "" for i in clause.items})
        if clause.limit is not None:
            under = after.under("s")
            keys = [f"{self._expression(value, under)} {_falling(falls)}" for value, falls in clause.order]
            ordered = f"SELECT * FROM {self._current} AS s ORDER BY {', '.join(keys)} LIMIT {clause.limit}"
            self._current = self._step(ordered)
        if clause.where is not None:
            condition = self._expression(clause.where, after.under("s"))
            self._current = self._step(f"SELECT * FROM {self._current} AS s WHERE {condition}")
        return after

    def _projected(self, variables: tuple[str, ...], items: tuple[Item, ...], distinct: bool, scope: Scope) -> str:
        """Values first, then groups: a group's key may hold a subquery, which SQL does not group by."""
        under = scope.under("s")
        for variable in variables:
            under.column(variable, "#id")
        columns = [f"{v}.{c}" for v in variables for c in self._columns(scope.tables[v])]
        values = [f's."{column}"' for column in columns]
        keys, answers = list(columns), {column: f'"{column}"' for column in columns}
        for item in items:
            columns.append(item.name)
            value = item.value.value if isinstance(item.value, Aggregate) else item.value
            values.append("1" if value is None else self._expression(value, under))
            if isinstance(item.value, Aggregate):
                answers[item.name] = self._aggregate(item.value, item.name)
            else:
                keys.append(item.name)
                answers[item.name] = f'"{item.name}"'
        stated = ", ".join(f'{value} AS "{column}"' for value, column in zip(values, columns, strict=True))
        first = self._step(f"SELECT {stated} FROM {self._current} AS s")
        chosen = ", ".join(f'{answer} AS "{name}"' for name, answer in answers.items())
        grouped = len(keys) < len(columns) and keys
        group = f" GROUP BY {', '.join(chr(34) + key + chr(34) for key in keys)}" if grouped else ""
        return f"SELECT {'DISTINCT ' if distinct else ''}{chosen} FROM {first}{group}"

    def _returned(self, returned: Return, scope: Scope) -> str:
        text = self._projected((), returned.items, returned.distinct, scope)
        names = {item.name for item in returned.items}
        if returned.order:
            if not names >= {name for name, _ in returned.order}:
                raise Unbound("an order by what is not returned")
            keys = [f'"{name}" {_falling(falls)}' for name, falls in returned.order]
            text = f"SELECT * FROM ({text}) ORDER BY {', '.join(keys)}"
        if returned.limit is not None or returned.skip is not None:
            text += f" LIMIT {(1 << 40) if returned.limit is None else returned.limit}"
        return text + (f" OFFSET {returned.skip}" if returned.skip is not None else "")

    # -- values and conditions

    def _expression(self, one: Expression, scope: Scope) -> str:
        def e(inner: Expression) -> str:
            return self._expression(inner, scope)

        match one:
            case Property():
                return scope.column(one.variable, one.name)
            case Name():
                return scope.named(one.name)
            case Variable():
                return scope.column(one.name, "#id")
            case TypeOf():
                return scope.column(one.variable, "#type")
            case Value():
                return literal(one.value)
            case Compare(operator="STARTS WITH"):
                return f"starts_with({e(one.left)}, {e(one.right)})"
            case Compare(operator="CONTAINS"):
                return f"contains({e(one.left)}, {e(one.right)})"
            case Compare() | Both():
                return f"({e(one.left)} {one.operator} {e(one.right)})"
            case In():
                return f"({e(one.left)} IN ({', '.join(map(literal, one.values))}))" if one.values else "FALSE"
            case IsNull():
                return f"({e(one.value)} IS {'NOT ' if one.negated else ''}NULL)"
            case Not():
                return f"(NOT {e(one.value)})"
            case Exists():
                return f"EXISTS ({self._inner(one.match, '1', scope)})"
            case Pattern():
                return f"EXISTS ({self._inner(Match((one.path,)), '1', scope)})"
            case Count():
                return f"({self._inner(one.match, 'count(*)', scope)})"
            case Plus():
                return f"({e(one.left)} + {e(one.right)})"
            case Coalesce():
                return f"coalesce({e(one.left)}, {e(one.right)})"
            case Case():
                return f"CASE WHEN {e(one.condition)} THEN {e(one.yes)} ELSE {e(one.no)} END"
        raise Unbound(f"{type(one).__name__} inside an expression")

    def _aggregate(self, one: Aggregate, column: str) -> str:
        """The aggregate over the values that an earlier step has put in ``column``."""
        value = f'{"DISTINCT " if one.distinct else ""}"{column}"'
        if one.function == "collect":
            listed = "list" if self._duck else "json_group_array"
            found = f'{listed}({value}) FILTER (WHERE "{column}" IS NOT NULL)'
            return f"coalesce({found}, [])" if self._duck else found
        if one.function == "sum":
            return f"coalesce(sum({value}), 0)"
        return f"{one.function}({'*' if one.value is None else value})"

    def _inner(self, match: Match, answer: str, scope: Scope) -> str:
        sources, conditions, new = self._joined(match, scope)
        if match.where is not None:
            conditions.append(self._expression(match.where, scope.and_also(new)))
        source = f" FROM {', '.join(sources)}" if sources else ""
        return f"SELECT {answer}{source}" + (f" WHERE {' AND '.join(conditions)}" if conditions else "")


def _falling(falls: bool) -> str:
    # Null is the largest value in Cypher.
    return "DESC NULLS FIRST" if falls else "ASC NULLS LAST"


def literal(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int):
        return f"CAST({value} AS BIGINT)"
    if isinstance(value, float):
        return f"CAST('{value!r}' AS DOUBLE)"
    if isinstance(value, dt.date):
        return f"'{value.isoformat()}'"
    return "'" + str(value).replace("'", "''") + "'"
