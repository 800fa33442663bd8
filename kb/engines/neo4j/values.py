"""Values of the Neo4j driver in the shapes of :mod:`kb.engines.embedded.values`."""

from __future__ import annotations

from typing import Any

from neo4j.graph import Entity, Node, Path, Relationship
from neo4j.time import Date, DateTime, Duration, Time


def of_server(value: Any) -> Any:
    """A value of the Neo4j driver; durations as ISO text, for Python has nothing like them."""
    if isinstance(value, Date | DateTime | Time):
        return value.to_native()
    if isinstance(value, Duration):
        return value.iso_format()
    if isinstance(value, Path):
        nodes, edges = ([of_server(one) for one in part] for part in (value.nodes, value.relationships))
        return {"kind": "path", "nodes": nodes, "edges": edges}
    if isinstance(value, Node):
        label = ":".join(sorted(value.labels))
        return {"kind": "node", "id": value.element_id, "label": label, "properties": _stated(value)}
    if isinstance(value, Relationship):
        start, end = (node.element_id if node else None for node in value.nodes)
        ends = {"start": start, "end": end}
        return {"kind": "edge", "id": value.element_id, "type": value.type, **ends, "properties": _stated(value)}
    if isinstance(value, list):
        return [of_server(item) for item in value]
    return {key: of_server(item) for key, item in value.items()} if isinstance(value, dict) else value


def _stated(entity: Entity) -> dict[str, Any]:
    return {key: of_server(item) for key, item in entity.items()}
