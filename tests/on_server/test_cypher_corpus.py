"""The corpus on a real server: its rows are what is written down, and what the embedded engine has to give."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from cypher_corpus import record
from cypher_corpus.record import Case

from kb.engines.neo4j.engine import Neo4jEngine
from kb.neo4j_local import server as neo4j_server

ANSWERS = record.answers()


@pytest.fixture(scope="module")
def filled(empty_server: neo4j_server.Server) -> Iterator[Neo4jEngine]:
    with Neo4jEngine(empty_server.address) as engine:
        engine.run("MATCH (n) DETACH DELETE n")
        record.fill(engine)
        yield engine
        engine.run("MATCH (n) DETACH DELETE n")


@pytest.mark.parametrize("case", record.cases(), ids=lambda case: case.query[:60])
def test_server_gives_what_is_written_down(filled: Neo4jEngine, case: Case) -> None:
    known = {key: value for key, value in ANSWERS[case.query].items() if key in ("columns", "rows", "error")}

    assert record.served(filled, case) == known
