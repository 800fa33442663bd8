"""What is asked: an engine of the Kuzu family by the name of its module, this project's embedded engine, a Neo4j server.

Embedded engines run in a process of their own: two modules of the family cannot be loaded into one, a query that hangs
can be ended, and a crash is a finding and no end of the run.
"""

from __future__ import annotations

import contextlib
import importlib
import multiprocessing
import tempfile
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

from kb.engines.neo4j.address import Address
from kb.engines.neo4j.engine import Neo4jEngine
from kb.errors import EngineError, HrkbError
from kb.model.shape import EdgeType, Model, NodeType, Property

from .cypher import Cypher
from .graphs import Graph, Table
from .tree import Compare, Query, Relationship, Value, walk

#: The project's embedded engine: the one place that names its class.
EMBEDDED = ("kb.engines.embedded.engine", "EmbeddedEngine")
_TYPES = {"integer": "INT64", "real": "DOUBLE", "text": "STRING", "flag": "BOOL", "day": "DATE"}
_BUFFER = 1 << 30


class Refused(Exception):
    """The engine answers with an error, takes too long, or ends: no rows, so no wrong ones."""


class Subject(Protocol):
    """An engine that is asked. ``write`` gives the text it is sent for a query."""

    name: str

    def load(self, graph: Graph) -> None: ...

    def write(self, query: Query) -> Cypher: ...

    def excuse(self, query: Query, graph: Graph) -> str:
        """Why a query is not asked of this subject: a known difference that it is not judged by. Mostly empty."""
        ...

    def ask(self, text: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
        """The rows. Raises :class:`Refused`."""
        ...

    def close(self) -> None: ...


def named(name: str, address: Address | None = None, seconds: float = 30) -> Subject:
    """``embedded``, ``neo4j``, or the name of a module of the Kuzu family (``kuzu``, ``ladybug``)."""
    if name == "neo4j":
        assert address, "a Neo4j server is needed"
        return Server(address, seconds)
    return Embedded(name, seconds)


# -- engines in a process of their own


class _Raw:
    """A module of the Kuzu family, as it is; ``module+plan`` refuses a query whose plan has a multiway join.

    That join (INTERSECT) counts parallel edges once, in kuzu 0.11 and ladybug 0.22: to look for what else is wrong.
    """

    def __init__(self, module: str, place: Path, graph: Graph) -> None:
        name, _, careful = module.partition("+")
        self._careful = bool(careful)
        loaded = importlib.import_module(name)
        self._database = loaded.Database(str(place), buffer_pool_size=_BUFFER)
        self._connection = loaded.Connection(self._database)
        _copy(self.run, graph)

    def run(self, text: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self._connection.execute(text, parameters).get_all()]

    def ask(self, text: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
        if self._careful and "INTERSECT" in str(self.run(f"EXPLAIN {text}", parameters)):
            raise RuntimeError("a plan with INTERSECT")
        return self.run(text, parameters)

    def close(self) -> None:
        self._connection.close()
        self._database.close()


class _Adapter:
    """The project's own adapter, through the door that people's queries take."""

    def __init__(self, place: Path, graph: Graph) -> None:
        module, name = EMBEDDED
        made = getattr(importlib.import_module(module), name)
        self._engine = made(place, read_only=False, model=model_of(graph))
        self._engine.create_schema()
        for table in (*graph.labels, *graph.types):
            self._engine.write(table.name, graph.rows[table.name])

    def ask(self, text: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
        table = self._engine.read(text, parameters)
        columns = [column.to_pylist() for column in table.columns]
        return list(zip(*columns, strict=True)) if columns else []

    def close(self) -> None:
        self._engine.close()


def model_of(graph: Graph) -> Model:
    """The graph's tables declared as the project declares its own."""

    def properties(table: Table) -> tuple[Property, ...]:
        return tuple(Property(name, kind, "made up for a test") for name, kind in table.properties.items())

    return Model(
        tuple(NodeType(t.name, "made up for a test", properties(t)) for t in graph.labels),
        tuple(EdgeType(t.name, "made up for a test", properties(t), start=t.start, end=t.end) for t in graph.types),
    )


def schema(graph: Graph) -> list[str]:
    """The statements that make a graph's tables in an embedded engine."""
    return [_create(table) for table in (*graph.labels, *graph.types)]


def _create(table: Table) -> str:
    columns = ", ".join(f"{name} {_TYPES[kind]}" for name, kind in table.properties.items())
    if not table.start:
        return f"CREATE NODE TABLE {table.name}({columns}, PRIMARY KEY({table.key}))"
    return f"CREATE REL TABLE {table.name}(FROM {table.start} TO {table.end}{', ' + columns if columns else ''})"


def _copy(run: Callable[[str, dict[str, Any]], object], graph: Graph) -> None:
    for statement in schema(graph):
        run(statement, {})
    for table in (*graph.labels, *graph.types):
        if graph.size(table.name):
            columns = f"({', '.join(table.properties)})" if table.properties else ""
            run(f"COPY {table.name}{columns} FROM $rows", {"rows": graph.rows[table.name]})


def _work(name: str, pipe: Connection) -> None:
    """The process: ``("load", graph)`` and ``("ask", text, parameters)`` are answered by rows, or by a text of an error."""
    engine: _Raw | _Adapter | None = None
    with tempfile.TemporaryDirectory() as folder:
        for number in range(1 << 30):
            try:
                message = pipe.recv()
            except EOFError:
                return  # nobody asks any more
            try:
                if message[0] == "load":
                    if engine:
                        engine.close()
                    place = Path(folder) / f"{number}.db"
                    engine = _Adapter(place, message[1]) if name == "embedded" else _Raw(name, place, message[1])
                    pipe.send(None)
                else:
                    assert engine
                    pipe.send(engine.ask(*message[1:]))
            except HrkbError as error:
                pipe.send(error.problem)
            except Exception as error:
                # A person would see a traceback; a bare module has no other way to say anything.
                pipe.send(f"{'CRASH: ' if name == 'embedded' else ''}{type(error).__name__}: {error}")


class Embedded:
    """An embedded engine in a child process, which is started again where it hangs or crashes."""

    def __init__(self, name: str, seconds: float) -> None:
        self.name = name
        self._seconds = seconds
        self._graph: Graph | None = None
        self._process: Any = None

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(self.name, theirs), daemon=True)
        self._process.start()
        theirs.close()

    def load(self, graph: Graph) -> None:
        if self._process is None:
            self._start()
        self._graph = graph
        answer = self._exchange(("load", graph), 300)
        if isinstance(answer, str):
            raise Refused(f"{self.name} cannot load {graph.name}: {answer}")

    def write(self, query: Query) -> Cypher:
        return Cypher(query, bare=self.name != "embedded")

    def excuse(self, query: Query, graph: Graph) -> str:
        return "" if self.name == "embedded" else known(query, graph)

    def ask(self, text: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
        if self._process is None:
            assert self._graph
            self.load(self._graph)
        answer = self._exchange(("ask", text, parameters), self._seconds)
        if isinstance(answer, str):
            raise Refused(answer)
        return answer

    def _exchange(self, message: Any, seconds: float) -> Any:
        try:
            self._pipe.send(message)
            if self._pipe.poll(seconds):
                return self._pipe.recv()
        except (EOFError, OSError):
            self._process.join(5)
            code = self._process.exitcode
            self.close()
            raise Refused(f"CRASH: the engine's process ended ({code})") from None
        self.close()
        raise Refused(f"no answer in {seconds:.0f} s")

    def close(self) -> None:
        if self._process is not None:
            self._pipe.close()
            self._process.kill()
            self._process.join()
            self._process = None


def known(query: Query, graph: Graph) -> str:
    """What a bare module of the Kuzu family means otherwise than Neo4j: it is judged by the rest."""
    for one in walk(query):
        if isinstance(one, Relationship) and one.direction == "-":
            kinds = [graph.table(name) for name in one.types]
            if any(kind.start == kind.end for kind in kinds):
                return "undirected, a loop is found twice"
        if isinstance(one, Relationship) and one.hops:
            return "several hops in one use a relationship again"
        if isinstance(one, Compare) and one.operator in ("CONTAINS", "STARTS WITH") and one.right == Value(""):
            return "the empty text is not in a text"
    return ""


# -- Neo4j


class Server:
    """A Neo4j server. A random graph is written beside what is there and taken away again; the real one is there already."""

    name = "neo4j"

    def __init__(self, address: Address, seconds: float) -> None:
        self._engine = Neo4jEngine(address)
        self._seconds = seconds
        self._loaded: Graph | None = None

    def load(self, graph: Graph) -> None:
        if self._loaded:
            self._clear(self._loaded)
            self._loaded = None
        if graph.name == "real":
            return
        self._clear(graph)  # a run that was stopped may have left its own
        self._loaded = graph
        for label in graph.labels:
            self._engine.run(
                f"CREATE CONSTRAINT key_{label.name} IF NOT EXISTS FOR (n:{label.name}) REQUIRE n.{label.key} IS UNIQUE"
            )
            stated = ", ".join(f"{name}: row[{place}]" for place, name in enumerate(label.properties))
            self._engine.batches(f"UNWIND $rows AS row CREATE (:{label.name} {{{stated}}})", graph.rows[label.name])
        for kind in graph.types:
            stated = ", ".join(f"{name}: row[{place}]" for place, name in enumerate(kind.properties, start=2))
            ends = [
                f"({v}:{t} {{{graph.table(t).key}: row[{i}]}})"
                for i, (v, t) in enumerate((("a", kind.start), ("b", kind.end)))
            ]
            statement = (
                f"UNWIND $rows AS row MATCH {ends[0]} MATCH {ends[1]} CREATE (a)-[:{kind.name} {{{stated}}}]->(b)"
            )
            self._engine.batches(statement, graph.rows[kind.name])

    def _clear(self, graph: Graph) -> None:
        for kind in graph.types:
            drop = f"MATCH ()-[r:{kind.name}]->() WITH r LIMIT 20000 DELETE r RETURN count(*) AS n"
            while self._engine.run(drop)[0]["n"]:
                continue
        for label in graph.labels:
            self._engine.run(f"MATCH (n:{label.name}) DETACH DELETE n")

    def write(self, query: Query) -> Cypher:
        return Cypher(query)

    def excuse(self, query: Query, graph: Graph) -> str:
        return ""

    def ask(self, text: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
        started = time.monotonic()
        try:
            _, records = self._engine.ask_once(text, parameters, limit=10_000_000, timeout=self._seconds)
        except EngineError as error:
            late = time.monotonic() - started > self._seconds
            raise Refused(
                f"no answer in {self._seconds:.0f} s" if late else error.problem.split(": ", 2)[-1]
            ) from error
        return [tuple(_native(value) for value in record.values()) for record in records]

    def close(self) -> None:
        with contextlib.suppress(EngineError):
            if self._loaded:
                self._clear(self._loaded)
        self._engine.close()


def _native(value: Any) -> Any:
    if isinstance(value, list):
        return [_native(one) for one in value]
    return value.to_native() if hasattr(value, "to_native") else value
