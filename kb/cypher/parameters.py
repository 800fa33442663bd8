"""Parameters from outside, checked before they reach an engine: what neither could be given is said here, by name."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

from kb.errors import UsageError

#: Lists and maps inside one another; items of one list or map.
_DEEPEST, _LONGEST = 8, 100_000
_REMEDY = "give texts, whole numbers of 64 bits, finite numbers, true or false, days, lists and maps of these"


def check(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters as they are. Raises :class:`UsageError` for a value that a query cannot take."""
    for name, value in parameters.items():
        if not isinstance(name, str) or not name:
            raise UsageError(f"a parameter is called {name!r}", "give it a name of letters and digits")
        _check(name, value, 0)
    return dict(parameters)


def _check(name: str, value: Any, depth: int) -> None:
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, int):
        if not -(1 << 63) <= value < 1 << 63:
            raise UsageError(f"parameter {name} has a whole number that does not fit 64 bits: {value}", _REMEDY)
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise UsageError(f"parameter {name} has {value}, which is no finite number", _REMEDY)
    elif isinstance(value, str):
        _check_text(name, value)
    elif isinstance(value, Mapping | list | tuple):
        _check_inside(name, value, depth)
    elif not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        raise UsageError(f"parameter {name} has a {type(value).__name__}", _REMEDY)


def _check_text(name: str, value: str) -> None:
    if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
        raise UsageError(f"parameter {name} holds half a character (a lone surrogate)", "give whole characters")


def _check_inside(name: str, value: Mapping[Any, Any] | list[Any] | tuple[Any, ...], depth: int) -> None:
    if depth >= _DEEPEST:
        raise UsageError(f"parameter {name} has more than {_DEEPEST} lists or maps inside one another", "give it flat")
    if len(value) > _LONGEST:
        raise UsageError(f"parameter {name} has {len(value):,} items", f"give at most {_LONGEST:,}")
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise UsageError(f"parameter {name} has a map whose keys are no texts", "let every key be a text")
        value = list(value.values())
    for item in value:
        _check(name, item, depth + 1)
