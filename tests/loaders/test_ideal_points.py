"""Ideal points in the General Assembly."""

from __future__ import annotations

from pathlib import Path

from loading import edges, load_real
from practice import indicators, shipped, value

SOURCE = "unga-ideal-points"


def test_known_values() -> None:
    assert value(SOURCE, "USA", "UNGA-IDEAL", 1946) == 1.6633750200271606
    assert shipped(SOURCE)["USA", "UNGA-IDEAL", 1946]["lo"] == 0.9751855731010437


def test_no_end_of_the_scale_is_called_better() -> None:
    assert indicators(SOURCE)["UNGA-IDEAL"]["better"] is None


def test_every_point_lies_within_its_bounds() -> None:
    assert all(v["lo"] <= v["value"] <= v["hi"] for v in shipped(SOURCE).values())  # type: ignore[operator]


def test_friends_and_opponents_of_the_united_states_in_2023_are_far_apart() -> None:
    near = {s: value(SOURCE, s, "UNGA-IDEAL", 2023) for s in ("GBR", "FRA", "CZE", "SYR", "NIC", "CUB")}

    assert min(near["GBR"], near["FRA"], near["CZE"]) > 1 > 0 > max(near["SYR"], near["NIC"], near["CUB"])  # type: ignore[type-var]


def test_rows_before_a_state_existed_are_dropped_by_name(raw_root: Path) -> None:
    facts, report = load_real(SOURCE, raw_root)

    assert report.dropped == {"no such state in that year": 95, "no value": 16}
    assert not [e for e in edges(facts, "MEASURED") if e.start == "BLR" and e.values["year"] < 1991]
