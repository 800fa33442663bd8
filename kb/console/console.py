"""Ad-hoc Cypher, safe to offer to anyone: through the gate, read-only, with a limit on rows, time and memory.

>>> answer = run("MATCH (s:State {iso3: $iso3}) RETURN s.name", {"iso3": "SWE"})     # doctest: +SKIP
>>> answer.columns, answer.rows                                                     # doctest: +SKIP
(['s.name'], [['Sweden']])
"""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import neo4j.graph
from neo4j.exceptions import Neo4jError

from kb.console import readonly
from kb.console.readonly import RefusedAt
from kb.console.sandbox import Pool, Timeout
from kb.console.sandboxed import DAY
from kb.cypher.parameters import check
from kb.engines.embedded import engine as embedded
from kb.engines.neo4j.address import Address
from kb.engines.neo4j.engine import Neo4jEngine, plain
from kb.errors import EngineError, HrkbError, QueryRefused, UsageError
from kb.settings import settings
from kb.versions import home

#: The most rows and seconds that may be asked for.
MOST_ROWS, MOST_SECONDS = 100_000, 300.0
#: Words of the embedded engine's messages that speak of its own inside.
_INTERNAL = (
    "should not happen",
    "Assertion",
    "KU_UNREACHABLE",
    "Lambda paramName",
    "Cannot evaluate expression",
    "Binder exception",
    "Parser exception",
)
_PLACE = re.compile(r"\(?line:? (\d+), (column|offset):? (\d+)")
_NAMES = (
    re.compile(r"Variable `?(\w+)`? (?:is not in scope|not defined)"),
    re.compile(r"(?:Cannot find property|Table|function) (\w+) "),
)


@dataclass(frozen=True)
class Answer:
    """What a query gave. Every value in ``rows`` can be written as JSON.

    A node is ``{"kind": "node", "id", "label", "properties"}``, an edge ``{"kind": "edge", "id", "type", "start", "end",
    "properties"}``, a path ``{"kind": "path", "nodes", "edges"}``. ``nodes`` and ``edges`` are all those in the rows, each once,
    for drawing. ``truncated`` says that there were more rows than the limit let through.
    """

    columns: list[str]
    rows: list[list[Any]]
    truncated: bool
    seconds: float
    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]


def run(
    query: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    limit: int = 1000,
    timeout: float = 30.0,
    graph: Path | None = None,
) -> Answer:
    """Run a read-only query on the server that ``NEO4J_URI`` names, else on the embedded graph (``graph``: its file).

    ``limit`` counts rows, ``timeout`` is in seconds. Raises :class:`QueryRefused` for what the gate or the engine does not
    accept, with line, column and caret where they are known; :class:`EngineError` where time or memory ran out.
    """
    if not (0 < limit <= MOST_ROWS and 0 < timeout <= MOST_SECONDS):
        raise UsageError(
            f"limit {limit} and timeout {timeout} s are out of range",
            f"ask for 1 to {MOST_ROWS:,} rows, and more than 0 and at most {MOST_SECONDS:.0f} seconds",
        )
    statement, given = readonly.check(query), check(parameters or {})
    started = time.perf_counter()
    if graph is None and settings().neo4j_uri:
        columns, rows, truncated = _on_server(statement, query, given, limit, timeout)
    else:
        place = graph or home.current().file()
        columns, rows, truncated = _embedded(place, query, given, limit, timeout)
    seconds = time.perf_counter() - started
    nodes, edges = elements(rows)
    return Answer(columns, rows, truncated, seconds, nodes, edges)


Rows = tuple[list[str], list[list[Any]], bool]


@cache
def _pool() -> Pool:
    return Pool()


def _embedded(graph: Path, query: str, parameters: dict[str, Any], limit: int, timeout: float) -> Rows:
    embedded.compiled_for(query, parameters)  # what cannot be asked is refused here, with its place
    try:
        answer = _pool().ask(graph, query, {name: _sent(value) for name, value in parameters.items()}, limit, timeout)
    except Timeout:
        raise _too_long(timeout) from None
    if "error" not in answer:
        return answer["columns"], answer["rows"], answer["truncated"]
    raise _embedded_error(answer["error"], query, timeout)


def _sent(value: Any) -> Any:
    """A parameter as JSON carries it: a day is told from a text by being a map of its own."""
    if isinstance(value, dt.date):
        return {DAY: value.isoformat()}
    return [_sent(item) for item in value] if isinstance(value, list | tuple) else value


def _embedded_error(message: str, query: str, timeout: float | None) -> HrkbError:
    if "was stopped" in message:
        return _too_long(timeout)
    if "more memory" in message or "MemoryError" in message or "bad_alloc" in message:
        return _too_large()
    return _refused(query, message)


@cache
def _server(address: Address) -> Neo4jEngine:
    return Neo4jEngine(address)


def _on_server(
    statement: readonly.Statement, query: str, parameters: dict[str, Any], limit: int, timeout: float
) -> Rows:
    engine = _server(Address.from_environment())
    try:
        if statement.tree.prefix:
            return ["plan"], [[line] for line in engine.plan(statement.text, parameters, timeout=timeout)], False
        columns, records = engine.ask_once(statement.text, parameters, limit=limit + 1, timeout=timeout)
    except EngineError as error:
        raise explained(error, query, timeout) from error
    return (
        columns,
        [[_jsonable(value) for value in record.values()] for record in records[:limit]],
        len(records) > limit,
    )


def explained(error: EngineError, query: str, timeout: float | None) -> HrkbError:
    """What an engine's error means to whoever asked ``query``: time or memory ran out, it is refused; else the same error."""
    cause = error.__cause__
    if isinstance(cause, embedded.Failure):
        return _embedded_error(error.problem, query, timeout)
    code = (cause.code or "") if isinstance(cause, Neo4jError) else ""
    if "TransactionTimedOut" in code or "Terminated" in code:
        return _too_long(timeout)
    if "MemoryPool" in code or "OutOfMemory" in code:
        return _too_large()
    if isinstance(cause, Neo4jError) and ".ClientError.Statement." in code:
        return _refused(query, cause.message or str(cause))
    return error


def _too_long(timeout: float | None) -> EngineError:
    after = f" after {timeout:g} s" if timeout else " at the server's time limit"
    return EngineError(f"the query was stopped{after}", "ask for less: name a state or a year, or allow more time")


def _too_large() -> EngineError:
    return EngineError("the query needed more memory than a query may use", "ask for less: collect fewer rows at once")


def _refused(query: str, message: str) -> QueryRefused:
    """The engine's complaint, pointing at its place in the query where the engine says one or names a word."""
    first = message.strip().splitlines()[0]
    remedy = "`hrkb query` lists queries that work; docs/ has the labels, types and properties"
    found = _PLACE.search(message)
    if found:
        line, column = int(found[1]), int(found[3]) - (found[2] == "column")
        start = sum(len(part) + 1 for part in query.split("\n")[: line - 1]) + column
        return RefusedAt(query, min(start, len(query)), _PLACE.split(first)[0].strip(" ("), remedy)
    for pattern in _NAMES:
        named = pattern.search(first)
        place = named and re.search(rf"\b{re.escape(named[1])}\b", query)
        if place:
            return RefusedAt(query, place.start(), first, remedy)
    return QueryRefused(first, remedy)


def _jsonable(value: Any) -> Any:
    """A value of the driver in the same shape as :func:`kb.console.sandboxed.jsonable` gives."""
    if isinstance(value, neo4j.graph.Path):
        nodes, edges = [_jsonable(n) for n in value.nodes], [_jsonable(r) for r in value.relationships]
        return {"kind": "path", "nodes": nodes, "edges": edges}
    if isinstance(value, neo4j.graph.Node):
        label = ":".join(sorted(value.labels))
        return {"kind": "node", "id": value.element_id, "label": label, "properties": _properties(value)}
    if isinstance(value, neo4j.graph.Relationship):
        start, end = (node.element_id if node else None for node in value.nodes)
        ends = {"start": start, "end": end}
        return {"kind": "edge", "id": value.element_id, "type": value.type, **ends, "properties": _properties(value)}
    if isinstance(value, list):
        return [_jsonable(item) for item in value]
    if isinstance(value, dict):
        return {key: _jsonable(item) for key, item in value.items()}
    value = plain(value)
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, float) and value - value != 0:  # infinite or not a number: JSON has no such numbers
        return str(value)
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _properties(value: neo4j.graph.Entity) -> dict[str, Any]:
    return {key: _jsonable(item) for key, item in value.items()}


def elements(rows: list[list[Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The nodes and the edges anywhere in the rows, each once, in the order in which they appear."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for item in _tagged(rows):
        found.setdefault((item["kind"], item["id"]), item)
    return (
        [item for (kind, _), item in found.items() if kind == "node"],
        [item for (kind, _), item in found.items() if kind == "edge"],
    )


def _tagged(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if value.get("kind") in ("node", "edge") and "id" in value and "properties" in value:
            yield value
            return
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _tagged(item)
