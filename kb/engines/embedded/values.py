"""Values of an answer as Python and Arrow have them, the same from every engine.

Days are dates and times are datetimes. A node is ``{"kind": "node", "id", "label", "properties"}``, an edge ``{"kind":
"edge", "id", "type", "start", "end", "properties"}``, a path ``{"kind": "path", "nodes", "edges"}``, as in :mod:`kb.console.console`.
Here are those of the embedded engine, whose nodes and edges are structures with their properties in JSON.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pyarrow as pa

from kb.engines.embedded.sql.ground.types import Type
from kb.model.shape import Model

#: Kinds whose values are what they should be already.
_AS_IS = frozenset({"text", "integer", "float", "boolean", "date"})
#: How the texts of JSON become days and times again, by the type of the property.
_READ = {"day": dt.date.fromisoformat, "time": dt.datetime.fromisoformat}


def of_row(row: Sequence[Any], types: Sequence[Type], model: Model) -> list[Any]:
    """The values of a row of the embedded engine."""
    return [of_embedded(value, type, model) for value, type in zip(row, types, strict=True)]


def of_embedded(value: Any, type: Type, model: Model) -> Any:
    """A value of the embedded engine of a type."""
    if value is None or type.kind in _AS_IS:
        return value
    if type.kind == "list":
        assert type.item
        return value if type.item.kind in _AS_IS else [of_embedded(item, type.item, model) for item in value]
    if type.is_entity:
        return _entity(value, model)
    if type.kind == "path":
        nodes, edges = ([_entity(one, model) for one in value[part]] for part in ("nodes", "relationships"))
        return {"kind": "path", "nodes": nodes, "edges": edges}
    if type.kind == "map":
        return {name: of_embedded(value[name], of, model) for name, of in type.fields}
    return value.astimezone(dt.UTC) if isinstance(value, dt.datetime) else value


def _entity(value: Mapping[str, Any], model: Model) -> dict[str, Any]:
    """A node or an edge; what it does not state is left out."""
    stated = _properties(value, model)
    if value["kind"] == "node":
        return {"kind": "node", "id": str(value["id"]), "label": value["label"], "properties": stated}
    ends = {"start": str(value["first"]), "end": str(value["last"])}
    return {"kind": "edge", "id": str(value["id"]), "type": value["label"], **ends, "properties": stated}


def _properties(value: Mapping[str, Any], model: Model) -> dict[str, Any]:
    read = _readers(value["label"], model)
    stated = json.loads(value["properties"] or "{}")
    return {k: read[k](v) if k in read else v for k, v in stated.items() if v is not None}


@cache
def _readers(table: str, model: Model) -> dict[str, Any]:
    return {p.name: _READ[p.type] for p in model.table(table).properties if p.type in _READ}


def as_table(found: pa.Table, columns: Sequence[tuple[str, Type]], model: Model) -> pa.Table:
    """An answer with its columns' names; nodes and edges as maps of their properties, times in UTC."""
    arrays = [_column(found.column(at), type, model) for at, (_, type) in enumerate(columns)]
    return pa.Table.from_arrays(arrays, names=[name for name, _ in columns])


def _column(column: pa.ChunkedArray, type: Type, model: Model) -> Any:
    if _holds_entities(type):
        return pa.array([_flat(value, type, model) for value in column.to_pylist()])
    if type.kind == "time":
        return column.cast(pa.timestamp("us", tz="UTC"))
    return pa.nulls(len(column)) if type.kind == "null" else column


def _holds_entities(type: Type) -> bool:
    inner = [type.item, *(of for _, of in type.fields)]
    return type.is_entity or type.kind == "path" or any(_holds_entities(one) for one in inner if one)


def _flat(value: Any, type: Type, model: Model) -> Any:
    """A value in which every node and edge is only its properties, as the server's driver gives them to a table."""
    if value is None:
        return None
    if type.kind == "list":
        assert type.item
        return [_flat(item, type.item, model) for item in value]
    if type.is_entity:
        return _properties(value, model)
    if type.kind == "map":
        return {name: _flat(value[name], of, model) for name, of in type.fields}
    return of_embedded(value, type, model)
