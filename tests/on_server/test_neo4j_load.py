"""Loading a server: twice is once, only changes are written, what was cut off goes on, other people's data stay."""

from __future__ import annotations

import threading

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from kb.engines import tables
from kb.engines.neo4j.engine import Neo4jEngine
from kb.engines.neo4j.load import load
from kb.errors import EngineError, GraphMissing
from kb.model.graph import MODEL
from kb.neo4j_local.server import Server
from on_server import small_graph

Tables = dict[str, pa.Table]


def digests(graph: Tables) -> dict[tuple[str, str], str]:
    return {
        (name, source): tables.digest(part)
        for name, rows in graph.items()
        for source, part in tables.parts(MODEL.table(name), rows).items()
        if part.num_rows
    }


def on_server(engine: Neo4jEngine) -> dict[tuple[str, str], str]:
    return digests(dict(tables.read_tables(engine)))


def test_first_load_gives_the_graph_and_second_writes_nothing(server: Neo4jEngine) -> None:
    graph = small_graph.graph()

    first = load(server, graph, "v1")
    second = load(server, graph, "v1")

    assert (first.written, first.removed) == (10, 0)
    assert (second.written, second.removed) == (0, 0)
    assert on_server(server) == digests(graph)
    server.need_graph()
    assert server.data_version == "v1"


def test_only_what_changed_is_written(server: Neo4jEngine) -> None:
    graph = small_graph.graph()
    load(server, graph, "v1")
    more = small_graph.edges("BORDERS", "second", {"start": "NOR", "end": "FIN", "kind": "land"})
    fewer = graph["RATIFIED"].filter(pc.not_equal(graph["RATIFIED"]["start"], "FIN"))
    renamed = graph["State"].set_column(1, "name", pa.array(["Sweden", *graph["State"]["name"].to_pylist()[1:]]))
    wanted = {**graph, "State": renamed, "RATIFIED": fewer, "BORDERS": pa.concat_tables([graph["BORDERS"], more])}

    change = load(server, wanted, "v2")

    assert (change.written, change.removed) == (2, 1)
    assert on_server(server) == digests(wanted)


def test_source_that_is_gone_takes_its_edges_and_no_others(server: Neo4jEngine) -> None:
    graph = small_graph.graph()
    other = small_graph.edges("BORDERS", "third", {"start": "SWE", "end": "NOR", "kind": "land"})
    load(server, {**graph, "BORDERS": pa.concat_tables([graph["BORDERS"], other])}, "v1")

    change = load(server, graph, "v2")

    assert (change.written, change.removed) == (0, 1)
    assert on_server(server) == digests(graph)


def without_finland(graph: Tables) -> Tables:
    return {
        "State": graph["State"].filter(pc.not_equal(graph["State"]["iso3"], "FIN")),
        "Treaty": graph["Treaty"],
        "RATIFIED": graph["RATIFIED"].filter(pc.not_equal(graph["RATIFIED"]["start"], "FIN")),
        "BORDERS": graph["BORDERS"].filter(pc.not_equal(graph["BORDERS"]["end"], "FIN")),
    }


def test_state_that_is_gone_is_removed_after_its_edges(server: Neo4jEngine) -> None:
    graph = small_graph.graph()
    load(server, graph, "v1")

    load(server, without_finland(graph), "v2")

    assert on_server(server) == digests(without_finland(graph))


def cut_off(monkeypatch: pytest.MonkeyPatch, server: Neo4jEngine, graph: Tables, version: str, statements: int) -> None:
    """Lose the connection after so many statements of a load, those of the schema not counted."""
    honest, sent = Neo4jEngine.run, iter(range(statements))

    def run(self: Neo4jEngine, query: str, parameters: dict[str, object] | None = None) -> list[object]:
        if "CONSTRAINT" not in query and "INDEX" not in query and next(sent, None) is None:
            raise EngineError("the connection is lost", "run the load again")
        return honest(self, query, parameters)

    with monkeypatch.context() as patch, pytest.raises(EngineError, match="lost"):
        patch.setattr(Neo4jEngine, "run", run)
        load(server, graph, version)


@pytest.mark.parametrize("statements", range(1, 34, 4))
def test_first_load_cut_off_at_any_point_goes_on_to_the_same_graph(
    server: Neo4jEngine, monkeypatch: pytest.MonkeyPatch, statements: int
) -> None:
    graph = small_graph.graph()

    cut_off(monkeypatch, server, graph, "v1", statements)
    with pytest.raises(GraphMissing):
        server.need_graph()
    load(server, graph, "v1")

    assert on_server(server) == digests(graph)


@pytest.mark.parametrize("statements", range(11))
def test_refresh_cut_off_at_any_point_goes_on_to_the_same_graph(
    server: Neo4jEngine, monkeypatch: pytest.MonkeyPatch, statements: int
) -> None:
    graph = small_graph.graph()
    load(server, graph, "v1")

    cut_off(monkeypatch, server, without_finland(graph), "v2", statements)
    assert server.need_graph() == "v1"
    load(server, without_finland(graph), "v2")

    assert on_server(server) == digests(without_finland(graph))
    assert server.need_graph() == "v2"


def test_somebody_elses_data_are_refused_and_left_alone_when_adopted(server: Neo4jEngine) -> None:
    server.run("CREATE (:Recipe {name: 'soup'})-[:NEEDS]->(:Ingredient {name: 'leek'})")

    with pytest.raises(EngineError, match="did not load") as refusal:
        load(server, small_graph.graph(), "v1")
    assert "--adopt" in refusal.value.remedy
    load(server, small_graph.graph(), "v1", adopt=True)

    assert server.read("MATCH (:Recipe)-[r:NEEDS]->(:Ingredient) RETURN count(r) AS n").to_pylist() == [{"n": 1}]


def test_adopted_data_with_our_labels_become_ours(server: Neo4jEngine) -> None:
    server.run(
        "CREATE (:State {iso3: 'SWE', name: 'old', mine: 1})-[:VISITED]->(:Diary), (:State {name: 'no code'}), "
        "(:State {iso3: 'ATL'})-[:RATIFIED {year: 1}]->(:Treaty {code: 'CAT'})"
    )

    load(server, small_graph.graph(), "v1", adopt=True)

    assert on_server(server) == digests(small_graph.graph())
    assert server.read("MATCH (:State {iso3: 'SWE'})-[:VISITED]->(:Diary) RETURN count(*) AS n")["n"][0].as_py() == 1


def test_adopted_data_that_share_a_key_are_said(server: Neo4jEngine) -> None:
    server.run("DROP CONSTRAINT key_State IF EXISTS")
    server.run("UNWIND [1, 2] AS x CREATE (:State {iso3: 'SWE'})")

    with pytest.raises(EngineError, match="share a key"):
        load(server, small_graph.graph(), "v1", adopt=True)


def test_readers_never_meet_a_gap_during_a_refresh(server: Neo4jEngine, empty_server: Server) -> None:
    graph = small_graph.graph()
    later = small_graph.edges(
        "RATIFIED",
        "first",
        *({"start": code, "end": "CAT", "year": 1990, "action": "accession"} for code in ("SWE", "NOR", "FIN")),
    )
    load(server, graph, "v1")
    stop, seen, errors = threading.Event(), set[int](), list[Exception]()

    def look() -> None:
        with Neo4jEngine(empty_server.address) as reader:
            while not stop.is_set():
                try:
                    rows = reader.read("MATCH (s:State)-[:RATIFIED]->(:Treaty) RETURN count(DISTINCT s) AS n")
                    seen.update(rows["n"].to_pylist())
                except EngineError as error:
                    errors.append(error)

    readers = [threading.Thread(target=look) for _ in range(10)]
    for reader in readers:
        reader.start()
    for round in range(6):
        load(server, {**graph, "RATIFIED": later if round % 2 == 0 else graph["RATIFIED"]}, f"v{round}")
    stop.set()
    for reader in readers:
        reader.join()

    assert errors == []
    assert seen == {3}
