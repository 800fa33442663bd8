"""Joins with known answers: a graph whose engine gets one of them wrong is not published, and not read.

An engine that drops rows of a join says nothing. So the answers of a handful of joins, of the shapes that have gone wrong
before (docs/engine.md), are computed from the tables when a graph is built, without the engine, and kept in the graph's
record; the engine is asked for them before the graph is published and whenever a process opens it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa

from kb.engines.base import Engine
from kb.errors import WrongAnswer
from kb.facts.schema import stored_schema
from kb.model.graph import MODEL

Tables = Mapping[str, pa.Table]
Truth = Callable[[Tables, Mapping[str, str]], int]


@dataclass(frozen=True)
class Canary:
    """One question whose answer is one whole number, ``n``; ``truth`` computes it from the tables."""

    name: str
    cypher: str
    truth: Truth
    #: The table and column whose most frequent values are the parameters ``$x`` and ``$y``.
    drawn_from: tuple[str, str]


def _edges(tables: Tables, name: str, *more: str) -> pd.DataFrame:
    found: pd.DataFrame = tables[name].select(["start", "end", *more]).to_pandas()
    return found


def _to(edges: pd.DataFrame, end: str) -> pd.DataFrame:
    found: pd.DataFrame = edges[edges["end"] == end]
    return found


def _same_year(tables: Tables, given: Mapping[str, str]) -> int:
    edges = _edges(tables, "MEASURED", "year")
    return len(_to(edges, given["x"]).merge(_to(edges, given["y"]), on=["start", "year"]))


def _common_members(tables: Tables, given: Mapping[str, str]) -> int:
    edges = _edges(tables, "MEMBER_OF")
    return len(_to(edges, given["x"]).merge(_to(edges, given["y"]), on="start"))


def _scored_years(tables: Tables, given: Mapping[str, str]) -> int:
    measured = _to(_edges(tables, "MEASURED", "year"), given["x"])
    years = tables["StateYear"].select(["iso3", "year"]).to_pandas()
    return len(measured.merge(years, left_on=["start", "year"], right_on=["iso3", "year"]))


def _neighbours_twice(tables: Tables, given: Mapping[str, str]) -> int:
    """Pairs of different BORDERS edges that lead to one state: an edge does not pair with itself."""
    found = _edges(tables, "BORDERS").groupby("end").size()
    return int((found * (found - 1)).sum())


def _joined_and_left(tables: Tables, given: Mapping[str, str]) -> int:
    """Over the states: different treaties ratified, ratifications, and the last year of one, summed up."""
    ratified = _edges(tables, "RATIFIED", "year")
    per_state = ratified.groupby("start").agg(treaties=("end", "nunique"), n=("end", "size"), last=("year", "max"))
    return int(per_state.to_numpy().sum())


def _not_signed(tables: Tables, given: Mapping[str, str]) -> int:
    """Ratifications without a signature of the same treaty by the same state."""
    signed = _edges(tables, "SIGNED").drop_duplicates()
    joined = _edges(tables, "RATIFIED").merge(signed, on=["start", "end"], how="left", indicator=True)
    return int((joined["_merge"] == "left_only").sum())


CANARIES = (
    Canary(
        "two measures of a state in one year",
        "MATCH (s:State)-[a:MEASURED]->(:Indicator {code: $x}) MATCH (s)-[b:MEASURED]->(:Indicator {code: $y}) "
        "WHERE a.year = b.year RETURN count(*) AS n",
        _same_year,
        ("MEASURED", "end"),
    ),
    Canary(
        "members of two organizations, a comma between",
        "MATCH (s:State)-[:MEMBER_OF]->(:IO {code: $x}), (s)-[:MEMBER_OF]->(:IO {code: $y}) RETURN count(*) AS n",
        _common_members,
        ("MEMBER_OF", "end"),
    ),
    Canary(
        "members of two organizations, in one path",
        "MATCH (:IO {code: $x})<-[a:MEMBER_OF]-(s:State)-[b:MEMBER_OF]->(:IO {code: $y}) RETURN count(*) AS n",
        _common_members,
        ("MEMBER_OF", "end"),
    ),
    Canary(
        "measures beside scores",
        "MATCH (s:State)-[a:MEASURED]->(:Indicator {code: $x}), (s)-[:IN_YEAR]->(y:StateYear) "
        "WHERE a.year = y.year RETURN count(*) AS n",
        _scored_years,
        ("MEASURED", "end"),
    ),
    Canary(
        "two neighbours of one state",
        "MATCH (:State)-[a:BORDERS]->(:State)<-[b:BORDERS]-(:State) RETURN count(*) AS n",
        _neighbours_twice,
        ("BORDERS", "end"),
    ),
    Canary(
        "different values counted beside others",
        "MATCH (s:State)-[r:RATIFIED]->(t:Treaty) "
        "WITH s, count(DISTINCT t.code) AS treaties, count(*) AS times, max(r.year) AS last "
        "RETURN sum(treaties + times + last) AS n",
        _joined_and_left,
        ("RATIFIED", "end"),
    ),
    Canary(
        "ratified without a signature",
        "MATCH (s:State)-[:RATIFIED]->(t:Treaty) WHERE NOT EXISTS { MATCH (s)-[:SIGNED]->(t) } RETURN count(*) AS n",
        _not_signed,
        ("RATIFIED", "end"),
    ),
)


def truths(tables: Tables) -> list[dict[str, Any]]:
    """For every canary its name, parameters and the number that ``tables``, by name as the engine holds them, give."""
    tables = {table.name: tables.get(table.name, stored_schema(table).empty_table()) for table in MODEL}
    found = []
    for canary in CANARIES:
        table, column = canary.drawn_from
        counted = tables[table][column].to_pandas().value_counts().sort_index(kind="stable")
        frequent = [*counted.sort_values(ascending=False, kind="stable").index[:2], "none", "none"]
        given = dict(zip("xy", map(str, frequent), strict=False))
        given = {name: value for name, value in given.items() if f"${name}" in canary.cypher}
        found.append({"name": canary.name, "parameters": given, "n": canary.truth(tables, given)})
    return found


def prove(engine: Engine, known: list[dict[str, Any]]) -> int:
    """Ask an engine for what is ``known`` (of :func:`truths`) of its graph. Returns how many joins were right.

    Raises :class:`WrongAnswer` naming every join that was not.
    """
    by_name = {canary.name: canary for canary in CANARIES}
    wrong = []
    for one in known:
        answered = engine.read(by_name[one["name"]].cypher, one["parameters"])["n"][0].as_py()
        if answered != one["n"]:
            wrong.append(f"{one['name']}: {answered}, not {one['n']}")
    if wrong or not known:
        raise WrongAnswer(
            f"{engine.version} gives wrong rows ({'; '.join(wrong) or 'nothing is known to compare with'})",
            "install the pinned engine again (`make setup`) and run `hrkb build --force`; if it stays, report this text",
        )
    return len(known)
