"""One row of a raw file, read cell by cell: what is there, what is missing, and what cannot be used.

A loader's function takes a :class:`Row` and gives facts, or raises :class:`Drop` (left out by a named rule),
:class:`Unusable` (quarantined with a reason) or :class:`Gathered` (part of a fact over many rows).
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Collection, Sequence
from typing import Any

from kb.errors import InputError
from kb.model.shape import LAST_YEAR

#: Longest piece of an original value kept in the quarantine: enough to find it, never a sentence.
KEPT = 60
#: Text that means "no value" in any table of any source.
MISSING = frozenset({"", ".", "..", "NaN", "nan"})

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sep", "sept"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}


class Drop(Exception):
    """The row is left out by a rule; ``rule`` is its name, in a few words that a reader understands."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


class Unusable(Exception):
    """The row cannot be used; it goes to quarantine with this reason, the column and the original value."""

    def __init__(self, reason: str, column: str = "", value: object = "") -> None:
        super().__init__(reason)
        self.reason, self.column, self.value = reason, column, str(value)[:KEPT]


class Gathered(Exception):
    """The row counts as loaded; the loader adds it to a fact over many rows, which it yields after the last one."""


class Row:
    """One row of a raw file. Reading a column marks it as looked at."""

    __slots__ = ("_missing", "_seen", "_values", "file", "line")

    def __init__(self, file: str, line: int, values: dict[str, Any], seen: set[str], missing: frozenset[str] = MISSING):
        self.file, self.line = file, line
        self._values, self._seen, self._missing = values, seen, missing

    def raw(self, column: str) -> Any:
        """The cell as it stands. Raises :class:`kb.errors.InputError` where the file has no such column."""
        self._seen.add(column)
        try:
            return self._values[column]
        except KeyError:
            raise InputError(
                f"{self.file}, line {self.line}, has no column {column!r}; it has {', '.join(map(str, list(self._values)[:12]))} ...",
                "get the file again, or mend the loader if the publisher changed its columns",
            ) from None

    def raws(self, columns: Collection[str]) -> list[Any]:
        """The cells of many columns as they stand, in their order: :meth:`raw`, quick enough for a wide matrix."""
        self._seen.update(columns)
        if not self._values.keys() >= set(columns):
            return [self.raw(column) for column in columns]
        return [self._values[column] for column in columns]

    def text(self, column: str) -> str | None:
        """The cell without surrounding space, or None where it is missing."""
        value = self.raw(column)
        value = value.strip() if isinstance(value, str) else value
        return None if value is None or value in self._missing else str(value)

    def need(self, column: str) -> str:
        """The cell as text; a missing one sends the row to quarantine."""
        value = self.text(column)
        if value is None:
            raise Unusable("empty", column)
        return value

    def real(self, column: str) -> float | None:
        """The cell as a finite number, or None; anything else sends the row to quarantine."""
        value = self.text(column)
        if value is None:
            return None
        try:
            number = float(value)
        except ValueError:
            raise Unusable("not a number", column, value) from None
        if not math.isfinite(number):
            raise Unusable("not a finite number", column, value)
        return number

    def integer(self, column: str) -> int | None:
        """The cell as a whole number, or None; anything else sends the row to quarantine."""
        number = self.real(column)
        if number is None:
            return None
        if number != int(number):
            raise Unusable("not a whole number", column, self.text(column))
        return int(number)

    def year(self, column: str) -> int:
        """The cell as a year, which must be there and may lie before the data begin, never after they can end."""
        year = self.integer(column)
        if year is None:
            raise Unusable("empty", column)
        if not 0 < year <= LAST_YEAR:
            raise Unusable(f"not a year up to {LAST_YEAR}", column, year)
        return year

    def day(self, column: str) -> dt.date | None:
        """The cell as a day, or None; see :func:`parse_day`."""
        value = self.text(column)
        return None if value is None else parse_day(value, column)

    def __contains__(self, column: str) -> bool:
        return column in self._values

    def columns(self) -> Sequence[str]:
        return tuple(self._values)

    def read_values(self) -> dict[str, Any]:
        """The cells of the columns that the loader looks at, as they stand."""
        return {column: value for column, value in self._values.items() if column in self._seen}


def parse_day(value: str, column: str = "date") -> dt.date:
    """A day written as 2026-02-03 or as 3 February 2026; raises :class:`Unusable` for anything else, 2026-02-30 too."""
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", value.strip())
    words = re.fullmatch(r"(\d{1,2})\s*([A-Za-z]{3,9})\.?\s*(\d{4})", value.strip())
    try:
        if iso:
            return dt.date(int(iso[1]), int(iso[2]), int(iso[3]))
        if words and words[2].lower() in _MONTHS:
            return dt.date(int(words[3]), _MONTHS[words[2].lower()], int(words[1]))
    except ValueError:
        raise Unusable("impossible date", column, value) from None
    raise Unusable("not a date", column, value)
