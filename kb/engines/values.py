"""Values of an answer as Python has them, the same from every engine: for frames and for whoever streams.

Days are dates and times are datetimes. A node is ``{"kind": "node", "id", "label", "properties"}``, an edge ``{"kind":
"edge", "id", "type", "start", "end", "properties"}``, a path ``{"kind": "path", "nodes", "edges"}``, as in :mod:`kb.console`.
"""

from __future__ import annotations

import datetime as dt
import decimal
from collections.abc import Iterator, Mapping
from typing import Any

#: What the engine adds to the properties of a node or an edge.
_INNER = frozenset({"_id", "_label", "_src", "_dst"})

#: Most values are of these types and stay what they are; asking for the type alone makes long answers twice as fast.
_AS_IS = frozenset({str, int, float, bool, type(None), dt.date, dt.datetime})


def batches(result: Any, size: int) -> Iterator[list[list[Any]]]:
    """The rows of the embedded engine's answer, ``size`` at a time."""
    while result.has_next():
        yield [[v if type(v) in _AS_IS else of_embedded(v) for v in row] for row in result.get_n(size)]


def of_embedded(value: Any) -> Any:
    """A value of the embedded engine; 128-bit sums of whole numbers, which arrive as decimals, as int."""
    if isinstance(value, decimal.Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, list | tuple):
        return [of_embedded(item) for item in value]
    if isinstance(value, dict):
        return _structure(value)
    return value


def _structure(value: Mapping[str, Any]) -> dict[str, Any]:
    """A node, an edge, a path or a plain map. What the engine says of itself begins with an underscore, in either case."""
    inner = {key.lower(): item for key, item in value.items() if key.startswith("_")}
    if "_nodes" in inner and "_rels" in inner:
        nodes, edges = ([_structure(one) for one in inner[name]] for name in ("_nodes", "_rels"))
        return {"kind": "path", "nodes": nodes, "edges": edges}
    if "_label" not in inner or "_id" not in inner:
        return {key: of_embedded(item) for key, item in value.items()}
    stated = {k: of_embedded(v) for k, v in value.items() if k.lower() not in _INNER and v is not None}
    if "_src" in inner:
        ends = {"start": _identity(inner["_src"]), "end": _identity(inner["_dst"])}
        return {"kind": "edge", "id": _identity(inner["_id"]), "type": inner["_label"], **ends, "properties": stated}
    return {"kind": "node", "id": _identity(inner["_id"]), "label": inner["_label"], "properties": stated}


def _identity(value: Mapping[str, int]) -> str:
    return f"{value['table']}:{value['offset']}"
