"""The page Data: sources and their age, what became of every row, what is new, and the graph as files."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from app_pages import assert_fine, open_page, texts
from hypothesis import given
from hypothesis import strategies as st

from kb.facts import snapshot
from kb.load.register import register
from kb.refresh.judge.deltas import SCHEMA
from kb.refresh.places import Places
from kb.refresh.record import history
from kb.refresh.record.history import Load, Run, State
from kb.refresh.report.freshness import CADENCES, ENDED, freshness
from kb.versions.home import Version

TODAY = dt.date(2026, 11, 21)
PARTS = ("sources", "loads", "quarantined", "new", "graph")


@pytest.mark.parametrize("part", PARTS)
def test_every_part_draws(part: str, hrkb_home: Path) -> None:
    app = open_page("data", part=part)

    assert_fine(app)
    assert app.dataframe


def test_every_source_has_its_licence_and_citation(hrkb_home: Path) -> None:
    rows = open_page("data").dataframe[0].value.set_index("code")

    assert set(rows.index) == {path.parent.name for path in snapshot.SNAPSHOT.glob("*/load.json")}
    for code, row in rows.iterrows():
        assert (row["licence"], row["citation"]) == (register()[str(code)].licence, register()[str(code)].citation)


def test_the_three_counts_add_up_for_every_load(hrkb_home: Path) -> None:
    app = open_page("data", part="loads")

    rows = app.dataframe[0].value
    assert (rows["rows_loaded"] + rows["rows_quarantined"] + rows["rows_dropped"] == rows["rows_in"]).all()
    assert rows["accounted_for"].all()
    assert app.metric[0].value == f"{rows['rows_in'].sum():,}"


def test_every_row_set_aside_is_listed_with_its_reason(hrkb_home: Path, built: Version) -> None:
    app = open_page("data", part="quarantined")

    reasons, rows = app.dataframe[0].value, app.dataframe[1].value
    assert len(rows) == sum(load["rows_quarantined"] for load in built.record["loads"])
    assert reasons["rows"].sum() == len(rows)
    assert rows["reason"].notna().all()


def test_rows_set_aside_of_one_source(hrkb_home: Path) -> None:
    everything = open_page("data", part="quarantined").dataframe[1].value
    code = everything["source"].iloc[0]

    rows = open_page("data", part="quarantined", source=code).dataframe[1].value

    assert len(rows) == (everything["source"] == code).sum()


def test_without_a_refresh_the_page_says_so(hrkb_home: Path) -> None:
    assert "No refresh has run on this installation yet" in texts(open_page("data", part="new"))


def test_the_last_refresh_is_shown(
    built: Version, hrkb_home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "versions").symlink_to(hrkb_home / "versions")
    (tmp_path / "current").write_text(built.name, encoding="utf-8")
    monkeypatch.setenv("HRKB_HOME", str(tmp_path))
    when = "2026-11-20T03:30:00+00:00"
    load = Load("untc-2026", "failed", when, when, reason="the publisher cannot be reached")
    run = Run("2026-11-20T033000", when, when, "fetch", (load,))
    history.record(Places(tmp_path), State(), run, SCHEMA.empty_table())

    app = open_page("data", part="new")

    assert_fine(app)
    assert "2026-11-20 03:30 UTC, failed" in app.selectbox[0].options
    assert list(app.dataframe[0].value["reason"]) == ["the publisher cannot be reached"]


def test_the_overview_says_that_nothing_was_refreshed_yet(hrkb_home: Path) -> None:
    assert "No refresh has run on this installation yet" in texts(open_page("overview"))


def test_the_overview_shows_the_last_refresh_and_what_failed(
    built: Version, hrkb_home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "versions").symlink_to(hrkb_home / "versions")
    (tmp_path / "current").write_text(built.name, encoding="utf-8")
    monkeypatch.setenv("HRKB_HOME", str(tmp_path))
    when = "2026-11-20T03:30:00+00:00"
    loads = (
        Load("untc-2026", "rejected", when, when, reason="a treaty has vanished"),
        Load("un-members", "loaded", when, when, added=2, changed=1),
    )
    run = Run("2026-11-20T033000", when, when, "fetch", loads)
    history.record(Places(tmp_path), State(), run, SCHEMA.empty_table())

    app = open_page("overview")

    assert_fine(app)
    assert "Last refresh: 2026-11-20 03:30 UTC, rejected" in texts(app)
    assert "facts: 2 added, 1 changed, 0 removed, in un-members" in texts(app)
    assert [w.value for w in app.warning if "untc-2026 (rejected, a treaty has vanished)" in w.value]


def test_what_the_graph_holds_is_what_was_built(hrkb_home: Path, built: Version) -> None:
    rows = open_page("data", part="graph").dataframe[0].value

    assert dict(zip(rows["name"], rows["rows"], strict=True)) == {k: n for k, n in built.record["counts"].items() if n}


@pytest.mark.parametrize(
    ("as_of", "cadence", "status"),
    [
        ("2026-02-03", "daily", "stale"),
        ("2025", "yearly", "current"),
        ("2024", "yearly", "stale"),
        ("2022", "every few years", "current"),
        ("2016", "every few years", "stale"),
        ("1999", "dated file", "ended"),
        ("2025-09-18", "when a state is admitted", "no cadence"),
        ("unknown", "yearly", "no cadence"),
    ],
)
def test_a_source_older_than_its_cadence_is_stale(as_of: str, cadence: str, status: str) -> None:
    assert freshness(as_of, cadence, TODAY).status == status


@given(st.dates(dt.date(1990, 1, 1), TODAY), st.sampled_from(sorted(CADENCES)))
def test_a_source_turns_stale_the_day_after_its_cadence(day: dt.date, cadence: str) -> None:
    last = day + dt.timedelta(days=CADENCES[cadence])

    assert freshness(day.isoformat(), cadence, last).status == "current"
    assert freshness(day.isoformat(), cadence, last + dt.timedelta(days=1)).status == "stale"


def test_every_cadence_of_the_register_is_understood_or_none_is_named() -> None:
    known = {*CADENCES, *ENDED, "irregular", "unknown", "when a state is admitted"}

    assert {source.cadence for source in register().values()} <= known
