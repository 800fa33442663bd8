"""The oracle: DuckDB, which knows tables and joins and nothing of graphs."""

from __future__ import annotations

import threading
from typing import Any, Self

import duckdb

from .graphs import Graph
from .sql import Sql
from .tree import Query


class TooLarge(Exception):
    """The oracle did not finish in time: the query asks for more than a test should."""


class Oracle:
    """A graph as tables. ``seconds`` bounds one query."""

    def __init__(self, graph: Graph, *, seconds: float = 20, threads: int = 1) -> None:
        self.graph = graph
        self._seconds = seconds
        self._connection = duckdb.connect(config={"threads": threads})
        self._connection.execute("SET enable_progress_bar = false")
        first = 0
        for label in graph.labels:
            self._connection.register("given", graph.rows[label.name])
            self._connection.execute(
                f'CREATE TABLE "{label.name}" AS SELECT row_number() OVER () + {first} AS "#id", \'{label.name}\' AS "#type", * FROM given'
            )
            first += graph.size(label.name)
        for kind in graph.types:
            start, end = graph.table(kind.start), graph.table(kind.end)
            self._connection.register("given", graph.rows[kind.name])
            self._connection.execute(
                f'CREATE TABLE "{kind.name}" AS SELECT row_number() OVER () + {first} AS "#id", \'{kind.name}\' AS "#type",'
                ' a."#id" AS "#a", b."#id" AS "#b", given.* EXCLUDE ("start", "end") FROM given'
                f' JOIN "{start.name}" AS a ON a."{start.key}" = given."start" JOIN "{end.name}" AS b ON b."{end.key}" = given."end"'
            )
            first += graph.size(kind.name)
            found = self._connection.execute(f'SELECT count(*) FROM "{kind.name}"').fetchall()
            assert found[0][0] == graph.size(kind.name), f"{kind.name}: ends that do not exist, or keys that repeat"
        self._connection.unregister("given")

    def ask(self, query: Query) -> list[tuple[Any, ...]]:
        """The rows. Raises :class:`TooLarge`, and :class:`sql.Unbound` for what is no query."""
        stop = threading.Timer(self._seconds, self._connection.interrupt)
        stop.start()
        try:
            return self._connection.execute(Sql(query, self.graph).text).fetchall()
        except duckdb.InterruptException as error:
            raise TooLarge from error
        except duckdb.OutOfMemoryException as error:
            raise TooLarge from error
        finally:
            stop.cancel()

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
