"""What the Factbook's abbreviations stand for: one explicit table; an abbreviation that it does not hold is quarantined.

``organizations.csv`` has one line per abbreviation. ``reading`` is ``io`` (``code`` is that of the Correlates of War
project, or the common one where that project leaves the organization out, and then ``name`` is given), ``ingo``
(``detail`` is the kind of tie that a plain listing means) or ``left out`` (``detail`` is the rule). ICC is the Criminal
Court in the Correlates of War list and the Chamber of Commerce here.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("organizations.csv")


@dataclass(frozen=True)
class Meaning:
    reading: str
    code: str
    name: str | None
    detail: str


@cache
def meanings() -> dict[str, Meaning]:
    """The table by abbreviation."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {
            row["abbreviation"]: Meaning(row["reading"], row["code"], row["name"] or None, row["detail"])
            for row in csv.DictReader(file)
        }
