"""The workflow for a public forge: it can be read, runs commands that exist, and tries every Python that we say we run on."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def workflow() -> dict[Any, Any]:
    read = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8"))
    assert isinstance(read, dict)
    return read


def recipe(target: str) -> str:
    """What make would run for a target, and for it alone: what it needs first is not asked."""
    found = re.search(rf"^{re.escape(target)}:.*\n((?:\t.*\n)*)", MAKEFILE, re.MULTILINE)
    assert found, f"the Makefile has no target {target}"
    return found[1]


def test_the_workflow_has_what_a_forge_asks_of_one(workflow: dict[Any, Any]) -> None:
    assert {"push", "pull_request"} <= set(workflow[True])  # YAML 1.1 reads `on` as true
    assert workflow["permissions"] == {"contents": "read"}
    assert set(workflow["jobs"]) == {"core", "whole"}
    for job in workflow["jobs"].values():
        assert set(job) <= {"runs-on", "timeout-minutes", "strategy", "steps"}
        assert all(len(set(step) & {"uses", "run"}) == 1 for step in job["steps"]) and job["steps"]
        assert all(re.fullmatch(r"[\w-]+/[\w-]+@v\d+", step["uses"]) for step in job["steps"] if "uses" in step)


def test_its_commands_exist(workflow: dict[Any, Any]) -> None:
    commands = [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]

    assert commands == ["make test-core", ".ci/run"]
    assert "$(PYTEST)" in recipe("test-core") and "$(PYTEST)" in recipe("test")
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    subprocess.run(["bash", "-n", ROOT / ".ci" / "run"], check=True)


def test_what_ci_requires_is_everything_once() -> None:
    """No test is left out, and none has a second chance."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    assert re.search(r"^make test$", script, re.MULTILINE) and "HRKB_REQUIRE_ALL=1" in script
    assert "||" not in script.splitlines()[-1] and "--last-failed" not in script
    assert "-m" not in recipe("test").split()
    assert "-m" in recipe("test-core").split()


def test_the_core_suite_runs_on_every_python_from_the_oldest(workflow: dict[Any, Any]) -> None:
    tried = workflow["jobs"]["core"]["strategy"]["matrix"]["python"]

    oldest = PROJECT["project"]["requires-python"].removeprefix(">=")
    assert tried[0] == oldest
    minors = [int(version.removeprefix("3.")) for version in tried]
    assert minors == list(range(minors[0], minors[-1] + 1)) and minors[-1] >= 14


def test_what_is_kept_between_runs_goes_by_files_that_are_there(workflow: dict[Any, Any]) -> None:
    patterns = [
        step["with"]["cache-dependency-path"]
        for job in workflow["jobs"].values()
        for step in job["steps"]
        if "cache" in step.get("with", {})
    ]

    assert patterns and all({path.name for path in ROOT.glob(p)} >= {"requirements.lock"} for p in patterns)
    assert (ROOT / "kb" / "neo4j_local" / "pom.xml").is_file()


def test_every_mark_that_leaves_tests_out_is_declared() -> None:
    declared = {line.split(":")[0] for line in PROJECT["tool"]["pytest"]["ini_options"]["markers"]}
    core = re.search(r'-m "([^"]+)"', recipe("test-core"))

    assert core and set(re.findall(r"\w+", core[1])) - {"not", "or"} == {"long", "server", "browser"}
    assert declared == {"long", "raw", "server", "browser"}
