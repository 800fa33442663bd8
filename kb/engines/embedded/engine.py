"""The embedded engine: a graph in one DuckDB file, asked in Cypher that is compiled to SQL (:mod:`kb.engines.embedded.sql`).

Every label is a table of the schema ``nodes`` and every relationship type one of ``edges``. A row's identity ``_id`` is unique
in the graph; a relationship's ``_start`` and ``_end`` are identities of nodes. Many processes may read a file; one writes it
before anybody reads.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from kb.engines.base import Closing, Stream
from kb.engines.embedded import values
from kb.engines.embedded.sql import Compiled, Schema, compile_query
from kb.engines.embedded.sql.ground.schema import ROW_BITS
from kb.engines.embedded.sql.ground.types import OF_PROPERTY, Mismatch, quoted, sql_type, type_of
from kb.errors import EngineError, UsageError
from kb.model.graph import MODEL
from kb.model.shape import Model, NodeType, Table

#: The one column of the answer to EXPLAIN and PROFILE.
PLAN = "plan"
#: What the engine raises.
Failure = duckdb.Error
#: What graphs are made with and can be read by.
VERSION = f"duckdb {duckdb.__version__}"
#: No file but the graph's, no network, no further code; nothing of this can be undone by a query.
_CONFINED = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "lock_configuration": True,
}


@cache
def schema_of(model: Model) -> Schema:
    """What the compiler asks about a model."""
    return Schema(model)


class EmbeddedEngine(Closing):
    """A graph in one file. Several threads may read at once, each on a connection of its own; one writes.

    ``memory`` is the most that the engine takes, as DuckDB writes it. Raises :class:`EngineError` where the file cannot be
    opened.
    """

    name = "duckdb"

    def __init__(
        self,
        path: Path,
        *,
        read_only: bool = True,
        threads: int = 0,
        data_version: str = "",
        memory: str = "2GB",
        model: Model = MODEL,
    ) -> None:
        self.data_version, self.model, self._lock = data_version, model, threading.Lock()
        wanted: dict[str, Any] = {**_CONFINED, "memory_limit": memory}
        if threads:
            wanted["threads"] = threads
        try:
            self._connection = duckdb.connect(str(path), read_only=read_only, config=wanted)
        except (duckdb.Error, OSError) as error:
            raise EngineError(f"{path} cannot be opened: {error}", "build the graph again with `hrkb build`") from error

    @property
    def version(self) -> str:
        return VERSION

    def read(self, query: str, parameters: Mapping[str, Any] | None = None) -> pa.Table:
        compiled = compiled_for(query, parameters or {}, self.model)
        text, given = _sent(compiled, parameters or {})
        with _explained(), self.another() as twin:
            found = twin._connection.sql(text, params=given).to_arrow_table()
        if compiled.prefix:
            return pa.table({PLAN: [line for text in found.column(1).to_pylist() for line in text.splitlines()]})
        return values.as_table(found, compiled.columns, self.model)

    @contextmanager
    def stream(
        self, query: str, parameters: Mapping[str, Any] | None = None, *, size: int, timeout: float | None = None
    ) -> Iterator[Stream]:
        """As :meth:`kb.engines.base.Engine.stream`; the answer stays in the engine and turns into Python as it is read."""
        compiled = compiled_for(query, parameters or {}, self.model)
        twin = self.another()
        late = threading.Timer(timeout, twin._connection.interrupt) if timeout else None
        try:
            if late:
                late.start()
            with _explained():
                result = twin._connection.execute(*_sent(compiled, parameters or {}))
            names = [PLAN] if compiled.prefix else [name for name, _ in compiled.columns]
            yield Stream(names, _batches(result, compiled, size, self.model))
        finally:
            if late:
                late.cancel()
            twin.close()

    def rows(self, query: str, parameters: Mapping[str, Any] | None = None) -> tuple[list[str], list[list[Any]]]:
        """The columns and rows as Python values, nodes and relationships as :mod:`kb.engines.embedded.values` has them."""
        with self.stream(query, parameters, size=10_000) as stream:
            return stream.columns, [row for batch in stream.batches for row in batch]

    def create_schema(self) -> None:
        for statement in schema_statements(self.model):
            self._write(statement)

    def renew(self, names: Collection[str]) -> None:
        """Make these tables empty."""
        for table in self.model:
            if table.name in names:
                self._write(f"DROP TABLE {_place(table)}")
                self._write(_create(table))

    def write(self, table: str, rows: pa.Table) -> int:
        if not rows.num_rows:
            return 0
        declared = self.model.table(table)
        self._connection.register("rows", rows)
        try:
            [[before]] = self._write(f"SELECT count(*) FROM {_place(declared)}").fetchall()
            self._write(_insert(declared, self.model, before))
            [[after]] = self._write(f"SELECT count(*) FROM {_place(declared)}").fetchall()
        finally:
            self._connection.unregister("rows")
        if after - before != rows.num_rows:
            raise EngineError(
                f"{rows.num_rows - (after - before):,} {table} lead from or to a node that is not there",
                "write the nodes first, each key once",
            )
        return int(rows.num_rows)

    def _write(self, statement: str) -> duckdb.DuckDBPyConnection:
        with _explained():
            return self._connection.execute(statement)

    def another(self) -> EmbeddedEngine:
        """A second connection to the same open file, for another thread."""
        twin = object.__new__(EmbeddedEngine)
        twin.data_version, twin.model, twin._lock = self.data_version, self.model, self._lock
        with self._lock:  # a connection refuses two calls at a time
            twin._connection = self._connection.cursor()
        return twin

    def close(self) -> None:
        with suppress(duckdb.ConnectionException):  # closed already
            self._connection.close()


def compiled_for(query: str, parameters: Mapping[str, Any], model: Model = MODEL) -> Compiled:
    """The query compiled for parameters of these types.

    Raises :class:`kb.cypher.read.tokens.RefusedAt` for what is not to be asked here and :class:`UsageError` for a parameter that no
    column can hold.
    """
    types = {}
    for name, value in parameters.items():
        try:
            types[name] = type_of(value)
        except Mismatch as mismatch:
            raise UsageError(
                f"the parameter {name} cannot be handed on: {mismatch}",
                "use texts, numbers, true and false, days, and lists of one kind of them",
            ) from None
    return compile_query(query, schema_of(model), types)


def _sent(compiled: Compiled, parameters: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The SQL, and the values of its parameters."""
    text = f"{'EXPLAIN ANALYZE' if compiled.prefix == 'PROFILE' else compiled.prefix} {compiled.sql}".strip()
    given: dict[str, Any] = dict(compiled.constants)
    for name, known in compiled.parameters.items():
        value = parameters[name]
        given[known] = list(value) if isinstance(value, tuple) else value
    return text, given


def _batches(result: Any, compiled: Compiled, size: int, model: Model) -> Iterator[list[list[Any]]]:
    types = [type for _, type in compiled.columns]
    while True:
        with _explained():
            rows = result.fetchmany(size)
        if not rows:
            return
        if compiled.prefix:
            yield [[line] for _, text in rows for line in text.splitlines()]
        else:
            yield [values.of_row(row, types, model) for row in rows]


@contextmanager
def _explained() -> Iterator[None]:
    """The engine's errors as ours."""
    try:
        yield
    except duckdb.InterruptException as error:
        raise EngineError("the query was stopped", "ask for less, or allow more time") from error
    except duckdb.OutOfMemoryException as error:
        raise EngineError("the query needed more memory than a query may use", "collect fewer rows at once") from error
    except (duckdb.Error, OverflowError) as error:
        text = " ".join(str(error).split("\n\n")[0].split())
        raise EngineError(
            f"the embedded engine: {text}", "mend the query; `hrkb query` lists those that are known to work"
        ) from error


def schema_statements(model: Model = MODEL) -> list[str]:
    """The statements that make every table of a model."""
    return ["CREATE SCHEMA nodes", "CREATE SCHEMA edges", *(_create(table) for table in model)]


def _place(table: Table) -> str:
    return f"{'nodes' if isinstance(table, NodeType) else 'edges'}.{quoted(table.name)}"


def _create(table: Table) -> str:
    own = ["_id BIGINT"] if isinstance(table, NodeType) else ["_id BIGINT", "_start BIGINT", "_end BIGINT"]
    columns = [*own, *(f"{quoted(p.name)} {sql_type(OF_PROPERTY[p.type])}" for p in table.properties)]
    return f"CREATE TABLE {_place(table)}({', '.join(columns)})"


def _insert(table: Table, model: Model, before: int) -> str:
    """Add the registered ``rows``, numbered on from ``before``; relationships find their ends by key."""
    first = (schema_of(model).numbers[table.name] << ROW_BITS) + before
    number = f"{first} + row_number() OVER ()"
    columns = ", ".join(f"r.{quoted(p.name)}" for p in table.properties)
    if isinstance(table, NodeType):
        return f"INSERT INTO {_place(table)} SELECT {number}, {columns} FROM rows AS r"
    edge = model.types[table.name]
    start, end = model.labels[edge.start], model.labels[edge.end]
    joins = f"JOIN {_place(start)} AS s ON s.{quoted(start.key)} = r.start JOIN {_place(end)} AS e ON e.{quoted(end.key)} = r.end"
    listed = ", ".join(["_id", "_start", "_end", *(quoted(p.name) for p in table.properties)])
    return f"INSERT INTO {_place(table)}({listed}) SELECT {number}, s._id, e._id, {columns} FROM rows AS r {joins} ORDER BY e._id, s._id"
