"""``hrkb mcp`` as an assistant meets it: the official client, over standard input and output, on the real graph."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import ROOT
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult

from kb.assistant import tools
from kb.catalogue.queries import catalogue
from kb.cli import hrkb
from kb.engines.base import Engine
from kb.errors import UsageError
from kb.model.graph import MODEL
from kb.versions.home import Version

pytestmark = pytest.mark.long

Calls = list[tuple[str, dict[str, Any]]]


def session(home: Path, talk: Callable[[Client], Coroutine[Any, Any, Any]]) -> Any:
    """What ``talk`` gives with a client of a server started as an assistant starts it."""
    server = StdioServerParameters(
        command=sys.executable,
        args=["-c", "from kb.cli import main; main()", "mcp"],
        env={"HRKB_HOME": str(home), "PATH": os.environ["PATH"]},
        cwd=ROOT,
    )

    async def run() -> Any:
        async with Client(server, read_timeout_seconds=120) as client:
            return await talk(client)

    return asyncio.run(run())


def called(home: Path, *calls: tuple[str, dict[str, Any]]) -> list[CallToolResult]:
    async def talk(client: Client) -> list[CallToolResult]:
        return [await client.call_tool(name, arguments) for name, arguments in calls]

    found: list[CallToolResult] = session(home, talk)
    return found


def text(result: CallToolResult) -> str:
    return "\n".join(part.text for part in result.content if part.type == "text")


def test_the_tools_say_what_they_take_and_that_they_only_read(hrkb_home: Path) -> None:
    async def talk(client: Client) -> Any:
        return (await client.list_tools()).tools, client.instructions

    found, instructions = session(hrkb_home, talk)

    assert {tool.name for tool in found} == {
        *("list_queries", "describe_query", "run_query", "cypher", "schema", "sources", "find")
    }
    assert all(tool.description and tool.annotations.read_only_hint for tool in found)
    assert {tool.name: tool for tool in found}["run_query"].input_schema["required"] == ["name"]
    assert "data version" in instructions


def test_a_question_is_answered_with_where_it_comes_from(hrkb_home: Path, built: Version, graph: Engine) -> None:
    asked, cut = called(
        hrkb_home,
        ("run_query", {"name": "objections-until", "parameters": {"year": 2010}}),
        ("run_query", {"name": "ranking", "parameters": {"year": "2014"}, "limit": 3}),
    )

    expected = catalogue()["objections-until"].run(graph, year=2010)
    told = asked.structured_content
    assert not asked.is_error and told is not None
    assert told["rows"] == [list(row.values()) for row in expected.to_pylist()] and told["truncated"] is False
    assert list(told["columns"]) == expected.column_names
    assert told["provenance"]["data_version"] == built.name and told["provenance"]["parameters"] == {"year": 2010}
    assert "untc-2026" in told["provenance"]["sources"] and told["provenance"]["data_date"]
    assert json.loads(text(asked)) == told
    ranking = cut.structured_content
    assert ranking is not None and len(ranking["rows"]) == 3
    assert (
        ranking["truncated"] is True and ranking["rows_in_all"] == catalogue()["ranking"].run(graph, year=2014).num_rows
    )


def test_cypher_is_answered_or_refused_as_in_the_console(hrkb_home: Path) -> None:
    query = "MATCH (s:State)-[r:RATIFIED]->(:Treaty {code: $t}) RETURN s.iso3 AS iso3, r.date AS date, r.source AS source ORDER BY iso3"
    answered, cut, *refused = called(
        hrkb_home,
        ("cypher", {"text": query, "parameters": {"t": "CAT"}}),
        ("cypher", {"text": query, "parameters": {"t": "CAT"}, "limit": 2}),
        ("cypher", {"text": "CREATE (n:State) RETURN n"}),
        ("cypher", {"text": "LOAD FROM '/etc/passwd' RETURN *"}),
        ("cypher", {"text": "MATCH (s:State) RETURN s.nam"}),
        ("cypher", {"text": "MATCH (s:State) RETURN s", "limit": 10_000_000}),
    )

    told = answered.structured_content
    assert told is not None and ["MEX", "1986-01-23", "untc-2026"] in told["rows"] and told["truncated"] is False
    assert list(told["provenance"]["sources"]) == ["untc-2026"]
    assert cut.structured_content is not None and cut.structured_content["truncated"] is True
    assert len(cut.structured_content["rows"]) == 2
    assert all(one.is_error and "What to do" in text(one) for one in refused)
    assert "CREATE is refused" in text(refused[0]) and "LOAD is refused" in text(refused[1])


def test_unknown_names_are_answered_with_the_nearest(hrkb_home: Path) -> None:
    query, parameter, label, missing = called(
        hrkb_home,
        ("run_query", {"name": "rankin"}),
        ("run_query", {"name": "ranking", "parameters": {"yeer": 2014}}),
        ("schema", {"name": "Country"}),
        ("run_query", {"name": "state-profile"}),
    )

    assert all(one.is_error for one in (query, parameter, label, missing))
    assert "did you mean ranking" in text(query) and "did you mean year" in text(parameter)
    assert "State" in text(label) and "needs iso3" in text(missing)


def test_the_catalogue_the_dictionary_the_sources_and_names_are_there(hrkb_home: Path) -> None:
    listed, described, schema, one, sources, found = (
        result.structured_content or {}
        for result in called(
            hrkb_home,
            ("list_queries", {}),
            ("describe_query", {"name": "ranking"}),
            ("schema", {}),
            ("schema", {"name": "RATIFIED"}),
            ("sources", {"query": "objections-until"}),
            ("find", {"words": "torture"}),
        )
    )

    assert {query["name"] for query in listed["queries"]} == set(catalogue())
    assert described["parameters"]["year"]["default"] == 2014 and "MATCH" in described["cypher"]
    assert set(schema["labels"]) == set(MODEL.labels) and set(schema["relationships"]) == set(MODEL.types)
    assert one["pattern"] == "(:State)-[:RATIFIED]->(:Treaty)" and "accession" in one["properties"]["action"]["choices"]
    assert [source["code"] for source in sources["sources"]] == ["untc-2026"] and sources["sources"][0]["licence"]
    assert ("Treaty", "CAT") in [(one["label"], one["code"]) for one in found["found"]]


def test_without_a_graph_the_tools_say_what_to_do(tmp_path: Path) -> None:
    (answer,) = called(tmp_path, ("run_query", {"name": "states"}))

    assert answer.is_error and "hrkb build" in text(answer)


def test_find_knows_states_by_code_and_name(hrkb_home: Path) -> None:
    for words in ("mexico", "MEX"):
        first = tools.find(words)["found"][0]
        assert (first["label"], first["code"], first["name"]) == ("State", "MEX", "Mexico")
    with pytest.raises(UsageError, match="nothing to look for"):
        tools.find(" ")


@pytest.mark.parametrize("limit", [0, -1, 100_001])
def test_limits_are_those_of_the_console(hrkb_home: Path, limit: int) -> None:
    with pytest.raises(UsageError, match="out of range"):
        tools.run_query("states", limit=limit)


def test_where_the_extra_is_missing_the_command_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)

    result = CliRunner().invoke(hrkb, ["mcp"])

    assert isinstance(result.exception, UsageError) and ".[mcp]" in result.exception.remedy
