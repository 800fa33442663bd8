"""Where the Neo4j server is, and who we are to it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from kb.errors import EngineError


@dataclass(frozen=True)
class Address:
    """Where the server is and who we are to it. The password never appears in its text."""

    uri: str
    user: str = "neo4j"
    password: str = field(default="", repr=False)
    database: str = "neo4j"

    @classmethod
    def from_environment(cls) -> Address:
        """Read ``NEO4J_URI``, ``NEO4J_USER``, ``NEO4J_PASSWORD`` or ``NEO4J_PASSWORD_FILE``, ``NEO4J_DATABASE``.

        Raises :class:`EngineError` where the address is missing or the password file cannot be read.
        """
        uri = os.environ.get("NEO4J_URI", "")
        if not uri:
            raise EngineError("NEO4J_URI is not set", "set it, e.g. NEO4J_URI=neo4j://localhost:7687")
        return cls.of(uri)

    @classmethod
    def of(
        cls, uri: str, *, user: str | None = None, password: str | None = None, database: str | None = None
    ) -> Address:
        """The server ``uri``; what is not given comes from the environment. Raises as :meth:`from_environment`."""
        user = user or os.environ.get("NEO4J_USER") or "neo4j"
        database = database or os.environ.get("NEO4J_DATABASE") or "neo4j"
        return cls(uri, user, _password() if password is None else password, database)


def _password() -> str:
    file = os.environ.get("NEO4J_PASSWORD_FILE")
    if not file:
        return os.environ.get("NEO4J_PASSWORD", "")
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise EngineError(
            f"the password file {file} cannot be read: {error.strerror}", "mend NEO4J_PASSWORD_FILE"
        ) from error
