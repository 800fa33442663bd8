"""Are two answers the same? As multisets; in order where the query orders by all it returns; numbers to 1e-9."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from .tree import Query

Rows = Sequence[Sequence[Any]]


def plain(value: Any) -> Any:
    """One value in the form that is compared: lists sorted (collect promises no order), numbers to nine figures."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else rounded(float(value))
    if isinstance(value, float):
        return rounded(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return tuple(sorted((plain(one) for one in value), key=_order))
    return value


def rounded(value: float) -> Any:
    if math.isnan(value) or math.isinf(value):
        return str(value)
    # A sum that should be nothing leaves a dust of rounding that no relative measure forgives.
    return 0 if abs(value) < 1e-9 else (int(value) if value == int(value) and abs(value) < 1e15 else value)


def _order(value: Any) -> tuple[str, Any]:
    return (type(value).__name__ if not isinstance(value, int | float) else "number", value if value is not None else 0)


def differ(query: Query, expected: Rows, given: Rows, *, bare: bool = False) -> str:
    """How two answers differ, in a few words; empty where they do not. ``bare``: a list of nothing may be null."""
    if bare:
        expected, given = [[[None if v in ([], ()) else v for v in row] for row in rows] for rows in (expected, given)]
    return differ_plainly(expected, given, ordered=len(query.parts) == 1 and bool(query.parts[0].returned.order))


def differ_plainly(expected: Rows, given: Rows, *, ordered: bool) -> str:
    """The same for rows without a query; ``ordered`` says whether their order counts."""
    one, two = [[tuple(plain(v) for v in row) for row in rows] for rows in (expected, given)]
    if len(one) != len(two):
        return f"{len(two)} rows in place of {len(one)}"
    if not ordered:
        if Counter(one) == Counter(two):
            return ""
        one, two = sorted(one, key=_row), sorted(two, key=_row)
    for place, (a, b) in enumerate(zip(one, two, strict=True)):
        if not (len(a) == len(b) and all(map(close, a, b))):
            return f"row {place} is {_short(b)} in place of {_short(a)}"
    return ""


def _row(row: tuple[Any, ...]) -> tuple[Any, ...]:
    # Numbers that differ by rounding must not change the order of the rows.
    return tuple(_order(round(v, 6) if isinstance(v, float) else v) for v in row)


def close(a: Any, b: Any) -> bool:
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(map(close, a, b))
    if isinstance(a, float) or isinstance(b, float):
        numbers = all(isinstance(v, int | float) and not isinstance(v, bool) for v in (a, b))
        return numbers and math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)
    return type(a) is type(b) and a == b


def _short(row: Any) -> str:
    text = repr(row)
    return text if len(text) < 200 else f"{text[:200]} .."
