"""What a loader yields: nodes and edges, as plain values. They are checked against the model as soon as they are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kb.model.graph import MODEL
from kb.model.shape import ModelError


@dataclass(frozen=True, slots=True)
class NodeFact:
    label: str
    key: str
    values: Mapping[str, Any]
    #: What tells this node from every other; made once, because every row asks for it several times.
    identity: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "identity", (self.label, self.key))


@dataclass(frozen=True, slots=True)
class EdgeFact:
    type: str
    start: str
    end: str
    values: Mapping[str, Any]
    #: What tells this edge from every other of its source.
    identity: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        told_apart_by = [str(self.values.get(name)) for name in MODEL.types[self.type].identity]
        object.__setattr__(self, "identity", (self.type, self.start, self.end, *told_apart_by))


Fact = NodeFact | EdgeFact


def node(label: str, **values: Any) -> NodeFact:
    """A node of ``label``; its key must be among ``values``. Raises :class:`kb.model.shape.ModelError`."""
    declared = MODEL.labels.get(label)
    if declared is None:
        raise ModelError(f"the model has no label {label!r}")
    made = [name for name in values if name in declared.by_name and declared.by_name[name].derived]
    if made:
        raise ModelError(f"{label}.{made[0]} is filled in by kb.graph.derive, no loader states it")
    checked = declared.check(values)
    key = checked.get(declared.key)
    if not key:
        raise ModelError(f"a {label} needs its {declared.key}")
    return NodeFact(label, key, checked)


def edge(type: str, start: str, end: str, **values: Any) -> EdgeFact:
    """An edge from the node with key ``start`` to the node with key ``end``. Raises :class:`kb.model.shape.ModelError`."""
    declared = MODEL.types.get(type)
    if declared is None:
        raise ModelError(f"the model has no relationship type {type!r}")
    if not start or not end:
        raise ModelError(f"a {type} needs both ends, not {start!r} and {end!r}")
    return EdgeFact(type, start, end, declared.check(values))
