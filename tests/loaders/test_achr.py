"""The American Convention on Human Rights, from excerpts of two pages."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from loading import changed, edges, load, load_real

SOURCE = "achr-excerpts"


def test_a_state_is_bound_from_the_day_of_its_deposit(raw_root: Path) -> None:
    facts, _ = load_real(SOURCE, raw_root)

    bound = {e.start: (e.values["date"], e.values["action"]) for e in edges(facts, "RATIFIED")}

    assert bound["BRB"] == (dt.date(1982, 11, 27), "ratification")
    assert bound["MEX"] == (dt.date(1981, 3, 24), "accession")
    assert bound["URY"] == (dt.date(1985, 4, 19), None)
    assert len(bound) == 25


def test_the_court_s_jurisdiction_is_accepted_by_a_declaration_of_its_own(raw_root: Path) -> None:
    facts, _ = load_real(SOURCE, raw_root)

    accepted = {e.start: e.values for e in edges(facts, "ACCEPTED")}

    assert (accepted["CRI"]["date"], accepted["CRI"]["article"]) == (dt.date(1980, 7, 2), "62")
    assert {"DMA", "GRD", "JAM"}.isdisjoint(accepted)


def test_a_departure_ends_the_acceptance_too(raw_root: Path) -> None:
    facts, _ = load_real(SOURCE, raw_root)

    [left] = edges(facts, "WITHDREW_FROM")
    [accepted] = [e for e in edges(facts, "ACCEPTED") if e.start == "TTO"]

    assert (left.start, left.values["date"]) == ("TTO", dt.date(1999, 5, 26))
    assert accepted.values["ended_year"] == 1999


def test_a_row_without_a_day_is_dropped_by_name(raw_root: Path) -> None:
    _, report = load_real(SOURCE, raw_root)

    assert report.dropped == {"listed without the day of an act": 1}
    assert (report.rows, report.loaded, report.quarantined) == (26, 25, [])


def test_an_unknown_kind_of_instrument_is_set_aside(raw_root: Path, tmp_path: Path) -> None:
    folder = changed(
        SOURCE, raw_root, tmp_path, "achr_b32.csv", lambda c: c.replace(b"1990-08-21,RA", b"1990-08-21,XX")
    )

    _, report = load(SOURCE, folder)

    assert [(q.reason, q.value) for q in report.quarantined] == [("unknown kind of instrument", "XX")]
