"""What the server is asked without implied labels has the same rows, and a plan that follows relationships."""

from __future__ import annotations

from typing import Any

import pytest

from kb.engines.embedded.engine import EmbeddedEngine
from kb.engines.neo4j.engine import Neo4jEngine, as_table
from kb.engines.neo4j.implied import without_implied_labels
from on_server.test_parity import same_rows

ASKED = (
    "MATCH (:State)-[m:MEASURED]->(i:Indicator) RETURN i.code AS code, count(*) AS n, max(m.value) AS most",
    "MATCH (s:State)-[m:MEASURED]->(i:Indicator) RETURN s.region AS region, max(m.year) AS last",
    "MATCH (i:Indicator)<-[m:MEASURED]-(s:State) WHERE i.concept = 'practice' RETURN i.code AS code, min(m.year) AS first",
)


def operators(plan: dict[str, Any]) -> list[str]:
    return [plan["operatorType"].split("@")[0], *(o for child in plan.get("children", []) for o in operators(child))]


@pytest.mark.parametrize("query", ASKED)
def test_an_aggregate_over_all_measurements_goes_through_them_once(
    query: str, graph: EmbeddedEngine, twin: Neo4jEngine
) -> None:
    with twin.session(write=False) as session:
        plan = session.run("EXPLAIN " + without_implied_labels(query)).consume().plan  # type: ignore[arg-type]
        asked_as_written = session.run(query)  # type: ignore[arg-type]
        names = list(asked_as_written.keys())
        as_written = as_table(names, list(asked_as_written))

    assert plan is not None and "CartesianProduct" not in operators(plan), operators(plan)
    answer = twin.read(query)
    assert same_rows(answer, as_written)
    assert same_rows(answer, graph.read(query))
