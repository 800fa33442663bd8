"""What every engine offers. The same query text runs on all of them and gives the same rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol, Self

import pyarrow as pa


@dataclass(frozen=True)
class Stream:
    """An answer that is read piece by piece: its columns, and its rows in batches, as :mod:`kb.engines.embedded.values` has them.

    ``batches`` gives each row once and raises as :meth:`Engine.stream`.
    """

    columns: list[str]
    batches: Iterator[list[list[Any]]]


class Closing:
    """Something that is closed when the block that it was opened in ends."""

    def close(self) -> None:
        """Let go of what is open."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Engine(Protocol):
    """An open graph. Use it as a context manager; it is closed on leaving."""

    #: ``duckdb`` or ``neo4j``.
    name: str

    @property
    def data_version(self) -> str:
        """The version of the graph that is open: the folder's name, or what a server's graph says of itself now."""
        ...

    @property
    def version(self) -> str:
        """The version of the engine, e.g. ``duckdb 2.0.0``."""
        ...

    def read(self, query: str, parameters: Mapping[str, Any] | None = None) -> pa.Table:
        """Run one read-only Cypher statement.

        Whole numbers arrive as int64, numbers as float64, days as date32, texts as string, lists as lists.
        Raises :class:`kb.errors.EngineError` where the engine refuses or fails.
        """
        ...

    def stream(
        self, query: str, parameters: Mapping[str, Any] | None = None, *, size: int, timeout: float | None = None
    ) -> AbstractContextManager[Stream]:
        """Run one read-only statement and read its answer ``size`` rows at a time, for as long as the block lasts.

        ``timeout`` is in seconds, None for no limit of ours. May be called from several threads at once.
        Raises :class:`kb.errors.EngineError`, also while batches are read.
        """
        ...

    def create_schema(self) -> None:
        """Make the tables, or the constraints and indexes, that the model declares."""
        ...

    def write(self, table: str, rows: pa.Table) -> int:
        """Add nodes of a label or edges of a type in bulk; columns as in :func:`kb.facts.schema.stored_schema`.

        Returns the number of rows written.
        """
        ...

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
