"""The errors of the Neo4j driver as ours: what happened to which server, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from neo4j import exceptions as neo4j_errors

from kb.engines.neo4j.address import Address
from kb.errors import EngineError

#: What to do about the errors that people meet; the driver's class, or a part of the server's code.
_REMEDIES: tuple[tuple[type[Exception] | str, str, str], ...] = (
    (
        "AuthenticationRateLimit",
        "has locked the user after wrong passwords",
        "set NEO4J_PASSWORD (or _FILE) to the right one, wait a minute, and try again",
    ),
    (neo4j_errors.AuthError, "refuses the user or the password", "set NEO4J_USER and NEO4J_PASSWORD (or _FILE)"),
    ("DatabaseNotFound", "has no such database", "set NEO4J_DATABASE to one it has; Community has only `neo4j`"),
    ("DatabaseUnavailable", "has the database, but it is not running", "start the database, or wait until it is up"),
    ("TransactionTimedOut", "stopped the query at its time limit", "ask for less, or raise the limit"),
    ("MemoryPoolOutOfMemoryError", "stopped the query at its memory limit", "ask for less, or load in smaller batches"),
    (
        "ConstraintValidationFailed",
        "already has rows that are to be written",
        "is another load under way? Wait until it is done, then run the load again: it takes up where it was",
    ),
    (
        "ConstraintCreationFailed",
        "holds nodes or relationships that share a key which must be unique",
        "give data of your own other labels, or name an empty database in NEO4J_DATABASE",
    ),
    ("AccessMode", "refused a write in a read-only session", "ask with MATCH and RETURN only"),
    (
        neo4j_errors.IncompleteCommit,
        "went away while it was committing",
        "run the load again: it takes up where it was",
    ),
    (neo4j_errors.ServiceUnavailable, "cannot be reached", "is it running, and does NEO4J_URI name its Bolt address?"),
    (neo4j_errors.SessionExpired, "closed the connection", "run the command again; a load takes up where it was"),
    (neo4j_errors.ConfigurationError, "has an address the driver cannot use", "write NEO4J_URI=neo4j://host:7687"),
    (neo4j_errors.ClientError, "refused the query", "mend the query at the place named above"),
)


@contextmanager
def explained(address: Address) -> Iterator[None]:
    """Turn the driver's errors into :class:`EngineError`: what happened to which server, and what to do about it."""
    try:
        yield
    except (neo4j_errors.Neo4jError, neo4j_errors.DriverError, OSError, ValueError) as error:
        code = getattr(error, "code", None) or ""
        server = f"the Neo4j server {address.uri} (database {address.database})"
        for kind, happened, remedy in _REMEDIES:
            if kind in code if isinstance(kind, str) else isinstance(error, kind):
                raise EngineError(f"{server} {happened}: {_message(error)}", remedy) from error
        raise EngineError(f"{server} failed: {_message(error)}", "look at the server's log; then try again") from error


def _message(error: Exception) -> str:
    """What the driver or the server says, on one line."""
    return " ".join(str(getattr(error, "message", None) or error).split())
