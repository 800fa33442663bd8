"""What a load changed: nothing is missed, nothing invented, and an event is told from a correction."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.facts import snapshot
from kb.facts.identity import fact_ids
from kb.facts.snapshot import SNAPSHOT, SourceFacts
from kb.model.graph import MODEL
from kb.refresh.judge import deltas
from kb.refresh.judge.compare import identity, last_day

AS_OF = "2026-02-03"
UNTC = snapshot.read_source(SNAPSHOT / "untc-2026")
ACTS = UNTC.tables["RATIFIED"]
MEASURES = snapshot.read_source(SNAPSHOT / "hro-ingo")


def with_rows(table: str, rows: list[dict[str, Any]], facts: SourceFacts = UNTC) -> SourceFacts:
    return replace(facts, tables={**facts.tables, table: pa.Table.from_pylist(rows, facts.tables[table].schema)})


def act(state: str, treaty: str, date: dt.date) -> dict[str, Any]:
    return {"start": state, "end": treaty, "date": date, "year": date.year, "action": "accession"}


def only(table: pa.Table) -> dict[str, Any]:
    assert table.num_rows == 1, table.to_pylist()
    row: dict[str, Any] = table.to_pylist()[0]
    return row


def test_the_same_facts_differ_in_nothing() -> None:
    assert deltas.compare(UNTC, UNTC, AS_OF).num_rows == 0


def test_a_ratification_after_the_last_page_is_an_event() -> None:
    new = with_rows("RATIFIED", [*ACTS.to_pylist(), act("USA", "CRC", dt.date(2026, 2, 20))])

    row = only(deltas.compare(UNTC, new, AS_OF))

    assert (row["kind"], row["nature"], row["date"]) == ("added", "event", "2026-02-20")
    assert json.loads(row["new"])["action"] == "accession"


def test_a_ratification_of_last_century_that_turns_up_now_is_a_correction() -> None:
    new = with_rows("RATIFIED", [*ACTS.to_pylist(), act("USA", "CRC", dt.date(1995, 2, 20))])

    assert only(deltas.compare(UNTC, new, AS_OF))["nature"] == "correction"


def test_a_year_without_a_day_that_holds_both_sides_of_the_last_page_is_unclear() -> None:
    undated = {"start": "USA", "end": "CRC", "year": 2026, "action": "accession"}

    assert only(deltas.compare(UNTC, with_rows("RATIFIED", [*ACTS.to_pylist(), undated]), AS_OF))["nature"] == "unclear"


def test_a_fact_taken_back_is_a_correction_with_its_old_value() -> None:
    first, *rest = ACTS.to_pylist()

    row = only(deltas.compare(UNTC, with_rows("RATIFIED", rest), AS_OF))

    assert (row["kind"], row["nature"], row["start"]) == ("removed", "correction", first["start"])
    assert json.loads(row["old"])["year"] == first["year"]


def test_a_corrected_day_is_one_change_with_both_values_even_where_the_year_moves() -> None:
    first, *rest = ACTS.to_pylist()
    moved = {**first, "date": first["date"].replace(year=first["year"] - 1), "year": first["year"] - 1}

    found = deltas.compare(UNTC, with_rows("RATIFIED", [moved, *rest]), AS_OF).to_pylist()

    assert {(r["kind"], r["property"], r["nature"]) for r in found} == {
        ("changed", "date", "correction"),
        ("changed", "year", "correction"),
    }
    year = next(r for r in found if r["property"] == "year")
    assert (year["old"], year["new"]) == (str(first["year"]), str(first["year"] - 1))
    assert deltas.counts(pa.Table.from_pylist(found, deltas.SCHEMA)) == {"added": 0, "changed": 1, "removed": 0}


def test_a_withdrawal_dated_after_the_last_page_is_an_event_on_a_known_statement() -> None:
    rows = UNTC.tables["RUD"].to_pylist()
    at = next(i for i, row in enumerate(rows) if row["withdrawn_on"] is None)
    rows[at] = {**rows[at], "withdrawn_on": dt.date(2026, 2, 10)}

    row = only(deltas.compare(UNTC, with_rows("RUD", rows), AS_OF))

    assert (row["property"], row["old"], row["nature"]) == ("withdrawn_on", None, "event")


def test_a_revised_score_is_a_correction_and_a_new_year_of_scores_an_event() -> None:
    rows = MEASURES.tables["MEASURED"].to_pylist()
    last = max(row["year"] for row in rows)
    revised = [{**rows[0], "value": rows[0]["value"] + 1.0}, *rows[1:], {**rows[0], "year": last + 1}]

    found = deltas.compare(MEASURES, with_rows("MEASURED", revised, MEASURES), "2003").to_pylist()

    assert {(r["kind"], r["nature"]) for r in found} == {("changed", "correction"), ("added", "event")}


def test_the_day_and_the_totals_of_a_page_are_no_changes_of_their_own() -> None:
    rows = [{**row, "as_of": dt.date(2026, 3, 1), "printed_parties": 1} for row in UNTC.tables["Treaty"].to_pylist()]

    assert deltas.compare(UNTC, with_rows("Treaty", rows), AS_OF).num_rows == 0


def test_no_sentence_of_a_source_gets_into_a_delta() -> None:
    rows = UNTC.tables["RUD"].to_pylist()
    old = with_rows("RUD", [{**row, "text": "first wording"} for row in rows])
    new = with_rows("RUD", [{**row, "text": "second wording"} for row in rows[:-1]])

    found = deltas.compare(old, new, AS_OF)

    assert found.num_rows == len(rows)
    assert "wording" not in json.dumps(found.to_pylist(), default=str)


def test_the_fact_named_is_the_one_in_the_graph() -> None:
    new = with_rows("RATIFIED", ACTS.to_pylist()[1:])

    row = only(deltas.compare(UNTC, new, AS_OF))

    assert row["fact"] == fact_ids(MODEL.types["RATIFIED"], "untc-2026", ACTS)[0].as_py()


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_removals_and_additions_lead_from_the_old_facts_to_the_new(data: st.DataObject) -> None:
    rows = UNTC.tables["SIGNED"].slice(0, 60).to_pylist()
    sides = [data.draw(st.lists(st.sampled_from(range(60)), unique=True)) for _ in range(2)]
    old, new = (with_rows("SIGNED", [rows[i] for i in sorted(side)]) for side in sides)

    found = deltas.compare(old, new, AS_OF).to_pylist()

    keys = {identity("SIGNED", row) for row in old.tables["SIGNED"].to_pylist()}
    keys -= {tuple(json.loads(r["identity"])) for r in found if r["kind"] == "removed"}
    keys |= {tuple(json.loads(r["identity"])) for r in found if r["kind"] == "added"}
    assert keys == {identity("SIGNED", row) for row in new.tables["SIGNED"].to_pylist()}


@pytest.mark.parametrize(
    ("as_of", "day"),
    [("2026-02-03", dt.date(2026, 2, 3)), ("2021-05", dt.date(2021, 5, 31)), ("2025-12", dt.date(2025, 12, 31)),
     ("2025", dt.date(2025, 12, 31)), ("last edition", None), ("2026-02-30", None)],
)  # fmt: skip
def test_the_last_day_that_an_as_of_may_mean(as_of: str, day: dt.date | None) -> None:
    assert last_day(as_of) == day
