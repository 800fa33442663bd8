"""The nine questions of ``tests/support/questions.py``, asked of the app on a server; the answers are those of the embedded graph."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from questions import *  # noqa: F403

from kb.engines.neo4j.engine import Neo4jEngine
from kb.neo4j_local.server import Server
from kb.versions.home import Version
from tools import served as serving


@pytest.fixture(scope="module")
def app(built: Version, full_server: Server, twin: Neo4jEngine, chromium: Browser) -> Iterator[str]:
    """The address of the app on the server, in place of that on the embedded graph."""
    address = full_server.address
    named = {"NEO4J_URI": address.uri, "NEO4J_PASSWORD": address.password, "NEO4J_PASSWORD_FILE": ""}
    with serving.served({"HRKB_HOME": str(built.folder.parent.parent), **named}) as served:
        yield served.address
