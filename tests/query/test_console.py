"""Ad-hoc queries on the embedded engine: answers, limits, and what the process that runs them can no longer do."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from kb.console import console
from kb.console.readonly import RefusedAt
from kb.console.sandbox import Confined, Timeout
from kb.engines.embedded.engine import EmbeddedEngine
from kb.errors import EngineError, QueryRefused, UsageError
from kb.facts.schema import stored_schema
from kb.model.graph import MODEL


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small graph: three Nordic states, two borders, one ratification with its day."""
    path = tmp_path_factory.mktemp("graph") / "graph.duckdb"
    states = [{"iso3": code, "name": name} for code, name in (("SWE", "Sweden"), ("NOR", "Norway"), ("FIN", "Finland"))]
    borders = [
        {"start": "SWE", "end": "NOR", "kind": "land", "source": "test", "fact": 1},
        {"start": "SWE", "end": "FIN", "kind": "land", "source": "test", "fact": 2},
    ]
    with EmbeddedEngine(path, read_only=False) as engine:
        engine.create_schema()
        engine.write("State", pa.Table.from_pylist(states, stored_schema(MODEL.labels["State"])))
        engine.write("BORDERS", pa.Table.from_pylist(borders, stored_schema(MODEL.types["BORDERS"])))
    return path


@pytest.fixture
def confined(graph: Path) -> Iterator[Confined]:
    process = Confined(graph)
    yield process
    process.kill()


def test_rows_come_with_their_columns(graph: Path) -> None:
    answer = console.run(
        "MATCH (s:State) WHERE s.iso3 <> $other RETURN s.iso3 AS code ORDER BY code", {"other": "NOR"}, graph=graph
    )

    assert answer.columns == ["code"]
    assert answer.rows == [["FIN"], ["SWE"]]
    assert not answer.truncated
    assert answer.seconds > 0


def test_cut_is_said(graph: Path) -> None:
    answer = console.run("MATCH (s:State) RETURN s.iso3", limit=2, graph=graph)

    assert len(answer.rows) == 2
    assert answer.truncated


def test_nodes_and_edges_come_once_for_drawing(graph: Path) -> None:
    answer = console.run("MATCH (a:State)-[b:BORDERS]->(c:State) RETURN a, b, c", graph=graph)

    names = sorted(node["properties"]["name"] for node in answer.nodes)
    assert names == ["Finland", "Norway", "Sweden"]
    assert len(answer.edges) == 2
    ids = {node["id"] for node in answer.nodes}
    assert all(edge["start"] in ids and edge["end"] in ids and edge["type"] == "BORDERS" for edge in answer.edges)


def test_path_gives_its_parts(graph: Path) -> None:
    answer = console.run("MATCH p = (a:State {iso3: 'SWE'})-[:BORDERS*1..2]->(b) RETURN p", graph=graph)

    assert {row[0]["kind"] for row in answer.rows} == {"path"}
    assert len(answer.nodes) == 3


def test_engine_error_points_at_its_place(graph: Path) -> None:
    with pytest.raises(RefusedAt) as refusal:
        console.run("MATCH (s:State)\nRETURN s.name, missing", graph=graph)

    assert (refusal.value.line, refusal.value.column) == (2, 16)
    assert refusal.value.problem.splitlines()[-1].index("^") == 2 + 15


def test_syntax_error_points_at_its_place(graph: Path) -> None:
    with pytest.raises(RefusedAt) as refusal:
        console.run("MATCH (s:State) RETURN 1 + * 2", graph=graph)

    assert refusal.value.line == 1
    assert refusal.value.column > 20


def test_runaway_query_is_stopped_and_the_next_one_works(graph: Path) -> None:
    with pytest.raises(EngineError, match=r"stopped after|more memory"):
        console.run(
            "UNWIND range(1, 1000000000) AS x UNWIND range(1, 1000) AS y RETURN sum(x * y)", timeout=1, graph=graph
        )

    assert console.run("RETURN 1 AS one", graph=graph).rows == [[1]]


def test_memory_is_limited(graph: Path) -> None:
    with pytest.raises(EngineError, match=r"stopped after|more memory"):
        console.run("UNWIND range(1, 200000000) AS x RETURN collect(x)", timeout=20, graph=graph)

    assert console.run("RETURN 1 AS one", graph=graph).rows == [[1]]


def test_hostile_query_never_reaches_the_engine(graph: Path) -> None:
    with pytest.raises(QueryRefused, match="LOAD is refused"):
        console.run("LOAD FROM '/etc/passwd' RETURN *", graph=graph)


def test_limits_out_of_range_are_refused(graph: Path) -> None:
    for limits in ({"limit": 0}, {"limit": 10**9}, {"timeout": 0.0}, {"timeout": 1e9}):
        with pytest.raises(UsageError, match="out of range"):
            console.run("RETURN 1", graph=graph, **limits)  # type: ignore[arg-type]


# Behind the gate: what the process refuses even to a query that nobody checked.


def test_process_cannot_read_a_file(confined: Confined, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("top,secret\n1,2\n", encoding="utf-8")

    answer = confined.ask(f"LOAD FROM '{secret}' RETURN *", {}, 10, 5)

    assert "error" in answer
    assert "secret\n" not in str(answer)


def test_process_cannot_write_a_file(confined: Confined, tmp_path: Path) -> None:
    target = tmp_path / "stolen.csv"

    answer = confined.ask(f"COPY (MATCH (s:State) RETURN s.name) TO '{target}'", {}, 10, 5)

    assert "error" in answer
    assert not target.exists() or target.stat().st_size == 0


def test_process_cannot_change_the_graph(confined: Confined, graph: Path) -> None:
    before = graph.read_bytes()

    for query in (
        "CREATE (:State {iso3: 'ZZZ'})",
        "MATCH (s:State) SET s.name = 'x'",
        "MATCH (s:State) DETACH DELETE s",
    ):
        assert "error" in confined.ask(query, {}, 10, 5)

    assert graph.read_bytes() == before


def test_process_knows_no_secret_of_the_environment(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "hidden")
    process = Confined(graph)
    try:
        environment = Path(f"/proc/{process._process.pid}/environ")
        if not environment.exists():
            pytest.skip("this machine has no /proc: what the process knows cannot be looked at")
        assert b"hidden" not in environment.read_bytes()
    finally:
        process.kill()


def test_process_that_does_not_answer_is_killed_at_the_deadline(confined: Confined) -> None:
    os.kill(confined._process.pid, signal.SIGSTOP)

    with pytest.raises(Timeout):
        confined.ask("RETURN 1", {}, 1, 0.3)

    assert not confined.alive


def test_graph_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="could not open"):
        console.run("RETURN 1", graph=tmp_path / "missing.duckdb")


def test_no_process_outlives_its_pool(graph: Path) -> None:
    pool = console.Pool()
    pool.ask(graph, "RETURN 1", {}, 1, 5)
    pid = pool._idle[0]._process.pid

    pool.close()

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_warm_process_outlives_the_thread_that_asked_first(graph: Path) -> None:
    pool = console.Pool()
    answers: list[dict[str, Any]] = []

    def ask() -> None:
        answers.append(pool.ask(graph, "MATCH (s:State) RETURN count(s) AS n", {}, 10, 20))

    def page() -> None:
        ask()
        seen.append(pool._idle[0]._process)

    seen: list[subprocess.Popen[bytes]] = []
    visit = threading.Thread(target=page)  # a page of the app is drawn by a thread of its own
    visit.start()
    visit.join()
    with pytest.raises(subprocess.TimeoutExpired):
        seen[0].wait(timeout=1)
    ask()

    assert pool._idle[0]._process is seen[0]
    assert [answer["rows"] for answer in answers] == [[[3]], [[3]]]
    pool.close()
