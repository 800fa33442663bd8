"""A year of daily refreshes in which the small files appear in pieces, in the order of their events."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from refreshing import COUNCIL, Desk, new_desk

from kb.engines.tables import read_tables
from kb.facts.snapshot import write
from kb.graph import make
from kb.graph.make import Plan
from kb.load.extract import extract
from kb.load.register import Bounds, Source
from kb.refresh.places import Places
from kb.refresh.record import history
from kb.versions import home
from kb.versions.home import Version

#: A refresh for every day of a year.
pytestmark = pytest.mark.long
START = dt.datetime(2026, 1, 1, 3, 30, tzinfo=dt.UTC)
DAYS, NEWS = 365, 6
#: The files that grow, by source, and the column by whose order they do.
GROWING = {
    COUNCIL: ("unhrc-membership-wikipedia/unhrc_terms_2006_2027.csv", "term_label_start"),
    "io-events": ("ilo-osce-eu-coe-membership-wikipedia/regional_org_membership_events.csv", "date"),
}


def in_order(content: str, column: str) -> tuple[str, list[str]]:
    """The header and the lines of a table by the order of a column."""
    header, *lines = content.splitlines(keepends=True)
    at = next(csv.reader(io.StringIO(header))).index(column)
    return header, sorted(lines, key=lambda line: next(csv.reader(io.StringIO(line)))[at])


def pieces(path: Path, column: str) -> Callable[[int], str]:
    """The file as it stood after the ``n``-th of :data:`NEWS` days of news; the first piece is half of it."""
    header, lines = in_order(path.read_text(encoding="utf-8"), column)
    half = len(lines) // 2

    def after(news: int) -> str:
        return header + "".join(lines[: half + -(-(len(lines) - half) * news // NEWS)])

    return after


def lenient(source: Source) -> Source:
    """The entry, with half a file enough."""
    return source.model_copy(update={"minimum_facts": 1, "bounds": Bounds()})


def test_a_year_of_pieces_ends_in_the_graph_of_a_full_build(tmp_path: Path) -> None:
    desk = new_desk(tmp_path / "desk")
    sources = {code: lenient(source) for code, source in desk.request().sources.items()}
    files = {code: desk.raw / name for code, (name, _) in GROWING.items()}
    growing = {code: pieces(path, GROWING[code][1]) for code, path in files.items()}
    outcomes = []

    for day in range(DAYS):
        if day % (DAYS // NEWS) == 0 and (news := day // (DAYS // NEWS)) <= NEWS:
            for code, path in files.items():
                path.write_text(growing[code](news), encoding="utf-8")
        outcomes.append(desk.refresh(sources=sources, now=START + dt.timedelta(days=day)).run.outcome)

    assert outcomes.count("loaded") == NEWS + 1
    assert outcomes.count("unchanged") == DAYS - NEWS - 1
    assert_history_tells_every_fact(desk)
    assert contents(home.current(desk.home)) == contents(full_build(desk, tmp_path))


def assert_history_tells_every_fact(desk: Desk) -> None:
    """Additions less removals of the whole year are the facts that are there at its end."""
    places = Places(desk.home)
    rows = history.changes(places).to_pylist()
    for code in GROWING:
        facts, _ = extract(desk.request().sources[code], desk.raw)
        mine = [row for row in rows if row["source"] == code]
        added, removed = (sum(row["kind"] == kind for row in mine) for kind in ("added", "removed"))
        assert added - removed == sum(table.num_rows for table in facts.tables.values())


def full_build(desk: Desk, folder: Path) -> Version:
    """The graph that one build makes of the whole files."""
    for code in desk.request().sources:
        write(*extract(desk.request().sources[code], desk.raw), folder / "snapshot")
    version, fresh = make.build(Plan(folder / "snapshot", folder / "other", only_open=True), lambda *_: None)
    assert fresh
    return version


def contents(version: Version) -> dict[str, list[str]]:
    """Every node and edge with all it says, except when it was loaded."""
    with version.open() as engine:
        return {name: sorted(map(repr, table.to_pylist())) for name, table in read_tables(engine) if name != "Load"}
