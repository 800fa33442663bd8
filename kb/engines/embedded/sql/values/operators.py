"""Operators as SQL: three-valued, and never between types that Neo4j does not compare."""

from __future__ import annotations

from kb.cypher import tree as t
from kb.engines.embedded.sql.ground.context import cast
from kb.engines.embedded.sql.ground.scope import Sql
from kb.engines.embedded.sql.ground.types import (
    BOOLEAN,
    FLOAT,
    INTEGER,
    NULL,
    TEXT,
    Mismatch,
    common,
    list_of,
    sql_type,
)
from kb.engines.embedded.sql.values.compiling import Compiling

_UNKNOWN = Sql("CAST(NULL AS BOOLEAN)", BOOLEAN)
_TEXT_TESTS = {
    "STARTS WITH": "starts_with({0}, {1})",
    "ENDS WITH": "suffix({0}, {1})",
    "CONTAINS": "contains({0}, {1})",
    "=~": "regexp_full_match({0}, {1})",
}


def unary(of: Compiling, node: t.Unary) -> Sql:
    """NOT, - and +."""
    if node.op == "NOT":
        return Sql(f"(NOT {of.condition(node.value)})", BOOLEAN)
    found = of.value(node.value)
    if not found.type.is_number:
        of.context.refuse(node, f"a {found.type} has no sign", "signs belong to numbers")
    return Sql(f"(- {found.text})", found.type) if node.op == "-" and found.type != NULL else found


def logic(of: Compiling, node: t.Logic) -> Sql:
    """AND, OR and XOR."""
    word = {"AND": " AND ", "OR": " OR ", "XOR": " <> "}[node.op]
    items = [of.condition(item) for item in node.items]
    if node.op != "XOR":
        return Sql("(" + word.join(items) + ")", BOOLEAN)
    text = items[0]
    for item in items[1:]:
        text = f"(({text}) <> ({item}))"
    return Sql(text, BOOLEAN)


def comparison(of: Compiling, node: t.Comparison) -> Sql:
    """``a < b <= c``: every pair holds."""
    tests, left = [], node.first
    for op, right in node.rest:
        tests.append(_compared(of, node, op, left, right))
        left = right
    return Sql("(" + " AND ".join(tests) + ")", BOOLEAN)


def _compared(of: Compiling, node: t.Node, op: str, left: t.Expression, right: t.Expression) -> str:
    ids = of.identity(left), of.identity(right)
    if all(ids) and op in ("=", "<>"):
        return f"({ids[0]} {op} {ids[1]})"
    one, other = of.value(left), of.value(right)
    if any(ids) or "path" in (one.type.kind, other.type.kind):
        if NULL in (one.type, other.type):
            return _UNKNOWN.text
        of.context.refuse(node, f"a {one.type} and a {other.type} are not compared", "compare their properties")
    return compare(of, node, op, one, other)


def compare(of: Compiling, node: t.Node, op: str, one: Sql, other: Sql) -> str:
    """The SQL of a comparison of two values."""
    if NULL in (one.type, other.type):
        return _UNKNOWN.text
    if one.type.kind in ("list", "map") or other.type.kind in ("list", "map"):
        return _whole_compared(of, node, op, one, other)
    try:
        type = common(one.type, other.type)
    except Mismatch:
        # Neo4j calls values of different types unequal, and says of no order between them.
        if op not in ("=", "<>"):
            return _UNKNOWN.text
        return f"(CASE WHEN ({one.text}) IS NULL OR ({other.text}) IS NULL THEN NULL ELSE {'FALSE' if op == '=' else 'TRUE'} END)"
    return f"({cast(one, type)} {op} {cast(other, type)})"


def _whole_compared(of: Compiling, node: t.Node, op: str, one: Sql, other: Sql) -> str:
    """Lists and maps: equal where all their items are; what is unknown in one makes that unknown."""
    if op not in ("=", "<>") or one.type.kind != other.type.kind or one.type.kind == "map":
        of.context.refuse(node, f"a {one.type} and a {other.type} are not compared by {op}", "compare their items")
    type = of.context.common(node, one.type, other.type)
    a, b = cast(one, type), cast(other, type)
    holes = f"list_contains(list_transform({a} || {b}, lambda v: v IS NULL), TRUE)"
    equal = f"CASE WHEN len({a}) <> len({b}) THEN FALSE WHEN {holes} THEN NULL ELSE {a} = {b} END"
    return f"(NOT ({equal}))" if op == "<>" else f"({equal})"


def binary(of: Compiling, node: t.Binary) -> Sql:
    """Arithmetic, joining, IN, and the tests of texts."""
    if node.op == "IN":
        return _is_in(of, node)
    left, right = of.value(node.left), of.value(node.right)
    if node.op in _TEXT_TESTS:
        return _text_test(left, right, node.op)
    if node.op in ("+", "||") and (joined := _joined(of, node, left, right)):
        return joined
    if not (left.type.is_number and right.type.is_number):
        of.context.refuse(node, f"{node.op} between a {left.type} and a {right.type}", "convert one of them first")
    return _arithmetic(node.op, left, right)


def _text_test(left: Sql, right: Sql, op: str) -> Sql:
    """A test of something that is no text is unknown, as on Neo4j."""
    if left.type != TEXT or right.type != TEXT:
        return _UNKNOWN
    return Sql("(" + _TEXT_TESTS[op].format(left.text, right.text) + ")", BOOLEAN)


def _arithmetic(op: str, left: Sql, right: Sql) -> Sql:
    if NULL in (left.type, right.type):
        return Sql("NULL", NULL)
    if op == "^":
        return Sql(f"pow({cast(left, FLOAT)}, {cast(right, FLOAT)})", FLOAT)
    type = INTEGER if left.type == right.type == INTEGER else FLOAT
    a, b = cast(left, type), cast(right, type)
    if op == "/" and type == INTEGER:
        return Sql(_whole_division(a, b), INTEGER)
    return Sql(f"({a} {op} {b})", type)


def _whole_division(a: str, b: str) -> str:
    """Towards zero, as Neo4j divides."""
    return f"(sign({a}) * sign({b}) * (abs({a}) // abs({b})))"


def _joined(of: Compiling, node: t.Node, left: Sql, right: Sql) -> Sql | None:
    """Texts and lists joined by + or ||; None where both are numbers."""
    kinds = {left.type.kind, right.type.kind}
    if "list" in kinds:
        return _joined_lists(of, node, left, right)
    if kinds == {"text", "null"} or (kinds == {"null"} and left.type == right.type):
        return Sql("CAST(NULL AS VARCHAR)", TEXT) if "text" in kinds else Sql("NULL", NULL)
    if "text" in kinds and kinds <= {"text", "integer", "float", "boolean"}:
        return Sql(f"({as_text(left)} || {as_text(right)})", TEXT)
    return None


def _joined_lists(of: Compiling, node: t.Node, left: Sql, right: Sql) -> Sql:
    lists = []
    for one in (left, right):
        if one.type.kind != "list":
            one = Sql(f"[{one.text}]", list_of(one.type)) if one.type != NULL else Sql("NULL", NULL)
        lists.append(one)
    type = of.context.common(node, lists[0].type, lists[1].type)
    a, b = (f"CAST({one.text} AS {sql_type(type)})" for one in lists)
    return Sql(f"(CASE WHEN ({a}) IS NULL OR ({b}) IS NULL THEN NULL ELSE list_concat({a}, {b}) END)", type)


def as_text(value: Sql) -> str:
    """A value as Neo4j's toString writes it; numbers that Java writes with an exponent are refused when they come."""
    if value.type == FLOAT:
        plain = f"{value.text} = 0 OR (abs({value.text}) >= 0.001 AND abs({value.text}) < 10000000)"
        far = "error('toString() of a number below 0.001 or from 10,000,000 on is not known here: round it, or use toInteger()')"
        return f"(CASE WHEN ({value.text}) IS NULL THEN NULL WHEN {plain} THEN CAST({value.text} AS VARCHAR) ELSE {far} END)"
    return value.text if value.type == TEXT else f"CAST({value.text} AS VARCHAR)"


def _is_in(of: Compiling, node: t.Binary) -> Sql:
    """``x IN list``: unknown where the list has a missing item and no equal one."""
    found, item = of.source(node.right)
    if found.type == list_of(NULL):
        text = f"CASE WHEN {found.text} IS NULL THEN NULL WHEN len({found.text}) = 0 THEN FALSE END"
        return Sql(f"CAST({text} AS BOOLEAN)", BOOLEAN)
    id = of.identity(node.left)
    if id and item.is_entity:
        return Sql(_found_in(id, f"list_transform({found.text}, lambda v: v.id)"), BOOLEAN)
    one = of.value(node.left)
    if one.type == NULL:
        return Sql(f"(CASE WHEN len({found.text}) = 0 THEN FALSE END)", BOOLEAN)
    if one.type.kind in ("list", "map"):
        of.context.refuse(node, "IN with lists or maps inside is not known here", "unwind the list and compare")
    try:
        type = common(one.type, item)
    except Mismatch:
        empty = f"CASE WHEN len({found.text}) = 0 THEN FALSE WHEN ({one.text}) IS NULL THEN NULL ELSE FALSE END"
        return Sql(f"(CASE WHEN {found.text} IS NULL THEN NULL ELSE {empty} END)", BOOLEAN)
    return Sql(_found_in(cast(one, type), cast(found, list_of(type))), BOOLEAN)


def _found_in(one: str, items: str) -> str:
    holes = f"list_contains(list_transform({items}, lambda v: v IS NULL), TRUE)"
    cases = (
        f"WHEN len({items}) = 0 THEN FALSE WHEN ({one}) IS NULL THEN NULL WHEN list_contains({items}, {one}) THEN TRUE"
    )
    return f"(CASE WHEN {items} IS NULL THEN NULL {cases} WHEN {holes} THEN NULL ELSE FALSE END)"


def trim(of: Compiling, node: t.Trim) -> Sql:
    """``trim(BOTH 'x' FROM text)``."""
    name = {"BOTH": "trim", "LEADING": "ltrim", "TRAILING": "rtrim"}[node.side]
    text = of.value(node.text)
    if text.type not in (TEXT, NULL):
        of.context.refuse(node, f"a text is due, this is a {text.type}", "convert it with toString()")
    what = f", {of.value(node.what).text}" if node.what is not None else ""
    return Sql(f"{name}({cast(text, TEXT)}{what})", TEXT)
