"""The whole graph as files: what is written can be read again by the programs it is meant for, and says whose it is."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kb.catalogue.queries import catalogue
from kb.cli import hrkb
from kb.engines.embedded.engine import EmbeddedEngine
from kb.engines.tables import read_table
from kb.errors import UsageError
from kb.export import files, graphml
from kb.facts import snapshot
from kb.facts.schema import stored_schema
from kb.model.graph import MODEL
from kb.versions.home import Version

SILENT = lambda *_: None  # noqa: E731
#: Enough to see every kind of property: texts, days, flags, numbers, lists.
SMALL = ("State", "Treaty", "RATIFIED", "WITHDREW_FROM")


@pytest.fixture(scope="module")
def small(graph: EmbeddedEngine) -> files.Content:
    """The states, the treaties and who joined and left them."""
    tables = {name: read_table(graph, MODEL.table(name)) for name in SMALL}
    return files.Content("a-version", "2026-02-03", tables, catalogue()["sources"].run(graph))


def test_parquet_holds_every_row_of_the_graph(graph: EmbeddedEngine, built: Version, tmp_path: Path) -> None:
    folder = files.write(files.read(graph, SILENT), "parquet", tmp_path, SILENT)

    rows = {path.stem: pq.read_metadata(path).num_rows for path in folder.glob("*.parquet")}
    assert rows == {name: n for name, n in built.record["counts"].items() if n}


def test_parquet_keeps_types_and_gaps(small: files.Content, tmp_path: Path) -> None:
    folder = files.write(small, "parquet", tmp_path, SILENT)

    read_again = pq.read_table(folder / "RATIFIED.parquet")
    assert read_again.equals(small.tables["RATIFIED"])


def test_networkx_reads_the_graphml(small: files.Content, tmp_path: Path) -> None:
    folder = files.write(small, "graphml", tmp_path, SILENT)

    read_again = nx.read_graphml(folder / "graph.graphml", force_multigraph=True)
    ratified = small.tables["RATIFIED"].num_rows + small.tables["WITHDREW_FROM"].num_rows
    assert read_again.number_of_edges() == ratified
    assert read_again.nodes["Treaty:CAT"]["label"] == "Treaty"
    assert read_again.nodes["Treaty:CAT"]["core"] is True
    (mexico,) = read_again.get_edge_data("State:MEX", "Treaty:CAT").values()
    assert (mexico["label"], mexico["date"], mexico["year"]) == ("RATIFIED", "1986-01-23", 1986)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_graphml_gives_back_any_name(name: str) -> None:
    row = {"iso3": "SWE", "name": name}
    file = io.StringIO()

    graphml.write({"State": pa.Table.from_pylist([row], stored_schema(MODEL.labels["State"]))}, file, SILENT)

    data = ElementTree.fromstring(file.getvalue()).iter("{http://graphml.graphdrawing.org/xmlns}data")
    assert {d.get("key"): d.text for d in data} == {"State": "State", "State.iso3": "SWE", "State.name": name}


def test_neo4j_admin_finds_its_files_wherever_the_folder_is(small: files.Content, tmp_path: Path) -> None:
    folder = files.write(small, "neo4j", tmp_path, SILENT)

    arguments = (folder / "import.args").read_text(encoding="utf-8").splitlines()
    named = [argument.rpartition("=")[2] for argument in arguments if ".csv" in argument]
    assert {"State.csv", "RATIFIED.csv"} <= set(named)
    assert all((folder / name).is_file() for name in named)
    assert str(tmp_path) not in "\n".join(arguments)
    heads = pd.read_csv(folder / "RATIFIED.csv", nrows=0).columns
    assert {":START_ID(State)", ":END_ID(Treaty)", "date:date"} <= set(heads)


def test_every_export_says_whose_figures_they_are(small: files.Content, tmp_path: Path) -> None:
    folder = files.write(small, "parquet", tmp_path, SILENT)

    sources = pd.read_csv(folder / "sources.csv").set_index("code")
    assert sources.loc["untc-2026", ["licence", "citation", "as_of"]].notna().all()
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert f"| RATIFIED | {small.tables['RATIFIED'].num_rows:,} |" in readme


def test_what_is_there_is_never_overwritten(small: files.Content, tmp_path: Path) -> None:
    (tmp_path / "parquet").mkdir()
    (tmp_path / "parquet" / "mine.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(UsageError, match="is there already"):
        files.write(small, "parquet", tmp_path, SILENT)

    assert [path.name for path in tmp_path.rglob("*")] == ["parquet", "mine.txt"]


def test_an_archive_holds_the_same_files(small: files.Content, tmp_path: Path) -> None:
    folder = files.write(small, "neo4j", tmp_path, SILENT)

    with zipfile.ZipFile(io.BytesIO(files.archive(small, "neo4j", SILENT))) as packed:
        assert sorted(packed.namelist()) == sorted(f"neo4j/{path.name}" for path in folder.iterdir())
        assert packed.read("neo4j/State.csv") == (folder / "State.csv").read_bytes()


@pytest.mark.long
def test_only_open_sources_go_into_an_open_export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = tmp_path / "facts"
    for code in ("cow-states", "kof-2024"):  # the one may be passed on, of the other that is not stated
        shutil.copytree(snapshot.SNAPSHOT / code, facts / code)
    monkeypatch.setattr(snapshot, "SNAPSHOT", facts)
    monkeypatch.setenv("HRKB_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()

    command = ["export", str(tmp_path / "out"), "--format", "parquet", "--neo4j-admin", "--only-open", "--json"]
    result = CliRunner().invoke(hrkb, command)

    assert result.exit_code == 0, result.output
    assert [one["format"] for one in json.loads(result.stdout)] == ["parquet", "neo4j"]
    assert list(pd.read_csv(tmp_path / "out" / "parquet" / "sources.csv")["code"]) == ["cow-states"]
    assert not (tmp_path / "out" / "parquet" / "MEASURED.parquet").exists()
