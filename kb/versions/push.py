"""The server that ``NEO4J_URI`` names, kept at the version that was built."""

from __future__ import annotations

from collections.abc import Callable

from kb.engines.neo4j.address import Address
from kb.settings import settings
from kb.versions.home import Version


def need_server() -> None:
    """Raises :class:`kb.errors.EngineError` where a server is named and cannot be used: before a long build, not after."""
    if settings().neo4j_uri:
        from kb.engines.neo4j.engine import Neo4jEngine

        Neo4jEngine(Address.from_environment()).close()


def bring_up_to_date(version: Version, tell: Callable[[str, int, int], None], *, adopt: bool = False) -> bool:
    """Make the server hold the graph of ``version``; only what changed is written. False where no server is named.

    Raises :class:`kb.errors.EngineError`: the server cannot be used, or holds somebody else's data and ``adopt`` is not
    given. A load that was stopped is taken up by the next one.
    """
    if not settings().neo4j_uri:
        return False
    from kb.engines import tables
    from kb.engines.neo4j import load
    from kb.engines.neo4j.engine import Neo4jEngine

    with Neo4jEngine(Address.from_environment()) as server, version.open() as engine:
        graph = dict(tables.read_tables(engine))
        load.load(
            server,
            graph,
            version.name,
            adopt=adopt,
            progress=lambda name, done, total: tell("Updating the server", done, total),
        )
    return True
