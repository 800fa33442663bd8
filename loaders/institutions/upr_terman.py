"""Universal Periodic Review 2008-2014: recommendations by sender and state under review, after Terman and Voeten.

One row is one recommendation by one sender; a joint recommendation is printed once per sender. Rows are gathered into one
edge per sender, target and year. The year is that of the report, which for reviews held in the last months of a year is
the year after. The wording is read only to know a row that is printed twice; it goes nowhere.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

from kb.facts.fact import Fact, edge
from kb.load import lookups, names
from kb.load.lookups import Line, Text
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Gathered, Row, Unusable
from kb.model.graph import MODEL

#: The bytes are Mac Roman, in part converted twice; names of states are ASCII throughout, only wordings are damaged.
ENCODING = "mac_roman"
YEARS = "20*data.csv.gz"
HAITI = "haiti2011.csv"

_SUPPORTED = frozenset({"support"})
_UNDECIDED = frozenset({"consider", "unknown"})
#: "implemented": the state says it does so already; the file does not say whether it supports the recommendation.
_ANSWERED = frozenset({"reject", "noted", "implemented", "implement"})
#: Names that mean a particular state in this file only, and a review that is printed twice.
STATES = lookups.states("upr_terman_states.csv")


class _Sender(Line, frozen=True):
    """One of several senders in one cell."""

    key: ClassVar[tuple[str, ...]] = ("value", "name")
    value: Text
    name: Text


def _senders() -> dict[str, list[str]]:
    """The names of the senders by what the cell holds, where it holds several."""
    found: dict[str, list[str]] = {}
    for line in lookups.read("upr_terman_senders.csv", _Sender):
        found.setdefault(line.value, []).append(line.name)
    return found


_JOINT = _senders()


@dataclass
class _Tally:
    n: int = 0
    accepted: int = 0
    undecided: int = 0

    def add(self, decision: str) -> None:
        self.n += 1
        self.accepted += decision in _SUPPORTED
        self.undecided += decision in _UNDECIDED


@dataclass
class _Gatherer:
    """Counts rows by sender, target and year."""

    tallies: dict[tuple[str, str, int], _Tally] = field(default_factory=lambda: defaultdict(_Tally))
    seen: set[tuple[str, str, str, int]] = field(default_factory=set)

    def __call__(self, row: Row) -> Iterator[Fact]:
        year, printed, decision = row.year("year"), row.need("to"), row.need("decision")
        MODEL.types["RECOMMENDED"].check({"year": year})
        sender = row.text("from")
        if sender is None:
            raise Drop("no sender named")
        own = STATES.get(printed, year)
        if decision not in _SUPPORTED | _UNDECIDED | _ANSWERED:
            raise Unusable("unknown decision", "decision", decision)
        target = own or names.by_name(printed, year)
        senders = [names.by_name(name, year) for name in _JOINT.get(sender, [sender])]
        if target in senders:
            raise Unusable("a state recommends to itself", "from", f"{target} {year}")
        key = (row.need("text"), target, sender, year)
        if key in self.seen:
            raise Drop("repeats an earlier row")
        self.seen.add(key)
        for each in senders:
            self.tallies[each, target, year].add(decision)
        raise Gathered

    def facts(self) -> Iterator[Fact]:
        for (sender, target, year), tally in self.tallies.items():
            yield edge(
                "RECOMMENDED",
                sender,
                target,
                year=year,
                n=tally.n,
                accepted=tally.accepted,
                undecided=tally.undecided,
            )


def _records(text: str) -> Iterator[tuple[int, dict[str, Any] | Unusable]]:
    """The records of one year with their lines.

    The files of 2009 and 2011 cannot be read strictly: in 2009 every row lacks the last cell, which holds notes, and in
    2011 a quotation mark closes early. The first column is headed ``From`` or ``from``.
    """
    reader = csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n")))
    header = [column.strip().lower() for column in next(reader)]
    for cells in reader:
        if not cells:
            continue
        if len(cells) == len(header) - 1 and header[-1] == "notes":
            cells.append("")
        if len(cells) != len(header):
            yield reader.line_num, Unusable(f"{len(cells)} cells where the header has {len(header)}", "", cells[0])
        else:
            yield reader.line_num, dict(zip(header, cells, strict=True))


def load(raw: RawFolder) -> Iterator[Fact]:
    gather = _Gatherer()
    for name in [*raw.names(YEARS), HAITI]:
        yield from raw.rows(name, _records(raw.text(name, ENCODING)), gather, missing=["NA"])
    yield from gather.facts()
