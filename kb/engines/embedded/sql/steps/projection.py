"""WITH and RETURN: columns, groups, DISTINCT, order, and what comes after them."""

from __future__ import annotations

from dataclasses import dataclass

from kb.cypher import tree as t
from kb.engines.embedded.sql.ground.scope import Binding, Boxed, Flat, Scope, Sql, columns_of, renamed
from kb.engines.embedded.sql.ground.types import INTEGER, NULL
from kb.engines.embedded.sql.steps.state import Compiling, State
from kb.engines.embedded.sql.values.aggregates import aggregate, aggregates
from kb.engines.embedded.sql.values.expressions import Expressions


@dataclass(frozen=True)
class Projected:
    """A select, its columns by name, and the column of their order, where one was asked for."""

    select: str
    scope: Scope
    order: str | None = None


def project(of: Compiling, clause: t.Projection, sources: list[str], seen: State, *, final: bool) -> Projected:
    """The columns of a WITH or RETURN over ``sources``, in which names stand for ``seen.scope``."""
    return _Projection(of, clause, sources, seen, final).compiled()


class _Projection:
    def __init__(self, of: Compiling, clause: t.Projection, sources: list[str], seen: State, final: bool) -> None:
        self.of, self.clause, self.sources, self.seen, self.final = of, clause, sources, seen, final
        self.context = of.context
        self.items = list(clause.items)
        if clause.star:
            shown = [t.Variable(name, at=clause.at) for name in seen.scope]
            self.items = [t.Item(v, v.name, v.name, at=clause.at) for v in shown] + self.items
        names = [item.name for item in self.items]
        if len(set(names)) < len(names):
            self.context.refuse(clause, "two columns have one name", "give each a name of its own with AS")
        self.grouped = any(True for item in self.items for _ in aggregates(item.value))

    def compiled(self) -> Projected:
        """The whole select."""
        scope, known, select = self._groups() if self.grouped else self._plain()
        if self.clause.distinct:
            select = f"SELECT DISTINCT * FROM ({select}) AS d"
        narrow = self.grouped or self.clause.distinct
        return self._after(scope, known, select, narrow)

    def _expressions(self) -> Expressions:
        return self.of.expressions(self.seen.scope)

    def _binding(self, of: Expressions, node: t.Expression) -> Binding:
        """What a column holds; in an answer nodes and relationships are whole values."""
        found = of.binding(node)
        if self.final and isinstance(found, Flat):
            return Boxed(found.boxed(self.context.schema))
        return found

    def _plain(self) -> tuple[Scope, dict[t.Expression, Binding], str]:
        """Columns without groups; ORDER BY and WHERE may also ask for what was there before."""
        of = self._expressions()
        made = {item.name: self._binding(of, item.value) for item in self.items}
        hidden = {} if self.clause.distinct else {f" before {name}": b for name, b in self.seen.scope.items()}
        order = None if self.clause.distinct else self.seen.order
        columns, scope, kept = self.of.carried({**made, **hidden}, order)
        self._kept = kept
        known: dict[t.Expression, Binding] = {item.value: scope[item.name] for item in self.items}
        before = {name.removeprefix(" before "): b for name, b in scope.items() if name.startswith(" before ")}
        self._before = before
        text = f"SELECT {columns}" + (f" FROM {self.sources[0]}" if self.sources else "")
        return {name: b for name, b in scope.items() if name in made}, known, text

    def _groups(self) -> tuple[Scope, dict[t.Expression, Binding], str]:
        """Columns of groups: first the keys and the aggregates, then what is computed from them."""
        of = self._expressions()
        keys = [item for item in self.items if not any(True for _ in aggregates(item.value))]
        calls = list(
            dict.fromkeys(
                call
                for node in (*(i.value for i in self.items), *(s.value for s in self.clause.order))
                for call in aggregates(node)
            )
        )
        made: Scope = {item.name: of.binding(item.value) for item in keys}
        grouped = list(dict.fromkeys(column for b in made.values() for column in columns_of(b)))
        for call in calls:
            made[f" {len(made)}"] = _bound(aggregate(of, call, self.seen.order))
        columns, scope, _ = self.of.carried(made, None)
        text = f"SELECT {columns}" + (f" FROM {self.sources[0]}" if self.sources else "")
        text += f" GROUP BY {', '.join(grouped)}" if grouped else ""
        places = list(scope)
        alias = self.context.fresh("g")
        scope = {n: renamed(b, {c: f"{alias}.{c}" for c in columns_of(b)}) for n, b in scope.items()}
        known: dict[t.Expression, Binding] = {item.value: scope[item.name] for item in keys}
        known |= dict(zip(calls, (scope[n] for n in places[len(keys) :]), strict=True))
        names = {item.name: scope[item.name] for item in keys}
        after = Expressions(self.context, dict(names), self.of.inner, known)
        whole = {item.name: self._binding(after, item.value) for item in self.items}
        hidden = {f" {i}": scope[n] for i, n in enumerate(places[len(keys) :])}
        listed, found, _ = self.of.carried({**whole, **hidden}, None)
        known = {item.value: found[item.name] for item in self.items}
        known |= {call: found[f" {i}"] for i, call in enumerate(calls)}
        self._kept, self._before = None, {}
        scope = {name: b for name, b in found.items() if name in whole}
        return scope, known, f"SELECT {listed} FROM ({text}) AS {alias}"

    def _after(self, scope: Scope, known: dict[t.Expression, Binding], select: str, narrow: bool) -> Projected:
        """WHERE, ORDER BY, SKIP and LIMIT."""
        clause = self.clause
        alias = self.context.fresh("s")

        def under(binding: Binding) -> Binding:
            return renamed(binding, {c: f"{alias}.{c}" for c in columns_of(binding)})

        visible = {name: under(b) for name, b in {**self._before, **scope}.items()}
        seen = {node: under(b) for node, b in known.items()} if narrow else {}
        of = Expressions(self.context, visible, self.of.inner, seen)
        order = [
            f"{self._sorted(of, sort)} {'DESC NULLS FIRST' if sort.descending else 'ASC NULLS LAST'}"
            for sort in clause.order
        ]
        if not order and self._kept:
            order = [f"{alias}.{self._kept}"]
        shown = {name: under(b) for name, b in scope.items()}
        listed, found = self._answer(shown) if self.final else self.of.carried(shown, None)[:2]
        text, kept = f"SELECT {listed}", None
        if order and not self.final:
            kept = self.context.fresh("c")
            text += f", row_number() OVER (ORDER BY {', '.join(order)}) AS {kept}"
        condition = of.condition(clause.where) if clause.where is not None else None
        cut = self._cut()
        if condition and cut:
            held = self.context.fresh("c")
            text += f", {condition} AS {held}"
        text += f" FROM ({select}) AS {alias}"
        if condition and not cut:
            text += f" WHERE {condition}"
        if order and (self.final or cut):
            text += f" ORDER BY {', '.join(order)}"
        text += cut
        if condition and cut:
            text = f"SELECT * EXCLUDE ({held}) FROM ({text}) AS h WHERE h.{held}"
        return Projected(text, found, kept)

    def _answer(self, shown: Scope) -> tuple[str, Scope]:
        """A column of its own for everything that is answered, also for what is answered twice."""
        listed: list[str] = []
        found: Scope = {}
        for name, binding in shown.items():
            [column] = columns_of(binding)
            fresh = self.context.fresh("c")
            listed.append(f"{column} AS {fresh}")
            found[name] = renamed(binding, {column: fresh})
        return ", ".join(listed), found

    def _sorted(self, of: Expressions, sort: t.Sort) -> str:
        found = of.binding(sort.value)
        if isinstance(found, Flat | Boxed):
            return found.id
        if found.type.kind in ("map", "path"):
            self.context.refuse(sort, f"a {found.type} has no order", "order by one of its parts")
        return found.text

    def _cut(self) -> str:
        text = ""
        of = self.of.expressions({})
        for word, node in (("LIMIT", self.clause.limit), ("OFFSET", self.clause.skip)):
            if node is None:
                continue
            found = of.value(node)
            if found.type not in (INTEGER,) or found.type == NULL:
                self.context.refuse(
                    node, f"a whole number is due, this is a {found.type}", "write a number or a parameter"
                )
            text += f" {word} {found.text}"
        return text


def _bound(value: Sql) -> Binding:
    return Boxed(value) if value.type.is_entity else value
