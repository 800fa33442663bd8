"""Is a new load as good as the last one? What it must keep, and what is only worth a word.

The bounds stand in the source's entry in ``data/sources.yml`` (:class:`kb.load.register.Bounds`). A rejection leaves the last
good facts in place; a warning is recorded beside the load.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc

from kb.facts.snapshot import LoadReport, SourceFacts
from kb.load.register import Source
from kb.model.graph import MODEL
from kb.refresh.judge.compare import empty


@dataclass(frozen=True)
class Finding:
    kind: Literal["rejection", "warning"]
    text: str


def examine(source: Source, old: SourceFacts | None, new: SourceFacts, today: dt.date) -> list[Finding]:
    """Everything that speaks against ``new``, rejections first. ``old`` is the last good load, None at the first.

    ``today`` is the latest day known to have begun: what is dated after it cannot have happened.
    """
    found = [*_future(new, today), *_quarantine(source, old, new)]
    if old is not None:
        found += [
            *_shrunk(source, old, new),
            *_treaties(old, new),
            *_ratifications(old, new),
            *_older_page(old, new),
            *_columns(old, new),
        ]
    return sorted(found, key=lambda finding: finding.kind)


def _reject(text: str) -> Finding:
    return Finding("rejection", text)


def _warn(text: str) -> Finding:
    return Finding("warning", text)


def _some(items: list[str]) -> str:
    return ", ".join(items[:5]) + (f" and {len(items) - 5} more" if len(items) > 5 else "")


def _shrunk(source: Source, old: SourceFacts, new: SourceFacts) -> Iterator[Finding]:
    """Fewer facts than the declared share of the last good ones, of any label or type."""
    bounds = source.bounds
    for table in sorted({*old.tables, *new.tables}):
        had, has = (one.tables[table].num_rows if table in one.tables else 0 for one in (old, new))
        if has < had * bounds.minimum_share:
            text = f"{has:,} {table} where the last good load had {had:,}"
            yield _reject(text) if had >= bounds.small_table or has == 0 else _warn(text)


def _treaties(old: SourceFacts, new: SourceFacts) -> Iterator[Finding]:
    codes = [set(one.tables.get("Treaty", empty("Treaty"))["code"].to_pylist()) for one in (old, new)]
    gone, added = sorted(codes[0] - codes[1]), sorted(codes[1] - codes[0])
    if gone:
        yield _reject(f"treaties have vanished: {_some(gone)}")
    if added and codes[0]:
        yield _warn(f"new treaties: {_some(added)}")


def _ratifications(old: SourceFacts, new: SourceFacts) -> Iterator[Finding]:
    """States that were bound by something and are bound by nothing now."""
    states = [set(one.tables.get("RATIFIED", empty("RATIFIED"))["start"].to_pylist()) for one in (old, new)]
    gone, added = sorted(states[0] - states[1]), sorted(states[1] - states[0])
    if gone:
        yield _reject(f"states have lost all their ratifications: {_some(gone)}")
    if added and states[0]:
        yield _warn(f"states with ratifications for the first time: {_some(added)}")


def _future(new: SourceFacts, today: dt.date) -> Iterator[Finding]:
    """Days after today, and years after this one, of things that happened: acts, observations.

    A term of office, an end and a day of entry into force may lie ahead.
    """
    for name, table in new.tables.items():
        edge = MODEL.types.get(name)
        if edge is None or "from_year" in edge.by_name:
            continue
        for column, limit in (("date", today), ("year", today.year)):
            if column in edge.by_name:
                late = _later(table, column, limit)
                if late:
                    yield _reject(f"{len(late)} {name} of the future, e.g. {late[0]['start']} {late[0][column]}")


def _later(table: pa.Table, column: str, limit: Any) -> list[dict[str, Any]]:
    mask = pc.greater(table[column], pa.scalar(limit, table.schema.field(column).type))
    return list(table.filter(pc.fill_null(mask, False)).to_pylist())


def _older_page(old: SourceFacts, new: SourceFacts) -> Iterator[Finding]:
    """Status pages that are older than those of the last good load: yesterday's file."""
    before = {row["code"]: row["as_of"] for row in old.tables.get("Treaty", empty("Treaty")).to_pylist()}
    for row in new.tables.get("Treaty", empty("Treaty")).to_pylist():
        known = before.get(row["code"])
        if known is not None and row["as_of"] is not None and row["as_of"] < known:
            yield _reject(f"the page of {row['code']} is of {row['as_of']}, older than the last good one of {known}")


def _quarantine(source: Source, old: SourceFacts | None, new: SourceFacts) -> Iterator[Finding]:
    """More rows set aside than before."""
    before = _quarantined_share(old.report) if old else 0.0
    now = _quarantined_share(new.report)
    if now > before:
        text = (
            f"{new.report['rows_quarantined']:,} of {new.report['rows_in']:,} rows are quarantined, before {before:.1%}"
        )
        yield (_reject if old and now - before > source.bounds.more_quarantined else _warn)(text)


def _quarantined_share(report: LoadReport) -> float:
    return float(report["rows_quarantined"] / report["rows_in"]) if report["rows_in"] else 0.0


def _columns(old: SourceFacts, new: SourceFacts) -> Iterator[Finding]:
    """Columns that no loader reads, new or gone; a column that a loader reads is missed when it is read."""
    before, after = (one.report.get("unread_columns", {}) for one in (old, new))
    for file, columns in after.items():
        added = sorted(set(columns) - set(before.get(file, ())))
        if added:
            yield _warn(f"{file} has new columns: {_some(added)}")
    for file, columns in before.items():
        gone = sorted(set(columns) - set(after.get(file, ())))
        if gone:
            yield _warn(f"{file} has lost columns that nobody reads: {_some(gone)}")
