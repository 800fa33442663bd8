"""A Neo4j server, as ratios in one run: loading by driver, by import, row by row; refreshing one source, also with readers
at work.

Run with ``python benchmarks/neo4j_load.py``; it needs a built graph, Java 17 and Maven, and takes some minutes.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kb.catalogue.queries import catalogue
from kb.engines.neo4j.bulk_import import write_files
from kb.engines.neo4j.engine import Neo4jEngine, in_order, insert_statement
from kb.engines.neo4j.load import load
from kb.engines.tables import read_tables
from kb.errors import EngineError
from kb.model.graph import MODEL
from kb.neo4j_local import server as neo4j_server
from kb.versions import home

#: Rows that are written one by one; the time for all of them is projected from these.
SAMPLE = 2_000
#: The source that the refresh changes, and readers at work meanwhile.
CHANGED, READERS = "fariss-lhrs-402", 10

Graph = dict[str, pa.Table]


def timed(what: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    started = time.perf_counter()
    what()
    return time.perf_counter() - started


def by_import(graph: Graph) -> float:
    """Seconds to write the files, import them and start the server on them."""
    with tempfile.TemporaryDirectory() as files, tempfile.TemporaryDirectory() as place:
        address = neo4j_server.prepare(Path(place))

        def run() -> None:
            arguments = write_files(graph, "benchmark", Path(files))
            neo4j_server.admin(Path(place), "database", "import", "full", "neo4j", *arguments)

        seconds = timed(run)
        neo4j_server.stop(neo4j_server.start(Path(place), address))
    return seconds


def row_by_row(engine: Neo4jEngine, graph: Graph) -> float:
    """Seconds that a plain script would take for all edges: one statement and one transaction per row, projected."""
    declared = MODEL.types["MEASURED"]
    rows = in_order(declared, graph["MEASURED"].slice(0, SAMPLE))
    engine.run("MATCH ()-[r:MEASURED]->() WHERE r.fact IN $facts DELETE r", {"facts": rows["fact"].to_pylist()})
    seconds = timed(lambda: engine.batches(insert_statement(declared), rows, 1))
    return seconds / SAMPLE * sum(table.num_rows for table in graph.values())


def changed(graph: Graph) -> Graph:
    """The graph with every value of one source moved."""
    rows = graph["MEASURED"]
    moved = pc.if_else(pc.equal(rows["source"], CHANGED), pc.add(rows["value"], 0.001), rows["value"])
    return {**graph, "MEASURED": rows.set_column(rows.schema.get_field_index("value"), "value", moved)}


def refresh_under_readers(engine: Neo4jEngine, graph: Graph) -> tuple[float, int, int]:
    """Seconds of a refresh of one source while ten readers ask; their answers and their errors."""
    stop, answers, errors = threading.Event(), [0], [0]

    def read() -> None:
        with Neo4jEngine(engine.address) as reader:
            while not stop.is_set():
                try:
                    catalogue()["parties"].run(reader)
                    answers[0] += 1
                except EngineError:
                    errors[0] += 1

    threads = [threading.Thread(target=read) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    seconds = timed(lambda: load(engine, changed(graph), "refresh"))
    stop.set()
    for thread in threads:
        thread.join()
    return seconds, answers[0], errors[0]


def main() -> None:
    with home.current().open() as embedded, neo4j_server.running() as server, Neo4jEngine(server.address) as engine:
        graph = dict(read_tables(embedded))
        nodes = sum(graph[label.name].num_rows for label in MODEL.nodes)
        edges = sum(graph[kind.name].num_rows for kind in MODEL.edges)
        print(f"{nodes:,} nodes, {edges:,} relationships, {os.cpu_count()} cores, {engine.version}")
        driver = timed(lambda: load(engine, graph, "first"))
        print(f"full load by driver {driver:.1f} s = 1.00")
        print(f"nothing changed      {timed(lambda: load(engine, graph, 'again')) / driver:.3f}")
        print(f"one source refreshed {timed(lambda: load(engine, changed(graph), 'more')) / driver:.3f}")
        load(engine, graph, "back")
        seconds, answers, errors = refresh_under_readers(engine, graph)
        print(f"  with {READERS} readers    {seconds / driver:.3f}   {answers} answers, {errors} errors")
        load(engine, graph, "back")
        print(f"row by row           {row_by_row(engine, graph) / driver:.1f} (projected from {SAMPLE} rows)")
    print(f"import full          {by_import(graph) / driver:.3f}")


if __name__ == "__main__":
    main()
