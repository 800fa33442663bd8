"""The engines: Kuzu, embedded, and Neo4j, a server. :mod:`kb.engines.base` says what an engine can do."""

from __future__ import annotations

import os

from kb.engines.base import Engine


def open_engine() -> Engine:
    """The graph to read from: the server that ``NEO4J_URI`` names, else the current embedded graph.

    Raises :class:`kb.errors.EngineError` where the server cannot be used, :class:`kb.errors.GraphMissing` where there is no graph.
    """
    # Imported here because kb.home itself needs kb.engines.embedded, and one engine must not cost the other's import.
    if not os.environ.get("NEO4J_URI"):
        from kb import home

        return home.current().open()
    from kb.engines.neo4j import Address, Neo4jEngine

    engine = Neo4jEngine(Address.from_environment())
    try:
        engine.need_graph()
    except BaseException:
        engine.close()
        raise
    return engine
