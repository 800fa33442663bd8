"""Which states border each other."""

from __future__ import annotations

from pathlib import Path

from loading import changed, edges, load, load_real

from kb.model.shape import OPEN
from loaders.states.contiguity import KINDS

SOURCE = "cow-contiguity"


def test_a_border_is_told_once_and_stays_open_where_the_list_ends(raw_root: Path) -> None:
    facts, _ = load_real(SOURCE, raw_root)

    pair = [e for e in edges(facts, "BORDERS") if {e.start, e.end} == {"USA", "MEX"}]

    assert [(e.start, e.values["kind"], e.values["from_year"], e.values["to_year"]) for e in pair] == [
        ("USA", "land", 1831, OPEN)
    ]


def test_a_code_that_changes_hands_gives_each_state_its_own_years(raw_root: Path) -> None:
    facts, _ = load_real(SOURCE, raw_root)

    poland = {
        (e.end, e.values["from_year"], e.values["to_year"])
        for e in edges(facts, "BORDERS")
        if e.start == "POL" and e.end in ("SUN", "RUS") and e.values["from_year"] > 1940
    }

    assert poland == {("SUN", 1945, 1991), ("RUS", 1992, OPEN)}


def test_every_row_gives_an_edge_of_a_known_kind(raw_root: Path) -> None:
    facts, report = load_real(SOURCE, raw_root)

    assert (report.rows, report.loaded, report.quarantined) == (847, 847, [])
    assert {e.values["kind"] for e in edges(facts, "BORDERS")} == set(KINDS.values())
    assert all(e.values["from_year"] <= e.values["to_year"] for e in edges(facts, "BORDERS"))


def test_an_impossible_month_is_set_aside(raw_root: Path, tmp_path: Path) -> None:
    folder = changed(SOURCE, raw_root, tmp_path, "contdir_v3.2.csv", lambda c: c.replace(b",192001,", b",192013,", 1))

    _, report = load(SOURCE, folder)

    assert [(q.reason, q.value) for q in report.quarantined] == [("not a month", "192013")]
