"""The types of values: every value of a query has one, known before the query runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kb.model.types import TYPES


class Mismatch(Exception):
    """Two values that have to be of one type are not."""


@dataclass(frozen=True, slots=True)
class Type:
    """``kind`` is null, boolean, integer, float, text, date, time, list, map, node, relationship or path."""

    kind: str
    item: Type | None = None
    fields: tuple[tuple[str, Type], ...] = ()

    def __str__(self) -> str:
        if self.kind == "list":
            return f"list of {self.item}"
        return {"null": "nothing", "integer": "whole number", "float": "number"}.get(self.kind, self.kind)

    @property
    def is_number(self) -> bool:
        return self.kind in ("integer", "float", "null")

    @property
    def is_entity(self) -> bool:
        return self.kind in ("node", "relationship")


NULL, BOOLEAN, INTEGER, FLOAT = Type("null"), Type("boolean"), Type("integer"), Type("float")
TEXT, DATE, TIME = Type("text"), Type("date"), Type("time")
NODE, RELATIONSHIP, PATH = Type("node"), Type("relationship"), Type("path")

_OF_CYPHER = {
    "STRING": TEXT,
    "INTEGER": INTEGER,
    "FLOAT": FLOAT,
    "BOOLEAN": BOOLEAN,
    "DATE": DATE,
    "ZONED DATETIME": TIME,
    "LIST<STRING>": Type("list", TEXT),
}
#: The types of the model's properties.
OF_PROPERTY = {name: _OF_CYPHER[declared.cypher] for name, declared in TYPES.items()}
_ENTITY = "STRUCT(kind VARCHAR, id BIGINT, label VARCHAR, first BIGINT, last BIGINT, properties JSON)"
_SQL = {
    "null": "INTEGER",
    "boolean": "BOOLEAN",
    "integer": "BIGINT",
    "float": "DOUBLE",
    "text": "VARCHAR",
    "date": "DATE",
    "time": "TIMESTAMPTZ",
    "node": _ENTITY,
    "relationship": _ENTITY,
    "path": f"STRUCT(nodes {_ENTITY}[], relationships {_ENTITY}[])",
}


def list_of(item: Type) -> Type:
    return Type("list", item)


def sql_type(type: Type) -> str:
    """The type as SQL writes it."""
    if type.kind == "list":
        assert type.item
        return sql_type(type.item) + "[]"
    if type.kind == "map":
        return "STRUCT(" + ", ".join(f"{quoted(name)} {sql_type(of)}" for name, of in type.fields) + ")"
    return _SQL[type.kind]


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def common(one: Type, other: Type) -> Type:
    """The type that both values can have in one column. Raises :class:`Mismatch`."""
    if one == other or other.kind == "null":
        return one
    if one.kind == "null":
        return other
    if {one.kind, other.kind} == {"integer", "float"}:
        return FLOAT
    if one.kind == other.kind == "list":
        assert one.item and other.item
        return list_of(common(one.item, other.item))
    if one.kind == other.kind == "map" and [n for n, _ in one.fields] == [n for n, _ in other.fields]:
        both = zip(one.fields, other.fields, strict=True)
        return Type("map", fields=tuple((name, common(of, other_of)) for (name, of), (_, other_of) in both))
    raise Mismatch(f"{one} and {other}")


def type_of(value: Any) -> Type:
    """The type of a parameter. Raises :class:`Mismatch` for what no column can hold."""
    if value is None:
        return NULL
    if isinstance(value, bool):
        return BOOLEAN
    if isinstance(value, int):
        if not -(1 << 63) <= value < 1 << 63:
            raise Mismatch(f"{value} does not fit 64 bits")
        return INTEGER
    for kind, type in ((float, FLOAT), (str, TEXT), (dt.datetime, TIME), (dt.date, DATE)):
        if isinstance(value, kind):
            return type
    if isinstance(value, list | tuple):
        found = NULL
        for item in value:
            found = common(found, type_of(item))
        return list_of(found)
    if isinstance(value, Mapping) and value and all(isinstance(name, str) for name in value):
        return Type("map", fields=tuple((name, type_of(item)) for name, item in value.items()))
    raise Mismatch(f"{type_name(value)} is no value of Cypher that can be handed on")


def type_name(value: Any) -> str:
    return "an empty map" if isinstance(value, Mapping) and not value else f"a {type(value).__name__}"
