"""The types of values, each in one line: how it is checked, and how Arrow, Cypher and the files that we write call it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa


@dataclass(frozen=True)
class ValueType:
    """One type of values.

    ``convert`` returns a Python value as this type, or None for a text or list without content, and raises TypeError,
    ValueError or OverflowError for what it cannot be. ``arrow`` is the type of columns, ``cypher`` that of a property on a
    server, ``admin`` that of a column for ``neo4j-admin database import``, ``graphml`` that of a key in GraphML.
    """

    name: str
    convert: Callable[[Any], Any]
    arrow: pa.DataType
    cypher: str
    admin: str
    graphml: str


def _text(value: Any) -> str | None:
    if not isinstance(value, str):
        raise TypeError
    return value.strip() or None


def _integer(value: Any) -> int:
    if isinstance(value, bool) or (isinstance(value, float) and value != int(value)):
        raise TypeError
    if abs(int(value)) >= 1 << 63:
        raise OverflowError
    return int(value)


def _real(value: Any) -> float:
    if isinstance(value, bool) or not math.isfinite(float(value)):
        raise ValueError
    return float(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _day(value: Any) -> dt.date:
    if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
        raise TypeError
    return value


def _time(value: Any) -> dt.datetime:
    if not isinstance(value, dt.datetime) or value.tzinfo is None:
        raise TypeError
    return value.astimezone(dt.UTC)


def _texts(value: Any) -> tuple[str, ...] | None:
    if isinstance(value, str):
        raise TypeError
    return tuple(str(item) for item in value) or None


# One type, one line: the formatter would spread them.
# fmt: off

#: Every type by its name. A ``time`` is a moment in UTC, to the microsecond.
TYPES: Mapping[str, ValueType] = {
    t.name: t
    for t in (
        ValueType("text", _text, pa.string(), "STRING", "string", "string"),
        ValueType("integer", _integer, pa.int64(), "INTEGER", "long", "long"),
        ValueType("real", _real, pa.float64(), "FLOAT", "double", "double"),
        ValueType("flag", _flag, pa.bool_(), "BOOLEAN", "boolean", "boolean"),
        ValueType("day", _day, pa.date32(), "DATE", "date", "string"),
        ValueType("time", _time, pa.timestamp("us", tz="UTC"), "ZONED DATETIME", "datetime", "string"),
        ValueType("texts", _texts, pa.list_(pa.string()), "LIST<STRING>", "string[]", "string"),
    )
}
# fmt: on
