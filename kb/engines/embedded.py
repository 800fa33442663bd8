"""The embedded engine. One file is one graph; many processes may read it, one writes it before anybody reads."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import kuzu
import pyarrow as pa

from kb.cypher.embedded import translate
from kb.errors import EngineError
from kb.model import MODEL
from kb.shape import NodeType, Table

#: What graphs are made with and can be read by: its storage format changes with versions.
VERSION = f"kuzu {kuzu.__version__}"
_TYPES = {"text": "STRING", "integer": "INT64", "real": "DOUBLE", "flag": "BOOL", "day": "DATE", "texts": "STRING[]"}
#: Memory for cached pages: enough for the whole graph, far from the machine's limit.
_BUFFER_BYTES = 768 * 1024 * 1024
#: While a graph is written, a bulk load of one table has to fit; memory is taken only as it is needed.
_WRITE_BUFFER_BYTES = 4 * 1024 * 1024 * 1024


class EmbeddedEngine:
    """A graph in one file. Raises :class:`EngineError` where the file cannot be opened."""

    name = "kuzu"

    def __init__(self, path: Path, *, read_only: bool = True, threads: int = 0, data_version: str = "") -> None:
        self.data_version = data_version
        try:
            self._database = kuzu.Database(
                str(path), read_only=read_only, buffer_pool_size=_BUFFER_BYTES if read_only else _WRITE_BUFFER_BYTES
            )
        except RuntimeError as error:
            raise EngineError(f"{path} cannot be opened: {error}", "build the graph again with `hrkb build`") from error
        self._threads = threads
        self._connection = kuzu.Connection(self._database, num_threads=threads)

    @property
    def version(self) -> str:
        return VERSION

    def read(self, query: str, parameters: Mapping[str, Any] | None = None) -> pa.Table:
        return _plain(self._ask(query, parameters).get_as_arrow())

    def rows(self, query: str, parameters: Mapping[str, Any] | None = None) -> tuple[list[str], list[list[Any]]]:
        """The same as Python values, nodes and relationships as dictionaries: for ad-hoc queries."""
        result = self._ask(query, parameters)
        return result.get_column_names(), result.get_all()

    def create_schema(self) -> None:
        for statement in schema_statements():
            self._run(statement)

    def renew(self, names: Collection[str]) -> None:
        """Make these tables empty: drop them, relationships before nodes, and make them again."""
        named = [table for table in MODEL if table.name in names]
        for table in reversed(named):
            self._run(f"DROP TABLE {table.name}")
        for table in named:
            self._run(_create(table))

    def write(self, table: str, rows: pa.Table) -> int:
        if rows.num_rows:
            # Columns bind by position unless named; a relationship's two ends come first and have no name.
            ends = 0 if table in MODEL.labels else 2
            columns = ", ".join(rows.column_names[ends:])
            self._run(f"COPY {table}({columns}) FROM $rows", {"rows": rows})
        return int(rows.num_rows)

    def _ask(self, query: str, parameters: Mapping[str, Any] | None) -> Any:
        """Run a read query of Cypher, said again in the engine's dialect. Raises :class:`QueryRefused` where that cannot be."""
        text, given = translate(query, parameters)
        return self._run(text, given)

    def _run(self, query: str, parameters: Mapping[str, Any] | None = None) -> Any:
        try:
            return self._connection.execute(query, dict(parameters or {}))
        except RuntimeError as error:
            raise EngineError(
                f"the embedded engine: {error}", "check the query; `hrkb query` lists those that are known to work"
            ) from error

    def another(self) -> EmbeddedEngine:
        """A second connection to the same open file, for another thread."""
        twin = object.__new__(EmbeddedEngine)
        twin._database, twin._threads, twin.data_version = self._database, self._threads, self.data_version
        twin._connection = kuzu.Connection(self._database, num_threads=self._threads)
        return twin

    def close(self) -> None:
        self._connection.close()
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def schema_statements() -> list[str]:
    """The statements that make every table of the model."""
    return [_create(table) for table in MODEL]


def _create(table: Table) -> str:
    columns = [f"{p.name} {_TYPES[p.type]}" for p in table.properties]
    if isinstance(table, NodeType):
        return f"CREATE NODE TABLE {table.name}({', '.join(columns)}, PRIMARY KEY({table.key}))"
    ends = MODEL.types[table.name]
    return f"CREATE REL TABLE {table.name}(FROM {ends.start} TO {ends.end}, {', '.join(columns)})"


def _plain(table: pa.Table) -> pa.Table:
    """128-bit sums of whole numbers arrive as decimals: make every whole number an int64, as Neo4j does."""
    schema = pa.schema(
        [
            (
                f.name,
                pa.int64()
                if pa.types.is_integer(f.type) or (pa.types.is_decimal(f.type) and f.type.scale == 0)
                else f.type,
            )
            for f in table.schema
        ]
    )
    return table.cast(schema) if schema != table.schema else table
