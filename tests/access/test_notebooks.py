"""The notebooks of docs/examples, run from top to bottom as their readers run them, on the embedded engine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest
from conftest import ROOT

from kb.catalogue.queries import catalogue
from kb.console import readonly
from kb.engines.base import Engine
from kb.engines.tables import read_table
from kb.model.graph import MODEL

EXAMPLES = ROOT / "docs" / "examples"


def run(name: str, *questions: str) -> tuple[list[Any], str]:
    """The values of expressions after the notebook has run, which can be written as JSON, and all that it printed."""
    book = nbformat.read(EXAMPLES / f"{name}.ipynb", as_version=4)
    book.cells.append(nbformat.v4.new_code_cell(f"import json\nprint(json.dumps([{', '.join(questions)}]))"))
    place = {"metadata": {"path": str(ROOT)}}
    nbclient.NotebookClient(book, timeout=300, kernel_name="python3", resources=place).execute()
    *cells, last = [cell for cell in book.cells if cell.cell_type == "code"]
    printed = "".join(out.text for cell in cells for out in cell.outputs if out.output_type == "stream")
    return json.loads(last.outputs[0].text), printed


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.ipynb")), ids=lambda path: path.stem)
def test_notebooks_are_kept_without_outputs(path: Path) -> None:
    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)

    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert code and all(not cell.outputs and cell.execution_count is None for cell in code)
    assert path.stat().st_size < 20_000


@pytest.mark.long
def test_the_pandas_notebook_runs(hrkb_home: Path, graph: Engine) -> None:
    (first, rows, dated), printed = run("pandas", "ranking['iso3'][0]", "rows", "str(bound['date'].dtype)")

    assert first == catalogue()["ranking"].run(graph, year=2014)["iso3"][0].as_py()
    assert rows == read_table(graph, MODEL.table("MEASURED")).num_rows
    assert dated == "datetime64[s]"
    assert "there is no query 'rankings'" in printed and "did you mean ranking" in printed


@pytest.mark.long
def test_the_networkx_notebook_runs(hrkb_home: Path, graph: Engine) -> None:
    (members, groups, objected), _ = run("networkx", "len(organizations)", "len(communities)", "int(objected.sum())")

    statements = catalogue()["objections-until"].run(graph, year=2014)["statements"].to_pylist()
    assert members > 190 and 2 <= groups <= 20
    assert objected == sum(statements) > 300


def gds() -> tuple[dict[str, str], list[str]]:
    """The statements of the notebook for Graph Data Science by name, and the cells that need the library."""
    cells = nbformat.read(EXAMPLES / "gds.ipynb", as_version=4).cells
    statements: dict[str, str] = {}
    exec(next(cell.source for cell in cells if cell.source.startswith("EDGES")), statements)
    named = {name: text for name, text in statements.items() if name in ("ROWS", "PROJECT", "LOUVAIN", "DROP")}
    return named, [cell.source for cell in cells if "gds" in cell.metadata.get("tags", [])]


def test_the_statements_for_graph_data_science_pass_the_gate_where_it_is_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    statements, cells = gds()
    assert len(statements) == 4 and len(cells) == 3 and all("kb.cypher(" in cell for cell in cells)

    monkeypatch.delenv("HRKB_ALLOW_GDS", raising=False)
    assert readonly.check(statements["ROWS"])
    for name in ("PROJECT", "LOUVAIN", "DROP"):
        with pytest.raises(readonly.RefusedAt):
            readonly.check(statements[name])

    monkeypatch.setenv("HRKB_ALLOW_GDS", "1")
    for text in statements.values():
        assert readonly.check(text)
