"""How nodes, relationships and other values of an answer are written as text."""

from __future__ import annotations

import json
from typing import Any

from kb.model.graph import MODEL

#: What dates a relationship, the most precise first.
_WHEN = ("date", "year", "from_year")


def text(value: Any) -> str:
    """A value as one cell."""
    if isinstance(value, list):
        return "; ".join(text(item) for item in value)
    if not isinstance(value, dict):
        return str(value)
    kind = value.get("kind")
    if kind == "node" and "label" in value:
        return f"(:{value['label']} {key(value)})"
    if kind == "edge" and "type" in value:
        year = next((value["properties"][name] for name in _WHEN if value["properties"].get(name)), None)
        return f"[:{value['type']} {year}]" if year else f"[:{value['type']}]"
    if kind == "path" and "nodes" in value:
        return " – ".join(text(node) for node in value["nodes"])
    return json.dumps(value, ensure_ascii=False)


def key(node: dict[str, Any]) -> str:
    """What a node is known by: its key where the model knows its label."""
    declared = MODEL.labels.get(str(node["label"]))
    return str(node["properties"].get(declared.key, node["id"]) if declared else node["id"])
