"""A real Neo4j server for the tests of this folder, started once; and the real graph on it, imported as a first load."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import need

from kb.engines.embedded.engine import EmbeddedEngine
from kb.engines.neo4j.bulk_import import write_files
from kb.engines.neo4j.engine import Neo4jEngine
from kb.engines.tables import read_tables
from kb.neo4j_local import jars
from kb.neo4j_local import server as neo4j_server


@pytest.fixture(scope="session")
def empty_server() -> Iterator[neo4j_server.Server]:
    """A server without data; each test clears up what it writes."""
    need(jars.available(), "Java 17 with Maven, for a Neo4j server,")
    with neo4j_server.running() as server:
        yield server


@pytest.fixture
def server(empty_server: neo4j_server.Server) -> Iterator[Neo4jEngine]:
    """An engine on an empty database."""
    with Neo4jEngine(empty_server.address) as engine:
        yield engine
        engine.run("MATCH (n) DETACH DELETE n")


@pytest.fixture(scope="session")
def full_server(graph: EmbeddedEngine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[neo4j_server.Server]:
    """A server with the real graph, from the files that ``hrkb export --neo4j-admin`` writes."""
    need(jars.available(), "Java 17 with Maven, for a Neo4j server,")
    home: Path = tmp_path_factory.mktemp("neo4j")
    files = tmp_path_factory.mktemp("import")
    address = neo4j_server.prepare(home)
    arguments = write_files(dict(read_tables(graph)), graph.data_version, files)
    neo4j_server.admin(home, "database", "import", "full", "neo4j", *arguments)
    running = neo4j_server.start(home, address)
    try:
        with Neo4jEngine(address) as engine:
            engine.create_schema()
        yield running
    finally:
        neo4j_server.stop(running)
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def twin(full_server: neo4j_server.Server) -> Iterator[Neo4jEngine]:
    """The real graph on the server; the same as the embedded ``graph``."""
    with Neo4jEngine(full_server.address) as engine:
        engine.need_graph()
        yield engine
