"""The page Query: every question of the catalogue with its parameters, and a console that says what went wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from app_pages import assert_fine, open_page, texts
from hypothesis import given
from hypothesis import strategies as st

from kb.catalogue import queries
from kb.console import readonly
from kb.console.console import Answer, elements
from kb.engines.embedded.engine import EmbeddedEngine
from ui.pages.ask.query import answer, cells, drawing
from ui.pages.ask.query.console import read_examples

CAT = "MATCH (s:State)-[r:RATIFIED]->(t:Treaty) WHERE t.code = $treaty AND r.year < $year RETURN s, r, t"


def console(cypher: str, **more: str) -> Any:
    return open_page("query", part="console", cypher=cypher, **more)


def node(label: str, key: str) -> dict[str, Any]:
    name = {"State": "iso3", "Treaty": "code"}[label]
    return {"kind": "node", "id": f"{label}:{key}", "label": label, "properties": {name: key}}


def edge(start: dict[str, Any], end: dict[str, Any], **properties: Any) -> dict[str, Any]:
    identity = f"{start['id']}-{end['id']}"
    ends = {"start": start["id"], "end": end["id"]}
    return {"kind": "edge", "id": identity, "type": "RATIFIED", **ends, "properties": properties}


def answer_of(rows: list[list[Any]]) -> Answer:
    nodes, edges = elements(rows)
    return Answer([f"c{place}" for place in range(len(rows[0]))], rows, False, 0.1, nodes, edges)


@pytest.mark.parametrize("name", ["ruds", "adoption-curve", "state-ruds", "ranking", "sources"])
def test_a_question_is_answered_with_its_defaults(name: str, hrkb_home: Path) -> None:
    app = open_page("query", query=name)

    assert_fine(app)
    assert queries.query(name).question in texts(app)
    assert any(c.value.startswith(f"hrkb query {name}") for c in app.code)


def test_parameters_in_the_address_are_asked(hrkb_home: Path, graph: EmbeddedEngine) -> None:
    app = open_page("query", **{"query": "ranking", "p-year": "1990", "p-measure": "breadth", "p-region": "Africa"})

    assert_fine(app)
    expected = queries.query("ranking").run(graph, year=1990, measure="breadth", region="Africa")
    assert list(app.dataframe[0].value["iso3"]) == expected["iso3"].to_pylist()
    assert "hrkb query ranking --year 1990 --measure breadth --region Africa" in [c.value for c in app.code]


def test_another_question_starts_with_its_own_parameters(hrkb_home: Path) -> None:
    app = open_page("query", **{"query": "adoption-curve", "p-treaty": "CEDAW"})

    app.selectbox[0].set_value("state-ruds").run()

    assert_fine(app)
    assert "p-treaty" not in app.query_params
    assert queries.query("state-ruds").question in texts(app)


def test_a_parameter_of_another_type_is_said(hrkb_home: Path) -> None:
    app = open_page("query", **{"query": "ranking", "p-year": "long ago"})

    assert "should be a whole number" in texts(app)
    assert not app.exception


def test_the_console_gives_rows_and_a_drawing(hrkb_home: Path) -> None:
    app = console(CAT, parameters='{"treaty": "CAT", "year": 1987}')

    assert_fine(app)
    assert len(app.get("vega_lite_chart")) == 1
    assert "Nodes: " in texts(app)
    assert "(:State SWE)" in set(app.dataframe[0].value["s"])


def test_values_alone_are_a_table_and_no_drawing(hrkb_home: Path, graph: EmbeddedEngine) -> None:
    app = console("MATCH (t:Treaty) WHERE t.core RETURN t.code AS code, t.opened AS opened ORDER BY opened, code")

    assert_fine(app)
    assert not app.get("vega_lite_chart")
    shown = app.dataframe[0].value
    core = queries.query("treaties").run(graph).to_pandas()
    core = core[core["core"].fillna(False).astype(bool)]
    assert sorted(shown["code"]) == sorted(core["code"])
    assert pd.api.types.is_integer_dtype(shown["opened"])


def test_nothing_runs_before_it_is_asked_and_each_question_replaces_the_last(hrkb_home: Path) -> None:
    app = open_page("query", part="console")
    assert not app.dataframe

    for label in ("State", "Treaty"):
        cypher = f"MATCH (x:{label}) RETURN count(x) AS n"
        app.text_area[0].set_value(cypher)
        app.button[0].click().run()

        assert app.query_params["cypher"] == cypher
        assert "Answer: 1 row" in texts(app)


@pytest.mark.parametrize(
    ("cypher", "said"),
    [
        ("MATCH (s:State) RETRUN s", "line 1, column 17"),
        ("MATCH (s:State)\nDELETE s", "line 2, column 1"),
        ("MATCH (s:Stat) RETURN s", "Stat"),
    ],
)
def test_a_refused_query_is_pointed_at(cypher: str, said: str, hrkb_home: Path) -> None:
    app = console(cypher)

    assert app.error[0].value.startswith("The query was refused")
    assert any(said in c.value for c in app.code)
    assert "What to do" in texts(app)
    assert not app.exception


def test_a_query_that_runs_away_is_stopped_and_the_page_says_so(hrkb_home: Path) -> None:
    app = console("UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y RETURN sum(x * y)", seconds="1")

    assert "stopped after 1 s" in app.error[0].value
    assert "ask for less" in texts(app).lower()


def test_more_rows_than_allowed_are_said(hrkb_home: Path) -> None:
    app = console("MATCH (s:State) RETURN s.iso3 AS iso3 ORDER BY iso3", limit="5")

    assert len(app.dataframe[0].value) == 5
    assert "There were more than 5 rows" in texts(app)


@pytest.mark.parametrize("typed", ["{treaty: CAT}", "[1]", "7"])
def test_parameters_that_are_no_object_are_said(typed: str, hrkb_home: Path) -> None:
    app = console(CAT, parameters=typed)

    assert "JSON" in app.error[0].value
    assert not app.exception


@pytest.mark.parametrize("name", read_examples())
def test_every_example_of_the_console_finds_something(name: str, hrkb_home: Path) -> None:
    title, parameters, cypher = read_examples()[name]
    readonly.check(cypher)

    app = console(cypher, parameters=parameters)

    assert_fine(app)
    assert len(app.dataframe[0].value) > 0
    assert bool(app.get("vega_lite_chart")) == title.endswith("(a graph)")


def test_an_edge_without_its_ends_is_left_out_of_the_drawing() -> None:
    one, other, far = node("State", "SWE"), node("Treaty", "CAT"), node("State", "NOR")

    nodes, links = drawing.lay_out(
        answer_of([[one, edge(one, other, year=1986), other], [one, edge(far, other), None]])
    )

    assert set(nodes["key"]) == {"SWE", "CAT"}
    assert links[["start", "end", "year"]].to_numpy().tolist() == [["SWE", "CAT", "1986"]]


@pytest.mark.long
@given(st.integers(1, 400))
def test_no_more_nodes_are_drawn_than_can_be_read(size: int) -> None:
    hub = node("Treaty", "CAT")
    states = [node("State", f"S{number}") for number in range(size)]

    nodes, links = drawing.lay_out(answer_of([[hub, edge(state, hub), state] for state in states]))

    assert len(nodes) == min(size + 1, drawing.MOST_NODES)
    assert len(links) == len(nodes) - 1
    assert nodes[["x", "y"]].abs().max().max() <= 1.01


def test_values_of_every_kind_have_a_cell() -> None:
    state, treaty = node("State", "SWE"), node("Treaty", "CAT")
    path = {"kind": "path", "nodes": [state, treaty], "edges": []}

    assert cells.text(state) == "(:State SWE)"
    assert cells.text(edge(state, treaty, year=1986, date="1986-01-08")) == "[:RATIFIED 1986-01-08]"
    assert cells.text(path) == "(:State SWE) – (:Treaty CAT)"
    assert cells.text([1, state]) == "1; (:State SWE)"
    assert cells.text({"a": 1}) == '{"a": 1}'


def test_columns_keep_their_numbers_and_gaps() -> None:
    rows = answer.table(answer_of([[1, 0.5, True, "a", 1], [None, 2, None, None, "b"]]))

    assert [str(t) for t in rows.dtypes] == ["Int64", "Float64", "boolean", "string", "string"]
    assert rows.isna().sum().tolist() == [1, 0, 1, 1, 0]


def test_the_json_holds_the_answer_in_full() -> None:
    given = answer_of([[node("State", "SWE"), 1]])

    assert json.loads(answer.as_json(given)) == {"columns": ["c0", "c1"], "rows": given.rows, "truncated": False}
