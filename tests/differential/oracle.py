"""The oracle: a database that knows tables and joins and nothing of graphs. SQLite, or DuckDB for what is large."""

from __future__ import annotations

import json
import sqlite3
import threading
from typing import Any, Protocol, Self

import duckdb

from .graphs import Graph, Table
from .sql import Sql
from .tree import Aggregate, Query


class TooLarge(Exception):
    """The oracle did not finish in time: the query asks for more than a test should."""


class _Database(Protocol):
    def run(self, text: str) -> list[tuple[Any, ...]]: ...

    def interrupt(self) -> None: ...

    def close(self) -> None: ...


class Oracle:
    """A graph as tables. SQLite is asked first; what it has not answered in ``seconds`` is asked of DuckDB."""

    def __init__(self, graph: Graph, *, seconds: float = 10) -> None:
        self.graph = graph
        self._seconds = seconds
        self._lite = _Lite(graph)
        self._duck: _Duck | None = None

    def ask(self, query: Query) -> list[tuple[Any, ...]]:
        """The rows. Raises :class:`TooLarge`, and :class:`sql.Unbound` for what is no query."""
        try:
            return _typed(query, self._run(self._lite, Sql(query, self.graph).text))
        except TooLarge:
            return self.ask_duck(query)

    def ask_duck(self, query: Query) -> list[tuple[Any, ...]]:
        """The rows by DuckDB alone; raises as :meth:`ask`."""
        self._duck = self._duck or _Duck(self.graph)
        return self._run(self._duck, Sql(query, self.graph, duck=True).text)

    def _run(self, database: _Database, text: str) -> list[tuple[Any, ...]]:
        stop = threading.Timer(self._seconds, database.interrupt)
        stop.start()
        try:
            return database.run(text)
        except (duckdb.InterruptException, duckdb.OutOfMemoryException) as error:
            raise TooLarge from error
        except sqlite3.OperationalError as error:
            if str(error) not in ("interrupted", "integer overflow"):  # engines give up on such a sum too
                raise
            raise TooLarge from error
        finally:
            stop.cancel()

    def close(self) -> None:
        self._lite.close()
        if self._duck:
            self._duck.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Lite:
    """SQLite: flags are 0 and 1, days are texts, lists are JSON."""

    def __init__(self, graph: Graph) -> None:
        self._connection = sqlite3.connect(":memory:", check_same_thread=False)
        self._connection.create_function("starts_with", 2, _starts, deterministic=True)
        self._connection.create_function("contains", 2, _contains, deterministic=True)
        first = 0
        keys: dict[str, dict[Any, int]] = {}
        for table in (*graph.labels, *graph.types):
            columns = [column.to_pylist() for column in graph.rows[table.name].columns]
            for place, field in enumerate(graph.rows[table.name].schema):
                if str(field.type).startswith("date"):
                    columns[place] = [None if day is None else day.isoformat() for day in columns[place]]
            numbers = range(first, first + graph.size(table.name))
            if table.start:
                ends = [[keys[label][key] for key in columns[i]] for i, label in enumerate((table.start, table.end))]
                columns = [*ends, *columns[2:]]
            else:
                keys[table.name] = dict(zip(columns[0], numbers, strict=True))
                assert len(keys[table.name]) == len(numbers), f"{table.name}: keys that repeat"
            self._write(table, zip(numbers, [table.name] * len(numbers), *columns, strict=True))
            first += len(numbers)
        self._connection.execute("ANALYZE")

    def _write(self, table: Table, rows: Any) -> None:
        names = ["#id", "#type", *(["#a", "#b"] if table.start else []), *table.properties]
        types = {"integer": "BIGINT", "real": "DOUBLE", "flag": "BIGINT"}
        stated = ", ".join(f'"{name}" {types.get(table.properties.get(name, "integer"), "TEXT")}' for name in names)
        self._connection.execute(f'CREATE TABLE "{table.name}" ({stated})')
        marks = ", ".join("?" * len(names))
        self._connection.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows)
        for name in ["#id", *(["#a", "#b"] if table.start else [table.key])]:
            self._connection.execute(f'CREATE INDEX "{table.name} {name}" ON "{table.name}" ("{name}")')

    def run(self, text: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(text).fetchall()

    def interrupt(self) -> None:
        self._connection.interrupt()

    def close(self) -> None:
        self._connection.close()


def _starts(text: str | None, start: str | None) -> bool | None:
    return None if text is None or start is None else text.startswith(start)


def _contains(text: str | None, part: str | None) -> bool | None:
    return None if text is None or part is None else part in text


def _typed(query: Query, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """SQLite's rows with flags and lists as they are in Cypher."""
    readers = []
    for item in query.parts[0].returned.items:
        kind = getattr(item.value, "kind", "")
        if kind == "list":
            assert isinstance(item.value, Aggregate)
            flags = getattr(item.value.value, "kind", "") == "flag"
            readers.append(_flags if flags else json.loads)
        else:
            readers.append(_flag if kind == "flag" else _same)
    return [tuple(read(value) for read, value in zip(readers, row, strict=True)) for row in rows]


def _same(value: Any) -> Any:
    return value


def _flag(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def _flags(value: str) -> list[bool]:
    return [bool(one) for one in json.loads(value)]


class _Duck:
    """DuckDB, on one thread."""

    def __init__(self, graph: Graph) -> None:
        self._connection = duckdb.connect(config={"threads": 1})
        self._connection.execute("SET enable_progress_bar = false")
        first = 0
        for table in (*graph.labels, *graph.types):
            self._connection.register("given", graph.rows[table.name])
            named = f'row_number() OVER () + {first} AS "#id", \'{table.name}\' AS "#type"'
            text = f"SELECT {named}, * FROM given"
            if table.start:
                start, end = graph.table(table.start), graph.table(table.end)
                text = (
                    f'SELECT {named}, a."#id" AS "#a", b."#id" AS "#b", given.* EXCLUDE ("start", "end") FROM given'
                    f' JOIN "{start.name}" AS a ON a."{start.key}" = given."start"'
                    f' JOIN "{end.name}" AS b ON b."{end.key}" = given."end"'
                )
            self._connection.execute(f'CREATE TABLE "{table.name}" AS {text}')
            first += graph.size(table.name)
        self._connection.unregister("given")

    def run(self, text: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(text).fetchall()

    def interrupt(self) -> None:
        self._connection.interrupt()

    def close(self) -> None:
        self._connection.close()
