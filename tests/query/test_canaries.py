"""Joins with known answers: an engine that loses rows is found out at the build, at every start, and by the doctor."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
import small

from kb.engines import tables
from kb.engines.embedded.engine import EmbeddedEngine
from kb.errors import WrongAnswer
from kb.versions import canaries, home

#: Every truth once more, by a database that is no graph engine and shares nothing with the code under test.
IN_SQL = {
    "two measures of a state in one year": "SELECT count(*) FROM MEASURED a JOIN MEASURED b USING (start, year) "
    "WHERE a.end = $x AND b.end = $y",
    "members of two organizations, a comma between": "SELECT count(*) FROM MEMBER_OF a JOIN MEMBER_OF b USING (start) "
    "WHERE a.end = $x AND b.end = $y",
    "members of two organizations, in one path": "SELECT count(*) FROM MEMBER_OF a JOIN MEMBER_OF b USING (start) "
    "WHERE a.end = $x AND b.end = $y",
    "measures beside scores": "SELECT count(*) FROM MEASURED a JOIN StateYear y ON a.start = y.iso3 AND a.year = y.year "
    "WHERE a.end = $x",
    "two neighbours of one state": 'SELECT count(*) FROM BORDERS a JOIN BORDERS b USING ("end") WHERE a.fact <> b.fact',
    "different values counted beside others": "SELECT sum(t + n + l) FROM (SELECT count(DISTINCT r.end) t, count(*) n, "
    "max(year) l FROM RATIFIED r GROUP BY start)",
    "ratified without a signature": "SELECT count(*) FROM RATIFIED r WHERE NOT EXISTS "
    '(FROM SIGNED s WHERE s.start = r.start AND s."end" = r."end")',
}


@pytest.fixture(scope="session")
def stored(graph: EmbeddedEngine) -> dict[str, pa.Table]:
    """The tables of the real graph."""
    return dict(tables.read_tables(graph))


class Losing:
    """An engine that loses one row of every answer in which more than one was counted."""

    version = "an engine that loses rows"

    def __init__(self, engine: EmbeddedEngine) -> None:
        self.engine = engine

    def read(self, query: str, parameters: Mapping[str, Any] | None = None) -> pa.Table:
        n = self.engine.read(query, parameters)["n"][0].as_py()
        return pa.table({"n": [n - 1 if n > 1 else n]})


def test_truths_are_what_another_database_says(built: home.Version, stored: dict[str, pa.Table]) -> None:
    there = duckdb.connect()
    for name, rows in stored.items():
        there.register(name, rows)

    assert {one["name"] for one in built.known_answers} == set(IN_SQL)
    for one in built.known_answers:
        [[answer]] = there.execute(IN_SQL[one["name"]], one["parameters"]).fetchall()
        assert one["n"] == answer > 100, one["name"]


def test_the_engine_answers_all_of_them(built: home.Version, graph: EmbeddedEngine) -> None:
    assert canaries.prove(graph, built.known_answers) == len(canaries.CANARIES)


def test_an_engine_that_loses_rows_is_named_with_every_join_it_got_wrong(
    built: home.Version, graph: EmbeddedEngine
) -> None:
    with pytest.raises(WrongAnswer, match="loses rows gives wrong rows") as error:
        canaries.prove(Losing(graph), built.known_answers)  # type: ignore[arg-type]

    for canary in canaries.CANARIES:
        assert canary.name in error.value.problem


def test_without_known_answers_nothing_is_proven(graph: EmbeddedEngine) -> None:
    with pytest.raises(WrongAnswer, match="nothing is known"):
        canaries.prove(graph, [])


def doctored(built: home.Version, root: Path) -> None:
    """The real graph under another home, with one known answer in its record that the engine will not give."""
    folder = root / "versions" / built.name
    folder.mkdir(parents=True)
    os.link(built.folder / home.GRAPH, folder / home.GRAPH)
    known = built.known_answers
    known[0] = {**known[0], "n": known[0]["n"] + 1}
    (folder / home.RECORD).write_text(json.dumps({**built.record, "canaries": known}))
    home.point_to(built.name, root)


@pytest.mark.long
@pytest.mark.parametrize("command", ["status", "cypher RETURN 1", "query ranking"])
def test_a_graph_that_is_answered_wrongly_is_not_read(command: str, built: home.Version, tmp_path: Path) -> None:
    doctored(built, tmp_path)

    done = small.hrkb(tmp_path, *command.split(maxsplit=1))

    assert done.returncode == WrongAnswer.exit_code
    assert "wrong rows" in done.stderr and "hrkb build --force" in done.stderr and "Traceback" not in done.stderr


def test_the_doctor_says_so(built: home.Version, tmp_path: Path) -> None:
    doctored(built, tmp_path)

    done = small.hrkb(tmp_path, "doctor", "--json")

    found = {one["what"]: one for one in json.loads(done.stdout)}
    assert not found["joins with known answers"]["well"]
    assert "two measures of a state in one year" in found["joins with known answers"]["found"]
    assert done.returncode != 0
