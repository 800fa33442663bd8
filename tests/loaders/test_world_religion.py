"""The religion of the majority of a state's people."""

from __future__ import annotations

from pathlib import Path

import pytest
from loading import changed, edges, load, load_real

SOURCE = "world-religion"


def test_the_share_is_that_of_the_file(raw_root: Path) -> None:
    facts, _ = load_real(SOURCE, raw_root)

    [usa] = [e for e in edges(facts, "BELONGS_TO") if e.start == "USA" and e.values["from_year"] == 1945]

    assert (usa.end, usa.values["to_year"]) == ("religion:Christianity", 1945)
    assert usa.values["share"] == pytest.approx(110265118 / 139928000)


def test_only_a_majority_makes_a_member(raw_root: Path) -> None:
    facts, report = load_real(SOURCE, raw_root)

    shares = [e.values["share"] for e in edges(facts, "BELONGS_TO")]

    assert min(shares) > 0.5
    assert max(shares) <= 1
    assert report.dropped["no religion of a majority"] == 168


def test_a_state_has_one_majority_per_year_of_observation(raw_root: Path) -> None:
    facts, report = load_real(SOURCE, raw_root)

    found = [(e.start, e.values["from_year"]) for e in edges(facts, "BELONGS_TO")]

    assert len(found) == len(set(found)) == 1813
    assert {year % 5 for _, year in found} == {0}
    assert report.quarantined == []


def test_a_line_with_more_adherents_than_people_is_set_aside(raw_root: Path, tmp_path: Path) -> None:
    folder = changed(SOURCE, raw_root, tmp_path, "WRP_national.csv", lambda c: c.replace(b"139928000", b"99928000", 1))
    (tmp_path / "state-system-cow-gw").symlink_to(raw_root / "state-system-cow-gw")

    _, report = load(SOURCE, folder)

    assert [(q.reason, q.value) for q in report.quarantined] == [
        ("more adherents than people", "USA 1945 Christianity")
    ]
