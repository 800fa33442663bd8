"""Functions as SQL: what Neo4j's functions give, for every value that they take."""

from __future__ import annotations

from collections.abc import Callable

from kb.cypher import tree as t
from kb.engines.embedded.sql.ground import tables
from kb.engines.embedded.sql.ground.context import cast
from kb.engines.embedded.sql.ground.scope import Boxed, Flat, Sql, table_name
from kb.engines.embedded.sql.ground.types import (
    BOOLEAN,
    DATE,
    FLOAT,
    INTEGER,
    NODE,
    NULL,
    PATH,
    TEXT,
    TIME,
    Type,
    list_of,
)
from kb.engines.embedded.sql.values.compiling import Compiling
from kb.engines.embedded.sql.values.operators import as_text
from kb.engines.embedded.sql.values.simple import FUNCTIONS, Simple

AGGREGATES = frozenset(
    {"count", "sum", "avg", "min", "max", "collect", "stdev", "stdevp", "percentilecont", "percentiledisc"}
)


_KINDS = {"n": FLOAT, "t": TEXT, "i": INTEGER}


def call(of: Compiling, node: t.Call) -> Sql:
    """The SQL of a function's value. Raises :class:`kb.cypher.read.tokens.RefusedAt`."""
    name = node.name.lower()
    if name == "round" and len(node.arguments) == 2:
        return _round(of, node)
    if name in FUNCTIONS:
        return _simple(of, node, FUNCTIONS[name])
    if name in _SPECIAL:
        return _SPECIAL[name](of, node)
    of.context.refuse(
        node, f"{node.name}() is known on a Neo4j server only", "docs/cypher.md says how to write it here"
    )


def _simple(of: Compiling, node: t.Call, forms: tuple[Simple, ...]) -> Sql:
    form = next((f for f in forms if len(f.kinds) == len(node.arguments)), None)
    if form is None:
        takes = " or ".join(str(len(f.kinds)) for f in forms)
        of.context.refuse(node, f"{node.name}() takes {takes} arguments", "see docs/cypher.md")
    values = []
    for kind, argument in zip(form.kinds, node.arguments, strict=True):
        values.append(need(of, argument, _KINDS[kind]))
    return Sql("(" + form.text.format(*values) + ")", form.type)


def _round(of: Compiling, node: t.Call) -> Sql:
    """To so many decimals: by the digits that are written, halves away from zero, as Neo4j rounds."""
    found, digits = node.arguments
    if not (isinstance(digits, t.Literal) and isinstance(digits.value, int) and 0 <= digits.value <= 15):
        of.context.refuse(
            digits, "round() takes the number of decimals as it is written", "write a number from 0 to 15"
        )
    value = need(of, found, FLOAT)
    exact = f"round(CAST(CAST({value} AS VARCHAR) AS DECIMAL(38, 18)), {digits.value})"
    return Sql(f"(CASE WHEN abs({value}) < 1e15 THEN CAST({exact} AS DOUBLE) ELSE {value} END)", FLOAT)


def _exists(of: Compiling, node: t.Call) -> Sql:
    """``exists(n.name)`` and ``exists((a)-->(b))``, the older way."""
    argument = _one(of, node)
    if isinstance(argument, t.PatternPredicate):
        return of.value(argument)
    return of.value(t.IsNull(argument, True, at=node.at))


def need(of: Compiling, node: t.Expression, type: Type) -> str:
    """The SQL of an argument that has to be of a type, or a refusal."""
    found = of.value(node)
    fits = found.type in (type, NULL) or (type == FLOAT and found.type == INTEGER)
    if not fits:
        of.context.refuse(node, f"a {type} is due, this is a {found.type}", "convert it, or name another value")
    return cast(found, type)


def _one(of: Compiling, node: t.Call) -> t.Expression:
    if len(node.arguments) != 1:
        of.context.refuse(node, f"{node.name}() takes one argument", "see docs/cypher.md")
    return node.arguments[0]


def _abs(of: Compiling, node: t.Call) -> Sql:
    found = of.value(_one(of, node))
    need(of, node.arguments[0], FLOAT)
    return Sql(f"abs({found.text})", found.type)


def _coalesce(of: Compiling, node: t.Call) -> Sql:
    values = [of.value(argument) for argument in node.arguments]
    type = NULL
    for value in values:
        type = of.context.common(node, type, value.type)
    return Sql("coalesce(" + ", ".join(cast(value, type) for value in values) + ")", type)


def _nullif(of: Compiling, node: t.Call) -> Sql:
    if len(node.arguments) != 2:
        of.context.refuse(node, "nullIf() takes two arguments", "see docs/cypher.md")
    first, second = node.arguments
    test = of.condition(t.Comparison(first, (("=", second),), at=node.at))
    value = of.value(first)
    return Sql(f"(CASE WHEN {test} THEN NULL ELSE {value.text} END)", value.type)


def _size(of: Compiling, node: t.Call) -> Sql:
    found = of.value(_one(of, node))
    if found.type.kind not in ("list", "text", "null"):
        of.context.refuse(node, f"a {found.type} has no size", "size() is of lists and texts, COUNT { } of patterns")
    if found.type == NULL:
        return Sql("CAST(NULL AS BIGINT)", INTEGER)
    return Sql(f"{'len' if found.type.kind == 'list' else 'length'}({found.text})", INTEGER)


def _length(of: Compiling, node: t.Call) -> Sql:
    found = of.value(_one(of, node))
    if found.type not in (PATH, NULL):
        of.context.refuse(node, f"length() is of paths, this is a {found.type}", "use size()")
    return Sql(f"len(({found.text}).relationships)", INTEGER)


def _reverse(of: Compiling, node: t.Call) -> Sql:
    found = of.value(_one(of, node))
    if found.type.kind not in ("list", "text", "null"):
        of.context.refuse(node, f"a {found.type} cannot be reversed", "reverse() is of lists and texts")
    return Sql(f"{'list_reverse' if found.type.kind == 'list' else 'reverse'}({found.text})", found.type)


def _end_of_list(place: str) -> Callable[[Compiling, t.Call], Sql]:
    def compiled(of: Compiling, node: t.Call) -> Sql:
        found, item = of.source(_one(of, node))
        return Sql(f"list_extract({found.text}, {place})", item)

    return compiled


def _tail(of: Compiling, node: t.Call) -> Sql:
    found, _ = of.source(_one(of, node))
    return Sql(f"list_slice({found.text}, 2, len({found.text}))", found.type)


def _range(of: Compiling, node: t.Call) -> Sql:
    if len(node.arguments) not in (2, 3):
        of.context.refuse(node, "range() takes two or three arguments", "the first, the last and the step")
    first, last, *step = (need(of, argument, INTEGER) for argument in node.arguments)
    by = step[0] if step else "CAST(1 AS BIGINT)"
    safe = f"CASE WHEN {by} = 0 THEN error('the step of a range cannot be 0') ELSE {by} END"
    return Sql(f"generate_series({first}, {last}, {safe})", list_of(INTEGER))


def _isempty(of: Compiling, node: t.Call) -> Sql:
    return Sql(f"({_size(of, node).text} = 0)", BOOLEAN)


# Conversions


def _tostring(of: Compiling, node: t.Call) -> Sql:
    found = of.value(_one(of, node))
    if found.type.kind in ("list", "map", "path") or found.type.is_entity:
        of.context.refuse(node, f"a {found.type} cannot become a text", "take its items or properties")
    return Sql(as_text(found), TEXT)


def _tointeger(of: Compiling, node: t.Call) -> Sql:
    found = of.value(_one(of, node))
    if found.type == INTEGER:
        return found
    if found.type == FLOAT:
        return Sql(f"TRY_CAST(trunc({found.text}) AS BIGINT)", INTEGER)
    if found.type == BOOLEAN:
        return Sql(f"CAST({found.text} AS BIGINT)", INTEGER)
    text = _convertible(of, node, found)
    whole = f"TRY_CAST(trim({text}) AS BIGINT)"
    looks = f"regexp_full_match(trim({text}), '[+-]?[0-9]+')"
    return Sql(f"(CASE WHEN {looks} THEN {whole} ELSE TRY_CAST(trunc({_parsed(text)}) AS BIGINT) END)", INTEGER)


def _tofloat(of: Compiling, node: t.Call) -> Sql:
    found = of.value(_one(of, node))
    if found.type.is_number:
        return Sql(cast(found, FLOAT), FLOAT)
    return Sql(_parsed(_convertible(of, node, found)), FLOAT)


def _parsed(text: str) -> str:
    """A number out of a text, only where the text is written as one."""
    looks = f"regexp_full_match(trim({text}), '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?')"
    return f"(CASE WHEN {looks} THEN TRY_CAST(trim({text}) AS DOUBLE) END)"


def _toboolean(of: Compiling, node: t.Call) -> Sql:
    found = of.value(_one(of, node))
    if found.type == BOOLEAN:
        return found
    if found.type == INTEGER:
        return Sql(f"({found.text} <> 0)", BOOLEAN)
    text = _convertible(of, node, found)
    return Sql(f"(CASE lower(trim({text})) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END)", BOOLEAN)


def _convertible(of: Compiling, node: t.Call, found: Sql) -> str:
    if found.type not in (TEXT, NULL):
        of.context.refuse(node, f"a {found.type} cannot be converted by {node.name}()", "take a text or a number")
    return cast(found, TEXT)


def _date(of: Compiling, node: t.Call) -> Sql:
    if not node.arguments:
        return Sql("current_date", DATE)
    found = of.value(_one(of, node))
    if found.type.kind == "map":
        parts = dict(found.type.fields)
        if "year" in parts and set(parts) <= {"year", "month", "day"}:
            numbers = [f"({found.text}).{part}" if part in parts else "1" for part in ("year", "month", "day")]
            return Sql(f"make_date({', '.join(numbers)})", DATE)
    if found.type in (DATE, TIME):
        return Sql(f"CAST({found.text} AS DATE)", DATE)
    if found.type not in (TEXT, NULL):
        of.context.refuse(node, f"date() of a {found.type} is not known here", "write date('2000-01-31')")
    return Sql(f"CAST({cast(found, TEXT)} AS DATE)", DATE)


def _datetime(of: Compiling, node: t.Call) -> Sql:
    if not node.arguments:
        return Sql("now()", TIME)
    return Sql(f"CAST({need(of, _one(of, node), TEXT)} AS TIMESTAMPTZ)", TIME)


# Nodes, relationships and paths


def _entity(of: Compiling, node: t.Call) -> Flat | Boxed | None:
    """The node or relationship that is the argument; None for null."""
    found = of.binding(_one(of, node))
    if isinstance(found, Flat | Boxed):
        return found
    if found.type != NULL:
        of.context.refuse(
            node, f"{node.name}() is of nodes and relationships, this is a {found.type}", "name a variable"
        )
    return None


def _id(of: Compiling, node: t.Call) -> Sql:
    found = _entity(of, node)
    return Sql(found.id if found else "NULL", INTEGER)


def _elementid(of: Compiling, node: t.Call) -> Sql:
    return Sql(f"CAST({_id(of, node).text} AS VARCHAR)", TEXT)


def _name_of(of: Compiling, found: Flat | Boxed | None) -> str:
    if found is None:
        return "CAST(NULL AS VARCHAR)"
    if isinstance(found, Boxed):
        return f"({found.value.text}).label"
    return table_name(found.id, found.tables, of.context.schema)


def _labels(of: Compiling, node: t.Call) -> Sql:
    name = _name_of(of, _entity(of, node))
    return Sql(f"(CASE WHEN {name} IS NOT NULL THEN [{name}] END)", list_of(TEXT))


def _type(of: Compiling, node: t.Call) -> Sql:
    return Sql(_name_of(of, _entity(of, node)), TEXT)


def _keys(of: Compiling, node: t.Call) -> Sql:
    found = of.value(_one(of, node))
    if found.type.is_entity:
        stated = f"({found.text}).properties"
        test = f"json_type({stated}, '$.\"' || x || '\"') <> 'NULL'"
        return Sql(f"list_filter(json_keys({stated}), lambda x: {test})", list_of(TEXT))
    if found.type.kind == "map":
        names = ", ".join(of.context.constant(name).text for name, _ in found.type.fields)
        return Sql(f"[{names}]", list_of(TEXT))
    of.context.refuse(node, f"a {found.type} has no keys", "keys() is of nodes, relationships and maps")


def _end_node(of: Compiling, node: t.Call) -> Sql:
    """startNode() and endNode(): the whole node, looked up."""
    found = _entity(of, node)
    if found is None:
        return Sql("NULL", NULL)
    first = node.name.lower() == "startnode"
    schema = of.context.schema
    if isinstance(found, Flat):
        id, types = (found.first if first else found.last), found.tables
    else:
        id, types = f"({found.value.text}).{'first' if first else 'last'}", schema.types
    labels = frozenset(schema.ends(type)[0 if first else 1] for type in types)
    alias = of.context.fresh("z")
    boxed = Flat("node", labels, f"{alias}._id", {}, json=f"{alias}._json").boxed(schema)
    source = tables.nodes(labels, frozenset(), True, schema)
    return Sql(f"(SELECT {boxed.text} FROM {source} AS {alias} WHERE {alias}._id = {id})", NODE)


def _parts(which: str) -> Callable[[Compiling, t.Call], Sql]:
    def compiled(of: Compiling, node: t.Call) -> Sql:
        found = of.value(_one(of, node))
        if found.type != PATH:
            of.context.refuse(node, f"{node.name}() is of paths, this is a {found.type}", "name a path: p = (a)-->(b)")
        return Sql(f"({found.text}).{which}", list_of(Type("node" if which == "nodes" else "relationship")))

    return compiled


def _properties(of: Compiling, node: t.Call) -> Sql:
    of.context.refuse(
        node, "properties() is not known here", "return the node, or name the properties: n {.name, .year}"
    )


_SPECIAL: dict[str, Callable[[Compiling, t.Call], Sql]] = {
    "abs": _abs,
    "coalesce": _coalesce,
    "exists": _exists,
    "nullif": _nullif,
    "size": _size,
    "length": _length,
    "reverse": _reverse,
    "head": _end_of_list("1"),
    "last": _end_of_list("-1"),
    "tail": _tail,
    "range": _range,
    "isempty": _isempty,
    "tostring": _tostring,
    "tostringornull": _tostring,
    "tointeger": _tointeger,
    "tointegerornull": _tointeger,
    "tofloat": _tofloat,
    "tofloatornull": _tofloat,
    "toboolean": _toboolean,
    "tobooleanornull": _toboolean,
    "date": _date,
    "datetime": _datetime,
    "id": _id,
    "elementid": _elementid,
    "labels": _labels,
    "type": _type,
    "keys": _keys,
    "startnode": _end_node,
    "endnode": _end_node,
    "nodes": _parts("nodes"),
    "relationships": _parts("relationships"),
    "properties": _properties,
}
