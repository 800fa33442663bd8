"""Former colonies of the European empires."""

from __future__ import annotations

from pathlib import Path

from loading import changed, edges, load, load_real

from kb.facts.fact import EdgeFact

SOURCE = "coldat"


def groups(found: list[EdgeFact], state: str) -> dict[str, int | None]:
    return {e.end: e.values["from_year"] for e in found if e.start == state}


def test_a_state_belongs_to_a_group_from_the_end_of_the_rule(raw_root: Path) -> None:
    facts, _ = load_real(SOURCE, raw_root)
    found = edges(facts, "BELONGS_TO")

    assert groups(found, "IND")["former_empire:Britain"] == 1947
    assert groups(found, "MEX") == {"former_empire:Spain": 1821}
    assert groups(found, "CMR")["former_empire:Germany"] == 1916
    assert "SWE" not in {e.start for e in found}


def test_an_end_before_the_first_year_of_the_graph_is_left_open(raw_root: Path) -> None:
    facts, _ = load_real(SOURCE, raw_root)
    found = edges(facts, "BELONGS_TO")

    assert groups(found, "HTI")["former_empire:France"] is None  # 1804
    assert groups(found, "USA")["former_empire:Britain"] is None  # 1783


def test_every_row_is_a_colony_or_dropped_by_name(raw_root: Path) -> None:
    _, report = load_real(SOURCE, raw_root)

    assert (report.rows, report.loaded, report.quarantined) == (1560, 161, [])
    assert report.dropped == {"never a colony of that empire": 1399}


def test_an_empire_that_is_not_known_is_set_aside(either_root: Path, tmp_path: Path) -> None:
    folder = changed(SOURCE, either_root, tmp_path, "COLDAT_dyads.csv", lambda c: c.replace(b"spain", b"spane", 1))

    _, report = load(SOURCE, folder)

    assert [(q.reason, q.value) for q in report.quarantined] == [("unknown empire", "spane")]
