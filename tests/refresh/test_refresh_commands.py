"""The commands that keep the graph current, as a person or a monitor meets them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import logging
from pathlib import Path

import pytest
from apscheduler.schedulers.blocking import BlockingScheduler
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from kb.cli import hrkb
from kb.errors import InputError, UsageError
from kb.facts import snapshot
from kb.facts.snapshot import SNAPSHOT
from kb.load import decisions
from kb.load.decisions import read_decisions
from kb.refresh.fetch.http import shown
from kb.refresh.report.log import JsonLines
from kb.refresh.schedule import schedule


def run(*words: str) -> Result:
    return CliRunner().invoke(hrkb, list(words))


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of one's own, in which nothing was ever built or refreshed."""
    monkeypatch.setenv("HRKB_HOME", str(tmp_path))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    return tmp_path


def test_a_dry_run_of_real_files_says_in_one_line_that_nothing_changes(own_home: Path, raw_root: Path) -> None:
    words = ["--from", str(raw_root), "--source", "human-rights-council", "--source", "executions-2016"]

    result = run("refresh", "--json", "--dry-run", *words)

    answer = json.loads(result.stdout)
    assert result.stdout.count("\n") == 1
    assert (answer["outcome"], answer["exit_code"], answer["recorded"], result.exit_code) == ("unchanged", 0, False, 0)
    assert set(answer["sources"]) == {"human-rights-council", "executions-2016"}


def test_a_rejected_source_is_the_exit_code_and_its_reason_is_printed(own_home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "raw" / "unhrc-membership-wikipedia"
    folder.mkdir(parents=True)
    (folder / "unhrc_terms_2006_2027.csv").write_text("name\nCyprus\n", encoding="utf-8")

    result = run("refresh", "--json", "--from", str(folder.parent), "--source", "human-rights-council")

    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["exit_code"]) == (4, 4)
    assert "has no column" in answer["sources"]["human-rights-council"]["reason"]


def test_an_unknown_source_is_wrong_usage(own_home: Path) -> None:
    result = run("refresh", "--source", "hearsay")

    assert isinstance(result.exception, UsageError)
    assert "there is no source 'hearsay'" in result.exception.problem


def test_why_explains_a_shipped_fact(own_home: Path) -> None:
    result = run("why", "Treaty", "CAT", "--json")

    (one,) = [s for s in json.loads(result.stdout) if s["source"] == "untc-2026"]
    assert one["address"].startswith("https://treaties.un.org/")
    assert (one["load"], one["loader"]) == ("the shipped snapshot", "loaders.treaties.untc")
    assert one["values"]["mtdsg"] == "IV-9"


def test_the_quarantine_lists_every_row_of_the_shipped_snapshot(own_home: Path) -> None:
    result = run("quarantine", "--csv")

    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    expected = sum(snapshot.read_quarantine(folder).num_rows for folder in SNAPSHOT.glob("[!.]*") if folder.is_dir())
    assert len(rows) == expected > 0
    assert all(row["reason"] and int(row["line"]) > 0 for row in rows)


def test_there_are_no_changes_before_the_first_refresh_and_the_feed_is_empty(own_home: Path, tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"

    assert json.loads(run("changes", "--json").stdout) == []
    assert run("changes", "--feed", str(feed)).exit_code == 0
    assert b"<entry" not in feed.read_bytes()


def test_the_schedule_runs_daily_one_at_a_time_and_makes_up_for_a_missed_hour() -> None:
    scheduler = schedule("03:30", lambda: None, spread=0)

    job = scheduler.get_jobs()[0]
    after = job.trigger.get_next_fire_time(None, dt.datetime(2026, 3, 1, 4, 0, tzinfo=dt.UTC))
    assert isinstance(scheduler, BlockingScheduler)
    assert after == dt.datetime(2026, 3, 2, 3, 30, tzinfo=dt.UTC)
    assert (job.max_instances, job.coalesce) == (1, True)


@pytest.mark.parametrize("at", ["", "3", "24:00", "12:60", "noon"])
def test_a_time_that_is_none_is_refused(at: str) -> None:
    with pytest.raises(UsageError, match="not a time of day"):
        schedule(at, lambda: None)


def test_a_line_of_the_log_is_json() -> None:
    record = logging.LogRecord("kb.refresh.run", logging.WARNING, "", 1, "%s rejected: %s", ("cat", "cut"), None)

    line = json.loads(JsonLines().format(record))

    assert (line["level"], line["part"], line["message"]) == ("warning", "kb.refresh.run", "cat rejected: cut")


@given(user=st.from_regex(r"[a-z]{1,9}", fullmatch=True), secret=st.from_regex(r"[A-Z0-9]{8,20}", fullmatch=True))
def test_no_secret_of_an_address_is_shown(user: str, secret: str) -> None:
    found = shown(f"https://{user}:{secret}@example.org:8443/a/b.csv?token={secret}#{secret}")

    assert found == "https://example.org:8443/a/b.csv"


HEADER = "source,file,column,value,decision,to,reason\n"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("pts-2025,,Country,X,guess,Y,why\n", "line 2: the decision is 'guess'"),
        ("pts-2025,,Country,X,drop,,\n", "line 2: reason is empty"),
        ("pts-2025,,Country,X,alias,,why\n", "line 2: `to` belongs to alias and correct"),
        ("pts-2025,,Country,X,drop,Y,why\n", "line 2: `to` belongs to alias and correct"),
    ],
)
def test_a_decision_that_is_not_whole_is_refused_with_its_line(line: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text(HEADER + line)

    with pytest.raises(InputError, match=said):
        read_decisions(path)


def test_the_projects_own_decisions_are_whole() -> None:
    assert all(decision.reason for decision in read_decisions(decisions.DECISIONS))
