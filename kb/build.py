"""Building a graph: facts in, checks, scores, and only then the pointer.

The work on the file happens in a child process, so that a crash, a kill or a full disk ends with the last good graph in
place and a reason. One build runs at a time.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import multiprocessing
import shutil
import signal
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import filelock
import ladybug
import pyarrow as pa

from kb import assemble, checks, home, scores, snapshot
from kb.engines.base import Engine
from kb.engines.ladybug import LadybugEngine
from kb.errors import EngineError, HrkbError
from kb.model import MODEL
from kb.snapshot import SourceFacts
from kb.sources import ROOT, Source, register
from kb.status import data_date

#: Called with the stage's name, and how far it is: done and total steps.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Plan:
    """What to build: from which snapshot, under which home, with all sources or only the open ones."""

    snapshot: Path
    home: Path
    only_open: bool = False


def fingerprint(plan: Plan) -> str:
    """A digest of everything a graph is made from: facts, model, queries, code, engine. Equal means nothing to do."""
    digest = hashlib.blake2b(digest_size=8)
    digest.update(f"{ladybug.__version__}|{plan.only_open}".encode())
    code = [*ROOT.glob("queries/*.cypher"), *ROOT.glob("kb/**/*.py"), ROOT / "data" / "sources.yml", checks.EXPECTED]
    for path in (*sorted(code), *sorted(plan.snapshot.glob("*/*"))):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def build(plan: Plan, progress: Progress, *, force: bool = False) -> tuple[home.Version, bool]:
    """Build a graph and make it the current one. Returns the version, and False where it was up to date already.

    Raises :class:`HrkbError`: a check failed, the facts cannot be read, the disk is full, another build is running.
    The graph that was current before stays current in all these cases.
    """
    plan.home.mkdir(parents=True, exist_ok=True)
    try:
        with filelock.FileLock(plan.home / "build.lock", timeout=0):
            return _build_locked(plan, progress, force)
    except filelock.Timeout:
        raise HrkbError(
            "another build is running", "wait until it is done; `hrkb status` shows the current graph"
        ) from None
    except OSError as error:
        raise HrkbError(
            f"{plan.home} cannot be written: {error.strerror}", "set HRKB_HOME to a folder you may write to"
        ) from error


def _build_locked(plan: Plan, progress: Progress, force: bool) -> tuple[home.Version, bool]:
    made_from = fingerprint(plan)
    now = next((v for v in reversed(home.versions(plan.home)) if v.record.get("fingerprint") == made_from), None)
    if now is not None and not force:
        home.point_to(now.name, plan.home)
        return now, False
    stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S%f")[:-3]
    folder = home.make_folder(plan.home, f"{stamp}-{made_from[:6]}")
    try:
        record = _in_child(plan, folder, progress)
        version = home.Version(folder, {**record, "fingerprint": made_from, "version": folder.name})
        home.publish(version, plan.home)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return version, True


def _in_child(plan: Plan, folder: Path, progress: Progress) -> dict[str, Any]:
    """Run :func:`make_graph` in a process of its own, passing on its progress; kill it when we are stopped."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(plan, folder, there), daemon=True)
    child.start()
    there.close()
    try:
        while True:
            try:
                kind, *content = here.recv()
            except EOFError:
                child.join()
                raise EngineError(
                    f"the build process ended with code {child.exitcode}",
                    "is the disk or the memory full? `hrkb doctor` looks; then build again",
                ) from None
            if kind == "progress":
                progress(*content)
            elif kind == "done":
                return dict(content[0])
            else:
                raise content[0]
    finally:
        child.terminate()
        child.join()


def _child(plan: Plan, folder: Path, out: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means

    def tell(stage: str, done: int, total: int) -> None:
        out.send(("progress", stage, done, total))

    try:
        with LadybugEngine(folder / home.GRAPH, read_only=False) as engine:
            record = make_graph(engine, list(snapshot.read(plan.snapshot)), register(), tell, only_open=plan.only_open)
        out.send(("done", record))
    except HrkbError as error:
        out.send(("failed", error))
    except OSError as error:
        out.send(("failed", EngineError(f"the graph cannot be written: {error}", "free the disk and build again")))
    except Exception:
        out.send(
            ("failed", EngineError("the build failed:\n" + traceback.format_exc(), "report this with the text above"))
        )


def make_graph(
    engine: Engine, facts: list[SourceFacts], sources: dict[str, Source], tell: Progress, *, only_open: bool = False
) -> dict[str, Any]:
    """Fill an empty engine with the graph of these facts, check it, and add the scores. Returns the record."""
    started = dt.datetime.now(dt.UTC)
    tell("Putting facts together", 0, 1)
    graph = assemble.assemble(facts, sources, only_open=only_open)
    loads = [one for one in facts if not only_open or sources[one.source].redistributable == "yes"]
    tables = {**graph.tables, "Source": source_table(loads, sources), "Load": load_table(loads, started)}
    checks.check_tables(tables, minimum=not only_open)
    engine.create_schema()
    for done, table in enumerate(t for t in MODEL if t.name in tables):
        tell("Writing the graph", done, len(tables))
        engine.write(table.name, tables[table.name])
    tell("Checking", 0, 1)
    checks.check_engine(engine, tables)
    compared = checks.check_printed_totals(engine)
    tell("Computing scores", 0, 1)
    state_years = scores.compute(engine)
    engine.write("StateYear", state_years)
    engine.write("IN_YEAR", in_year(state_years))
    counts = checks.count(engine)
    return record(
        engine,
        loads,
        sources,
        counts,
        {
            "left_out": graph.left_out,
            "instruments_compared": compared,
            "only_open": only_open,
            "built": started.isoformat(timespec="seconds"),
        },
    )


def in_year(state_years: pa.Table) -> pa.Table:
    """The edges from states to their years."""
    declared = MODEL.types["IN_YEAR"]
    ends = pa.table({"start": state_years["iso3"], "end": state_years["id"]})
    edges = ends.append_column("source", pa.array(["scores"] * ends.num_rows))
    return edges.append_column("fact", assemble.fact_ids(declared, "scores", ends))


def record(
    engine: Engine,
    loads: list[SourceFacts],
    sources: dict[str, Source],
    counts: Mapping[str, int],
    more: Mapping[str, Any],
) -> dict[str, Any]:
    """What is known of a built graph: shown by ``hrkb status`` and in the footer of every page."""
    return {
        "engine": engine.version,
        "model": MODEL.digest,
        "data_date": data_date(engine),
        "counts": dict(counts),
        "loads": [one.report for one in loads],
        **more,
    }


def source_table(loads: list[SourceFacts], sources: dict[str, Source]) -> pa.Table:
    """The Source nodes of the loaded sources."""
    rows = []
    for one in loads:
        entry = sources[one.source].model_dump(include=set(MODEL.labels["Source"].by_name))
        digest = hashlib.sha256("".join(one.report["sha256"].values()).encode()).hexdigest()
        rows.append({**entry, "sha256": digest, "sources": [one.source]})
    return pa.Table.from_pylist(rows, assemble.stored_schema(MODEL.labels["Source"]))


def load_table(loads: list[SourceFacts], started: dt.datetime) -> pa.Table:
    """The Load nodes: what became of every row of every source."""
    finished = dt.datetime.now(dt.UTC)
    rows = [
        {
            "id": f"{one.source}@{started:%Y%m%dT%H%M%S}",
            "started": started.isoformat(timespec="seconds"),
            "finished": finished.isoformat(timespec="seconds"),
            "outcome": "loaded",
            "sources": [one.source],
            "drop_rules": [f"{rule}: {n}" for rule, n in one.report["dropped"].items()],
            **{k: v for k, v in one.report.items() if k in MODEL.labels["Load"].by_name},
        }
        for one in loads
    ]
    return pa.Table.from_pylist(rows, assemble.stored_schema(MODEL.labels["Load"]))
