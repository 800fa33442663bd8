"""The freedom of the news media in three grades."""

from __future__ import annotations

from pathlib import Path

from loading import changed, load, load_real
from practice import shipped, value

SOURCE = "gmfd-3"


def test_known_values() -> None:
    assert value(SOURCE, "USA", "GMFD", 1948) == 1
    assert value(SOURCE, "CAN", "GMFD", 2012) == 1
    assert value(SOURCE, "PRK", "GMFD", 2000) == 3


def test_the_grades_are_three() -> None:
    assert {v["value"] for v in shipped(SOURCE).values()} == {1.0, 2.0, 3.0}


def test_states_without_media_have_no_grade(raw_root: Path) -> None:
    _, report = load_real(SOURCE, raw_root)

    assert report.dropped["no media of its own that could be graded"] == 21
    assert report.rows == report.loaded + sum(report.dropped.values()) == 10492


def test_a_grade_off_the_scale_is_set_aside(raw_root: Path, tmp_path: Path) -> None:
    file = "global_media_freedom_GMFDv3.csv"
    folder = changed(SOURCE, raw_root, tmp_path, file, lambda c: c.replace(b",1948,1", b",1948,4", 1))
    (tmp_path / "state-system-cow-gw").symlink_to(raw_root / "state-system-cow-gw")

    _, report = load(SOURCE, folder)

    assert [(q.reason, q.value) for q in report.quarantined] == [("outside the scale 1 to 3", "4.0")]
