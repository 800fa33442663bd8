"""The server engine: a Neo4j server, a cluster or Aura, through the official driver.

Reads go through sessions with read access, so that the server refuses writes and a cluster sends them to a reader;
every session shares one bookmark manager, so what this process has written it also reads.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, LiteralString

import pyarrow as pa
from neo4j import Driver, GraphDatabase, ManagedTransaction, Query, Record, Result, RoutingControl, Session
from neo4j.time import Date, DateTime, Duration, Time

from kb.engines.base import Closing, Stream
from kb.engines.neo4j.address import Address
from kb.engines.neo4j.errors import explained
from kb.engines.neo4j.implied import without_implied_labels
from kb.engines.neo4j.values import of_server
from kb.errors import EngineError, GraphMissing
from kb.model.graph import MODEL
from kb.model.shape import EdgeType, NodeType, Table

# The driver tells its log what it also raises; without a handler Python would print that beside our own message.
logging.getLogger("neo4j").addHandler(logging.NullHandler())

#: Rows per transaction: large enough that commits cost little, small enough to stay far below the server's memory.
BATCH = 10_000
#: Seconds: to reach the server; to go on trying a transaction that the server asks to repeat; for one catalogue query.
CONNECT, RETRY, QUERY = 5.0, 30.0, 120.0
#: The label of the one node that says whose graph this is.
MARK = "HrkbGraph"
#: The label of the nodes that say what was loaded: one per label, or per relationship type and source.
PART = "HrkbPart"
#: The full-text index: CALL db.index.fulltext.queryNodes('names', $text).
NAMES = "names"
_OLDEST = (5, 7)
#: Types of values that need no turning into plain ones.
_PLAIN = frozenset({int, float, str, bool, type(None)})
_SCHEMES = tuple(f"{name}{security}://" for name in ("bolt", "neo4j") for security in ("", "+s", "+ssc"))


class Neo4jEngine(Closing):
    """A graph on a server.

    Raises :class:`EngineError` where the server cannot be reached, refuses the password, does not have the database,
    or is of a version that the project does not support (older than 5.7).
    """

    name = "neo4j"

    def __init__(self, address: Address) -> None:
        self.address = address
        if not address.uri.startswith(_SCHEMES):
            raise EngineError(
                f"NEO4J_URI {address.uri!r} is not an address of the Bolt protocol",
                "write neo4j://host:7687, bolt://host:7687, or neo4j+s://host for an encrypted connection",
            )
        with explained(address):
            self._driver: Driver = GraphDatabase.driver(
                address.uri,
                auth=(address.user, address.password),
                connection_timeout=CONNECT,
                connection_acquisition_timeout=CONNECT * 3,
                max_transaction_retry_time=RETRY,
                notifications_min_severity="OFF",
                user_agent="hrkb",
                fetch_size=BATCH,
            )
        try:
            with explained(address):
                self._version = _supported(self._driver.get_server_info().agent)
            self.read("RETURN 1 AS answer", timeout=CONNECT)
        except BaseException:
            self._driver.close()
            raise

    @property
    def version(self) -> str:
        return f"neo4j {self._version}"

    @property
    def data_version(self) -> str:
        """The version of the graph on the server, as it is now. Raises as :meth:`need_graph`."""
        return self.need_graph()

    def need_graph(self) -> str:
        """Returns the graph's version. Raises :class:`GraphMissing` unless it is whole and of this version of the model."""
        query = f"MATCH (m:{MARK}) RETURN m.model AS model, m.complete AS complete, m.version AS version"
        rows = self.read(query).to_pylist()
        if not rows:
            raise GraphMissing(f"{self.address.uri} holds no graph of this project", "load it with `hrkb build`")
        if rows[0]["model"] != MODEL.digest or not rows[0]["complete"]:
            reason = "half loaded" if rows[0]["model"] == MODEL.digest else "of another version of the model"
            raise GraphMissing(f"the graph on {self.address.uri} is {reason}", "run `hrkb build`: it takes up the rest")
        return str(rows[0]["version"])

    def read(self, query: str, parameters: Mapping[str, Any] | None = None, *, timeout: float = QUERY) -> pa.Table:
        """As :meth:`kb.engines.base.Engine.read`; ``timeout`` is in seconds, and the server ends the query then."""
        with explained(self.address):
            # Begins, asks and fetches in one round trip, which is most of the time of a short query.
            answer = self._driver.execute_query(
                Query(_statement(without_implied_labels(query)), timeout=timeout),
                dict(parameters or {}),
                database_=self.address.database,
                routing_=RoutingControl.READ,
            )
        return as_table(answer.keys, answer.records)

    def rows(self, query: str, parameters: Mapping[str, Any] | None = None) -> list[Record]:
        """The records of a read-only statement as the driver gives them; no time limit, for loads."""
        with explained(self.address), self.session(write=False) as session:
            return session.execute_read(_all_records, query, parameters)[1]

    def ask_once(
        self, query: str, parameters: Mapping[str, Any], *, limit: int, timeout: float
    ) -> tuple[list[str], list[Record]]:
        """The columns and at most ``limit`` records of a query from outside, as the driver gives them.

        Never repeated, unlike :meth:`read`: a query that ran out of memory once would only do so again.
        """
        with explained(self.address), self.session(write=False, fetch_size=min(limit, BATCH)) as session:
            transaction = session.begin_transaction(timeout=timeout)
            try:
                result = transaction.run(_statement(without_implied_labels(query)), dict(parameters))
                return list(result.keys()), list(result.fetch(limit))
            finally:
                transaction.close()

    def plan(self, query: str, parameters: Mapping[str, Any], *, timeout: float) -> list[str]:
        """The lines of the plan that EXPLAIN or PROFILE before ``query`` asks for."""
        with explained(self.address), self.session(write=False) as session:
            transaction = session.begin_transaction(timeout=timeout)
            try:
                summary = transaction.run(_statement(query), dict(parameters)).consume()
            finally:
                transaction.close()
        plan = summary.profile or summary.plan or {}
        return str(plan.get("args", {}).get("string-representation", "")).splitlines()

    @contextmanager
    def stream(
        self, query: str, parameters: Mapping[str, Any] | None = None, *, size: int, timeout: float | None = None
    ) -> Iterator[Stream]:
        """As :meth:`kb.engines.base.Engine.stream`; without ``timeout`` the server's own limit holds."""
        with ExitStack() as opened:
            with explained(self.address):
                session = opened.enter_context(self.session(write=False, fetch_size=size))
                transaction = opened.enter_context(session.begin_transaction(timeout=timeout))
                result = transaction.run(_statement(query), dict(parameters or {}))
                columns = list(result.keys())
            yield Stream(columns, self._batches(result, size))

    def _batches(self, result: Result, size: int) -> Iterator[list[list[Any]]]:
        while True:
            with explained(self.address):
                records = result.fetch(size)
            if not records:
                return
            yield [[of_server(value) for value in record.values()] for record in records]

    def session(self, *, write: bool, fetch_size: int = BATCH) -> Session:
        """A session on our database, with write or read access; close it."""
        return self._driver.session(
            database=self.address.database,
            default_access_mode="WRITE" if write else "READ",
            bookmark_manager=self._driver.execute_query_bookmark_manager,
            fetch_size=fetch_size,
        )

    def create_schema(self) -> None:
        for statement in schema_statements():
            self.run(statement)
        self.run("CALL db.awaitIndexes(300)")

    def run(self, query: str, parameters: Mapping[str, Any] | None = None) -> list[Record]:
        """One writing statement in a transaction of its own, repeated where the server asks for it."""
        with explained(self.address), self.session(write=True) as session:
            return session.execute_write(_all_records, query, parameters)[1]

    def write(self, table: str, rows: pa.Table) -> int:
        declared = MODEL.table(table)
        return self.batches(insert_statement(declared), in_order(declared, rows))

    def batches(self, query: str, rows: pa.Table, size: int = BATCH) -> int:
        """Run a statement over ``$rows``, a list of lists, ``size`` rows to a transaction. Returns the rows sent."""
        for batch in rows.combine_chunks().to_batches(max_chunksize=size):
            columns = [column.to_pylist() for column in batch.columns]
            self.run(query, {"rows": [list(row) for row in zip(*columns, strict=True)]})
        return int(rows.num_rows)

    def close(self) -> None:
        self._driver.close()


def _all_records(
    transaction: ManagedTransaction, query: str, parameters: Mapping[str, Any] | None
) -> tuple[list[str], list[Record]]:
    result = transaction.run(_statement(query), dict(parameters or {}))
    return list(result.keys()), list(result)


def _statement(query: str) -> LiteralString:
    """The driver asks for literal text, so that no value is pasted in; ours comes from files, the model or the gate."""
    return query


def _supported(agent: str) -> str:
    """The version in ``Neo4j/5.26.1``; raises :class:`EngineError` for other products and versions before 5.7."""
    found = re.match(r"Neo4j/(\d+)\.(\d+)\S*", agent)
    if not found or (int(found[1]), int(found[2])) < _OLDEST:
        raise EngineError(
            f"the server is {agent}, which this project does not support",
            "use Neo4j 5.26 (long-term support) or newer; the deployment's docker-compose.yml names a tested version",
        )
    return found[0].removeprefix("Neo4j/")


def schema_statements() -> list[str]:
    """Constraints and indexes from the model: unique keys, unique facts, and what the model marks as indexed."""
    statements = [
        f"CREATE CONSTRAINT key_{label} IF NOT EXISTS FOR (m:{label}) REQUIRE m.id IS UNIQUE" for label in (MARK, PART)
    ]
    for node in MODEL.nodes:
        statements.append(
            f"CREATE CONSTRAINT key_{node.name} IF NOT EXISTS FOR (n:{node.name}) REQUIRE n.{node.key} IS UNIQUE"
        )
        statements += [
            f"CREATE INDEX {node.name}_{p.name} IF NOT EXISTS FOR (n:{node.name}) ON (n.{p.name})"
            for p in node.properties
            if p.indexed and p.name != node.key
        ]
    statements.append(_names_index())
    for edge in MODEL.edges:
        statements.append(
            f"CREATE CONSTRAINT fact_{edge.name} IF NOT EXISTS FOR ()-[r:{edge.name}]-() REQUIRE r.fact IS UNIQUE"
        )
        statements += [
            f"CREATE INDEX {edge.name}_{p.name} IF NOT EXISTS FOR ()-[r:{edge.name}]-() ON (r.{p.name})"
            for p in edge.properties
            if p.indexed and p.name != "fact"
        ]
    return statements


def _names_index() -> str:
    """The full-text index ``names`` over keys, names and aliases of what can be found by name; accents do not matter."""
    found = [node for node in MODEL.nodes if "search" in node.by_name]
    indexed = dict.fromkeys(
        name for node in found for name in (node.key, "name", "title", "aliases") if name in node.by_name
    )
    return (
        f"CREATE FULLTEXT INDEX {NAMES} IF NOT EXISTS FOR (n:{'|'.join(node.name for node in found)}) "
        f"ON EACH [{', '.join(f'n.{name}' for name in indexed)}] "
        "OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}}"
    )


def insert_statement(table: Table) -> str:
    """Add the nodes or edges in ``$rows``, lists in the order of :func:`kb.facts.schema.stored_schema`."""
    if isinstance(table, NodeType):
        return f"UNWIND $rows AS row CREATE (:{table.name} {values_map(table, 0)})"
    return f"{match_ends(MODEL.types[table.name])} CREATE (a)-[:{table.name} {values_map(table, 2)}]->(b)"


def match_ends(edge: EdgeType) -> str:
    start, end = MODEL.labels[edge.start], MODEL.labels[edge.end]
    return (
        f"UNWIND $rows AS row MATCH (a:{start.name} {{{start.key}: row[0]}}) MATCH (b:{end.name} {{{end.key}: row[1]}})"
    )


def in_order(table: Table, rows: pa.Table) -> pa.Table:
    """The columns in the order of the statements here: an edge's two ends, then the properties as the model has them."""
    ends = [] if isinstance(table, NodeType) else ["start", "end"]
    return rows.select([*ends, *table.by_name])


def values_map(table: Table, first: int) -> str:
    """``{name: row[0], ..}`` for the table's properties, which begin at column ``first`` of a row."""
    return "{" + ", ".join(f"{p.name}: row[{i}]" for i, p in enumerate(table.properties, start=first)) + "}"


def as_table(names: list[str], records: list[Record]) -> pa.Table:
    """Records as an Arrow table: int64, float64, string, bool, date32, lists; nodes and edges as their properties."""
    columns = zip(*(record.values() for record in records), strict=True) if records else [()] * len(names)
    return pa.Table.from_arrays([pa.array(_plain_column(column)) for column in columns], names=names)


def _plain_column(column: tuple[Any, ...]) -> Sequence[Any]:
    # Nearly every column holds numbers and text alone: looking at the types once costs a tenth of looking at each value.
    return column if set(map(type, column)) <= _PLAIN else [plain(value) for value in column]


def plain(value: Any) -> Any:
    """A value of the driver as a plain one: days as dates, moments in UTC, hours and durations as ISO text, nodes as dictionaries."""
    if isinstance(value, Date):
        return value.to_native()
    if isinstance(value, DateTime):
        moment = value.to_native()
        return moment if moment.tzinfo is None else moment.astimezone(dt.UTC)
    if isinstance(value, Time | Duration):
        return value.iso_format()
    if isinstance(value, list):
        return [plain(item) for item in value]
    if hasattr(value, "items"):
        return {key: plain(item) for key, item in value.items()}
    return value
