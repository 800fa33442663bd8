"""Random queries three ways: the embedded engine, a Neo4j server, and joins in DuckDB. What Neo4j says is right."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from differential import kept
from differential.graphs import random_graph, real_graph
from differential.run import Tally, ask_all
from differential.subjects import Embedded, Refused, Server

from kb.engines.base import Engine
from kb.engines.tables import read_tables
from kb.neo4j_local.server import Server as Running

GRAPHS, EACH, REAL = range(101, 107), 30, 60


@pytest.fixture(scope="module")
def embedded() -> Iterator[Embedded]:
    subject = Embedded("embedded", seconds=30)
    yield subject
    subject.close()


def test_random_graphs(embedded: Embedded, empty_server: Running) -> None:
    server, tally = Server(empty_server.address, seconds=60), Tally()
    try:
        for seed in GRAPHS:
            graph = random_graph(seed)
            embedded.load(graph)
            server.load(graph)
            ask_all(graph, [embedded, server], (f"{seed}:{number}" for number in range(EACH)), tally)
    finally:
        server.close()
    assert not tally.wrong, "\n\n".join(map(str, tally.wrong[:5]))
    # Whatever the fuzzer writes is Neo4j's Cypher: the server refuses none of it.
    assert not tally.refused.get("neo4j"), tally.refused


def test_the_real_graph(embedded: Embedded, graph: Engine, full_server: Running) -> None:
    real, tally = real_graph(dict(read_tables(graph))), Tally()
    server = Server(full_server.address, seconds=60)
    embedded.load(real)
    server.load(real)
    ask_all(real, [embedded, server], (f"server:{number}" for number in range(REAL)), tally)
    server.close()
    assert not tally.wrong, "\n\n".join(map(str, tally.wrong[:5]))


@pytest.mark.parametrize("name", kept.names())
def test_what_was_once_wrong_is_right_on_the_server(name: str, empty_server: Running) -> None:
    case = kept.read(name)
    server = Server(empty_server.address, seconds=120)
    try:
        server.load(case.graph)
        assert not case.differs(server.ask(case.cypher, case.parameters))
    except Refused as error:
        pytest.fail(str(error))
    finally:
        server.close()
