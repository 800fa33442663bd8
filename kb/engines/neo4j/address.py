"""Where the Neo4j server is, and who we are to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kb.errors import EngineError
from kb.settings import settings

if TYPE_CHECKING:
    from kb.environment import Settings


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
        uri = settings().neo4j_uri
        if not uri:
            raise EngineError("NEO4J_URI is not set", "set it, e.g. NEO4J_URI=neo4j://localhost:7687")
        return cls.of(uri)

    @classmethod
    def of(
        cls, uri: str, *, user: str | None = None, password: str | None = None, database: str | None = None
    ) -> Address:
        """The server ``uri``; what is not given comes from the environment. Raises as :meth:`from_environment`."""
        given = settings()
        return cls(
            uri,
            user or given.neo4j_user,
            _password(given) if password is None else password,
            database or given.neo4j_database,
        )


def _password(given: Settings) -> str:
    file = given.neo4j_password_file
    if not file:
        return given.neo4j_password.get_secret_value()
    try:
        return file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise EngineError(
            f"the password file {file} cannot be read: {error.strerror}", "mend NEO4J_PASSWORD_FILE"
        ) from error
