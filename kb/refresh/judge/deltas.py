"""What a load changed, fact by fact, with the old and the new value; and whether the world moved or the source.

An *event* lies after what the last good load could speak of: an act dated after its ``as_of``, an observation of a year
later than any before, an end that was open. A *correction* concerns a time that the last good load already covered:
the source added, changed or took back what it could have said. Where the dates are too coarse to tell, it is *unclear*.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from kb.facts.snapshot import SourceFacts
from kb.model.graph import MODEL
from kb.model.shape import OPEN
from kb.refresh.judge.compare import TEXTS, Change, changes, fact_id, identity, last_day, last_year

SCHEMA = pa.schema(
    [
        ("source", pa.string()),
        ("kind", pa.string()),  # added, changed, removed
        ("nature", pa.string()),  # event, correction, unclear
        ("table", pa.string()),
        ("start", pa.string()),  # the key of a node, the first end of an edge
        ("end", pa.string()),
        ("fact", pa.int64()),
        ("date", pa.string()),  # of the fact, as precise as the source has it
        ("property", pa.string()),  # of a changed fact; one line per property
        ("old", pa.string()),
        ("new", pa.string()),
        ("identity", pa.string()),
    ]
)


def compare(old: SourceFacts | None, new: SourceFacts, as_of: str) -> pa.Table:
    """The differences between the last good load and a new one, in the columns of :data:`SCHEMA`.

    ``as_of`` is what the last good load could speak of. Values are texts as JSON has them; sentences are left out.
    """
    horizon = last_day(as_of)
    lines = [line for change in changes(old, new) for line in _lines(new.source, change, old, horizon)]
    return pa.Table.from_pylist(lines, SCHEMA)


def _lines(source: str, change: Change, old: SourceFacts | None, horizon: dt.date | None) -> Iterator[dict[str, Any]]:
    if change.kind == "changed" and not change.properties:
        return
    node = change.table in MODEL.labels
    key = identity(change.table, change.row)
    horizon = _horizon(change.table, old, horizon)
    common = {
        "source": source,
        "kind": change.kind,
        "table": change.table,
        "start": key[0],
        "end": None if node else key[1],
        "fact": fact_id(source, change.table, change.row),
        "date": moment_text(change.row),
        "identity": json.dumps(key),
    }
    if change.kind != "changed":
        whole = {side: _json(row) for side, row in (("old", change.old), ("new", change.new)) if row is not None}
        yield {**common, **whole, "nature": _nature_of_whole(change, horizon)}
        return
    assert change.old is not None and change.new is not None
    for name in change.properties:
        sides = {"old": change.old[name], "new": change.new[name]}
        values: dict[str, str | None] = {
            side: None if value is None or name in TEXTS else _text(value) for side, value in sides.items()
        }
        nature = _nature_of_value(name, sides["old"], sides["new"], horizon)
        yield {**common, "property": name, **values, "nature": nature}


def _horizon(table: str, old: SourceFacts | None, as_of: dt.date | None) -> dt.date | None:
    """The last day that the old load covers: of yearly observations the end of their last year, else its ``as_of``."""
    declared = MODEL.table(table)
    if "year" in declared.by_name and "date" not in declared.by_name and old and table in old.tables:
        year = last_year(old.tables[table])
        return as_of if year is None else dt.date(year, 12, 31)
    return as_of


def moment(row: Mapping[str, Any]) -> tuple[dt.date, dt.date] | None:
    """The first and last day on which a fact may have happened or begun; None where the source gives no time."""
    for name in ("date", "from_date"):
        if row.get(name) is not None:
            return row[name], row[name]
    for name in ("year", "from_year", "founded", "to_year"):
        if row.get(name) not in (None, OPEN):
            return dt.date(row[name], 1, 1), dt.date(row[name], 12, 31)
    return None


def moment_text(row: Mapping[str, Any]) -> str | None:
    """The same as text: a day, or a year."""
    found = moment(row)
    if found is None:
        return None
    return found[0].isoformat() if found[0] == found[1] else str(found[0].year)


def _nature(when: tuple[dt.date, dt.date] | None, horizon: dt.date | None) -> str:
    if when is None or horizon is None:
        return "unclear"
    if when[0] > horizon:
        return "event"
    return "correction" if when[1] <= horizon else "unclear"


def _nature_of_whole(change: Change, horizon: dt.date | None) -> str:
    # What is gone was taken back by its source: the world does not undo an event.
    return "correction" if change.kind == "removed" else _nature(moment(change.row), horizon)


def _nature_of_value(name: str, old: Any, new: Any, horizon: dt.date | None) -> str:
    """A value that ends something, or dates it, is an event where it lies after the horizon; others are corrections."""
    began = old is None or old == OPEN
    if began and isinstance(new, dt.date):
        return _nature((new, new), horizon)
    if began and name.endswith(("year", "ended", "dissolved", "suspended_from")) and isinstance(new, int):
        return _nature((dt.date(new, 1, 1), dt.date(new, 12, 31)), horizon) if new != OPEN else "correction"
    if name == "last_observed" and isinstance(new, int):
        return _nature((dt.date(new, 1, 1), dt.date(new, 12, 31)), horizon)
    return "correction"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _json(row: Mapping[str, Any]) -> str:
    kept = {name: value for name, value in row.items() if value is not None and name not in TEXTS}
    return json.dumps(kept, ensure_ascii=False, default=str)


def counts(deltas: pa.Table) -> dict[str, int]:
    """Facts added, changed and removed; a fact of which several properties changed counts once."""
    found: dict[str, set[tuple[str, str]]] = {"added": set(), "changed": set(), "removed": set()}
    for row in deltas.select(["kind", "table", "identity"]).to_pylist():
        found[row["kind"]].add((row["table"], row["identity"]))
    return {kind: len(facts) for kind, facts in found.items()}
