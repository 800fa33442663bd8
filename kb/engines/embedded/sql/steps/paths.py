"""Walks over relationships of variable length: every walk that uses no relationship twice."""

from __future__ import annotations

from kb.engines.embedded.sql.ground import tables
from kb.engines.embedded.sql.ground.candidates import Step
from kb.engines.embedded.sql.ground.context import Context
from kb.engines.embedded.sql.ground.schema import Schema
from kb.engines.embedded.sql.ground.scope import Flat
from kb.engines.embedded.sql.ground.types import NODE, RELATIONSHIP, quoted, sql_type


def walk(context: Context, step: Step, whole_ones: bool) -> str:
    """A select of ``f`` and ``g`` (the first and the last node), ``ids`` (the relationships), and with ``whole_ones``
    ``relationships`` and ``nodes`` (after the first) as values; a row per walk.
    """
    assert step.span is not None
    schema, name = context.schema, context.fresh("q")
    edges = tables.relationships(step.ways, frozenset(), whole_ones, schema)
    f, g = tables.sides(step.ways)
    one, more = _parts(step, schema, g, whole_ones)
    most = "" if step.span.most is None else f" AND len({name}.ids) < {step.span.most}"
    columns = "f, g, ids" + (", relationships, nodes" if whole_ones else "")
    begin = f"SELECT e.{f} AS f, e.{g} AS g, [e._id] AS ids{one} FROM {edges} AS e"
    if step.span.most == 0:
        begin += " WHERE FALSE"
    goes_on = f"SELECT {name}.f, e.{g}, list_append({name}.ids, e._id){more.format(name)} FROM {name}, {edges} AS e"
    goes_on += f" WHERE e.{f} = {name}.g AND NOT list_contains({name}.ids, e._id){most}"
    text = f"WITH RECURSIVE {name}({columns}) AS ({begin} UNION ALL {goes_on}) SELECT {columns} FROM {name} WHERE len(ids) >= {step.span.least}"
    return text + (f" UNION ALL {_standing(schema, whole_ones)}" if step.span.least == 0 else "")


def _parts(step: Step, schema: Schema, g: str, whole_ones: bool) -> tuple[str, str]:
    """The columns of whole relationships and nodes, for the first step and for every further one."""
    if not whole_ones:
        return "", ""
    relation = Flat("relationship", step.types, "e._id", {}, "e._start", "e._end", "e._json").boxed(schema).text
    node = f"(SELECT {_node('z', schema)} FROM {tables.nodes(schema.labels, frozenset(), True, schema)} AS z WHERE z._id = e.{g})"
    return (
        f", [{relation}] AS relationships, [{node}] AS nodes",
        f", list_append({{0}}.relationships, {relation}), list_append({{0}}.nodes, {node})",
    )


def _node(alias: str, schema: Schema) -> str:
    return Flat("node", schema.labels, f"{alias}._id", {}, json=f"{alias}._json").boxed(schema).text


def _standing(schema: Schema, whole_ones: bool) -> str:
    """Walks of no step: every node to itself."""
    ids = " UNION ALL ".join(f"SELECT _id FROM {tables.NODES}.{quoted(label)}" for label in sorted(schema.labels))
    empty = f", CAST([] AS {sql_type(RELATIONSHIP)}[]), CAST([] AS {sql_type(NODE)}[])" if whole_ones else ""
    return f"SELECT y._id, y._id, CAST([] AS BIGINT[]){empty} FROM ({ids}) AS y"
