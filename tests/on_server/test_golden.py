"""The golden answers of every query, of a Neo4j server."""

from __future__ import annotations

from collections.abc import Iterator

import golden
import pytest

from kb.console import console
from kb.engines.neo4j.engine import Neo4jEngine


@pytest.fixture
def named(twin: Neo4jEngine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Neo4jEngine]:
    """The server with the real graph, which the environment names, as the console wants it."""
    monkeypatch.setenv("NEO4J_URI", twin.address.uri)
    monkeypatch.setenv("NEO4J_PASSWORD", twin.address.password)
    monkeypatch.delenv("NEO4J_PASSWORD_FILE", raising=False)
    yield twin
    console._server.cache_clear()


@pytest.mark.parametrize("name", golden.names())
def test_a_server_answers_as_is_written(name: str, named: Neo4jEngine) -> None:
    assert golden.mistakes(name, named) == []
