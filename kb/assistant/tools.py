"""What an assistant may ask, as plain functions: every answer is a map that can be written as JSON and says where it comes from.

Limits and refusals are those of the console: rows are cut at a limit, which is said; Cypher passes the gate and runs apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from kb.api import adhoc, provenance
from kb.api.questions import matching
from kb.catalogue import queries
from kb.catalogue.queries import Query
from kb.console import console
from kb.engines.base import Engine
from kb.errors import UsageError
from kb.load import names
from kb.model.graph import MODEL
from kb.model.shape import NodeType, Table
from kb.versions.opening import open_engine

#: Rows of an answer where no limit is given.
ROWS = 1000
#: Up to so many sources are cited in an answer; of more only the codes are given.
_CITED = 5
#: Hits of a search.
_HITS = 25


def list_queries(words: str = "") -> dict[str, Any]:
    """The questions of the catalogue that hold all the words, or all of them: name, question, parameters."""
    rows = [
        {"name": q.name, "question": q.question, "parameters": list(q.parameters)}
        for q in matching(queries.catalogue().values(), words)
    ]
    return {"queries": rows, "in_all": len(queries.catalogue())}


def describe_query(name: str) -> dict[str, Any]:
    """One question: its parameters and columns with types and meanings, its notes, its Cypher. Raises UsageError."""
    query = queries.query(name)
    told = query.model_dump(exclude={"path"}, exclude_none=True, mode="json")
    columns = {name: column.model_dump(mode="json") for name, column in query.columns.items()}
    return {**told, "columns": columns, "command": query.command}


def run_query(name: str, parameters: Mapping[str, Any] | None = None, limit: int = ROWS) -> dict[str, Any]:
    """The answer to a question of the catalogue, cut after ``limit`` rows.

    Raises :class:`UsageError` for unknown names and values, :class:`kb.errors.GraphMissing`, :class:`kb.errors.EngineError`.
    """
    _check_limit(limit)
    query = queries.query(name)
    given = dict(parameters or {})
    with open_engine() as engine:
        answer = query.run(engine, **given)
        named: dict[str, list[Any]] = {
            column: answer[column].to_pylist() for column in ("source", "sources") if column in query.columns
        }
        origin = _origin(engine, named, query, given)
    rows = answer.slice(0, limit).to_pylist()
    return {
        "columns": {n: {"type": c.type, "unit": c.unit, "meaning": c.meaning} for n, c in query.columns.items()},
        "rows": [[_jsonable(value) for value in row.values()] for row in rows],
        **_size(len(rows), answer.num_rows),
        "notes": query.notes,
        "provenance": {"query": name, "parameters": provenance.plain(query.bind(given)), **origin},
    }


def cypher(
    text: str, parameters: Mapping[str, Any] | None = None, limit: int = ROWS, timeout: float = 30.0
) -> dict[str, Any]:
    """The answer to read-only Cypher, cut after ``limit`` rows and stopped after ``timeout`` seconds.

    Raises :class:`kb.errors.QueryRefused` with the place and the mend; otherwise as :func:`kb.console.console.run`.
    """
    answer = console.run(text, adhoc.handed_on(parameters or {}), limit=limit, timeout=timeout)
    columns = list(zip(*answer.rows, strict=True)) if answer.rows else [()] * len(answer.columns)
    named = {n: list(c) for n, c in zip(answer.columns, columns, strict=True) if n in ("source", "sources")}
    with open_engine() as engine:
        origin = _origin(engine, named)
    return {
        "columns": answer.columns,
        "rows": answer.rows,
        **_size(len(answer.rows), None if answer.truncated else len(answer.rows)),
        "provenance": {"cypher": text, "parameters": dict(parameters or {}), **origin},
    }


def schema(name: str = "") -> dict[str, Any]:
    """The data dictionary: all labels and relationship types with their properties' names, or one in full.

    Raises :class:`UsageError` for a name that is neither.
    """
    if name:
        found = MODEL.labels.get(name) or MODEL.types.get(name)
        if found is None:
            known = [t.name for t in MODEL]
            raise UsageError(f"there is no label or relationship type {name!r}", f"there are {', '.join(known)}")
        return _table(found, full=True)
    return {
        "labels": {t.name: _table(t, full=False) for t in MODEL.nodes},
        "relationships": {t.name: _table(t, full=False) for t in MODEL.edges},
        "hint": "ask for one name to see types, units, choices and meanings; 9999 as a last year means open",
    }


def sources(query: str = "") -> dict[str, Any]:
    """All sources, or those of a question: publisher, licence, citation, coverage, how old. Raises UsageError."""
    asked = queries.query(query) if query else None
    with open_engine() as engine:
        graph = provenance.read(engine, engine.data_version)
        wanted = provenance.behind(engine, graph, asked) if asked else sorted(graph.sources)
    return {"sources": [dict(graph.sources[code]) for code in wanted], **_data(graph)}


def find(words: str, limit: int = _HITS) -> dict[str, Any]:
    """The codes behind a name: what in the graph is called so by any of its codes, names and aliases, best first."""
    if not names.fold(words):
        raise UsageError("there is nothing to look for", "give a name or a part of one")
    _check_limit(limit)
    with open_engine() as engine:
        rows = queries.query("find").run(engine, text=words, limit=limit)
    return {"found": rows.to_pylist()}


def _table(table: Table, *, full: bool) -> dict[str, Any]:
    told: dict[str, Any] = {"meaning": table.meaning}
    if isinstance(table, NodeType):
        told["key"] = table.key
    else:
        edge = MODEL.types[table.name]
        told["pattern"] = f"(:{edge.start})-[:{edge.name}]->(:{edge.end})"
    told["properties"] = (
        {p.name: {"type": p.type, "unit": p.unit, "meaning": p.meaning, "choices": p.choices} for p in table.properties}
        if full
        else [p.name for p in table.properties]
    )
    return told


def _check_limit(limit: int) -> None:
    if not 0 < limit <= console.MOST_ROWS:
        raise UsageError(f"limit {limit} is out of range", f"ask for 1 to {console.MOST_ROWS:,} rows")


def _size(shown: int, in_all: int | None) -> dict[str, Any]:
    """How many rows are shown and how many there are; where rows were cut, what to do about it."""
    if shown == in_all:
        return {"rows_shown": shown, "truncated": False}
    told = {"rows_shown": shown, "truncated": True, "hint": "rows were cut: give a higher limit, or ask for less"}
    return told if in_all is None else {**told, "rows_in_all": in_all}


def _origin(
    engine: Engine,
    named: Mapping[str, list[Any]],
    query: Query | None = None,
    parameters: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    graph = provenance.read(engine, engine.data_version)
    codes = provenance.codes(graph, named, lambda: provenance.behind(engine, graph, query, parameters) if query else [])
    cited = len(codes) <= _CITED
    told = {code: graph.sources[code]["citation"] for code in codes} if cited else codes
    hint = {} if cited else {"sources_hint": "the tool `sources` gives their citations and licences"}
    return {"sources": told, **hint, **_data(graph)}


def _data(graph: provenance.Graph) -> dict[str, Any]:
    today = dt.datetime.now(dt.UTC).date().isoformat()
    return {"data_version": graph.version, "data_date": graph.data_date, "engine": graph.engine, "read_on": today}


def _jsonable(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
