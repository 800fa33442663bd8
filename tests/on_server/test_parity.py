"""One catalogue, two engines: every query and every score gives the same rows on both, to 1e-9."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from asked import drawn, examples
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

from kb.catalogue.queries import catalogue
from kb.catalogue.sources import rests_on
from kb.engines.embedded.engine import EmbeddedEngine
from kb.engines.neo4j.engine import Neo4jEngine
from kb.model.graph import MODEL
from kb.scores import compute

#: Parameter values drawn at random, always the same ones: a failure can be repeated.
DRAWS = 3
#: Numbers are equal that are no further apart.
NEAR = 1e-9


def grouped(rows: pa.Table) -> dict[Any, np.ndarray]:
    """The floating-point numbers of the rows, an array per group of rows that are otherwise equal (a row each)."""
    groups: dict[Any, list[list[float]]] = defaultdict(list)
    for row in rows.to_pylist():
        numbers: list[float] = []
        groups[_without(list(row.values()), numbers)].append(numbers)
    return {rest: np.array(numbers) for rest, numbers in groups.items()}


def _without(value: Any, numbers: list[float]) -> Any:
    """The value, hashable, with every floating-point number moved to ``numbers``."""
    if isinstance(value, float):
        numbers.append(value)
        return float
    if isinstance(value, list):
        return tuple(_without(item, numbers) for item in value)
    if isinstance(value, dict):
        return tuple((key, _without(item, numbers)) for key, item in sorted(value.items()))
    return value


def same_rows(one: pa.Table, other: pa.Table) -> bool:
    """Whether the rows can be paired so that all is equal, numbers to 1e-9: an order's ties may be broken either way."""
    left, right = grouped(one), grouped(other)
    return left.keys() == right.keys() and all(_paired(left[rest], right[rest]) for rest in left)


def _paired(one: np.ndarray, other: np.ndarray) -> bool:
    if one.shape != other.shape:
        return False
    if one.size == 0:
        return True
    apart = cdist(one, other, "chebyshev") > NEAR
    return not apart[linear_sum_assignment(apart)].any()


def test_rows_are_the_same_in_any_order_but_not_with_another_value() -> None:
    rows = pa.table({"iso3": ["MEX", "MEX", "BRA"], "score": [0.5, 0.25, None]})

    assert same_rows(rows, pa.table({"iso3": ["BRA", "MEX", "MEX"], "score": [None, 0.25 + 1e-12, 0.5]}))
    assert not same_rows(rows, pa.table({"iso3": ["BRA", "MEX", "MEX"], "score": [None, 0.25 + 1e-6, 0.5]}))
    assert not same_rows(rows, pa.table({"iso3": ["BRA", "MEX", "MEX"], "score": [0.1, 0.25, 0.5]}))
    assert not same_rows(rows, rows.slice(1))


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_query_gives_the_same_rows(name: str, graph: EmbeddedEngine, twin: Neo4jEngine) -> None:
    query = catalogue()[name]
    for values in [examples(query), *(drawn(query, seed, graph) for seed in range(DRAWS if query.parameters else 0))]:
        embedded, served = query.run(graph, **values), query.run(twin, **values)

        assert embedded.schema == served.schema
        assert same_rows(embedded, served), f"{name} with {values}"


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_an_answer_rests_on_the_same_sources(name: str, graph: EmbeddedEngine, twin: Neo4jEngine) -> None:
    query = catalogue()[name]

    assert rests_on(graph, query, examples(query)) == rests_on(twin, query, examples(query)) != []
    assert rests_on(graph, query) == rests_on(twin, query)


def test_every_score_of_every_state_year_is_the_same(graph: EmbeddedEngine, twin: Neo4jEngine) -> None:
    embedded, served = compute.compute(graph).sort_by("id"), compute.compute(twin).sort_by("id")

    assert embedded["id"].equals(served["id"])
    assert embedded.num_rows > 10_000
    for declared in MODEL.labels["StateYear"].properties:
        one, other = embedded[declared.name], served[declared.name]
        assert one.is_null().equals(other.is_null()), declared.name
        if declared.type == "real":
            apart = np.abs(one.drop_null().to_numpy() - other.drop_null().to_numpy())
            assert apart.max(initial=0.0) <= NEAR, declared.name
        else:
            assert one.equals(other), declared.name


def test_counts_are_the_same(graph: EmbeddedEngine, twin: Neo4jEngine) -> None:
    for edge in MODEL.edges:
        query = f"MATCH (:{edge.start})-[r:{edge.name}]->(:{edge.end}) RETURN count(r) AS n"
        assert graph.read(query).equals(twin.read(query)), edge.name
    for node in MODEL.nodes:
        query = f"MATCH (n:{node.name}) RETURN count(n) AS n"
        assert graph.read(query).equals(twin.read(query)), node.name
