"""Clauses as selects, each over the one before it."""

from __future__ import annotations

from dataclasses import replace

from kb.cypher import tree as t
from kb.engines.embedded.sql.ground.context import Context, cast
from kb.engines.embedded.sql.ground.scope import Binding, Boxed, Flat, Scope, Sql, columns_of, renamed
from kb.engines.embedded.sql.ground.types import BOOLEAN, INTEGER, NULL, Type, list_of, sql_type
from kb.engines.embedded.sql.steps.patterns import Frame, Patterns
from kb.engines.embedded.sql.steps.procedures import procedure
from kb.engines.embedded.sql.steps.projection import Projected, project
from kb.engines.embedded.sql.steps.state import State
from kb.engines.embedded.sql.values.expressions import Expressions


class Clauses:
    """Compiles the clauses of one query, and the subqueries inside its expressions."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def query(self, query: t.Query, state: State, *, final: bool) -> Projected:
        """A whole query; ``final``: its rows are the answer, so that nodes and relationships are whole values."""
        parts = [self.part(clauses, state, final=final or len(query.parts) > 1) for clauses in query.parts]
        found = parts[0]
        for part, keep_all in zip(parts[1:], query.all_rows, strict=True):
            found = self._union(query, found, part, keep_all)
        return found

    def part(self, clauses: tuple[t.Clause, ...], state: State, *, final: bool) -> Projected:
        """The clauses of one part, the last of which gives columns."""
        for clause in clauses[:-1]:
            state = self.clause(clause, state)
        last = clauses[-1]
        if isinstance(last, t.CallProcedure):
            state = self.clause(last, state)
            names = list(state.scope)
            items = tuple(t.Item(t.Variable(n, at=last.at), n, n, at=last.at) for n in names)
            last = t.Projection(True, False, False, items, (), None, None, None, at=last.at)
        assert isinstance(last, t.Projection)
        return self.projection(last, state, final=final)

    def clause(self, clause: t.Clause, state: State) -> State:
        """One clause that is not the last."""
        if isinstance(clause, t.Match):
            return self._optional(clause, state) if clause.optional else self._match(clause, state)
        if isinstance(clause, t.Projection):
            found = self.projection(clause, state, final=False)
            return State(found.select, found.scope, found.order)
        if isinstance(clause, t.Unwind):
            return self._unwind(clause, state)
        if isinstance(clause, t.CallSubquery):
            return self._call(clause, state)
        assert isinstance(clause, t.CallProcedure)
        return self._procedure(clause, state)

    def expressions(self, scope: Scope) -> Expressions:
        return Expressions(self.context, scope, self.inner)

    # Moving on from one select to the next

    def over(self, state: State) -> tuple[list[str], State]:
        """The FROM of a select over the state, and the state as that select sees it."""
        if state.select is None:
            return [], state
        alias = self.context.fresh("t")
        scope = {name: _under(alias, binding) for name, binding in state.scope.items()}
        order = f"{alias}.{state.order}" if state.order else None
        return [f"({state.select}) AS {alias}"], State(state.select, scope, order)

    def carried(self, scope: Scope, order: str | None) -> tuple[str, Scope, str | None]:
        """The columns of a select that hands on all names, the names in them, and the order."""
        names: dict[str, str] = {}
        for binding in scope.values():
            for column in columns_of(binding):
                names.setdefault(column, self.context.fresh("c"))
        found = {name: renamed(binding, names) for name, binding in scope.items()}
        listed = [f"{column} AS {name}" for column, name in names.items()]
        kept = None
        if order:
            kept = self.context.fresh("c")
            listed.append(f"{order} AS {kept}")
        return ", ".join(listed) or "1 AS one", found, kept

    # MATCH

    def _match(self, clause: t.Match, state: State) -> State:
        sources, seen = self.over(state)
        frame = Frame(dict(seen.scope), sources)
        self._add(frame, clause)
        columns, scope, order = self.carried(_shown(frame.scope), seen.order)
        return State(frame.select(columns), scope, order)

    def _add(self, frame: Frame, clause: t.Match) -> None:
        if clause.mode == "REPEATABLE ELEMENTS":
            self.context.refuse(clause, "REPEATABLE ELEMENTS is not known here", "leave it out")
        Patterns(self.context, frame, self.inner).add(clause.paths, clause.where)

    def _optional(self, clause: t.Match, state: State) -> State:
        sources, seen = self.over(state)
        frame = Frame(dict(seen.scope))
        self._add(frame, clause)
        new = {n: b for n, b in _shown(frame.scope).items() if n not in seen.scope}
        columns, found, _ = self.carried(new, None)
        alias = self.context.fresh("m")
        inner = f"LEFT JOIN LATERAL ({frame.select(columns)}) AS {alias} ON TRUE"
        scope = {**seen.scope, **{name: _under(alias, binding) for name, binding in found.items()}}
        listed, scope, order = self.carried(scope, seen.order)
        before = sources[0] if sources else "(SELECT 1 AS one) AS nothing"
        return State(f"SELECT {listed} FROM {before} {inner}", scope, order)

    # UNWIND, CALL

    def _unwind(self, clause: t.Unwind, state: State) -> State:
        sources, seen = self.over(state)
        found = self.expressions(seen.scope).value(clause.source)
        if found.type == NULL:
            found = Sql("CAST([] AS INTEGER[])", list_of(NULL))
        elif found.type.kind != "list":
            found = Sql(f"[{found.text}]", list_of(found.type))
        assert found.type.item
        columns, scope, order = self.carried(seen.scope, seen.order)
        column = self.context.fresh("c")
        item = Sql(column, found.type.item)
        scope[clause.variable] = Boxed(item) if item.type.is_entity else item
        before = f" FROM {sources[0]}" if sources else ""
        return State(f"SELECT {columns}, unnest({found.text}) AS {column}{before}", scope, order)

    def _call(self, clause: t.CallSubquery, state: State) -> State:
        sources, seen = self.over(state)
        visible = self._imported(clause, seen.scope)
        last = clause.query.parts[0][-1]
        if not (isinstance(last, t.Projection) and last.final):
            return state
        found = self.query(clause.query, State(None, visible), final=False)
        taken = [name for name in found.scope if name in seen.scope]
        if taken:
            self.context.refuse(clause, f"{taken[0]} is there already", "give the column of the subquery another name")
        alias = self.context.fresh("m")
        scope = {**seen.scope, **{name: _under(alias, binding) for name, binding in found.scope.items()}}
        listed, scope, order = self.carried(scope, seen.order)
        before = sources[0] if sources else "(SELECT 1 AS one) AS nothing"
        join = "LEFT JOIN LATERAL" if clause.optional else "JOIN LATERAL"
        return State(f"SELECT {listed} FROM {before} {join} ({found.select}) AS {alias} ON TRUE", scope, order)

    def _imported(self, clause: t.CallSubquery, scope: Scope) -> Scope:
        if clause.imports == ("*",):
            return dict(scope)
        if clause.imports is not None:
            for name in clause.imports:
                if name not in scope:
                    self.context.refuse(clause, f"there is no {name} here", self.context.schema.like(name, scope))
            return {name: scope[name] for name in clause.imports}
        # In the older form the subquery begins with a WITH of the names that it takes over.
        first = [part[0] for part in clause.query.parts]
        return dict(scope) if all(isinstance(f, t.Projection) and not f.final for f in first) else {}

    def _procedure(self, clause: t.CallProcedure, state: State) -> State:
        sources, seen = self.over(state)
        select, found = procedure(self.context, clause)
        alias = self.context.fresh("m")
        scope = {**seen.scope, **{name: _under(alias, binding) for name, binding in found.items()}}
        listed, scope, order = self.carried(scope, seen.order)
        text = ", ".join([*sources, f"({select}) AS {alias}"])
        made = State(f"SELECT {listed} FROM {text}", scope, order)
        return self._filtered(made, clause.where) if clause.where is not None else made

    def _filtered(self, state: State, where: t.Expression) -> State:
        sources, seen = self.over(state)
        condition = self.expressions(seen.scope).condition(where)
        columns, scope, order = self.carried(seen.scope, seen.order)
        return State(f"SELECT {columns} FROM {sources[0]} WHERE {condition}", scope, order)

    # WITH, RETURN, UNION

    def projection(self, clause: t.Projection, state: State, *, final: bool) -> Projected:
        """WITH or RETURN."""
        sources, seen = self.over(state)
        return project(self, clause, sources, seen, final=final)

    def _union(self, query: t.Query, one: Projected, other: Projected, keep_all: bool) -> Projected:
        if set(one.scope) != set(other.scope) or len(one.scope) != len(other.scope):
            names = f"{', '.join(one.scope)} and {', '.join(other.scope)}"
            self.context.refuse(query, f"the parts of a UNION have other columns: {names}", "name them alike with AS")
        selects: list[list[str]] = [[], []]
        scope: Scope = {}
        for name, binding in one.scope.items():
            first, second = _value(binding), _value(other.scope[name])
            type: Type = self.context.common(query, first.type, second.type)
            column = self.context.fresh("c")
            for select, value in zip(selects, (first, second), strict=True):
                select.append(f"{cast(value, type)} AS {column}")
            scope[name] = Boxed(Sql(column, type)) if type.is_entity else Sql(column, type)
        word = "UNION ALL" if keep_all else "UNION"
        a, b = (f"SELECT {', '.join(s)} FROM ({p.select}) AS u" for s, p in zip(selects, (one, other), strict=True))
        return replace(one, select=f"({a}) {word} ({b})", scope=scope, order=None)

    # Subqueries inside expressions

    def inner(self, of: Expressions, node: t.Expression) -> Sql:
        """EXISTS, COUNT and COLLECT subqueries, patterns as conditions, pattern comprehensions."""
        if isinstance(node, t.Subquery):
            return self._subquery(of, node)
        frame = Frame(dict(of.scope))
        if isinstance(node, t.PatternPredicate):
            if node.pattern.function:
                self.context.refuse(
                    node,
                    f"{node.pattern.function}() is known on a Neo4j server only",
                    "here: MATCH p = (a)-[:TYPE*1..3]-(b) RETURN p ORDER BY length(p) LIMIT 1",
                )
            Patterns(self.context, frame, self.inner).add((node.pattern,), None)
            return Sql(f"EXISTS ({frame.select('1')})", BOOLEAN)
        assert isinstance(node, t.PatternComprehension)
        Patterns(self.context, frame, self.inner).add((node.pattern,), node.where)
        body = self.expressions(frame.scope).value(node.body)
        type = list_of(body.type)
        made = f"SELECT CAST(coalesce(list({body.text}), []) AS {sql_type(type)})"
        return Sql("(" + made + frame.select("1").removeprefix("SELECT 1") + ")", type)

    def _subquery(self, of: Expressions, node: t.Subquery) -> Sql:
        state = State(None, dict(of.scope))
        for part in node.query.parts:
            if any(isinstance(c, t.CallSubquery) for c in part):
                self.context.refuse(node, "CALL inside a subquery is not known here", "write it as a clause of its own")
        if isinstance(node.query.parts[0][-1], t.Projection):
            found = self.query(node.query, state, final=True)
            select = found.select
        else:
            for clause in node.query.parts[0]:
                state = self.clause(clause, state)
            select, found = state.select or "SELECT 1", None
        if node.kind == "EXISTS":
            return Sql(f"EXISTS ({select})", BOOLEAN)
        if node.kind == "COUNT":
            return Sql(f"(SELECT count(*) FROM ({select}) AS u)", INTEGER)
        if found is None or len(found.scope) != 1:
            self.context.refuse(node, "COLLECT { } gives one column", "return one thing")
        [value] = (_value(b) for b in found.scope.values())
        type = list_of(value.type)
        return Sql(f"(SELECT CAST(coalesce(list({value.text}), []) AS {sql_type(type)}) FROM ({select}) AS u)", type)


def _value(binding: Binding) -> Sql:
    assert not isinstance(binding, Flat), "the rows of a union and of a subquery are values"
    return binding.value if isinstance(binding, Boxed) else binding


def _under(alias: str, binding: Binding) -> Binding:
    """The binding in the columns of a select that has an alias."""
    return renamed(binding, {column: f"{alias}.{column}" for column in columns_of(binding)})


def _shown(scope: Scope) -> Scope:
    """The names that a user can write; those of the compiler's own begin with or hold a space."""
    return {name: binding for name, binding in scope.items() if " " not in name}
