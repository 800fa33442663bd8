"""The tables of the graph as the FROM of a select: of one label or type, or of several brought together."""

from __future__ import annotations

from kb.engines.embedded.sql.ground.candidates import Way
from kb.engines.embedded.sql.ground.schema import ROW_BITS, Schema
from kb.engines.embedded.sql.ground.scope import property_type, whole
from kb.engines.embedded.sql.ground.types import Mismatch, quoted, sql_type

NODES, EDGES = "nodes", "edges"


def is_one_of(id: str, tables: frozenset[str], schema: Schema) -> str:
    """The condition that an identity is of one of these labels or types."""
    numbers = ", ".join(str(schema.numbers[name]) for name in sorted(tables)) or "-1"
    return f"(({id} >> {ROW_BITS}) IN ({numbers}))"


def nodes(labels: frozenset[str], keys: frozenset[str], want_whole: bool, schema: Schema) -> str:
    """``_id``, the properties that are asked for, and ``_json`` where all of them are."""
    if len(labels) == 1 and not want_whole:
        [only] = labels
        return f"{NODES}.{quoted(only)}"
    parts = [
        f"SELECT x._id{_asked('x', label, keys, labels, schema)}{_json('x', label, want_whole, schema)} FROM {NODES}.{quoted(label)} AS x"
        for label in sorted(labels)
    ]
    return "(" + " UNION ALL ".join(parts or [_nothing(("_id",), keys, want_whole)]) + ")"


def relationships(ways: list[Way], keys: frozenset[str], want_whole: bool, schema: Schema) -> str:
    """``_id``, ``_start`` and ``_end``, the ends as the pattern has them (:func:`sides`), and what is asked for."""
    if len(ways) == 1 and not want_whole:
        return f"{EDGES}.{quoted(ways[0][0])}"
    types = frozenset(type for type, _ in ways)
    parts = []
    for type, forwards in ways:
        f, g = ("_start", "_end") if forwards else ("_end", "_start")
        asked = _asked("x", type, keys, types, schema) + _json("x", type, want_whole, schema)
        # A loop is met once, whichever way it is walked.
        once = " WHERE x._start <> x._end" if not forwards and (type, True) in ways else ""
        parts.append(
            f"SELECT x._id, x._start, x._end, x.{f} AS _f, x.{g} AS _g{asked} FROM {EDGES}.{quoted(type)} AS x{once}"
        )
    return "(" + " UNION ALL ".join(parts or [_nothing(("_id", "_start", "_end", "_f", "_g"), keys, want_whole)]) + ")"


def sides(ways: list[Way]) -> tuple[str, str]:
    """The columns of :func:`relationships` that hold the left and the right node of the pattern."""
    if len(ways) == 1:
        return ("_start", "_end") if ways[0][1] else ("_end", "_start")
    return "_f", "_g"


def _asked(alias: str, table: str, keys: frozenset[str], tables: frozenset[str], schema: Schema) -> str:
    text = ""
    for key in sorted(keys):
        try:
            type = property_type(key, tables, schema)
        except Mismatch:
            continue  # refused where it is asked for
        has = key in schema.properties(table)
        text += f", CAST({alias + '.' + quoted(key) if has else 'NULL'} AS {sql_type(type)}) AS {quoted(key)}"
    return text


def _json(alias: str, table: str, wanted: bool, schema: Schema) -> str:
    return f", {whole(alias, table, schema)} AS _json" if wanted else ""


def _nothing(ids: tuple[str, ...], keys: frozenset[str], want_whole: bool) -> str:
    """No rows: what the pattern asks for cannot be there."""
    columns = [f"CAST(NULL AS BIGINT) AS {name}" for name in ids]
    columns += [f"NULL AS {quoted(key)}" for key in sorted(keys)]
    columns += ["CAST(NULL AS JSON) AS _json"] if want_whole else []
    return f"SELECT {', '.join(columns)} WHERE FALSE"
