"""The command line as its users meet it: help, answers, wrong input, pipes, exit codes."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
import small
from click.testing import CliRunner

from kb.catalogue.queries import catalogue
from kb.cli import COMMANDS, hrkb, main
from kb.model.scores import PANEL
from kb.versions import home

SCORES = (
    *("iso3", "year", "breadth", "depth", "scrutiny", "commitment"),
    *("practice_physical", "practice_sd", "practice_civil", "practice_terror"),
    *("integration", "integration_lo", "integration_hi", "integration_n"),
    *("igo", "igo_centrality", "ingo", "political_globalisation", "machinery"),
    *("decoupling", "decoupling_lo", "decoupling_hi", "decoupling_breadth", "decoupling_spread", "contested"),
)


def ask(*arguments: str) -> str:
    """What a command prints when all goes well."""
    result = CliRunner().invoke(hrkb, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[int, str]:
    """The exit code and the message of a command that goes wrong."""
    monkeypatch.setattr(sys, "argv", ["hrkb", *arguments])
    with pytest.raises(SystemExit) as end:
        main()
    return int(str(end.value.code)), capsys.readouterr().err


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself(command: str) -> None:
    text = ask(command, "--help")

    assert text.startswith("Usage: ")
    assert "Options:" in text


def test_the_list_of_commands_names_every_one_that_a_module_has() -> None:
    for name, (module, _) in COMMANDS.items():
        found = hrkb.get_command(click.Context(hrkb), name)
        assert found is not None and found.name == name and found.callback.__module__ == f"kb.cli.{module}.{name}"


def test_help_loads_none_of_the_numeric_libraries() -> None:
    heavy = "{'pandas', 'scipy', 'pyarrow', 'duckdb', 'streamlit', 'httpx', 'neo4j'}"
    code = f"import sys, kb.cli; kb.cli.hrkb(['--help'], standalone_mode=False); print(*{heavy} & set(sys.modules))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == ""


@pytest.mark.long
def test_the_score_panel_has_the_columns_that_others_build_on(hrkb_home: Path) -> None:
    rows = list(csv.reader(io.StringIO(ask("query", "score-panel", "--csv"))))

    # A new component comes in between; none of these goes, and none changes its place among them.
    assert [column for column in rows[0] if column in SCORES] == list(SCORES)
    assert rows[0] == ["iso3", "year", *(score.name for score in PANEL)]
    assert len(rows) > 10_000
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len({(row[0], row[1]) for row in rows}) == len(rows)


def test_parties_are_printed_beside_the_totals_of_the_depositary(hrkb_home: Path) -> None:
    rows = json.loads(ask("query", "parties", "--json"))
    printed = [row for row in rows if row["printed_parties"] is not None]

    assert {"code", "parties", "signatories", "printed_parties", "printed_signatories"} <= rows[0].keys()
    assert len(printed) == 18
    assert all((r["parties"], r["signatories"]) == (r["printed_parties"], r["printed_signatories"]) for r in printed)


@pytest.mark.long
@pytest.mark.parametrize(
    "arguments", [("status",), ("check",), ("doctor",), ("state", "MEX"), ("treaty", "CAT"), ("refresh", "--health")]
)
def test_every_answer_comes_as_csv_and_as_json(hrkb_home: Path, arguments: tuple[str, ...]) -> None:
    rows = list(csv.reader(io.StringIO(CliRunner().invoke(hrkb, [*arguments, "--csv"]).stdout)))

    assert len(rows) > 1 and len({len(row) for row in rows}) == 1
    assert json.loads(CliRunner().invoke(hrkb, [*arguments, "--json"]).stdout)


def test_json_and_csv_exclude_each_other(hrkb_home: Path) -> None:
    result = CliRunner().invoke(hrkb, ["status", "--csv", "--json"])

    assert (result.exit_code, "cannot be used together" in result.output) == (2, True)


def test_a_terminal_shows_the_columns_that_fit_and_names_the_others(hrkb_home: Path) -> None:
    printed = small.on_terminal(hrkb_home, "scores", "MEX", columns=100)

    rows = [line for line in printed.splitlines() if line.strip().startswith("2014")]
    assert len(rows) == 1 and "…" not in rows[0]
    assert max(map(len, printed.splitlines()[:20])) <= 100
    assert "Not shown for want of room: " in printed


def test_status_counts_labels_and_types(hrkb_home: Path) -> None:
    answer = json.loads(ask("status", "--json"))

    assert {"labels", "relationships", "data_date", "engine", "version", "sources"} <= answer.keys()
    assert answer["labels"]["State"] > 200 and answer["relationships"]["RATIFIED"] > 2000


@pytest.mark.parametrize(
    "arguments",
    [("state", "Mexico"), ("state", "Mexiko"), ("treaty", "cedaw"), ("scores", "NOR", "--year", "2014"), ("check",), ("doctor",)],
)  # fmt: skip
def test_a_newcomer_gets_an_answer(arguments: tuple[str, ...], hrkb_home: Path) -> None:
    assert len(ask(*arguments).splitlines()) >= 1


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("stats",), 2, "status"),
        (("query", "parteis"), 2, "parties"),
        (("query", "ranking", "--yaer", "2014"), 2, "--year"),
        (("query", "ranking", "--year", "soon"), 2, "a whole number"),
        (("query", "ranking", "--json", "--csv"), 2, "cannot be used together"),
        (("state", "Norwey"), 2, "NOR"),
        (("treaty", "CEDAV"), 2, "CEDAW"),
        (("scores", "NOR", "--year", "1900"), 2, "no scores in 1900"),
        (("snapshot", "--raw", "/no/such/folder"), 2, "does not exist"),
        (("snapshot", "--raw", ".", "--source", "nobody"), 2, "no source 'nobody'"),
        (("cypher", "MATCH (n) DETACH DELETE n"), 7, "refused"),
        (("cypher", "MATCH (s:State) RETURN s.iso3", "--param", "x"), 2, "--param name=value"),
    ],
)
def test_wrong_input_is_answered_with_what_to_do(
    arguments: tuple[str, ...],
    code: int,
    says: str,
    hrkb_home: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ended, message = refused(capsys, monkeypatch, *arguments)

    assert ended == code
    assert says in message and "Traceback" not in message


def test_without_a_graph_every_reader_says_how_to_get_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRKB_HOME", str(tmp_path))
    monkeypatch.delenv("NEO4J_URI", raising=False)

    for arguments in (("status",), ("check",), ("state", "MEX"), ("query", "ranking"), ("serve",)):
        assert refused(capsys, monkeypatch, *arguments)[0] == 5

    assert "hrkb build" in refused(capsys, monkeypatch, "status")[1]


def test_a_reader_of_our_output_may_have_enough(hrkb_home: Path) -> None:
    process = small.start(hrkb_home, "query", "score-panel", "--csv")
    assert process.stdout and process.stderr

    first = process.stdout.readline()
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()

    assert first.startswith("iso3,year,")
    assert (process.wait(timeout=60), errors) == (0, "")


def test_a_piped_table_is_not_cut_and_has_no_colours(hrkb_home: Path) -> None:
    text = ask("query", "treaties")

    assert "\x1b" not in text and "…" not in text


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_every_query_is_a_command_that_says_what_it_returns(name: str) -> None:
    text = ask("query", name, "--help")

    assert all(column in text for column in catalogue()[name].columns)


def cut_record(folder: Path) -> None:
    (folder / home.RECORD).write_text('{"version": ')


def other_model(folder: Path) -> None:
    record = json.loads((folder / home.RECORD).read_text())
    (folder / home.RECORD).write_text(json.dumps({**record, "model": "another"}))


def other_engine(folder: Path) -> None:
    record = json.loads((folder / home.RECORD).read_text())
    (folder / home.RECORD).write_text(json.dumps({**record, "engine": "duckdb 0.1.0"}))


def no_file(folder: Path) -> None:
    (folder / home.GRAPH).unlink()


def no_graph_file(folder: Path) -> None:
    (folder / home.GRAPH).write_bytes(b"something else" * 1000)


@pytest.mark.long
@pytest.mark.parametrize(
    ("damage", "code"), [(cut_record, 5), (other_model, 5), (other_engine, 5), (no_file, 6), (no_graph_file, 6)]
)
def test_a_damaged_graph_or_one_of_another_version_is_to_be_built_again(
    damage: Callable[[Path], None], code: int, built: home.Version, tmp_path: Path
) -> None:
    folder = tmp_path / "versions" / built.name
    folder.mkdir(parents=True)
    for path in built.folder.iterdir():
        os.link(path, folder / path.name)
    (folder / home.RECORD).unlink()
    (folder / home.RECORD).write_text(json.dumps(dict(built.record)))
    if damage is no_graph_file:
        (folder / home.GRAPH).unlink()
    home.point_to(built.name, tmp_path)
    damage(folder)

    done = small.hrkb(tmp_path, "status")

    assert done.returncode == code, done.stderr
    assert "hrkb build" in done.stderr and "Traceback" not in done.stderr
