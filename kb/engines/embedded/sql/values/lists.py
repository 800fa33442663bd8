"""Lists as SQL: their items and parts, and what is made of every item."""

from __future__ import annotations

from kb.cypher import tree as t
from kb.engines.embedded.sql.ground.context import cast
from kb.engines.embedded.sql.ground.scope import Sql
from kb.engines.embedded.sql.ground.types import BOOLEAN, INTEGER, NULL, list_of, sql_type
from kb.engines.embedded.sql.values.compiling import Compiling


def index(of: Compiling, node: t.Index) -> Sql:
    """``list[0]``, ``map['name']``, ``node['name']``."""
    key = node.index.value if isinstance(node.index, t.Literal) else None
    if isinstance(key, str) and of.identity(node.base):
        return of.property(t.Property(node.base, key, at=node.at))
    base = of.value(node.base)
    if isinstance(key, str) and base.type.kind == "map":
        return of.property(t.Property(node.base, key, at=node.at))
    index = of.value(node.index)
    if base.type.kind not in ("list", "null") or index.type not in (INTEGER, NULL):
        of.context.refuse(node, f"a {base.type} has no {index.type} as index", "lists are asked with whole numbers")
    if base.type == NULL:
        return base
    assert base.type.item
    return Sql(f"list_extract({base.text}, {index.text} + CAST({index.text} >= 0 AS BIGINT))", base.type.item)


def part(of: Compiling, node: t.Slice) -> Sql:
    """``list[1..3]``: from the first place on and up to the last, which is left out."""
    base = of.value(node.base)
    if base.type == NULL:
        return base
    if base.type.kind != "list":
        of.context.refuse(node, f"a {base.type} is no list", "take parts of a text with substring()")
    ends = [_end(of, node, base, end, none) for end, none in ((node.first, "0"), (node.last, f"len({base.text})"))]
    missing = " OR ".join(f"({end}) IS NULL" for end in ends)
    empty = f"CAST([] AS {sql_type(base.type)})"
    within = f"CASE WHEN {ends[0]} >= {ends[1]} THEN {empty} ELSE list_slice({base.text}, {ends[0]} + 1, {ends[1]}) END"
    return Sql(f"CASE WHEN {missing} THEN NULL ELSE {within} END", base.type)


def _end(of: Compiling, node: t.Slice, base: Sql, end: t.Expression | None, none: str) -> str:
    if end is None:
        return none
    found = of.value(end)
    if found.type not in (INTEGER, NULL):
        of.context.refuse(end, f"a whole number is due, this is a {found.type}", "lists are counted from 0")
    size = f"len({base.text})"
    from_end = f"CASE WHEN {found.text} < 0 THEN {size} + {found.text} ELSE {found.text} END"
    return f"(CASE WHEN ({found.text}) IS NULL THEN NULL ELSE greatest(0, least({size}, {from_end})) END)"


def comprehension(of: Compiling, node: t.ListComprehension) -> Sql:
    """``[x IN list WHERE condition | value]``."""
    found, type = of.source(node.source)
    text = found.text
    if node.where is not None:
        name, inner = of.item(node.variable, type)
        text = f"list_filter({text}, lambda {name}: {inner.condition(node.where)})"
    if node.body is None:
        return Sql(text, found.type)
    name, inner = of.item(node.variable, type)
    body = inner.value(node.body)
    made = list_of(body.type)
    return Sql(f"CAST(list_transform({text}, lambda {name}: {body.text}) AS {sql_type(made)})", made)


def quantifier(of: Compiling, node: t.Quantifier) -> Sql:
    """``all``, ``any``, ``none`` and ``single``: unknown where an item leaves it open."""
    found, type = of.source(node.source)
    name, inner = of.item(node.variable, type)
    test = inner.condition(node.where if node.where is not None else t.Variable(node.variable, at=node.at))
    tested = f"list_transform({found.text}, lambda {name}: {test})"

    def some(which: str) -> str:
        fresh = of.context.fresh("x")
        return f"len(list_filter({tested}, lambda {fresh}: {which.format(fresh)}))"

    unknown = f"WHEN {some('{} IS NULL')} > 0 THEN NULL"
    if node.kind == "all":
        cases = f"WHEN {some('NOT {}')} > 0 THEN FALSE {unknown} ELSE TRUE"
    elif node.kind == "single":
        cases = f"WHEN {some('{}')} > 1 THEN FALSE {unknown} ELSE {some('{}')} = 1"
    else:
        any_, none = ("TRUE", "FALSE") if node.kind == "any" else ("FALSE", "TRUE")
        cases = f"WHEN {some('{}')} > 0 THEN {any_} {unknown} ELSE {none}"
    return Sql(f"CASE WHEN {found.text} IS NULL THEN NULL {cases} END", BOOLEAN)


def reduced(of: Compiling, node: t.Reduce) -> Sql:
    """``reduce(total = start, x IN list | value)``."""
    found, type = of.source(node.source)
    start = of.value(node.start)
    type = start.type if type == NULL else type
    total, item = of.context.fresh("x"), of.context.fresh("x")
    kind = start.type
    while True:
        inner = of.within({node.total: Sql(total, kind), node.variable: Sql(item, type)})
        body = inner.value(node.body)
        wider = of.context.common(node, kind, body.type)
        if wider == kind:
            break
        kind = wider
    if kind != type:
        of.context.refuse(
            node,
            f"reduce here needs a total of the type of the items ({type})",
            "make them alike first, with [x IN list | ..]",
        )
    made = f"list_reduce({found.text}, lambda {total}, {item}: {cast(body, kind)}, {cast(start, kind)})"
    return Sql(f"CASE WHEN len({found.text}) = 0 THEN {cast(start, kind)} ELSE {made} END", kind)
