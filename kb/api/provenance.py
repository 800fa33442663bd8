"""Where an answer comes from, in a form that travels with a frame: texts, numbers, lists and maps only."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kb.catalogue import sources
from kb.catalogue.queries import Query, catalogue
from kb.engines.base import Engine
from kb.versions.status import data_date


@dataclass(frozen=True)
class Graph:
    """What is known of a version of the graph: its name, the day of its treaty status pages, its sources by code."""

    version: str
    engine: str
    data_date: str | None
    sources: Mapping[str, Mapping[str, Any]]


def read(engine: Engine, version: str) -> Graph:
    """Raises :class:`kb.errors.EngineError`."""
    rows = catalogue()["sources"].run(engine).to_pylist()
    return Graph(version, engine.version, data_date(engine), {row["code"]: row for row in rows})


def behind(engine: Engine, graph: Graph, query: Query, parameters: Mapping[str, Any] | None = None) -> list[str]:
    """The sources of the graph that an answer to the query rests on; without ``parameters``, that any answer does."""
    return [code for code in sources.rests_on(engine, query, parameters) if code in graph.sources]


def codes(graph: Graph, columns: Mapping[str, list[Any]], otherwise: Callable[[], list[str]] = list) -> list[str]:
    """The sources of an answer: those its rows name, else those that ``otherwise`` finds, else all of the graph."""
    named = {value for value in columns.get("source", []) if value in graph.sources}
    for several in columns.get("sources", []):
        named |= {value for value in (several if isinstance(several, list) else []) if value in graph.sources}
    return sorted(named or otherwise() or graph.sources)


def of_query(
    engine: Engine, graph: Graph, query: Query, parameters: Mapping[str, Any], answer: pd.DataFrame
) -> dict[str, Any]:
    """What a frame's ``attrs`` say of an answer of the catalogue."""
    return {
        "query": query.name,
        "title": query.title,
        "question": query.question,
        "notes": query.notes,
        "parameters": plain(parameters),
        "columns": {name: {"type": c.type, "unit": c.unit, "meaning": c.meaning} for name, c in query.columns.items()},
        **common(graph, codes(graph, _named(answer), lambda: behind(engine, graph, query, parameters))),
    }


def of_cypher(graph: Graph, text: str, parameters: Mapping[str, Any], answer: pd.DataFrame) -> dict[str, Any]:
    """What a frame's ``attrs`` say of an answer to Cypher."""
    return {
        "cypher": text,
        "parameters": plain(parameters),
        **common(graph, codes(graph, _named(answer))),
    }


def common(graph: Graph, sources: list[str]) -> dict[str, Any]:
    """The sources with their citations, the version and day of the data, the engine."""
    return {
        "sources": {code: graph.sources[code]["citation"] for code in sources},
        "data_version": graph.version,
        "data_date": graph.data_date,
        "engine": graph.engine,
    }


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON has them, so that a frame can be written as Parquet with what is said of it."""
    made: dict[str, Any] = json.loads(json.dumps(dict(values), default=str))
    return made


def _named(answer: pd.DataFrame) -> dict[str, list[Any]]:
    once = [name for name in ("source", "sources") if list(answer.columns).count(name) == 1]
    return {name: answer[name].tolist() for name in once}
