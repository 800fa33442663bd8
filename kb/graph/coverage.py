"""Holes that row counts do not show: a score, a property or an indicator that comes out nearly empty.

``data/coverage/`` holds what was counted on a good graph, and the floor below which a graph is not published: of every property, of
every indicator. ``make coverage`` writes it from the current graph. The floors of the scores, by decade, are declared with them in
:mod:`kb.model.scores`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kb.catalogue.queries import catalogue
from kb.engines.base import Engine
from kb.errors import CheckError, InputError
from kb.model.graph import MODEL
from kb.model.scores import SCORES
from kb.model.shape import NodeType, Table
from kb.scores.floors import holes as score_holes
from kb.settings import DATA

FLOORS = DATA / "coverage"
#: The share of what was counted that has to be there, and how many may go in any case: so much a source may correct.
SHARE, SLACK = 0.95, 5
#: Each table of floors, and the columns that say what was counted.
KINDS: Mapping[str, tuple[str, ...]] = {
    "properties": ("table", "property"),
    "indicators": ("indicator",),
}
#: What every row has, or it would not be there.
_ALWAYS = frozenset({"uid", "sources", "source", "fact"})
#: Its columns are checked against what is declared of each score.
_SCORES = "StateYear"
#: How many holes an error names.
_NAMED = 12


@dataclass(frozen=True)
class Counted:
    """How many rows have a value, and of how many."""

    filled: int
    rows: int

    @property
    def floor(self) -> int:
        """The fewest that have to be there from now on; never none."""
        return max(1, min(int(self.filled * SHARE), self.filled - SLACK))


#: By kind and by what was counted, in the order of :data:`KINDS`.
Coverage = dict[str, dict[tuple[str, ...], Counted]]
Floors = dict[str, dict[tuple[str, ...], int]]


def measure(engine: Engine) -> Coverage:
    """Count what is filled in a graph; what is nowhere filled is left out. Raises :class:`kb.errors.EngineError`."""
    found: Coverage = {"properties": {}, "indicators": {}}
    for table in MODEL:
        names = _properties(table)
        if table.name != _SCORES and names:
            pattern = f"(n:{table.name})" if isinstance(table, NodeType) else f"()-[n:{table.name}]->()"
            [row] = engine.read(f"MATCH {pattern} RETURN count(n) AS n, {_counts(names)}").to_pylist()
            for number, name in enumerate(names):
                found["properties"][table.name, name] = Counted(row[f"c{number}"], row["n"])
    values = engine.read("MATCH ()-[m:MEASURED]->(i:Indicator) RETURN i.code AS code, count(m) AS n ORDER BY code")
    for row in values.to_pylist():
        found["indicators"][row["code"],] = Counted(row["n"], row["n"])
    return {kind: {key: n for key, n in counted.items() if n.filled} for kind, counted in found.items()}


def _properties(table: Table) -> list[str]:
    key = table.key if isinstance(table, NodeType) else ""
    return [p.name for p in table.properties if p.name not in _ALWAYS and p.name != key]


def _counts(names: list[str]) -> str:
    # Numbered, because a property may be called as a keyword is.
    return ", ".join(f"count(n.{name}) AS c{number}" for number, name in enumerate(names))


def floors(folder: Path = FLOORS) -> Floors:
    """The floors as they are kept. Raises :class:`InputError` naming the file and the line that is wrong."""
    found: Floors = {}
    for kind, columns in KINDS.items():
        path = folder / f"{kind}.csv"
        try:
            lines = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")), strict=True))
        except (OSError, ValueError, csv.Error) as error:
            raise InputError(f"{path} cannot be read: {error}", "get the project anew, or mend the file") from error
        found[kind] = {}
        for number, line in enumerate(lines, start=2):
            try:
                found[kind][tuple(line[column] for column in columns)] = int(line["at_least"])
            except (KeyError, TypeError, ValueError) as error:
                raise InputError(f"{path}, line {number}, is no floor: {error}", "mend the line") from error
    return found


def check(engine: Engine, folder: Path = FLOORS) -> int:
    """Nothing is emptier than its floor. Returns how many floors there are. Raises :class:`CheckError` naming the holes."""
    wanted, found = floors(folder), measure(engine)
    holes = {
        kind: {key: least for key, least in some.items() if _filled(found, kind, key) < least}
        for kind, some in wanted.items()
    }
    years = catalogue()["scores-and-components"].run(engine).to_pandas()
    said = [*(text for kind, some in holes.items() for text in _said(kind, some, found)), *score_holes(years)]
    if said:
        more = f"; and {len(said) - _NAMED} more" if len(said) > _NAMED else ""
        raise CheckError(
            f"the graph has holes: {'; '.join(said[:_NAMED])}{more}",
            "`hrkb quarantine` and `hrkb changes` say what became of the rows; where the graph is right, lower these lines in "
            "data/coverage, or the floor of the score in kb/model/scores, and say why",
        )
    return len(SCORES) + sum(map(len, wanted.values()))


def _filled(found: Coverage, kind: str, key: tuple[str, ...]) -> int:
    return found[kind][key].filled if key in found[kind] else 0


def _said(kind: str, holes: Mapping[tuple[str, ...], int], found: Coverage) -> Iterator[str]:
    """One text for every property and indicator that lacks values."""
    for key, least in holes.items():
        name = f"indicator {key[0]}" if kind == "indicators" else ".".join(key)
        yield f"{name}: {_filled(found, kind, key):,} values, at least {least:,} expected"


def tables(found: Coverage) -> dict[str, str]:
    """The files of :data:`FLOORS` by name, as they are to be for a graph in which this was counted."""
    made = {}
    for kind, columns in KINDS.items():
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([*columns, "rows", "filled", "at_least"])
        for key, n in sorted(found[kind].items()):
            writer.writerow([*key, n.rows, n.filled, n.floor])
        made[f"{kind}.csv"] = text.getvalue()
    return made
