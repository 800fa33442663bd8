"""What every run did, and what it leaves behind: the last good facts and when each source was last asked.

A run counts from the moment its record has its name. Everything else here is read from the records; ``state.json`` only
saves reading them all, and is made again when it is lost or behind.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import with_config

from kb import files
from kb.errors import InputError
from kb.records import Record
from kb.refresh.judge.deltas import SCHEMA
from kb.refresh.places import Places, later_name

Outcome = Literal["loaded", "unchanged", "rejected", "failed"]


@with_config({"extra": "forbid"})
@dataclass(frozen=True)
class Load:
    """What became of one source in one run.

    ``failed``: nothing could be fetched; ``rejected``: it was, and is not good; ``unchanged``: the same facts as before.
    ``files`` maps the files read to their SHA-256, ``listing`` are the names in the source's folder, ``code`` is a digest
    of the code that read them.
    """

    source: str
    outcome: Outcome
    started: str
    finished: str
    reason: str = ""
    warnings: tuple[str, ...] = ()
    as_of: str = ""
    retrieved: str = ""
    addresses: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    listing: tuple[str, ...] = ()
    code: str = ""
    rows: Mapping[str, int] = field(default_factory=dict)
    added: int = 0
    changed: int = 0
    removed: int = 0

    @property
    def edition(self) -> str:
        """A digest of the files read: the same files have the same one."""
        return hashlib.sha256(json.dumps(dict(self.files), sort_keys=True).encode()).hexdigest()


@with_config({"extra": "forbid"})
@dataclass(frozen=True)
class Run:
    """One run. ``generation`` and ``version`` are None unless it made other facts current."""

    id: str
    started: str
    finished: str
    how: Literal["fetch", "folder", "offline", "rollback"]
    loads: tuple[Load, ...]
    generation: str | None = None
    version: str | None = None
    back_to: str | None = None
    reason: str = ""

    @property
    def outcome(self) -> str:
        """The worst thing that happened, else whether anything changed."""
        found = {load.outcome for load in self.loads}
        for outcome in ("rejected", "failed", "loaded"):
            if outcome in found:
                return outcome
        return "rolled back" if self.how == "rollback" else "unchanged"

    @property
    def exit_code(self) -> int:
        """0 good; 4 a source was rejected; 8 a source could not be fetched (see kb.errors)."""
        return {"rejected": 4, "failed": 8}.get(self.outcome, 0)


@with_config({"extra": "forbid"})
@dataclass(frozen=True)
class Known:
    """What the records say of one source: the last time it was asked, and the last good load and its run."""

    last: Load
    good: Load | None = None
    good_run: str = ""
    earlier: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


@with_config({"extra": "forbid"})
@dataclass(frozen=True)
class State:
    """What all records together say. ``run`` is the last one."""

    run: str = ""
    generation: str | None = None
    version: str | None = None
    local: tuple[str, ...] = ()
    sources: Mapping[str, Known] = field(default_factory=dict)


_RUNS, _STATES = Record(Run), Record(State)


def advance(state: State, run: Run, before: Iterable[Run]) -> State:
    """The state after one more run; ``before`` are all earlier ones, looked at only for a rollback."""
    if run.how == "rollback":
        return _back(state, run, list(before))
    sources = dict(state.sources)
    for load in run.loads:
        known = sources.get(load.source, Known(load))
        if load.outcome == "loaded" or (load.outcome == "unchanged" and load.files):
            earlier = known.earlier
            if known.good and known.good.edition != load.edition:
                earlier = tuple(e for e in (*earlier, known.good.edition) if e != load.edition)[-50:]
            known = replace(known, good=load, good_run=run.id, earlier=earlier)
        sources[load.source] = replace(known, last=load)
    loaded = {load.source for load in run.loads if load.outcome == "loaded"}
    return State(
        run.id,
        run.generation or state.generation,
        run.version or state.version,
        tuple(sorted({*state.local, *loaded})),
        sources,
    )


def _back(state: State, run: Run, before: list[Run]) -> State:
    """After a rollback the goods are those of the run gone back to; the editions loaded since are refused from now on."""
    target = fold(r for r in before if r.id <= (run.back_to or ""))
    undone = [load for r in before if r.id > (run.back_to or "") for load in r.loads if load.outcome == "loaded"]
    sources = {}
    for code, known in state.sources.items():
        refused = {*known.refused, *(load.edition for load in undone if load.source == code)}
        was = target.sources.get(code)
        good, good_run = (was.good, was.good_run) if was else (None, "")
        sources[code] = replace(known, good=good, good_run=good_run, refused=tuple(sorted(refused)))
    return State(run.id, target.generation, run.version, target.local, sources)


def fold(runs: Iterable[Run]) -> State:
    """The state after these runs, oldest first."""
    state, done = State(), list[Run]()
    for run in runs:
        state = advance(state, run, done)
        done.append(run)
    return state


def runs(places: Places, since: str = "") -> Iterator[Run]:
    """All recorded runs whose name does not sort before ``since``, oldest first. Raises :class:`InputError`."""
    for path in sorted(places.runs.glob("[0-9]*.json")):
        if path.stem >= since:
            yield _read_run(path)


def _read_run(path: Path) -> Run:
    try:
        return _RUNS.read(path)
    except (OSError, ValueError) as error:
        raise InputError(
            f"{path} is no record of a refresh: {error}", "move it away; the facts it speaks of stay as they are"
        ) from error


def state(places: Places) -> State:
    """What is known now. Reads ``state.json``, or every record where that is missing, damaged or behind."""
    newest = max((path.stem for path in places.runs.glob("[0-9]*.json")), default="")
    try:
        found = _STATES.read(places.state)
    except (OSError, ValueError):
        found = None
    return found if found and found.run == newest else fold(runs(places))


def next_id(places: Places, now: dt.datetime) -> str:
    """A name for a run that sorts after all others."""
    return later_name((path.stem for path in places.runs.glob("[0-9]*.json")), now)


def record(places: Places, before: State, run: Run, deltas: pa.Table) -> State:
    """Make a run count: its deltas first, then, in one step, its record. Returns the new state."""
    if deltas.num_rows:
        sink = pa.BufferOutputStream()
        pq.write_table(deltas, sink, compression="zstd")
        files.write(places.runs / f"{run.id}.parquet", sink.getvalue().to_pybytes())
    _RUNS.write(places.runs / f"{run.id}.json", run)
    earlier = (r for r in runs(places) if r.id < run.id)
    after = advance(before, run, earlier if run.how == "rollback" else ())
    _STATES.write(places.state, after)
    return after


def changes(places: Places, since: dt.date | None = None) -> pa.Table:
    """Every fact added, changed or removed by the runs that began on ``since`` or later, oldest first.

    The columns are those of :data:`kb.refresh.judge.deltas.SCHEMA`, and before them ``run``. Of a run that was rolled back
    its changes stay on record; the rollback is a run without changes of its own.
    """
    found = []
    for run in runs(places):
        path = places.runs / f"{run.id}.parquet"
        if path.exists() and (since is None or run.started[:10] >= since.isoformat()):
            table = pq.read_table(path).cast(SCHEMA)
            found.append(table.add_column(0, "run", pa.array([run.id] * table.num_rows, pa.string())))
    schema = pa.schema([("run", pa.string()), *SCHEMA])
    return pa.concat_tables(found) if found else schema.empty_table()
