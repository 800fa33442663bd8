"""The graph behind the pages: which version is current, and answers to catalogue queries, cached by version.

Which version is current is looked up on every rerun, which costs the reading of two small files (or, on a server, one
query every few seconds). Everything else is cached under that version's name, so that a new version shows without a
restart and an old one is never mixed with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from kb.catalogue import queries, sources
from kb.engines.base import Engine
from kb.engines.embedded.engine import EmbeddedEngine
from kb.engines.neo4j.address import Address
from kb.engines.neo4j.engine import Neo4jEngine
from kb.errors import GraphMissing
from kb.settings import settings
from kb.versions import home
from kb.versions.status import data_date

#: Whole numbers and flags stay what they are where values are missing, instead of turning into floats and objects.
_NULLABLE = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
#: Seconds between two looks at a server's version.
_LOOK = 5.0


@dataclass(frozen=True)
class Graph:
    """One version of the graph: its name, the engine that holds it and where, and the newest day the data speak of."""

    version: str
    engine: str
    where: str
    data_date: str | None


def current() -> Graph:
    """The current version. Raises :class:`kb.errors.HrkbError` where there is none or it cannot be reached."""
    if uri := settings().neo4j_uri:
        return _served(uri)
    version = home.current()
    record = version.record
    return Graph(version.name, str(record.get("engine", "")), str(version.folder), record.get("data_date"))


@st.cache_data(ttl=_LOOK, show_spinner=False)
def _served(uri: str) -> Graph:
    engine = _server(uri)
    return Graph(engine.data_version, engine.version, uri, data_date(engine))


@st.cache_resource(show_spinner=False)
def _server(uri: str) -> Neo4jEngine:
    return Neo4jEngine(Address.from_environment())


# Two versions stay open: sessions in the middle of a view keep the one they began with.
@st.cache_resource(max_entries=2, show_spinner=False)
def _embedded(folder: str) -> EmbeddedEngine:
    path = Path(folder)
    versions = {v.name: v for v in home.versions(path.parent.parent)}
    if path.name not in versions:
        raise GraphMissing(
            f"version {path.name} is no longer there", "reload the page: it opens on the current version"
        )
    return versions[path.name].open()


def engine_of(graph: Graph) -> Engine:
    """An engine for this thread on an open graph. It shares what is open: do not close it."""
    return _server(graph.where) if "://" in graph.where else _embedded(graph.where).another()


def ask(graph: Graph, name: str, parameters: Mapping[str, Any]) -> pd.DataFrame:
    """The answer to one catalogue query as a DataFrame: whole numbers Int64, days datetime64, missing as NA.

    Raises :class:`kb.errors.HrkbError` for an unknown query, parameters that do not fit, or a failing engine.
    """
    bound = queries.query(name).bind(parameters)
    return _answer(graph, name, tuple((k, tuple(v) if isinstance(v, list) else v) for k, v in bound.items()))


def rests_on(graph: Graph, name: str, parameters: Mapping[str, Any]) -> list[str]:
    """The codes of the sources that the answer to one catalogue query rests on. Raises as :func:`ask`."""
    return sources.rests_on(engine_of(graph), queries.query(name), parameters)


@st.cache_data(max_entries=400, show_spinner=False)
def _answer(graph: Graph, name: str, bound: tuple[tuple[str, Any], ...]) -> pd.DataFrame:
    parameters = {k: list(v) if isinstance(v, tuple) else v for k, v in bound}
    table = queries.query(name).run(engine_of(graph), **parameters)
    rows: pd.DataFrame = table.to_pandas(types_mapper=_NULLABLE.get, date_as_object=False)
    return rows
