"""A column that is a property of the model says what the property says; the header says only what the model leaves open."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kb.catalogue import plain
from kb.catalogue.queries import Query, catalogue, query, read_query
from kb.catalogue.vocabulary import faults
from kb.engines.embedded.engine import EmbeddedEngine
from kb.errors import InputError
from kb.model.graph import MODEL
from kb.model.shape import NodeType, Property

HEADER = "/*\ntitle: Asked\nquestion: Which?\ncolumns:\n  {column}\ntags: [state]\n*/\n"


def written(folder: Path, column: str, body: str) -> Query:
    path = folder / "asked.cypher"
    path.write_text(HEADER.format(column=column) + body, encoding="utf-8")
    return read_query(path)


def said(declared: Property) -> dict[str, str]:
    return {"type": declared.type, "meaning": declared.told, "unit": declared.unit}


@pytest.mark.parametrize(
    ("name", "column", "label", "declared"),
    [
        ("scatter", "practice_sd", "StateYear", "practice_sd"),
        ("scatter", "decoupling", "StateYear", "decoupling"),
        ("score-panel", "machinery", "StateYear", "machinery"),
        ("adoption-curve", "as_of", "Treaty", "as_of"),
        ("state-memberships", "status", "MEMBER_OF", "status"),
        ("receptor-sites", "site", "ReceptorSite", "id"),
        ("ranking", "region", "State", "region"),
        ("ranking", "n", "StateYear", "integration_n"),
        ("treaty-laggards", "name", "State", "name"),
        ("parties", "printed_parties", "Treaty", "printed_parties"),
    ],
)
def test_a_column_says_what_the_property_says(name: str, column: str, label: str, declared: str) -> None:
    assert query(name).columns[column].model_dump() == said(MODEL.table(label).by_name[declared])


def test_a_column_that_means_more_says_so_and_inherits_the_rest() -> None:
    editions = query("editions").columns["value_before"]
    neighbour = query("neighbours").columns["iso3"]

    assert (editions.type, editions.unit) == ("real", "unit of the indicator")
    assert editions.meaning == "value of the earlier edition"
    assert neighbour.model_dump() == {"type": "text", "meaning": "neighbour", "unit": ""}


@pytest.mark.parametrize(
    ("column", "body", "fault"),
    [
        ("x:", "MATCH (s:State) RETURN s.name AS x ORDER BY x", ""),
        ("x:", "MATCH (s:State) WITH s.name AS n WITH n AS x RETURN x ORDER BY x", ""),
        ("x:", "MATCH (s:State) WITH collect({n: s.name}) AS all UNWIND all AS one RETURN one.n AS x ORDER BY x", ""),
        ("x:", "MATCH ()-[e:SIGNED|RATIFIED]->() RETURN e.source AS x ORDER BY x", ""),
        ("x:", "MATCH (s:State) RETURN s.name AS x UNION MATCH (s:State) RETURN s.name AS x ORDER BY x", ""),
        ("x: {meaning: a name}", "MATCH (s:State) RETURN s.name AS x ORDER BY x", ""),
        ("x: {type: text, meaning: a name}", "MATCH (s:State) RETURN s.name AS x ORDER BY x", "states its type"),
        (
            "x: {meaning: short English name of the state}",
            "MATCH (s:State) RETURN s.name AS x ORDER BY x",
            "states its meaning",
        ),
        ("x: {unit: share 0-1}", "MATCH (y:StateYear) RETURN y.breadth AS x ORDER BY x", "states its unit"),
        ("x:", "MATCH (s:State) RETURN upper(s.name) AS x ORDER BY x", "x is computed"),
        ("x:", "MATCH (s:State) RETURN max(s.name) AS x ORDER BY x", "x is computed"),
        ("x: {meaning: a name}", "MATCH (s:State) RETURN 'a' AS x ORDER BY x", "x is computed"),
        ("x:", "MATCH (n:State|Treaty) RETURN n.name AS x ORDER BY x", "several properties"),
        ("x:", "MATCH (s:State) RETURN s.name AS x UNION MATCH (s:State) RETURN 'a' AS x ORDER BY x", "x is computed"),
        ("y:", "MATCH (s:State) RETURN s.name AS x ORDER BY x", "y is not returned"),
    ],
)
def test_a_header_says_no_more_and_no_less_than_the_model_leaves_open(
    tmp_path: Path, column: str, body: str, fault: str
) -> None:
    found = faults(written(tmp_path, column, body))

    assert (found == []) if not fault else (len(found) == 1 and fault in found[0]), found


def test_what_nobody_says_is_asked_for_by_name(tmp_path: Path) -> None:
    asked = written(tmp_path, "x:", "MATCH (s:State) RETURN count(s) AS x ORDER BY x")

    with pytest.raises(InputError, match=r"asked\.cypher: x is computed") as raised:
        assert asked.columns

    assert "type and meaning" in raised.value.remedy


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(catalogue()))
def test_an_inheriting_column_holds_values_of_its_property(name: str, graph: EmbeddedEngine) -> None:
    asked = query(name)
    answer = asked.run(graph, **{n: p.example for n, p in asked.parameters.items() if p.default is None})

    for column, properties in plain.columns(asked.cypher).items():
        there = {value for value in answer[column].to_pylist() if isinstance(value, (str, int)) and value is not None}
        known = {value for declared in properties for value in _values(graph, declared)}
        assert not properties or there <= known, column


@cache
def _values(graph: EmbeddedEngine, declared: Property) -> frozenset[Any]:
    """All values of a property, in every table that has it as declared."""
    found: set[Any] = set()
    for table in MODEL:
        if declared in table.properties:
            pattern = f"(x:{table.name})" if isinstance(table, NodeType) else f"()-[x:{table.name}]->()"
            rows = graph.read(f"MATCH {pattern} RETURN DISTINCT x.{declared.name} AS value")["value"].to_pylist()
            found |= {value for value in rows if isinstance(value, (str, int))}
    return frozenset(found)
