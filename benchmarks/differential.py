"""The long run of the differential fuzzer: random read queries over random graphs and over the project's own graph.

``python benchmarks/differential.py --queries 20000 --seed 1 --subjects embedded,neo4j`` asks each query of the subjects and
of DuckDB. Subjects: ``embedded``, ``neo4j`` (a server is started for it), or a module of the Kuzu family as it is (``kuzu``,
``ladybug``; ``kuzu+plan`` refuses plans with a multiway join). Ends with 1 where a subject gave a wrong row;
``--keep`` writes each, shrunk, to ``tests/differential/kept/``. ``--only`` asks one query again, as a disagreement names it.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import queue
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kb.engines.neo4j.address import Address
from kb.engines.neo4j.bulk_import import write_files
from kb.engines.neo4j.engine import Neo4jEngine
from kb.engines.tables import read_tables
from kb.neo4j_local import server as neo4j_server
from kb.versions.home import current
from tests.differential import kept
from tests.differential.graphs import Graph, random_graph, real_graph
from tests.differential.oracle import Oracle
from tests.differential.run import Disagreement, Tally, ask_all, differs
from tests.differential.shrink import shrink
from tests.differential.subjects import Subject, named

#: Queries asked of one random graph, and the share of all queries that is asked of the real one.
EACH, REAL = 50, 0.3
#: Disagreements that are shrunk; more are counted and printed as they are.
SHRUNK = 12


@contextmanager
def address(wanted: bool, real: bool) -> Iterator[Address | None]:
    """A Neo4j server of our own, with the real graph on it where that is asked."""
    if not wanted:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="hrkb-neo4j-") as place:
        home = Path(place)
        found = neo4j_server.prepare(home)
        if real:
            with current().open() as engine:
                arguments = write_files(dict(read_tables(engine)), engine.data_version, home / "import")
            neo4j_server.admin(home, "database", "import", "full", "neo4j", *arguments)
        running = neo4j_server.start(home, found)
        try:
            if real:
                with Neo4jEngine(found) as engine:
                    engine.create_schema()
            yield found
        finally:
            neo4j_server.stop(running)


def graph_of(seed: int, unit: int) -> Graph:
    """The graph of a unit; the real one is unit -1."""
    if unit >= 0:
        return random_graph(seed * 1_000_000 + unit)
    with current().open() as engine:
        return real_graph(dict(read_tables(engine)))


def units(given: argparse.Namespace, worker: int) -> Iterator[tuple[int, range]]:
    """What one process asks: units, and which of their queries."""
    if given.only:
        unit, number = map(int, given.only.rsplit(":", 2)[-2:])
        yield unit, range(number, number + 1)
        return
    real = int(given.queries * given.real)
    for unit in range(worker, -(-(given.queries - real) // EACH), given.processes):
        yield unit, range(EACH)
    if real:
        share = -(-real // given.processes)
        yield -1, range(worker * share, min(real, (worker + 1) * share))


def work(given: argparse.Namespace, worker: int, answers: Any) -> None:
    """One process: its share of the queries; sends its tally, without the graphs, and what it prints on the way."""
    names = given.subjects.split(",")
    with ExitStack() as stack:
        real = any(unit < 0 for unit, _ in units(given, worker))
        found = stack.enter_context(address("neo4j" in names, real))
        subjects = [named(name, found, given.seconds) for name in names]
        for subject in subjects:
            stack.callback(subject.close)
        for unit, numbers in units(given, worker):
            graph = graph_of(given.seed, unit)
            for subject in subjects:
                subject.load(graph)
            for first in range(0, len(numbers), EACH):
                tally = Tally()
                ask_all(graph, subjects, (f"{given.seed}:{unit}:{n}" for n in numbers[first : first + EACH]), tally)
                wrong = [(d.subject, report(d, subjects, given)) for d in tally.wrong]
                tally.wrong = []
                answers.put((tally, wrong))
    answers.put(None)


_shrunk = 0


def report(found: Disagreement, subjects: Sequence[Subject], given: argparse.Namespace) -> str:
    """A disagreement in words, with its smallest form; kept as a file where that is asked."""
    global _shrunk
    _shrunk += 1
    if _shrunk > SHRUNK or found.subject == "neo4j":
        return str(found)
    subject = next(s for s in subjects if s.name == found.subject)
    graph, query = shrink(found.graph, found.query, differs(subject), seconds=given.shrink)
    subject.load(found.graph)
    with Oracle(graph) as oracle:
        expected = oracle.ask(query)
    written = subject.write(query)
    rows = {name: table.num_rows for name, table in graph.rows.items()}
    text = f"{found}\n  smallest: {written.text}\n  {written.parameters}\n  over {rows}; right: {expected[:5]}"
    if given.keep:
        text += f"\n  kept as {kept.write('found-' + found.number.replace(':', '-'), found.how, graph, query, expected).name}"
    return text


def summary(tally: Tally, wrong: list[tuple[str, str]]) -> None:
    """Print what was covered, what was refused and why, what was slow, and the disagreements in number."""
    print(f"\n{tally.queries:,} queries; {tally.empty:,} have no rows; the oracle gave up {tally.too_large}")
    for name, number in sorted(tally.covered.items(), key=lambda one: -one[1]):
        print(f"  {number:8,}  {name}")
    for name, number in sorted(tally.answered.items()):
        print(f"{name}: {number:,} answered, {tally.seconds[name]:.0f} s, {sum(s == name for s, _ in wrong)} wrong")
        for why, times in tally.refused.get(name, Counter()).most_common():
            print(f"  {times:6,} refused: {why}\n         e.g. {tally.examples[name, why][:900]}")
    for why, times in tally.excused.items():
        print(f"  {times:6,} not asked of {why}")
    for took, name, where, text in sorted(tally.slow, reverse=True)[:20]:
        print(f"{took:.1f} s, {name}, {where}: {text}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--queries", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--subjects", default="embedded,neo4j")
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--real", type=float, default=REAL, help="share of the queries asked of the real graph")
    parser.add_argument("--seconds", type=float, default=30, help="after which an answer counts as refused")
    parser.add_argument("--shrink", type=float, default=60, help="seconds for shrinking one disagreement")
    parser.add_argument("--keep", action="store_true", help="write disagreements to tests/differential/kept/")
    parser.add_argument("--only", help="one query, e.g. 1:17:33 (seed, unit, number)")
    given = parser.parse_args()
    if given.only:
        given.processes, given.seed = 1, int(given.only.split(":")[0])
    return given


def main() -> int:
    given = arguments()
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    workers = [context.Process(target=work, args=(given, n, answers)) for n in range(given.processes)]
    for worker in workers:
        worker.start()
    whole, wrong, left, started = Tally(), [], given.processes, time.monotonic()
    while left:
        try:
            said = answers.get(timeout=5)
        except queue.Empty:
            if any(worker.exitcode for worker in workers):
                print("A process ended before its time: see its message above")
                return 1
            continue
        if said is None:
            left -= 1
            continue
        whole.add(said[0])
        wrong += said[1]
        for _, text in said[1]:
            print(f"\nDISAGREEMENT {text}\n", flush=True)
        print(f"{whole.queries:,} queries, {len(wrong)} disagreements, {time.monotonic() - started:.0f} s", flush=True)
    summary(whole, wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
