"""Every query of the catalogue: its header, its words, its answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from kb.catalogue.queries import Query, catalogue, query, read_query
from kb.catalogue.vocabulary import faults
from kb.engines.embedded.engine import EmbeddedEngine
from kb.errors import CheckError, InputError, UsageError

NAMES = sorted(catalogue())
HEADER = """/*
title: States
question: Which states are there?
parameters:
  region: {type: text, default: all, meaning: a region}
columns:
  iso3:
tags: [state]
*/
"""
BODY = "MATCH (s:State)\nWHERE $region = 'all' OR s.region = $region\nRETURN s.iso3 AS iso3\nORDER BY iso3\n"


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedEngine]:
    """A graph with every table of the model and nothing in it."""
    with EmbeddedEngine(tmp_path_factory.mktemp("empty") / "graph.duckdb", read_only=False) as engine:
        engine.create_schema()
        yield engine


def written(folder: Path, text: str) -> Query:
    path = folder / "asked.cypher"
    path.write_text(text, encoding="utf-8")
    return read_query(path)


def examples(asked: Query) -> dict[str, object]:
    return {name: p.example for name, p in asked.parameters.items() if p.default is None}


@pytest.mark.parametrize("name", NAMES)
def test_a_query_names_only_what_the_model_has(name: str) -> None:
    assert faults(catalogue()[name]) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_query_returns_the_declared_columns_even_from_an_empty_graph(name: str, empty: EmbeddedEngine) -> None:
    asked = catalogue()[name]

    answer = asked.run(empty, **examples(asked))

    assert answer.schema == asked.schema


@pytest.mark.parametrize("name", NAMES)
def test_a_query_gives_the_same_rows_twice_from_the_real_graph(name: str, graph: EmbeddedEngine) -> None:
    asked = catalogue()[name]

    first, second = asked.run(graph, **examples(asked)), asked.run(graph, **examples(asked))

    assert first.schema == asked.schema
    assert first.drop_columns(_means(first)).equals(second.drop_columns(_means(second)))
    for column in _means(first):
        one, other = first[column], second[column]
        assert one.is_null().equals(other.is_null()), column
        assert np.allclose(one.drop_null(), other.drop_null(), rtol=1e-9, atol=1e-9), column


def _means(table: pa.Table) -> list[str]:
    """Columns of reals: an engine may add their terms up in another order, which shows in the last digit."""
    return [field.name for field in table.schema if pa.types.is_floating(field.type)]


@pytest.mark.parametrize(
    ("fragment", "changed", "fault"),
    [
        ("(s:State)", "(s:Stat)", "line 10: the model has no label Stat"),
        ("MATCH (s:State)", "MATCH (s:State)-[:RATIFYED]->()", "line 10: the model has no relationship type RATIFYED"),
        ("s.iso3 AS", "s.iso2 AS", "line 12: State has no property iso2"),
        ("ORDER BY iso3", "LIMIT 3", "states no order of rows"),
        ("s.region = $region", "s.region = $area", "uses $area, which its header does not declare"),
        ("$region = 'all' OR", "s IS NOT NULL OR", "line 11: compare a property of s with null"),
        ("'all'", "'the label :Stat and s.iso2 in a string'", ""),
    ],
)
def test_the_check_points_at_the_wrong_word(tmp_path: Path, fragment: str, changed: str, fault: str) -> None:
    found = faults(written(tmp_path, HEADER + BODY.replace(fragment, changed)))

    assert any(fault in line for line in found) if fault else found == []


def test_a_query_that_returns_other_columns_than_it_declares_is_an_error(tmp_path: Path, empty: EmbeddedEngine) -> None:
    asked = written(tmp_path, HEADER + BODY.replace("s.iso3 AS iso3", "s.iso3 AS iso3, s.name AS name"))

    with pytest.raises(CheckError, match="returns iso3, name and declares iso3"):
        asked.run(empty)


@pytest.mark.parametrize("text", ["MATCH (s) RETURN s", "/* title: x", HEADER, HEADER.replace("title", "tilte") + BODY])
def test_a_file_without_a_right_header_is_an_error_that_names_it(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match=r"asked\.cypher"):
        written(tmp_path, text)


def test_an_unknown_query_is_answered_with_the_nearest_names() -> None:
    with pytest.raises(UsageError) as raised:
        query("rankin")

    assert "ranking" in raised.value.remedy


def test_an_unknown_parameter_is_answered_with_the_nearest_names() -> None:
    with pytest.raises(UsageError, match="no parameter 'yaer'") as raised:
        query("ranking").bind({"yaer": 2014})

    assert "year" in raised.value.remedy


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("ranking", {"year": "two"}),
        ("ranking", {"year": 2014.5}),
        ("ranking", {"year": True}),
        ("ranking", {"measure": "power"}),
        ("state-profile", {}),
        ("state-profile", {"iso3": 7}),
        ("ingos", {"human_rights": "maybe"}),
        ("state-trail", {"states": [1, 2]}),
    ],
)
def test_a_value_of_another_type_is_refused(name: str, given: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        query(name).bind(given)


def test_values_from_a_command_line_are_read_as_their_type() -> None:
    assert query("ranking").bind({"year": "2014"})["year"] == 2014
    assert query("ingos").bind({"human_rights": "yes"}) == {"human_rights": True}
    assert query("state-trail").bind({"states": "MEX, NOR"})["states"] == ["MEX", "NOR"]


def test_counted_parties_equal_the_printed_ones(graph: EmbeddedEngine) -> None:
    rows = [row for row in query("parties").run(graph).to_pylist() if row["printed_parties"] is not None]

    assert len(rows) == 18
    assert [r for r in rows if r["parties"] != r["printed_parties"]] == []
    assert [r for r in rows if r["signatories"] != r["printed_signatories"]] == []


def test_no_two_memberships_of_one_state_in_one_organization_count_in_one_year(graph: EmbeddedEngine) -> None:
    twice = graph.read(
        "MATCH (s:State)-[a:MEMBER_OF]->(o:IO)<-[b:MEMBER_OF]-(s) WHERE a.fact < b.fact AND a.status = 'full' AND"
        " b.status = 'full' AND a.counted_from <= b.counted_to AND b.counted_from <= a.counted_to"
        " RETURN s.iso3 AS iso3, o.code AS io"
    )

    assert twice.to_pylist() == []
