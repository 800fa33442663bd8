"""Types of values: the embedded engine decides on them before it runs a query, so the translation has to know them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from kb.errors import UsageError


@dataclass(frozen=True, slots=True)
class Type:
    """``kind``: null integer real number text flag day list map node edge edges path identity.

    ``number`` is a real that may stand for a whole number (branches of both kinds). ``item`` is a list's; ``solid`` says that no
    item is missing, ``empty`` that there is none. ``fields`` are a map's. ``names`` are the labels or types that a node or
    relationship can have; ``maybe`` says that it can be missing,
    ``loose`` that it comes out of a list, so that the engine takes it for a map.
    """

    kind: str
    item: Type | None = None
    solid: bool = False
    empty: bool = False
    fields: tuple[tuple[str, Type], ...] = ()
    names: frozenset[str] = frozenset()
    maybe: bool = False
    loose: bool = False

    @property
    def is_number(self) -> bool:
        return self.kind in ("integer", "real", "number")


NULL, INTEGER, REAL, NUMBER = Type("null"), Type("integer"), Type("real"), Type("number")
TEXT, FLAG, DAY, IDENTITY = Type("text"), Type("flag"), Type("day"), Type("identity")
_STORED = {"text": TEXT, "integer": INTEGER, "real": REAL, "flag": FLAG, "day": DAY}
_ENGINE = {"integer": "INT64", "real": "DOUBLE", "number": "DOUBLE", "text": "STRING", "flag": "BOOL", "day": "DATE"}
_WORDS = {
    "null": "null", "integer": "a whole number", "real": "a number", "number": "a number", "text": "a text", "flag": "true or false",
    "day": "a day", "list": "a list", "map": "a map", "node": "a node", "edge": "a relationship", "edges": "a list of relationships",
    "path": "a path", "identity": "an id",
}  # fmt: skip


class Said(NamedTuple):
    """Text in the embedded engine's dialect, and the type of its value."""

    text: str
    type: Type


def list_of(item: Type, *, solid: bool = False, empty: bool = False) -> Type:
    return Type("list", item, solid, empty)


def stored(declared: str) -> Type:
    """The type of a property, by its type in the model."""
    return list_of(TEXT, solid=True) if declared == "texts" else _STORED[declared]


def described(kind: Type) -> str:
    return _WORDS[kind.kind]


def engine_type(kind: Type) -> str | None:
    """The engine's name for a type, where it has one that a value can be cast to."""
    if kind.kind == "list":
        inner = engine_type(kind.item or NULL)
        return f"{inner}[]" if inner else None
    if kind.kind == "map":
        fields = [(name, engine_type(field)) for name, field in kind.fields]
        if not fields or not all(inner and name.isascii() and name.isidentifier() for name, inner in fields):
            return None
        return f"STRUCT({', '.join(f'{name} {inner}' for name, inner in fields)})"
    return _ENGINE.get(kind.kind)


def quoted(name: str) -> str:
    """A name in backticks."""
    return "`" + name.replace("`", "``") + "`"


def common(one: Type, other: Type) -> Type | None:
    """The type that holds values of both, or None where there is none."""
    if one.kind == "null" or other.kind == "null":
        found = other if one.kind == "null" else one
        return found if found.kind != "list" else list_of(found.item or NULL, solid=found.solid)
    if one.is_number and other.is_number:
        return one if one.kind == other.kind else NUMBER
    if one.kind != other.kind:
        return None
    if one.kind == "list":
        item = common(one.item or NULL, other.item or NULL)
        return list_of(item, solid=one.solid and other.solid) if item else None
    if one.kind == "map":
        if [name for name, _ in one.fields] != [name for name, _ in other.fields]:
            return None
        pairs = [(name, common(a, b)) for (name, a), (_, b) in zip(one.fields, other.fields, strict=True)]
        kept = tuple((name, found) for name, found in pairs if found)
        return Type("map", fields=kept) if len(kept) == len(pairs) else None
    if one.kind in ("node", "edge"):
        return Type(one.kind, names=one.names | other.names, maybe=one.maybe or other.maybe)
    return one


def of_value(name: str, value: Any) -> Type:
    """The type of a parameter's value. Raises :class:`UsageError` for what the embedded engine cannot be given."""
    if value is None:
        return NULL
    for python, kind in ((bool, FLAG), (int, INTEGER), (float, REAL), (str, TEXT)):
        if isinstance(value, python):
            return kind
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return DAY
    if isinstance(value, list | tuple):
        return _of_list(name, value)
    if isinstance(value, Mapping):
        return Type("map", fields=tuple((str(key), of_value(name, item)) for key, item in value.items()))
    raise UsageError(
        f"parameter {name} is a {type(value).__name__}, which the embedded engine cannot be given",
        "use texts, numbers, true or false, days, lists and maps",
    )


def _of_list(name: str, value: list[Any] | tuple[Any, ...]) -> Type:
    item: Type | None = NULL
    for one in value:
        item = common(item or NULL, of_value(name, one))
        if item is None:
            raise UsageError(
                f"parameter {name} is a list of things of different types, or of maps with different keys",
                "the embedded engine keeps one type to a list: give every item the same type, every map the same keys",
            )
    return list_of(item or NULL, solid=all(one is not None for one in value), empty=not value)
