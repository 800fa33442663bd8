"""What a graph model is made of: properties, labels, relationship types, and the checks of values against them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pyarrow as pa

from kb.model.types import TYPES

#: The end year of a spell whose end lies in the future or is unknown to its source.
OPEN = 9999
FIRST_YEAR = 1816
LAST_YEAR = 2100


class ModelError(ValueError):
    """A value does not fit the model; the message names the property and says why."""


@dataclass(frozen=True)
class Property:
    """One property: its type (one of :data:`kb.model.types.TYPES`), meaning, unit, and whether it is indexed.

    A ``derived`` property is filled in when the graph is put together
    (:mod:`kb.graph.derive`): no loader states it, and the snapshot does not hold it.
    """

    name: str
    type: str
    meaning: str
    unit: str = ""
    indexed: bool = False
    choices: tuple[str, ...] = ()
    #: Made by the build from other facts, never stated by a loader, and so in no snapshot.
    derived: bool = False

    @property
    def arrow(self) -> pa.DataType:
        """The Arrow type in which it is stored and handed to the engines."""
        return TYPES[self.type].arrow

    @property
    def told(self) -> str:
        """The meaning, and the values to choose from where it does not name them."""
        named = all(choice in self.meaning for choice in self.choices)
        return self.meaning if named else f"{self.meaning}: {', '.join(self.choices)}"

    def check(self, value: Any) -> Any:
        """Return ``value`` as the declared type, or None; raise :class:`ModelError` where it cannot be that type."""
        if value is None:
            return None
        try:
            converted = TYPES[self.type].convert(value)
        except (TypeError, ValueError, OverflowError) as error:
            raise ModelError(f"{self.name} should be {self.type}, not {value!r}") from error
        if self.choices and converted not in self.choices:
            raise ModelError(f"{self.name} should be one of {', '.join(self.choices)}, not {value!r}")
        return converted


def text(name: str, meaning: str, **more: Any) -> Property:
    return Property(name, "text", meaning, **more)


def integer(name: str, meaning: str, **more: Any) -> Property:
    return Property(name, "integer", meaning, **more)


def real(name: str, meaning: str, **more: Any) -> Property:
    return Property(name, "real", meaning, **more)


def flag(name: str, meaning: str, **more: Any) -> Property:
    return Property(name, "flag", meaning, **more)


def day(name: str, meaning: str, **more: Any) -> Property:
    return Property(name, "day", meaning, **more)


def time(name: str, meaning: str, **more: Any) -> Property:
    return Property(name, "time", meaning, **more)


def texts(name: str, meaning: str, **more: Any) -> Property:
    return Property(name, "texts", meaning, **more)


@dataclass(frozen=True)
class Table:
    """What a label and a relationship type have in common: a name, a meaning and properties."""

    name: str
    meaning: str
    properties: tuple[Property, ...]
    #: Made by the build from other facts (scores, loads), never yielded by a loader.
    derived: bool = field(default=False, kw_only=True)

    @cached_property
    def by_name(self) -> Mapping[str, Property]:
        return {p.name: p for p in self.properties}

    def check(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return ``values`` typed as declared; raise :class:`ModelError` for an unknown property or a wrong value."""
        checked = {}
        for name, value in values.items():
            if name not in self.by_name:
                raise ModelError(f"{self.name} has no property {name!r}; it has {', '.join(self.by_name)}")
            checked[name] = self.by_name[name].check(value)
        self._check_time(checked)
        return checked

    def _check_time(self, values: Mapping[str, Any]) -> None:
        """Impossible times: a year outside the range of the data, a date outside its year, an end before a start."""
        for name in ("year", "from_year", "to_year"):
            year = values.get(name)
            if year is not None and not (FIRST_YEAR <= year <= LAST_YEAR) and not (name == "to_year" and year == OPEN):
                raise ModelError(f"{name} {year} lies outside {FIRST_YEAR}-{LAST_YEAR}")
        date, year = values.get("date"), values.get("year")
        if date is not None and year is not None and date.year != year:
            raise ModelError(f"date {date} is not in year {year}")
        for start, end in (("from_year", "to_year"), ("founded", "ended"), ("founded", "dissolved")):
            first, last = values.get(start), values.get(end)
            if first is not None and last is not None and last < first:
                raise ModelError(f"{end} {last} comes before {start} {first}")


@dataclass(frozen=True)
class NodeType(Table):
    """A label. ``key`` names the property that identifies a node; it is the first property."""

    @property
    def key(self) -> str:
        return self.properties[0].name


@dataclass(frozen=True)
class EdgeType(Table):
    """A relationship type between one pair of labels.

    ``identity`` names the properties that, with the source and both ends, tell one fact from another; the edge's
    ``fact`` property is a digest of them, so loading the same facts twice gives the same graph.
    """

    start: str = field(kw_only=True)
    end: str = field(kw_only=True)
    identity: tuple[str, ...] = field(default=(), kw_only=True)


@dataclass(frozen=True, eq=False)
class Model:
    """Every label and type. Two are the same only if they are one object, which makes them quick to look things up by."""

    nodes: tuple[NodeType, ...]
    edges: tuple[EdgeType, ...]

    @cached_property
    def labels(self) -> Mapping[str, NodeType]:
        return {n.name: n for n in self.nodes}

    @cached_property
    def types(self) -> Mapping[str, EdgeType]:
        return {e.name: e for e in self.edges}

    def __iter__(self) -> Iterator[Table]:
        yield from self.nodes
        yield from self.edges

    def table(self, name: str) -> Table:
        """The label or relationship type called ``name``; raises :class:`ModelError` when there is none."""
        found = self.labels.get(name) or self.types.get(name)
        if found is None:
            raise ModelError(f"the model has no label or relationship type {name!r}")
        return found

    @cached_property
    def digest(self) -> str:
        """A digest of the declared shape: a graph built under another digest has to be rebuilt."""
        shape = [(t.name, [(p.name, p.type) for p in t.properties]) for t in self]
        ends = [(e.name, e.start, e.end) for e in self.edges]
        return hashlib.blake2b(repr((shape, ends)).encode(), digest_size=6).hexdigest()


def label(name: str, meaning: str, *properties: Property, derived: bool = False) -> NodeType:
    common = (
        text("uid", f"label and key, unique across labels: {name}:...", derived=True),
        texts("sources", "codes of the sources that state something about this node, best first"),
    )
    return NodeType(name, meaning, (*properties, *common), derived=derived)


def relation(
    name: str,
    ends: tuple[str, str],
    meaning: str,
    *properties: Property,
    identity: tuple[str, ...] = (),
    derived: bool = False,
) -> EdgeType:
    common = (
        text("source", "code of the source that states this"),
        integer("fact", "stable identifier of this fact, see kb.facts.identity", indexed=True),
    )
    return EdgeType(
        name, meaning, (*properties, *common), start=ends[0], end=ends[1], identity=identity, derived=derived
    )
