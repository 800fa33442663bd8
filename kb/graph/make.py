"""Building a graph: facts in, checks, scores, and only then the pointer.

The work on the file happens in a child process, so that a crash, a kill or a full disk ends with the last good graph in
place and a reason. One build runs at a time. Where the same code made the current graph, a copy of that is brought up
to date: only tables whose rows differ are written again, and the scores, which are always computed anew.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import filelock
import pyarrow as pa

from kb import workers
from kb.engines.embedded.engine import EmbeddedEngine
from kb.engines.tables import count, digest, read_table
from kb.errors import Busy, EngineError, GraphMissing, HrkbError
from kb.facts import snapshot
from kb.facts.identity import fact_ids
from kb.facts.schema import stored_schema
from kb.facts.snapshot import SourceFacts
from kb.graph import assemble, checks, coverage, derive, fingerprint
from kb.load.register import Source, register
from kb.model.graph import MODEL
from kb.versions import canaries, home
from kb.versions.status import data_date

#: Called with the stage's name, and how far it is: done and total steps.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Plan:
    """What to build: from which snapshot, under which home, with all sources or only the open ones."""

    snapshot: Path
    home: Path
    only_open: bool = False


def build(plan: Plan, progress: Progress, *, force: bool = False) -> tuple[home.Version, bool]:
    """Build a graph and make it the current one. Returns the version, and False where it was up to date already.

    With ``force`` it is made from nothing, even where nothing changed.

    Raises :class:`HrkbError`: a check failed, the facts cannot be read, the disk is full, another build is running.
    The graph that was current before stays current in all these cases.
    """
    with _lock(plan.home):
        made_from = fingerprint.of_build(plan.snapshot, only_open=plan.only_open)
        same = [v for v in home.versions(plan.home) if v.record.get("fingerprint") == made_from]
        if same and not force:
            home.point_to(same[-1].name, plan.home)
            return same[-1], False
        return _build_new(plan, made_from, None if force else _base(plan.home), progress), True


@contextmanager
def _lock(root: Path) -> Iterator[None]:
    """One build at a time. Raises :class:`Busy`, or :class:`HrkbError` where nothing can be written in ``root``."""
    lock = filelock.FileLock(root / "build.lock", timeout=0)
    try:
        root.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except filelock.Timeout:
        raise Busy(
            f"another build is running in {root}", "wait until it is done; `hrkb status` shows the current graph"
        ) from None
    except OSError as error:
        raise HrkbError(f"{root} cannot be written: {error}", "set HRKB_HOME to a folder you may write to") from error
    try:
        yield
    finally:
        lock.release()


def _base(root: Path) -> home.Version | None:
    """The current graph, if the same code made it, so that a copy can be brought up to date."""
    try:
        version = home.current(root)
    except GraphMissing:
        return None
    return version if version.record.get("code") == fingerprint.of_code() else None


def _build_new(plan: Plan, made_from: str, base: home.Version | None, progress: Progress) -> home.Version:
    """A new version, current at the end; where anything stops this, nothing of it stays."""
    stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S%f")[:-3]
    folder = home.make_folder(plan.home, f"{stamp}-{made_from[:6]}")
    try:
        [record] = workers.run(_make_version, [(plan, folder, base)], progress)
        record.update(fingerprint=made_from, version=folder.name)
        version = home.Version(folder, record)
        home.publish(version, plan.home)
    finally:
        home.discard_unpublished(folder, plan.home)
    return version


def _make_version(job: tuple[Plan, Path, home.Version | None], tell: Progress) -> dict[str, Any]:
    """The whole work on the file of a new version; runs in a process of its own. Returns the record."""
    plan, folder, base = job
    graph = folder / home.GRAPH
    try:
        if base:
            _copy(base.folder / home.GRAPH, graph)
        with EmbeddedEngine(graph, read_only=False) as engine:
            held = base.record["tables"] if base else {}
            written, tables = write_facts(engine, plan, register(), tell, held)
        # Closed in between, the engine gives back the memory of the bulk load before the scores need theirs.
        with EmbeddedEngine(graph, read_only=False) as engine:
            made = add_scores(engine, tables, tell) | written
        with EmbeddedEngine(graph) as engine:  # what readers will find, after the file was closed
            found = count(engine)
            canaries.prove(engine, made["canaries"])
            if not plan.only_open:
                coverage.check(engine)
    except EngineError as error:
        raise EngineError(
            f"the graph cannot be made in {folder}: {error.problem}",
            "is the disk full? `hrkb doctor` looks; a build needs about 1 GB",
        ) from error
    if found != made["counts"]:
        raise EngineError(f"{folder} does not hold what was written to it", "look at the disk, then build again")
    return made


def _copy(graph: Path, to: Path) -> None:
    try:
        shutil.copyfile(graph, to)
    except OSError as error:
        raise EngineError(f"{graph} cannot be copied: {error.strerror}", "build with --force") from error


def write_facts(
    engine: EmbeddedEngine,
    plan: Plan,
    sources: dict[str, Source],
    tell: Progress,
    held: Mapping[str, str] = MappingProxyType({}),
) -> tuple[dict[str, Any], dict[str, pa.Table]]:
    """Make an engine hold the facts of a plan's snapshot, checked. Returns the part of the record on them, and the tables.

    ``held`` are the digests of the tables that the engine holds already, as the record of its graph states them; of an
    empty engine there are none.
    """
    started = dt.datetime.now(dt.UTC)
    tell("Putting facts together", 0, 1)
    facts = list(snapshot.read(plan.snapshot))
    graph = assemble.assemble(facts, sources, only_open=plan.only_open)
    loads = [one for one in facts if not plan.only_open or sources[one.source].redistributable == "yes"]
    about = {"Source": source_table(loads, sources), "Load": load_table(loads, started)}
    tables = {**graph.tables, **derive.complete(about)}
    checks.check_tables(tables, minimum=not plan.only_open)
    digests = {name: digest(table) for name, table in tables.items()}
    stale = _stale(digests, held)
    if held:
        engine.renew(stale)
    else:
        engine.create_schema()
    written = [table.name for table in MODEL if table.name in stale and table.name in tables]
    for done, name in enumerate(written):
        tell("Writing the graph", done, len(written))
        engine.write(name, tables[name])
    tell("Checking", 0, 1)
    checks.check_engine(engine, tables)
    record = {
        "loads": [one.report for one in loads],
        "left_out": graph.left_out,
        "only_open": plan.only_open,
        "tables": digests,
        "built": started.isoformat(timespec="seconds"),
    }
    return record, tables


def add_scores(engine: EmbeddedEngine, tables: Mapping[str, pa.Table], tell: Progress) -> dict[str, Any]:
    """Compare the facts with the printed totals and add the scores. Returns the part of the record on the whole graph.

    ``tables`` are the facts that the engine was given: what the answers of :mod:`kb.versions.canaries` are computed from.
    """
    compared = checks.check_printed_totals(engine)
    tell("Computing scores", 0, 1)
    from kb.scores import compute  # brings scipy: only the process that builds needs it

    states = read_table(engine, MODEL.labels["State"])
    state_years = derive.complete({"State": states, "StateYear": compute.compute(engine)})["StateYear"]
    engine.write("StateYear", state_years)
    engine.write("IN_YEAR", in_year(state_years))
    return {
        "engine": engine.version,
        "model": MODEL.digest,
        "code": fingerprint.of_code(),
        "data_date": data_date(engine),
        "counts": count(engine),
        "instruments_compared": compared,
        "canaries": canaries.truths({**tables, "StateYear": state_years}),
    }


def _stale(digests: Mapping[str, str], held: Mapping[str, str]) -> set[str]:
    """The tables to be written: those that are not held as they should be, and the edges of such nodes."""
    stale = {
        table.name for table in MODEL if held.get(table.name) is None or held[table.name] != digests.get(table.name)
    }
    return stale | {edge.name for edge in MODEL.edges if {edge.start, edge.end} & stale}


def in_year(state_years: pa.Table) -> pa.Table:
    """The edges from states to their years."""
    declared = MODEL.types["IN_YEAR"]
    ends = pa.table({"start": state_years["iso3"], "end": state_years["id"]})
    edges = ends.append_column("source", pa.array(["scores"] * ends.num_rows))
    return edges.append_column("fact", fact_ids(declared, "scores", ends))


def source_table(loads: list[SourceFacts], sources: dict[str, Source]) -> pa.Table:
    """The Source nodes of the loaded sources."""
    rows = []
    for one in loads:
        entry = sources[one.source].model_dump(include=set(MODEL.labels["Source"].by_name))
        digest = hashlib.sha256("".join(one.report["sha256"].values()).encode()).hexdigest()
        rows.append({**entry, "sha256": digest, "sources": [one.source]})
    return pa.Table.from_pylist(rows, stored_schema(MODEL.labels["Source"]))


def load_table(loads: list[SourceFacts], started: dt.datetime) -> pa.Table:
    """The Load nodes: what became of every row of every source."""
    finished = dt.datetime.now(dt.UTC)
    rows = [
        {
            "id": f"{one.source}@{started:%Y%m%dT%H%M%S}",
            "started": started.replace(microsecond=0),
            "finished": finished.replace(microsecond=0),
            "outcome": "loaded",
            "sources": [one.source],
            "drop_rules": [f"{rule}: {n}" for rule, n in one.report["dropped"].items()] or None,
            **{k: v for k, v in one.report.items() if k in MODEL.labels["Load"].by_name},
        }
        for one in loads
    ]
    return pa.Table.from_pylist(rows, stored_schema(MODEL.labels["Load"]))
