"""The sources that an answer rests on are those that state what its query looks at, and no others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from kb.catalogue.queries import Query, catalogue, query
from kb.catalogue.slices import slices
from kb.catalogue.sources import of_scores, rests_on
from kb.engines.embedded.engine import EmbeddedEngine
from kb.errors import UsageError
from kb.graph.assemble import stored_schema
from kb.model.graph import MODEL
from kb.model.scores import SCORES

NAMES = sorted(catalogue())
#: Queries that name no label and no type: they may find anything.
ANYTHING = {"find", "sources-of-an-edge"}
SYSTEM = {"cow-states", "un-members"}


def examples(asked: Query) -> dict[str, Any]:
    return {name: p.example for name, p in asked.parameters.items() if p.default is None}


@cache
def stating(graph: EmbeddedEngine, table: str, indicator: str = "") -> frozenset[str]:
    """The sources that state rows of a table, or values of an indicator, counted in the table itself."""
    if table in MODEL.labels:
        rows = graph.read(f"MATCH (n:{table}) UNWIND n.sources AS source RETURN DISTINCT source")
    elif indicator:
        text = f"MATCH ()-[e:{table}]->(i:Indicator) WHERE i.code = $code RETURN DISTINCT e.source AS source"
        rows = graph.read(text, {"code": indicator})
    else:
        rows = graph.read(f"MATCH ()-[e:{table}]->() RETURN DISTINCT e.source AS source")
    return frozenset(rows["source"].to_pylist()) - {"scores"}


@cache
def indicators(graph: EmbeddedEngine) -> frozenset[str]:
    return frozenset(graph.read("MATCH (i:Indicator) RETURN i.code AS code")["code"].to_pylist())


def may_rest_on(graph: EmbeddedEngine, asked: Query, given: dict[str, Any]) -> set[str]:
    """All sources that state a row in a table, or a value of an indicator, that the text of a query names."""
    named = set(re.findall(r"\w+", re.sub(r"'[^']*'", "", asked.cypher)))
    codes = {code for code in re.findall(r"'([^']*)'", asked.cypher) if code in indicators(graph)}
    codes |= {v for v in given.values() if isinstance(v, str) and v in indicators(graph)}
    found: set[str] = set()
    for table in MODEL:
        if table.name in named:
            some = codes if table.name.startswith("MEASURED") and codes else {""}
            found |= {source for code in some for source in stating(graph, table.name, code)}
    if "StateYear" in named:
        behind = {score.query for score in SCORES if score.query} | {"score-years", "practice-by-treaty"}
        found |= {source for one in behind for source in may_rest_on(graph, query(one), {})}
    return found


@pytest.mark.parametrize("name", sorted({*NAMES} - ANYTHING))
def test_every_source_listed_states_a_row_in_a_table_or_indicator_used(name: str, graph: EmbeddedEngine) -> None:
    asked = query(name)
    given = asked.arguments(graph, **examples(asked))

    listed = rests_on(graph, asked, examples(asked))

    assert listed and set(listed) <= may_rest_on(graph, asked, given)
    assert set(listed) <= {*rests_on(graph, asked)}, "an answer rests on more than any answer does"


@pytest.mark.parametrize("name", [n for n in NAMES if "source" in query(n).stated])
def test_every_source_that_a_row_names_is_listed(name: str, graph: EmbeddedEngine) -> None:
    asked = query(name)
    rows = asked.run(graph, **examples(asked))
    columns = [column for column in rows.column_names if column.startswith("source")]

    named = {code for column in columns for code in rows[column].drop_null().to_pylist()}

    assert named <= {*rests_on(graph, asked, examples(asked))}


@pytest.mark.parametrize(
    ("name", "given", "listed"),
    [
        ("adoption-curve", {"treaty": "CAT"}, {"untc-2026", *SYSTEM}),
        ("adoption-curve", {"treaty": "ACHR"}, {"achr-excerpts", *SYSTEM}),
        ("adoption-curve", {"treaty": "CPPCG"}, {"untc-2015", *SYSTEM}),
        ("adoption-curve", None, {"untc-2026", "untc-2015", "achr-excerpts", *SYSTEM}),
        (
            "machinery",
            {},
            {
                "human-rights-council",
                "upr-recommendations-2008-2014-terman",
                "undp-sdg16-nhri",
                "unsdg-16a1-nhri",
                *SYSTEM,
            },
        ),
        ("indicator-map", {"indicator": "LHRS", "year": 2010}, {"fariss-lhrs-402", "country-codes"}),
        ("practice-terror", {}, {"pts-2025"}),
        ("practice-by-treaty", {}, {"vdem-v12", "vdem-v16", "cirights-2022", "hrmi-2018"}),
        ("objections-until", {}, {"untc-2026"}),
        ("neighbours", {"iso3": "MEX"}, {"cow-contiguity", "country-codes"}),
        (
            "ranking",
            {},
            {
                *("cow-igo", "io-events", "hill-jones-2014", "hro-ingo", "kof-2024"),
                *("human-rights-council", "upr-recommendations-2008-2014-terman", "undp-sdg16-nhri", "unsdg-16a1-nhri"),
                *("untc-2026", "fariss-lhrs-402", "vdem-v16", "pts-2025", "country-codes", *SYSTEM),
            },
        ),
    ],
)
def test_the_sources_are_those_found_by_hand(
    name: str, given: dict[str, Any] | None, listed: set[str], graph: EmbeddedEngine
) -> None:
    assert set(rests_on(graph, query(name), given)) == listed


def test_a_score_rests_on_what_its_inputs_rest_on(graph: EmbeddedEngine) -> None:
    assert set(of_scores(graph, ["breadth"])) == {"untc-2026", *SYSTEM}
    assert set(of_scores(graph, ["decoupling_cat"])) == {"untc-2026", "vdem-v12", *SYSTEM}
    assert {"untc-2026", "fariss-lhrs-402"} <= set(of_scores(graph, ["decoupling_hi"]))
    assert "kof-2024" in of_scores(graph, ["integration_lo"]) and "kof-2024" not in of_scores(graph, ["decoupling"])
    assert of_scores(graph, []) == []


def test_an_alias_means_what_it_means_elsewhere_and_nonsense_is_refused(graph: EmbeddedEngine) -> None:
    asked = query("parties")

    assert rests_on(graph, asked, {"treaty": "Torture Convention"}) == rests_on(graph, asked, {"treaty": "CAT"})
    with pytest.raises(UsageError, match="no treaty is called"):
        rests_on(graph, asked, {"treaty": "no such treaty"})


def test_where_nothing_is_found_it_is_those_who_would_have_said_it(graph: EmbeddedEngine) -> None:
    asked = query("borders-of-a-year")

    assert asked.run(graph, year=1815).num_rows == 0
    assert rests_on(graph, asked, {"year": 1815}) == ["cow-contiguity"]


@pytest.fixture
def small(tmp_path: Path) -> Iterator[EmbeddedEngine]:
    """Two treaties, each with a party that another source states."""
    with EmbeddedEngine(tmp_path / "graph.duckdb", read_only=False) as engine:
        engine.create_schema()
        nodes = {
            "State": [{"iso3": "SWE", "uid": "State:SWE", "sources": ["states"]}],
            "Treaty": [
                {"code": code, "uid": f"Treaty:{code}", "sources": [f"about-{code}"]} for code in ("CAT", "CRC")
            ],
        }
        edges = [
            {"start": "SWE", "end": code, "year": 1990, "source": f"said-of-{code}", "fact": n}
            for n, code in enumerate(("CAT", "CRC"))
        ]
        for table, rows in {**nodes, "RATIFIED": edges}.items():
            engine.write(table, pa.Table.from_pylist(rows, stored_schema(MODEL.table(table))))
        yield engine


def made(text: str) -> Query:
    header = {"name": "made", "title": "t", "question": "q", "columns": {}, "tags": (), "path": Path("made.cypher")}
    parameters = {"treaty": {"type": "text", "meaning": "treaty", "default": "CAT"}}
    return Query.model_validate({**header, "parameters": parameters, "cypher": text})


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("MATCH (s:State)-[r:RATIFIED]->(t:Treaty) RETURN r.year AS y ORDER BY y", ["said-of-CAT", "said-of-CRC"]),
        (
            "MATCH (s:State)-[r:RATIFIED]->(t:Treaty) WHERE t.code = $treaty RETURN r.year AS y ORDER BY y",
            ["said-of-CAT"],
        ),
        (
            "MATCH (t:Treaty) WHERE t.code = $treaty MATCH (s)-[r:RATIFIED]->(t) RETURN r.year AS y ORDER BY y",
            ["said-of-CAT"],
        ),
        (
            "MATCH (s:State)-[r:RATIFIED]->(t:Treaty) WHERE t.code = $treaty RETURN t.title AS y ORDER BY y",
            ["about-CAT", "said-of-CAT"],
        ),
        (
            "MATCH (s:State) WHERE EXISTS { MATCH (s)-[:RATIFIED]->(t:Treaty) WHERE t.code = $treaty } RETURN s.iso3 AS y ORDER BY y",
            ["said-of-CAT", "states"],
        ),
        (
            "UNWIND ['CRC'] AS code MATCH (:State)-[r:RATIFIED]->(t:Treaty) WHERE t.code = code RETURN r.year AS y ORDER BY y",
            ["said-of-CRC"],
        ),
        (
            "MATCH (t:Treaty) WITH t AS x MATCH (:State)-[r:RATIFIED]->(x) RETURN x.title AS y, r.year AS z ORDER BY y",
            ["about-CAT", "about-CRC", "said-of-CAT", "said-of-CRC"],
        ),
        ("MATCH (n) RETURN n.uid AS y ORDER BY y", ["about-CAT", "about-CRC", "states"]),
    ],
)
def test_conditions_on_a_pattern_say_whose_facts_count(text: str, listed: list[str], small: EmbeddedEngine) -> None:
    assert rests_on(small, made(text), {}) == listed


def test_a_graph_that_changes_is_asked_again(small: EmbeddedEngine) -> None:
    asked = made("MATCH (s:State)-[r:RATIFIED]->(t:Treaty) WHERE t.code = $treaty RETURN r.year AS y ORDER BY y")
    before = rests_on(small, asked, {})
    edge = [{"start": "SWE", "end": "CAT", "year": 1991, "source": "later", "fact": 9}]
    small.write("RATIFIED", pa.Table.from_pylist(edge, stored_schema(MODEL.types["RATIFIED"])))

    assert (before, rests_on(small, asked, {})) == (["said-of-CAT"], ["later", "said-of-CAT"])


def test_without_values_conditions_on_parameters_are_left_out() -> None:
    text = "MATCH (s:State)-[r:RATIFIED]->(t:Treaty) WHERE t.code = $treaty AND r.year > 1990 RETURN s.name AS n"

    [bound], [open] = slices(text).questions, slices(text, given=False).questions

    assert "$treaty" in bound.cypher and bound.parameters == ("treaty",)
    assert "$treaty" not in open.cypher and "1990" in open.cypher and open.parameters == ()
