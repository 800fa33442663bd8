"""The notebook for those who still use py2neo, run cell by cell on the real server."""

from __future__ import annotations

import importlib.util
import json
import warnings
from pathlib import Path
from typing import Any

import pytest
from conftest import need

from kb.engines.neo4j.engine import Neo4jEngine
from kb.engines.neo4j.load import load
from on_server import small_graph

NOTEBOOK = Path(__file__).resolve().parents[2] / "docs" / "examples" / "py2neo.ipynb"


def test_notebook_runs(server: Neo4jEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    need(importlib.util.find_spec("py2neo") is not None, "py2neo, an optional extra,")
    load(server, small_graph.graph(), "v1")
    monkeypatch.setenv("NEO4J_URI", server.address.uri)
    monkeypatch.setenv("NEO4J_PASSWORD", server.address.password)
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    names: dict[str, Any] = {}

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # py2neo is of 2021 and warns about Python of today
        for cell in cells:
            if cell["cell_type"] == "code":
                exec("".join(cell["source"]), names)

    assert names["ratified"] == ["CAT"]
    assert names["parties"].to_dict("list") == {"iso3": ["NOR", "SWE", "FIN"], "year": [1986, 1986, 1989]}
