"""A new component is one entry and its query: in a copy of the project that has the two, it is found everywhere."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

TOY, RAW = "toy_ties", "toy_ties_raw"
ENTRY = f'''
    component(
        "{TOY}",
        "Toy ties",
        "a toy for the test",
        Score(
            name="{RAW}",
            label="Toy ties, raw",
            meaning="electoral democracy as a toy",
            formula="a measure that stands in for any other",
            floor=Floor(1946, 2025, 0.85),
            unit="index 0-1",
            query="toy-ties",
            rests_on=("VDEM-POLYARCHY",),
        ),
    ),
)

_NAMES = '''
QUERY = """/*
title: Toy ties
question: What is the toy measure of a state in a year?
columns:
  iso3:
  year:
  value: {unit: index 0-1, meaning: electoral democracy as a toy}
tags: [score, integration]
*/
MATCH (s:State)-[m:MEASURED]->(i:Indicator)
WHERE i.code = 'VDEM-POLYARCHY'
RETURN s.iso3 AS iso3, m.year AS year, m.value AS value
ORDER BY year, iso3
"""
_LEFT_OUT = (".git", ".venv", ".hypothesis", "*_cache", "__pycache__", "snapshot", "gallery")

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with the entry and the query, and nothing else changed; the snapshot is that of the project."""
    folder = tmp_path_factory.mktemp("toy") / "project"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*_LEFT_OUT))
    (folder / "data" / "snapshot").symlink_to(ROOT / "data" / "snapshot")
    declaration = folder / "kb" / "model" / "scores" / "integration.py"
    before = declaration.read_text(encoding="utf-8")
    assert before.count("\n)\n\n_NAMES = ") == 1
    declaration.write_text(before.replace("\n)\n\n_NAMES = ", ENTRY), encoding="utf-8")
    (folder / "queries" / "toy-ties.cypher").write_text(QUERY, encoding="utf-8")
    return folder


def _python(copy: Path, *arguments: object) -> str:
    """What a Python that reads the copy prints."""
    paths = os.pathsep.join(map(str, (copy, copy / "tests" / "support")))
    kept = {name: value for name, value in os.environ.items() if name not in ("NEO4J_URI", "HRKB_TEST_HOME")}
    home = copy.parent / "home"
    environment = {**kept, "PYTHONPATH": paths, "HRKB_HOME": str(home), "HRKB_TEST_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, *map(str, arguments)], cwd=copy, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


@pytest.fixture(scope="module")
def told(copy: Path) -> dict[str, Any]:
    """What the copy says of the toy, once its graph is built."""
    _python(copy, "-c", "from kb.cli import main; main()", "build")
    said: dict[str, Any] = json.loads(
        _python(copy, copy / "tests" / "support" / "toy_component.py", TOY, RAW, copy.parent / "export").splitlines()[
            -1
        ]
    )
    return said


def test_the_model_and_the_panel_queries_have_its_columns(told: dict[str, Any]) -> None:
    assert told["properties"] == [RAW, TOY]
    assert told["columns"] == {
        "score-panel": [TOY],
        "score-history": [RAW, TOY],
        "scores-and-components": [RAW, TOY],
    }
    assert all(told["returned"].values()) and told["faults"] == []


def test_it_is_computed_and_counted_in_the_mean(told: dict[str, Any]) -> None:
    assert told["values"] > 10_000
    assert told["yearly_means"] == [0.5]
    assert told["off_by"] < 1e-9
    assert told["most_components"] == 6


def test_the_worked_example_has_it_and_its_mean_is_the_score(told: dict[str, Any]) -> None:
    how = {line["step"]: line["how"] for line in told["steps"]}

    assert how["Toy ties"].startswith("rank of ")
    assert how["Integration I"].count(" + ") >= 2
    assert told["integration"] == pytest.approx(told["components_mean"])


def test_the_integration_page_shows_it_in_table_hover_and_reading(told: dict[str, Any]) -> None:
    assert told["tables"] >= 1
    assert told["hover"] >= 1
    assert "up to six" in told["reading"] and "a toy for the test" in told["reading"]


def test_the_documents_and_the_codebook_tell_of_it(told: dict[str, Any]) -> None:
    assert sorted(told["stale_before"]) == ["model.md", "queries.md", "scores.md"]
    assert told["stale_after"] == []
    assert told["docs"] == {"scores.md": [True, True], "model.md": [True, True], "queries.md": [True, True]}
    assert told["counted_in_words"] and "a measure that stands in for any other" in told["definitions"]
    assert told["exit_code"] == 0 and min(told["exported"].values()) > 10_000
    assert told["codebook"][TOY] == [f"percentile of {RAW} within the year", "percentile 0-1", "0 to 1"]
    assert told["codebook"][RAW][:2] == ["electoral democracy as a toy", "index 0-1"]
    assert told["assistant"] == [True, True]


def test_the_tests_of_the_declaration_pass_with_it(copy: Path, told: dict[str, Any]) -> None:
    said = _python(copy, "-m", "pytest", "tests/graph/test_declared_scores.py", "-q", "-p", "no:cacheprovider")

    assert " passed" in said and "failed" not in said
