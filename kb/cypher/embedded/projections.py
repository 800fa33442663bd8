"""WITH and RETURN in the embedded engine's dialect.

Where rows are grouped, two steps are written: the first computes keys and aggregates under names of their own, the second
says what is wanted of them. So an alias never meets an aggregate of its own name, and ORDER BY may name any of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields

from kb.cypher import tree
from kb.cypher.embedded.functions import AGGREGATES
from kb.cypher.embedded.patterns import Patterns
from kb.cypher.embedded.types import INTEGER, NULL, REAL, Said, Type, described, engine_type, list_of, quoted
from kb.cypher.tree import Call, Expression, Item, Projection

_SPREAD = frozenset({"percentilecont", "percentiledisc", "stdev", "stdevp"})
#: A limit that limits nothing: the engine sorts in a WITH only where it also cuts.
_ALL = "SKIP 0"


def aggregates(e: object) -> Iterator[Call]:
    """The aggregates in an expression, those inside subqueries left out."""
    if isinstance(e, Call) and e.name.lower() in AGGREGATES:
        yield e
    elif isinstance(e, tuple):
        for item in e:
            yield from aggregates(item)
    elif isinstance(e, tree.Node) and not isinstance(e, tree.Subquery):
        for field in fields(e):
            yield from aggregates(getattr(e, field.name))


def _names(e: object) -> frozenset[str]:
    """Every variable that is named in an expression."""
    if isinstance(e, tree.Variable):
        return frozenset({e.name})
    if isinstance(e, tuple):
        return frozenset().union(*map(_names, e))
    if isinstance(e, tree.Node) and not isinstance(e, tree.Subquery):
        return frozenset().union(*(_names(getattr(e, field.name)) for field in fields(e)))
    return frozenset()


class Projections(Patterns):
    """WITH and RETURN over patterns."""

    _in_groups = False
    _aliases: dict[Expression, str]

    def projection(self, e: Projection) -> str:
        """The text of the clause; the scope is afterwards what it hands on."""
        items = self._items(e)
        self._check_names(e, items)
        if any(True for item in items for _ in aggregates(item.value)):
            return self._grouped(e, items)
        if any(True for sort in e.order for _ in aggregates(sort.value)):
            self.refuse(
                e.order[0],
                "ORDER BY counts or adds up, and nothing else does",
                "name it in the projection, and order by the name",
            )
        return self._plain_projection(e, items)

    def _items(self, e: Projection) -> tuple[Item, ...]:
        """The columns, ``*`` written out in the order of the names, as Cypher has it."""
        if not e.star:
            return e.items
        if not self.scope and not e.items:
            self.refuse(e, "there is nothing that * could stand for", "name a variable in the MATCH")
        stars = [
            Item(tree.Variable(name, at=e.at, end=e.at), name, name, at=e.at, end=e.at) for name in sorted(self.scope)
        ]
        return (*stars, *e.items)

    def _check_names(self, e: Projection, items: tuple[Item, ...]) -> None:
        names = [item.name for item in items]
        if e.final and any("`" in name for name in names):
            self.refuse(e, "a column's name has a backtick", "give it another name with AS")
        for i, name in enumerate(names):
            if name in names[:i]:
                self.refuse(items[i], f"two columns are called {name}", "give one another name with AS")
        if e.final and len({name.lower() for name in names}) < len(names) and e.order:
            self.refuse(e, "two columns differ only in capitals", "give one another name with AS")

    def _stage(self, items: tuple[Item, ...]) -> tuple[list[str], list[tuple[Item, Said]]]:
        """The columns as text, and each with the name it has from here on."""
        texts, named = [], []
        for item in items:
            said = self.say(item.value)
            if said.type.kind == "identity":
                self._unlike(item)
            passed = isinstance(item.value, tree.Variable) and item.alias == item.value.name and "(" not in said.text
            name = said.text if passed else self.fresh(item.name)
            self._note(item, said, name)
            texts.append(name if passed else f"{said.text} AS {name}")
            named.append((item, Said(name, said.type)))
        return texts, named

    def _note(self, item: Item, said: Said, name: str) -> None:
        """Keep in mind which names stand for aggregates, and which for something made of them."""
        used = {self.scope[one].text for one in _names(item.value) if one in self.scope}
        if not (used & self.aggregated) and not any(True for _ in aggregates(item.value)):
            return
        self.aggregated.add(name)
        if said.text not in self.aggregated or said.text in self.folded:
            self.folded.add(name)

    def unfold(self, calls: Iterable[Call]) -> str:
        """Hand what is made of aggregates through UNWIND, row by row, before it is aggregated again."""
        text = ""
        for name in sorted(frozenset().union(*(_names(call.arguments) for call in calls))):
            said = self.scope.get(name)
            if said is None or said.text not in self.folded:
                continue
            fresh = self.fresh(name)
            text += f"UNWIND [{said.text}] AS {fresh} "
            self.scope = {**self.scope, name: Said(fresh, said.type)}
        return text

    def _unlike(self, item: Item) -> None:
        self.refuse(
            item, "ids differ between engines and loads", "take a key: iso3, code, id or fact; ids may be compared"
        )

    def _final(self, item: Item, said: Said) -> Said:
        if said.type.kind == "identity":
            self._unlike(item)
        return said

    # Without groups

    def _plain_projection(self, e: Projection, items: tuple[Item, ...]) -> str:
        distinct = "DISTINCT " if e.distinct else ""
        if e.final:
            said = [self._final(item, self.say(item.value)) for item in items]
            texts = [
                one.text if one.text == item.name else f"{one.text} AS {quoted(item.name)}"
                for item, one in zip(items, said, strict=True)
            ]
            named = [(item, Said(quoted(item.name), one.type)) for item, one in zip(items, said, strict=True)]
        else:
            texts, named = self._stage(items)
        after = {item.alias or item.name: said for item, said in named}
        if e.where is not None and not e.distinct and not _names(e.where) <= after.keys():
            return self._looking_back(e, texts, named)
        seen = after if e.distinct else {**self.scope, **after}
        known = dict(self.known)
        if e.distinct:
            self.known = {item.value: said for item, said in named}
        with self.within(seen):
            order = self._order(e)
        self.known = known
        self.scope = after
        self.columns = [(item.name, said.type) for item, said in named]
        return self._clause(e, f"{distinct}{', '.join(texts)}", order)

    def _looking_back(self, e: Projection, texts: list[str], named: list[tuple[Item, Said]]) -> str:
        """A condition on what WITH does not hand on: hand on everything, look, and then only what is named."""
        after = {item.alias or item.name: said for item, said in named}
        new = [text for text in texts if " AS " in text]
        with self.within({**self.scope, **after}):
            text = self._clause(e, ", ".join(["*", *new]), self._order(e))
        self.scope = after
        self.columns = [(item.name, said.type) for item, said in named]
        return f"{text} WITH {', '.join(said.text for _, said in named)}"

    def _clause(self, e: Projection, columns: str, order: str) -> str:
        tail = order + self._cut(e)
        if order and not e.final and e.skip is None and e.limit is None:
            tail += f" {_ALL}"
        where = ""
        if e.where is not None:
            # What is cut is cut before the condition is looked at.
            between = " WITH *" if tail else ""
            where = f"{between} WHERE {self.flag(e.where)}"
        return f"{'RETURN' if e.final else 'WITH'} {columns}{tail}{where}"

    def _order(self, e: Projection) -> str:
        texts = []
        for sort in e.order:
            said = self.say(sort.value)
            if said.type.kind == "null":
                continue
            if said.type.kind in ("node", "edge", "path", "map", "list", "identity"):
                self.refuse(
                    sort, f"rows are put in order by {described(said.type)}", "order by a property, or by size(list)"
                )
            texts.append(f"{said.text}{' DESC' if sort.descending else ''}")
        return f" ORDER BY {', '.join(texts)}" if texts else ""

    def _cut(self, e: Projection) -> str:
        text = ""
        for word, value in (("SKIP", e.skip), ("LIMIT", e.limit)):
            if value is None:
                continue
            said = self.say(value)
            constant = isinstance(value, tree.Literal | tree.Parameter)
            if said.type != INTEGER or not constant or said.text.startswith("("):
                self.refuse(value, f"{word} takes a whole number from 0", "write it out, or pass it as a parameter")
            plain = self.given(value.name) if isinstance(value, tree.Parameter) else said.text
            text += f" {word} {plain}"
        return text

    # With groups

    def _grouped(self, e: Projection, items: tuple[Item, ...]) -> str:
        wanted = dict.fromkeys(
            a for part in (*(i.value for i in items), *(s.value for s in e.order)) for a in aggregates(part)
        )
        unfolded = self.unfold(wanted)
        first: list[str] = []
        known: dict[Expression, Said] = {}
        scope: dict[str, Said] = {}
        for item in items:
            if any(True for _ in aggregates(item.value)):
                continue
            said = self.say(item.value)
            if said.type.kind in ("identity", "path"):
                self.refuse(item, f"rows are grouped by {described(said.type)}", "group by a key: iso3, code or fact")
            plain = isinstance(item.value, tree.Variable) and said.text.isidentifier()
            name = said.text if plain else self.fresh(item.name)
            self._note(item, said, name)
            if name not in first:
                first.append(name if plain else f"{said.text} AS {name}")
            known[item.value] = Said(name, said.type)
            if isinstance(item.value, tree.Variable):
                scope[item.value.name] = Said(name, said.type)
        self._in_groups = bool(first)
        self._aliases = {} if e.final else {item.value: str(item.alias) for item in items}
        for call in wanted:
            column, said = self._aggregate(call)
            first += column
            known[call] = said
            if said.text.isidentifier():
                self.aggregated.add(said.text)
        stage = f"{unfolded}WITH {', '.join(first)} "
        self.known, self.scope = known, scope
        text = self._second_stage(e, items)
        self.known = {}
        return (stage + text).rstrip()

    def _second_stage(self, e: Projection, items: tuple[Item, ...]) -> str:
        said = [self.say(item.value) for item in items]
        names: list[str] = []
        for item, one in zip(items, said, strict=True):
            # A name that goes on as it is keeps the engine from taking it for the aggregate that it stands for.
            goes_on = not e.final and one.text.isidentifier() and one.text not in names
            names.append(one.text if goes_on else quoted(item.name) if e.final else self.fresh(item.name))
            self._note(item, one, names[-1])
        texts = [n if n == one.text else f"{one.text} AS {n}" for one, n in zip(said, names, strict=True)]
        after = {i.alias or i.name: Said(n, s.type) for i, s, n in zip(items, said, names, strict=True)}
        plain = not (e.final or e.distinct or e.order or e.skip or e.limit)
        if plain and all(n == one.text for n, one in zip(names, said, strict=True)):
            # The first step says it all; a second one would hide from the engine what it can still see through.
            self.scope, self.known = after, {}
            return f"WHERE {self.flag(e.where)}" if e.where is not None else ""
        if e.distinct:
            self.known = {item.value: after[item.alias or item.name] for item in items}
        with self.within({**self.scope, **after}):
            order = self._order(e)
        self.scope, self.known = after, {}
        self.columns = [(item.name, one.type) for item, one in zip(items, said, strict=True)]
        return self._clause(e, f"{'DISTINCT ' if e.distinct else ''}{', '.join(texts)}", order)

    def _aggregate(self, e: Call) -> tuple[list[str], Said]:
        """The columns that the first step computes for an aggregate, and what the second makes of them."""
        # Under its own name it goes through to RETURN: renamed, the engine may take it for an aggregate inside another.
        name, column = e.name.lower(), self.own(self._aliases[e]) if e in self._aliases else self.fresh(e.name)
        if e.star:
            if name != "count":
                self.refuse(e, f"{e.name}(*)", "only count(*) takes *")
            return [f"count(*) AS {column}"], Said(column, INTEGER)
        percentile = name.startswith("percentile")
        if len(e.arguments) != 1 + percentile:
            self.refuse(e, f"{e.name}() takes {1 + percentile} argument{'s' * percentile}", "see docs/cypher.md")
        if any(True for _ in aggregates(e.arguments)):
            self.refuse(e, "an aggregate stands inside another", "compute the inner one in a WITH before")
        value = self.say(e.arguments[0])
        if e.distinct and name not in ("min", "max") and self._in_groups and value.type.kind != "null":
            return self._different(e, name, column, value)
        distinct = "DISTINCT " if e.distinct and name not in ("min", "max") else ""
        return self._aggregate_of(e, name, column, value, distinct)

    def _different(self, e: Call, name: str, column: str, value: Said) -> tuple[list[str], Said]:
        """Of different values in groups, the engine (0.11.3) loses what is computed beside them: collect, and tell them apart then."""
        kind = value.type
        text = f"id({value.text})" if kind.kind in ("node", "edge") else value.text
        if kind.kind in ("path", "map", "list") or (kind.kind in ("node", "edge") and name != "count"):
            self.refuse(
                e,
                f"different ones of {described(kind)} in groups",
                "WITH DISTINCT them before, or tell them apart by a key",
            )
        columns = [f"collect({self.real(value) if name in _SPREAD or name == 'avg' else text}) AS {column}"]
        different = f"list_distinct({column})"
        wanted = engine_type(kind)
        if name == "count":
            return columns, Said(f"coalesce(size({different}), 0)", INTEGER)
        if name == "collect":
            return columns, Said(f"coalesce({different}, CAST([] AS {wanted}[]))", list_of(kind, solid=True))
        if not kind.is_number:
            self.refuse(e, f"{e.name}() of {described(kind)}", "it takes numbers")
        if name == "sum":
            return columns, Said(f"coalesce(CAST(list_sum({different}) AS {wanted}), CAST(0 AS {wanted}))", kind)
        if name == "avg":
            some = f"CASE WHEN size({different}) > 0 THEN size({different}) END"
            return columns, Said(f"(list_sum({different}) / CAST({some} AS DOUBLE))", REAL)
        return self.refuse(e, f"{e.name}(DISTINCT ..) in groups", "WITH DISTINCT the values before")

    def _aggregate_of(self, e: Call, name: str, column: str, value: Said, distinct: str) -> tuple[list[str], Said]:
        kind = value.type
        if name == "count":
            if kind.kind == "null":
                return [f"count(*) AS {column}"], Said("0", INTEGER)
            text = f"id({value.text})" if kind.kind in ("node", "edge") else value.text
            if kind.kind in ("path",):
                self.refuse(e, f"{described(kind)} is counted", "count(*) counts rows")
            return [f"count({distinct}{text}) AS {column}"], Said(column, INTEGER)
        if name == "collect":
            return self._collected(e, column, value, distinct)
        if kind.kind == "null":
            return [f"count(*) AS {column}"], Said("0", INTEGER) if name == "sum" else Said("NULL", NULL)
        if name in ("min", "max"):
            if kind.kind not in ("integer", "real", "number", "text", "day", "flag"):
                self.refuse(e, f"{e.name}() of {described(kind)}", "take it of a property")
            return [f"{name}({value.text}) AS {column}"], Said(column, kind)
        if not kind.is_number:
            self.refuse(e, f"{e.name}() of {described(kind)}", "it takes numbers")
        if name == "sum":
            cast, nothing = ("INT64", "0") if kind.kind == "integer" else ("DOUBLE", "0.0")
            if self._in_groups:
                # A group has a row, so nothing need be said of it later: in a second step the engine would take the
                # default for an aggregate inside another.
                return [f"sum(coalesce({value.text}, {nothing})) AS {column}"], Said(column, kind)
            return [f"sum({distinct}{value.text}) AS {column}"], Said(
                f"coalesce(CAST({column} AS {cast}), {nothing})", kind
            )
        if name == "avg":
            return [f"avg({distinct}{value.text}) AS {column}"], Said(column, REAL)
        return self._spread(e, name, column, value, distinct)

    def _collected(self, e: Call, column: str, value: Said, distinct: str) -> tuple[list[str], Said]:
        kind = value.type
        if kind.kind in ("null", "identity", "path"):
            self.refuse(e, f"{described(kind)} is collected", "collect a property")
        wanted = engine_type(kind)
        empty = f"CAST([] AS {wanted}[])" if wanted else "[]"
        holds = Type(kind.kind, kind.item, kind.solid, kind.empty, kind.fields, kind.names)
        said = Said(f"coalesce({column}, {empty})", list_of(holds, solid=True))
        return [f"collect({distinct}{value.text}) AS {column}"], said

    def _spread(self, e: Call, name: str, column: str, value: Said, distinct: str) -> tuple[list[str], Said]:
        """Percentiles and standard deviations, from the values themselves."""
        if name.startswith("percentile"):
            text = value.text if name.endswith("disc") else self.real(value)
            share = self.say(e.arguments[1])
            if not share.type.is_number or not isinstance(e.arguments[1], tree.Literal | tree.Parameter):
                self.refuse(e.arguments[1], "the percentile has to be written out or be a parameter", "write 0.5")
            columns = [f"collect({distinct}{text}) AS {column}"]
            return columns, _percentile(name, column, self.real(share), value.type)
        mean = self.fresh("mean")
        columns = [f"collect({distinct}{self.real(value)}) AS {column}", f"avg({distinct}{value.text}) AS {mean}"]
        one = self.fresh("v")
        squares = f"list_sum(list_transform({column}, {one} -> ({one} - {mean}) * ({one} - {mean})))"
        self.one_list(e)
        count = (
            f"size({column})"
            if name == "stdevp"
            else f"CASE WHEN size({column}) > 1 THEN size({column}) - 1 ELSE 1 END"
        )
        text = f"sqrt({squares} / CAST({count} AS DOUBLE))"
        return columns, Said(text, REAL)


def _percentile(name: str, column: str, share: str, kind: Type) -> Said:
    """The engine stops at a place outside a list, even in a branch not taken: places are kept inside, and one item is put behind."""
    size = f"coalesce(size({column}), 0)"
    hole = "DOUBLE" if name.endswith("cont") else engine_type(kind)
    ranked = f"list_concat(list_sort({column}), CAST([NULL] AS {hole}[]))"
    if name.endswith("disc"):
        at = f"CAST(CASE WHEN {share} = 0.0 THEN 1.0 ELSE ceil({share} * {size}) END AS INT64)"
        return Said(f"CASE WHEN {size} > 0 THEN list_extract({ranked}, {at}) END", kind)
    place = f"({share} * ({size} - 1))"
    low, high = (f"CAST({f}({place}) AS INT64)" for f in ("floor", "ceil"))
    below, above = (f"list_extract({ranked}, {at} + 1)" for at in (low, high))
    between = f"{below} * ({high} - {place}) + {above} * ({place} - {low})"
    return Said(f"CASE WHEN {size} = 0 THEN NULL WHEN {low} = {high} THEN {below} ELSE {between} END", REAL)
