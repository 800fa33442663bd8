"""Random queries on the embedded engine against joins in DuckDB; and the fuzzer against an engine that loses rows.

``benchmarks/differential.py`` is the long run; ``tests/on_server/test_differential.py`` asks a Neo4j server as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from differential import kept
from differential.cypher import Cypher
from differential.generate import Generator
from differential.graphs import Graph, random_graph, real_graph
from differential.oracle import Oracle
from differential.run import Tally, ask_all, differs
from differential.shrink import shrink
from differential.subjects import Embedded, Refused, named
from differential.tree import Query, constructs, walk

from kb.engines.base import Engine
from kb.engines.tables import read_tables

pytestmark = pytest.mark.long

#: Graphs of every shape, and the queries asked of each.
GRAPHS, EACH, REAL = range(1, 11), 30, 150
#: What a short run has to have come across; a generator that loses one of them is blind to it.
COVERED = {
    "OPTIONAL MATCH", "EXISTS { }", "NOT EXISTS { }", "COUNT { }", "NOT pattern", "UNION", "UNION ALL", "DISTINCT",
    "ORDER BY", "LIMIT", "SKIP", "WITH *", "WITH, grouped", "WITH DISTINCT", "UNWIND", "comma", "several hops in one", "WITH .. ORDER BY .. LIMIT", "2 MATCH", "4 hops",
    "same type twice", "several types", "undirected", "anchored at both ends", "= of two properties", "IN", "IS NULL",
    "OR", "NOT", "count(*)", "count(DISTINCT x)", "sum(x)", "avg(x)", "min(x)", "max(x)", "collect(x)",
}  # fmt: skip


@pytest.fixture(scope="module")
def embedded() -> Iterator[Embedded]:
    subject = Embedded("embedded", seconds=30)
    yield subject
    subject.close()


def _told(tally: Tally) -> str:
    return "\n\n".join(map(str, tally.wrong[:5]))


@pytest.mark.long
def test_random_graphs(embedded: Embedded) -> None:
    tally = Tally()
    for seed in GRAPHS:
        graph = random_graph(seed)
        embedded.load(graph)
        ask_all(graph, [embedded], (f"{seed}:{number}" for number in range(EACH)), tally)
    assert not tally.wrong, _told(tally)
    # An engine may refuse a query, but not most of them, and never by ending its process.
    assert tally.answered["embedded"] > 0.9 * tally.queries, tally.refused
    assert not [why for why in tally.refused.get("embedded", ()) if why.startswith("CRASH")]
    assert tally.covered.keys() >= COVERED


@pytest.mark.long
def test_the_real_graph(embedded: Embedded, graph: Engine) -> None:
    real = real_graph(dict(read_tables(graph)))
    embedded.load(real)
    tally = Tally()
    ask_all(real, [embedded], (f"real:{number}" for number in range(REAL)), tally)
    assert not tally.wrong, _told(tally)
    assert tally.answered["embedded"] > 0.9 * tally.queries, tally.refused


@pytest.mark.parametrize("name", kept.names())
def test_what_was_once_wrong(embedded: Embedded, name: str) -> None:
    case = kept.read(name)
    embedded.load(case.graph)
    try:
        given = embedded.ask(case.cypher, case.parameters)
    except Refused as error:
        assert not str(error).startswith("CRASH"), error
        pytest.skip(f"the engine refuses it, which is no wrong row: {error}")
    assert not case.differs(given), f"{case.why}\n{case.cypher}"


class Forgetful(Embedded):
    """An engine that gives equal rows once: what the fuzzer must find."""

    def ask(self, text: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
        return list({repr(row): row for row in super().ask(text, parameters)}.values())


def test_an_engine_that_loses_rows_is_found_and_the_query_shrunk() -> None:
    subject = Forgetful("embedded", seconds=30)
    graph = random_graph(2)
    subject.load(graph)
    tally = Tally()
    try:
        ask_all(graph, [subject], (f"2:{number}" for number in range(40)), tally)
        lost = [found for found in tally.wrong if "in place of" in found.how]
        assert lost
        small, query = shrink(graph, lost[0].query, differs(subject), seconds=30)
        assert differs(subject)(small, query)
    finally:
        subject.close()
    assert _size(query) < _size(lost[0].query)
    # Two rows that are equal need no more than two edges, or one between them and the same thing said twice.
    assert sum(small.size(kind.name) for kind in small.types) <= 4


def _size(query: Query) -> int:
    return sum(1 for _ in walk(query))


def test_one_number_gives_one_query() -> None:
    graph = random_graph(3)
    one, two = (Cypher(Generator(graph, "3:7").query()) for _ in range(2))
    assert (one.text, one.parameters) == (two.text, two.parameters)
    assert random_graph(3).rows == graph.rows


def test_the_random_graphs_have_long_lists_and_parallel_edges() -> None:
    graphs = [random_graph(seed) for seed in range(1, 40)]
    lists = [max(graph.degrees.values()) for graph in graphs]
    assert max(lists) > 2048
    assert any(_parallel(graph) for graph in graphs)


def _parallel(graph: Graph) -> bool:
    ends = graph.rows["TIED"].select(["start", "end"])
    return 0 < ends.group_by(["start", "end"]).aggregate([]).num_rows < ends.num_rows / 10


def test_a_kept_case_is_read_as_it_was_written(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "FOLDER", tmp_path)
    graph = random_graph(1)
    query = Generator(graph, "1:5").query()
    with Oracle(graph) as oracle:
        kept.write("one", "because", graph, query, oracle.ask(query))
        case = kept.read(*kept.names())
        assert case.cypher == Cypher(query).text
        assert not case.differs(oracle.ask(query))
    assert {name: rows.to_pylist() for name, rows in case.graph.rows.items()} == {
        name: rows.to_pylist() for name, rows in graph.rows.items()
    }


def test_every_construct_has_a_name_and_is_found() -> None:
    graph = random_graph(1)
    assert constructs(Generator(graph, "1:1").query()) & {"1 MATCH", "2 MATCH", "3 MATCH"}
    assert named("kuzu").name == "kuzu"
