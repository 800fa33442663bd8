"""The engines: DuckDB, embedded, and Neo4j, a server. :mod:`kb.engines.base` says what an engine can do."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kb.engines.base import Engine

if TYPE_CHECKING:
    from kb.engines.neo4j.engine import Address


def open_engine(home: Path | None = None, address: Address | None = None) -> Engine:
    """The graph to read from: the server that ``NEO4J_URI`` names, else the current embedded graph.

    ``home``, a folder in place of ``HRKB_HOME``, asks for the embedded graph in it and ``address`` for that server, whatever
    the environment says.

    Raises :class:`kb.errors.EngineError` where the server cannot be used, :class:`kb.errors.GraphMissing` where there is no graph.
    """
    # Imported here because kb.versions.home itself needs kb.engines.embedded.engine, and one engine must not cost the other's import.
    if home or not (address or os.environ.get("NEO4J_URI")):
        from kb.versions.home import current

        return current(home).open()
    from kb.engines.neo4j.engine import Address, Neo4jEngine

    engine = Neo4jEngine(address or Address.from_environment())
    try:
        engine.need_graph()
    except BaseException:
        engine.close()
        raise
    return engine
