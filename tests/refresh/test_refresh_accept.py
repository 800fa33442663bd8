"""What makes a new load worse than the last good one, on the real facts of the depositary's pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from kb.facts import snapshot
from kb.facts.snapshot import SNAPSHOT, SourceFacts
from kb.load import register
from kb.refresh.judge.accept import examine

UNTC = register.source("untc-2026")
TODAY = dt.date(2026, 2, 4)


@pytest.fixture(scope="module")
def good() -> SourceFacts:
    return snapshot.read_source(SNAPSHOT / UNTC.code)


def changed(good: SourceFacts, **tables: Callable[[pa.Table], pa.Table]) -> SourceFacts:
    """The facts with some tables passed through a function."""
    return replace(good, tables={**good.tables, **{name: change(good.tables[name]) for name, change in tables.items()}})


def without(column: str, value: Any) -> Callable[[pa.Table], pa.Table]:
    return lambda table: table.filter(pc.not_equal(table[column], value))


def first_row(**values: Any) -> Callable[[pa.Table], pa.Table]:
    """The table with other values in its first row."""

    def change(table: pa.Table) -> pa.Table:
        rows = table.to_pylist()
        return pa.Table.from_pylist([{**rows[0], **values}, *rows[1:]], table.schema)

    return change


def found(good: SourceFacts, new: SourceFacts, kind: str, today: dt.date = TODAY) -> str:
    return "; ".join(f.text for f in examine(UNTC, good, new, today) if f.kind == kind)


def test_the_same_facts_raise_no_word(good: SourceFacts) -> None:
    assert examine(UNTC, good, good, TODAY) == []


def test_a_first_load_is_held_against_nothing(good: SourceFacts) -> None:
    assert [f for f in examine(UNTC, None, good, TODAY) if f.kind == "rejection"] == []


def test_a_vanished_treaty_is_a_rejection(good: SourceFacts) -> None:
    new = changed(good, Treaty=without("code", "CPED"), RATIFIED=without("end", "CPED"))

    assert "treaties have vanished: CPED" in found(good, new, "rejection")


def test_a_new_treaty_is_a_warning(good: SourceFacts) -> None:
    old = changed(good, Treaty=without("code", "CPED"))

    assert found(old, good, "rejection") == ""
    assert "new treaties: CPED" in found(old, good, "warning")


def test_a_state_that_lost_all_its_ratifications_is_a_rejection(good: SourceFacts) -> None:
    new = changed(good, RATIFIED=without("start", "NOR"))

    assert "states have lost all their ratifications: NOR" in found(good, new, "rejection")


def test_a_state_that_appears_is_a_warning(good: SourceFacts) -> None:
    old = changed(good, RATIFIED=without("start", "NOR"))

    assert found(old, good, "rejection") == ""
    assert "for the first time: NOR" in found(old, good, "warning")


def test_a_state_that_left_one_treaty_is_no_rejection(good: SourceFacts) -> None:
    rows = good.tables["RATIFIED"].to_pylist()
    kept = [r for r in rows if (r["start"], r["end"]) != ("NOR", "CPED")]
    new = changed(good, RATIFIED=lambda table: pa.Table.from_pylist(kept, table.schema))

    assert found(good, new, "rejection") == ""


def test_half_the_ratifications_are_a_rejection_whatever_else_grew(good: SourceFacts) -> None:
    new = changed(good, RATIFIED=lambda table: table.slice(0, table.num_rows // 2))

    assert "RATIFIED where the last good load had" in found(good, new, "rejection")


def test_the_share_that_must_remain_is_the_declared_one(good: SourceFacts) -> None:
    lenient = UNTC.model_copy(update={"bounds": register.Bounds(minimum_share=0.4)})
    new = changed(good, OBJECTED_TO=lambda table: table.slice(0, table.num_rows // 2))

    assert any(f.kind == "rejection" for f in examine(UNTC, good, new, TODAY))
    assert not any(f.kind == "rejection" for f in examine(lenient, good, new, TODAY))


def test_an_act_of_tomorrow_is_a_rejection_and_one_of_today_is_not(good: SourceFacts) -> None:
    tomorrow = TODAY + dt.timedelta(days=1)

    late = changed(good, RATIFIED=first_row(date=tomorrow, year=tomorrow.year))
    just = changed(good, RATIFIED=first_row(date=TODAY, year=TODAY.year))

    assert "1 RATIFIED of the future" in found(good, late, "rejection")
    assert found(good, just, "rejection") == ""


def test_yesterdays_page_is_a_rejection(good: SourceFacts) -> None:
    new = changed(good, Treaty=first_row(as_of=dt.date(2025, 12, 1)))

    assert "older than the last good one of 2026-02-03" in found(good, new, "rejection")


def with_report(good: SourceFacts, **values: Any) -> SourceFacts:
    return replace(good, report={**good.report, **values})


def test_a_few_more_quarantined_rows_are_a_warning_and_many_a_rejection(good: SourceFacts) -> None:
    rows = good.report["rows_in"]

    few = with_report(good, rows_quarantined=good.report["rows_quarantined"] + 1)
    many = with_report(good, rows_quarantined=good.report["rows_quarantined"] + rows // 10)

    assert "rows are quarantined" in found(good, few, "warning")
    assert found(good, few, "rejection") == ""
    assert "rows are quarantined" in found(good, many, "rejection")


def test_new_and_lost_columns_are_named(good: SourceFacts) -> None:
    old = with_report(good, unread_columns={"a.csv": ["x"]})
    new = with_report(good, unread_columns={"a.csv": ["y"]})

    assert found(old, new, "warning") == "a.csv has new columns: y; a.csv has lost columns that nobody reads: x"
