"""Every query of the catalogue on both engines: how many times as long the server takes, in the middle and at worst.

Run with ``python benchmarks/engines.py [QUERY ..]`` on a quiet machine; it needs a built graph. It asks the server that ``NEO4J_URI``
names, which has to hold the same graph, and starts one of its own where none is named (Java 17, Maven). The engines are
asked in turn, several times, and the shortest time of each counts.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kb.catalogue.queries import Query, catalogue
from kb.engines.base import Engine
from kb.engines.neo4j.address import Address
from kb.engines.neo4j.engine import Neo4jEngine
from kb.neo4j_local.keep import kept
from kb.neo4j_local.settings import Ports
from kb.settings import settings
from kb.versions import home

#: The bars: the ratio in the middle, and the seconds of the longest query on a server.
RATIO, LONGEST = 5.0, 5.0
#: Queries as people write them, beside the catalogue: aggregates over all of the largest relationship type.
AD_HOC = {
    "ad hoc: mean by indicator": "MATCH (:State)-[m:MEASURED]->(i:Indicator) RETURN i.code AS code, avg(m.value) AS mean",
    "ad hoc: last year by state": "MATCH (s:State)-[m:MEASURED]->(i:Indicator) RETURN s.iso3 AS iso3, max(m.year) AS last",
}


class Timed(NamedTuple):
    """The shortest times of one query, in seconds, and the first time it was asked on the server."""

    name: str
    embedded: float
    server: float
    first: float

    @property
    def ratio(self) -> float:
        return self.server / self.embedded


@contextmanager
def server(version: home.Version) -> Iterator[Neo4jEngine]:
    """The server that is named, or one with the graph for as long as this runs."""
    if settings().neo4j_uri:
        with Neo4jEngine(Address.from_environment()) as engine:
            if engine.need_graph() != version.name:
                sys.exit(f"the server holds {engine.need_graph()}, not {version.name}: run `hrkb build` first")
            yield engine
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        kept(version, Path(folder), Ports.free(), lambda *_: None) as it,
        Neo4jEngine(it.server.address) as engine,
    ):
        yield engine


def seconds(engine: Engine, cypher: str, values: dict[str, Any]) -> float:
    started = time.perf_counter()
    engine.read(cypher, values)
    return time.perf_counter() - started


def measure(name: str, cypher: str, values: dict[str, Any], engines: tuple[Engine, Engine], runs: int) -> Timed:
    pairs = [tuple(seconds(engine, cypher, values) for engine in engines) for _ in range(runs)]
    return Timed(name, min(one for one, _ in pairs), min(other for _, other in pairs), pairs[0][1])


def bound(query: Query, engine: Engine) -> dict[str, Any]:
    """Default parameters, and the example where there is no default."""
    return query.arguments(engine, **{name: p.example for name, p in query.parameters.items() if p.default is None})


def report(found: list[Timed]) -> None:
    for one in sorted(found, key=lambda one: -one.server):
        print(
            f"{one.name:32} embedded {one.embedded * 1000:8.1f} ms   server {one.server * 1000:8.1f} ms"
            f" (first {one.first * 1000:8.1f})   {one.ratio:6.1f} x"
        )
    worst, longest = max(found, key=lambda one: one.ratio), max(found, key=lambda one: one.server)
    slowest = max(found, key=lambda one: one.first)
    print(
        f"{len(found)} queries: {statistics.median(one.ratio for one in found):.1f} x at the median (bar {RATIO:.0f})"
    )
    print(f"worst ratio {worst.ratio:.1f} x ({worst.name})")
    print(f"longest on the server {longest.server:.2f} s ({longest.name}), bar {LONGEST:.0f} s")
    print(f"longest when asked for the first time {slowest.first:.2f} s ({slowest.name})")
    print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("queries", nargs="*", help="names in the catalogue; all of them without")
    parser.add_argument("--runs", type=int, default=5, help="how often each is asked; the shortest counts (default 5)")
    given = parser.parse_args()
    version = home.current()
    with version.open() as embedded, server(version) as served:
        asked = {
            name: (q.cypher, bound(q, embedded))
            for name, q in catalogue().items()
            if name in given.queries or not given.queries
        }
        if not given.queries:
            asked |= {name: (cypher, {}) for name, cypher in AD_HOC.items()}
        report([measure(name, *what, (embedded, served), given.runs) for name, what in asked.items()])


if __name__ == "__main__":
    main()
