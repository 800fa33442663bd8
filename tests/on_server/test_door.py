"""The Python door on a server: the same frames as embedded, nothing cut, streams, and the notebook for projections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import nbclient
import nbformat
import pandas as pd
import pytest
from conftest import ROOT

import hrkb
from kb.engines.base import Engine
from kb.engines.neo4j.engine import Neo4jEngine
from kb.engines.neo4j.load import load
from kb.versions.home import Version
from on_server import small_graph


@pytest.fixture
def few(server: Neo4jEngine) -> Iterator[hrkb.KnowledgeBase]:
    """The small graph on a server that is named, not in the environment."""
    load(server, small_graph.graph(), "v1")
    with hrkb.open(uri=server.address.uri, password=server.address.password) as kb:
        yield kb


@pytest.fixture(scope="module")
def both(twin: Neo4jEngine, built: Version) -> Iterator[tuple[hrkb.KnowledgeBase, hrkb.KnowledgeBase]]:
    """The real graph, embedded and on a server."""
    address = twin.address
    with hrkb.open(built.folder.parent.parent) as embedded, hrkb.open(uri=address.uri, password=address.password) as kb:
        yield embedded, kb


def test_values_are_of_the_kinds_that_the_embedded_engine_gives(few: hrkb.KnowledgeBase) -> None:
    row = few.cypher(
        "MATCH p = (s:State {iso3: $code})-[r:RATIFIED]->(t:Treaty) RETURN s, r, t, p, r.date AS day, r.year AS year, [r.date] AS days",
        code="SWE",
    )

    assert (row["day"].dtype, row["year"].dtype) == ("datetime64[s]", "Int64")
    one = row.iloc[0]
    assert one["day"] == pd.Timestamp("1986-01-08") and one["days"] == [dt.date(1986, 1, 8)]
    assert (one["s"]["kind"], one["s"]["label"], one["s"]["properties"]["iso3"]) == ("node", "State", "SWE")
    assert one["r"]["properties"]["date"] == dt.date(1986, 1, 8) and one["r"]["start"] == one["s"]["id"]
    assert one["p"] == {"kind": "path", "nodes": [one["s"], one["t"]], "edges": [one["r"]]}


def test_nothing_is_cut_on_a_server(few: hrkb.KnowledgeBase) -> None:
    query = "UNWIND range(1, 120000) AS n RETURN n"

    with pytest.raises(hrkb.UsageError, match="more rows than the limit of 1,000"):
        few.cypher(query, limit=1000)
    assert few.cypher(query, limit=None)["n"].sum() == 120_000 * 120_001 // 2
    sizes = [len(batch) for batch in few.stream(query, size=50_000)]
    assert sizes == [50_000, 50_000, 20_000]
    assert len(next(iter(few.stream(query, size=10)))) == 10


def test_faults_on_a_server_are_explained(few: hrkb.KnowledgeBase) -> None:
    with pytest.raises(hrkb.EngineError, match="stopped after 1 s"):
        few.cypher("UNWIND range(1, 1000000000) AS x UNWIND range(1, 1000) AS y RETURN sum(x * y)", timeout=1)
    with pytest.raises(hrkb.QueryRefused) as refusal:
        few.cypher("MATCH (s:State) RETURN missing")
    assert "^" in refusal.value.problem
    with pytest.raises(hrkb.QueryRefused, match="CREATE is refused"):
        few.cypher("CREATE (n:State)")
    assert few.states["iso3"].tolist() == ["DNK", "FIN", "NOR", "SWE"]


def test_frames_are_the_same_on_both_engines(both: tuple[hrkb.KnowledgeBase, hrkb.KnowledgeBase]) -> None:
    query = (
        "MATCH (s:State)-[r:RATIFIED]->(t:Treaty) RETURN s.iso3 AS iso3, t.code AS code, r.date AS date, r.year AS year, "
        "s.former AS former, s.sources AS sources, r.fact AS fact ORDER BY fact"
    )
    panels = [kb.panel(["integration", "LHRS", "PTS-A"], years=(2000, 2010), uncertainty=True) for kb in both]

    frames = [kb.cypher(query) for kb in both]

    pd.testing.assert_frame_equal(*frames)
    pd.testing.assert_frame_equal(*panels)
    assert len(frames[0]) > 2000 and len(panels[0]) > 2000
    assert {key: value for key, value in frames[0].attrs.items() if key != "engine"} == {
        key: value for key, value in frames[1].attrs.items() if key != "engine"
    }


@pytest.mark.parametrize("kind", hrkb.NETWORKS)
def test_networks_are_the_same_on_both_engines(both: tuple[hrkb.KnowledgeBase, hrkb.KnowledgeBase], kind: str) -> None:
    first, second = (kb.network(2012, kind) for kb in both)

    assert dict(first.nodes(data=True)) == dict(second.nodes(data=True))
    assert list(first.edges(data=True)) == list(second.edges(data=True))


def test_many_threads_may_ask_a_server(both: tuple[hrkb.KnowledgeBase, hrkb.KnowledgeBase]) -> None:
    _, kb = both
    query = "MATCH (y:StateYear) WHERE y.year = $year RETURN count(*) AS n"

    with ThreadPoolExecutor(6) as pool:
        counts = list(pool.map(lambda year: kb.cypher(query, year=year)["n"][0], range(1990, 2002)))

    panel = kb.panel(["integration"], years=(1990, 2001))
    assert counts == panel.groupby("year").size().tolist()


def test_the_notebook_for_projections_runs_but_for_the_library(
    graph: Engine, twin: Neo4jEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a server has no Graph Data Science, the three cells that need it are left out; tests/access/test_notebooks.py has their gate."""
    monkeypatch.setenv("NEO4J_URI", twin.address.uri)
    monkeypatch.setenv("NEO4J_PASSWORD", twin.address.password)
    monkeypatch.delenv("NEO4J_PASSWORD_FILE", raising=False)
    book = nbformat.read(ROOT / "docs" / "examples" / "gds.ipynb", as_version=4)
    book.cells = [cell for cell in book.cells if "gds" not in cell.metadata.get("tags", [])]
    book.cells.append(
        nbformat.v4.new_code_cell("print(network.number_of_edges() == len(edges) > 10_000, int(edges['shared'].sum()))")
    )

    place: dict[str, Any] = {"metadata": {"path": str(ROOT)}}
    nbclient.NotebookClient(book, timeout=300, kernel_name="python3", resources=place).execute()

    with_embedded = graph.read(
        "MATCH (s:State)-[m:MEMBER_OF]->(o:IO) WHERE m.status = 'full' AND m.counted_from <= 2014 AND m.counted_to >= 2014 RETURN o.code AS io, count(DISTINCT s.iso3) AS n"
    )
    pairs = sum(n * (n - 1) // 2 for n in with_embedded["n"].to_pylist())
    assert book.cells[-1].outputs[0].text.split() == ["True", str(pairs)]
