"""The graph that is asked: a server's, or the current version under ``HRKB_HOME``."""

from __future__ import annotations

from pathlib import Path

from kb.engines.base import Engine
from kb.engines.neo4j.address import Address
from kb.settings import settings
from kb.versions.home import current


def open_engine(home: Path | None = None, address: Address | None = None) -> Engine:
    """The graph to read from: the server that ``NEO4J_URI`` names, else the current embedded graph.

    ``home``, a folder in place of ``HRKB_HOME``, asks for the embedded graph in it and ``address`` for that server, whatever
    the environment says.

    Raises :class:`kb.errors.EngineError` where the server cannot be used, :class:`kb.errors.GraphMissing` where there is no graph.
    """
    if home or not (address or settings().neo4j_uri):
        return current(home).open()
    from kb.engines.neo4j.engine import Neo4jEngine  # the driver: only where a server is asked

    engine = Neo4jEngine(address or Address.from_environment())
    try:
        engine.need_graph()
    except BaseException:
        engine.close()
        raise
    return engine
