"""Tables that say what a source's names and codes mean and what is excepted: ``data/lookups``, to be corrected without Python.

A table is a CSV file with a header. Each of its lines says why (``reason``) and when that was decided (``decided``).
Which columns a table has, and what may stand in them, is declared by a :class:`Line` where the table is used; a line that
does not fit is an error that names the file and the line, never a silent gap.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, ClassVar, Protocol, TypeVar

import pydantic

from kb.errors import InputError
from kb.load.rows import Drop
from kb.model.shape import OPEN
from kb.settings import DATA

LOOKUPS = DATA / "lookups"
CODES = DATA / "state_codes.csv"

#: Text that is not empty.
Text = Annotated[str, pydantic.StringConstraints(min_length=1)]


@cache
def _states() -> frozenset[str]:
    """The ISO codes of all states, of any time."""
    with CODES.open(encoding="utf-8", newline="") as file:
        return frozenset(row["iso3"] for row in csv.DictReader(file))


def _a_state(code: str) -> str:
    if code not in _states():
        raise ValueError(f"no state has the code {code!r} in data/state_codes.csv")
    return code


def one_of(known: Collection[str], what: str) -> pydantic.AfterValidator:
    """For a column whose cells are codes of another table: ``what`` they are codes of, in one or two words."""

    def check(code: str) -> str:
        if code not in known:
            raise ValueError(f"there is no {what} {code!r}")
        return code

    return pydantic.AfterValidator(check)


#: The ISO code of a state of any time.
State = Annotated[str, pydantic.AfterValidator(_a_state)]


class Plain(pydantic.BaseModel, frozen=True, extra="forbid"):
    """One line of a table. An empty cell takes the field's default; a field without one must be filled.

    ``key`` names the fields that tell lines apart. Where a line has ``from_year`` and ``to_year``, both included, several
    lines may have one key for years of their own.
    """

    key: ClassVar[tuple[str, ...]] = ()


class Line(Plain, frozen=True):
    """One line of a table in ``data/lookups``: beside its own columns the reason, and the day it was decided."""

    reason: Text
    decided: dt.date


class Dated(Protocol):
    """A line that holds in some years only; None is open on that side."""

    @property
    def from_year(self) -> int | None: ...
    @property
    def to_year(self) -> int | None: ...


L = TypeVar("L", bound=Plain)


@cache
def read(name: str, line: type[L], folder: Path = LOOKUPS) -> tuple[L, ...]:
    """The lines of a table, in its order. Raises :class:`InputError` naming the file and the line that is wrong."""
    path = folder / name
    try:
        # A spreadsheet may have put a mark of its own before the first letter.
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            _check_header(path, header, line)
            found = [(reader.line_num, _line(path, reader.line_num, header, cells, line)) for cells in reader if cells]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path} cannot be read: {error}", "mend the file, or get the project anew") from error
    _check_keys(path, found)
    return tuple(one for _, one in found)


def _check_header(path: Path, header: list[str], line: type[Plain]) -> None:
    wanted = list(line.model_fields)
    problems = [f"has no column {name}" for name in wanted if name not in header]
    problems += [f"has a column {name!r} that nothing reads" for name in header if name not in wanted]
    problems += [f"has the column {name} twice" for name in wanted if header.count(name) > 1]
    if problems:
        raise InputError(f"{path}, line 1, {', '.join(problems)}", f"the columns are {', '.join(wanted)}")


def _line(path: Path, number: int, header: list[str], cells: list[str], line: type[L]) -> L:
    if len(cells) != len(header):
        problem = f"{len(cells)} cells where the header has {len(header)}"
        raise InputError(f"{path}, line {number}: {problem}", "put a cell that holds a comma in quotation marks")
    filled = {name: cell.strip() for name, cell in zip(header, cells, strict=True) if cell.strip()}
    try:
        return line.model_validate(filled)
    except pydantic.ValidationError as error:
        raise InputError(f"{path}, line {number}: {_said(error)}", "mend the line") from error


def _said(error: pydantic.ValidationError) -> str:
    """What is wrong, column by column."""
    said = []
    for fault in error.errors():
        column = ".".join(map(str, fault["loc"]))
        if fault["type"] == "missing":
            said.append(f"{column} is empty")
        else:
            about = f"{column} is {fault['input']!r}: " if column else ""
            said.append(f"{about}{fault['msg'].removeprefix('Value error, ')}")
    return "; ".join(said)


def _check_keys(path: Path, found: list[tuple[int, L]]) -> None:
    """No two lines for one key, in the same years. Raises :class:`InputError`."""
    by_key: dict[tuple[Any, ...], list[tuple[int, L]]] = {}
    for number, line in found:
        if line.key:
            by_key.setdefault(tuple(getattr(line, name) for name in line.key), []).append((number, line))
    for key, lines in by_key.items():
        for (before, one), (number, other) in _pairs(lines):
            if _overlap(one, other):
                said = " ".join(map(str, key))
                raise InputError(f"{path}, line {number}: line {before} is about {said} too", "keep one of them")


def _pairs(lines: list[tuple[int, L]]) -> Iterator[tuple[tuple[int, L], tuple[int, L]]]:
    return ((one, other) for at, one in enumerate(lines) for other in lines[at + 1 :])


def _overlap(one: Plain, other: Plain) -> bool:
    (first, last), (begin, end) = _years(one), _years(other)
    return first <= end and begin <= last


def _years(line: Plain) -> tuple[int, int]:
    first, last = getattr(line, "from_year", None), getattr(line, "to_year", None)
    return 0 if first is None else first, OPEN if last is None else last


def holds(line: Dated, year: int | None) -> bool:
    """Does the line hold in ``year``? Without a year, any line does."""
    return year is None or (line.from_year or 0) <= year <= (OPEN if line.to_year is None else line.to_year)


class Meant(Line, frozen=True):
    """What a name or code of one source means in these years: a state, or no state, and then the rule that leaves it out."""

    key: ClassVar[tuple[str, ...]] = ("value",)
    value: Text
    from_year: int | None = None
    to_year: int | None = None
    iso3: State | None = None
    left_out: Text | None = None

    @pydantic.model_validator(mode="after")
    def _one_of_both(self) -> Meant:
        if (self.iso3 is None) == (self.left_out is None):
            raise ValueError("either iso3 or left_out is filled, not both")
        return self


class States:
    """One source's table of :class:`Meant`, for the names and codes that the shared tables do not tell."""

    def __init__(self, lines: Mapping[str, list[Meant]]) -> None:
        self._lines = lines

    def line(self, value: str | int, year: int | None = None) -> Meant | None:
        """What the table says of a value in a year, if anything."""
        return next((line for line in self._lines.get(str(value), ()) if holds(line, year)), None)

    def get(self, value: str | int, year: int | None = None) -> str | None:
        """The state meant, or None where the table does not say; raises :class:`kb.load.rows.Drop` for what is left out."""
        line = self.line(value, year)
        if line and line.left_out:
            raise Drop(line.left_out)
        return line.iso3 if line else None


@cache
def states(name: str, folder: Path = LOOKUPS) -> States:
    """A table of names and codes of one source. Raises :class:`InputError` like :func:`read`."""
    found: dict[str, list[Meant]] = {}
    for line in read(name, Meant, folder):
        found.setdefault(line.value, []).append(line)
    return States(found)
