"""The reviewed decisions on quarantined rows, ``data/decisions.csv``: one line each, with its reason.

``alias`` says that a value is another name of ``to``, ``correct`` that the source is wrong and ``to`` is right (the reason
says after which evidence), ``drop`` that rows with the value are left out. A decision concerns the rows of one source
whose ``column`` holds exactly ``value``, in one file or, where ``file`` is empty, in all. It is applied at the next load,
which names it and counts its rows.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kb.errors import InputError
from kb.settings import DATA

DECISIONS = DATA / "decisions.csv"
COLUMNS = ("source", "file", "column", "value", "decision", "to", "reason")
KINDS = ("alias", "drop", "correct")


@dataclass(frozen=True)
class Decision:
    source: str
    file: str
    column: str
    value: str
    decision: str
    to: str
    reason: str

    def concerns(self, file: str, values: Mapping[str, Any]) -> bool:
        """Does the row with these values, in this file, hold what the decision is about?"""
        if self.file and self.file != file:
            return False
        found = values.get(self.column)
        return isinstance(found, str) and found.strip() == self.value

    @property
    def summary(self) -> str:
        """The decision in one line, as the load's record shows it."""
        change = "" if self.decision == "drop" else f" -> {self.to!r}"
        return f"{self.decision} {self.column} {self.value!r}{change}: {self.reason}"


def read_decisions(path: Path = DECISIONS) -> list[Decision]:
    """All decisions in the file. Raises :class:`InputError` naming the line that is wrong."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise InputError(f"{path}, line 1: the columns are not {', '.join(COLUMNS)}", "mend the header")
            return [_checked(path, reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path} cannot be read: {error}", "mend the file") from error


def _checked(path: Path, line: int, row: Mapping[str, str | None]) -> Decision:
    """The decision in one line, whole and of a known kind."""
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    empty = [name for name in ("source", "column", "value", "reason") if not cells[name]]
    if cells["decision"] not in KINDS:
        problem = f"the decision is {cells['decision']!r}, not one of {', '.join(KINDS)}"
    elif empty:
        problem = f"{', '.join(empty)} is empty"
    elif (cells["decision"] == "drop") == bool(cells["to"]):
        problem = "`to` belongs to alias and correct, and only to them"
    else:
        return Decision(**cells)
    raise InputError(f"{path}, line {line}: {problem}", "mend the line; `hrkb quarantine` shows what it is about")


@cache
def _by_source(path: Path) -> dict[str, list[Decision]]:
    found: dict[str, list[Decision]] = {}
    for decision in read_decisions(path):
        found.setdefault(decision.source, []).append(decision)
    return found


def of(source: str) -> list[Decision]:
    """The decisions about one source, in the order of the file, which is read once."""
    return _by_source(DECISIONS).get(source, [])
