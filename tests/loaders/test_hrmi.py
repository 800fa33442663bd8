"""The Human Rights Measurement Initiative's first release."""

from __future__ import annotations

from pathlib import Path

from practice import Excerpt, indicators, shipped, value

SOURCE = "hrmi-2018"


def test_known_values() -> None:
    assert value(SOURCE, "AFG", "HRMI-FOOD", 2005) == 24.07509293
    assert shipped(SOURCE)["AGO", "HRMI-TORT", 2017] == {
        "value": 4.4027972,
        "sd": 0.5783869,
        "lo": 3.662277,
        "hi": 5.167345,
    }


def test_the_pilot_has_thirteen_states() -> None:
    pilot = {s for s, i, _ in shipped(SOURCE) if i == "HRMI-EXPRESS"}

    assert len(pilot) == 13
    assert {"NZL", "SAU", "GBR"} <= pilot


def test_only_the_pilot_has_an_uncertainty() -> None:
    uncertain = {code for code, i in indicators(SOURCE).items() if i["has_uncertainty"]}

    assert uncertain == {i for _, i, y in shipped(SOURCE) if y == 2017}


def test_an_unknown_name_is_quarantined_and_not_guessed(raw_root: Path, tmp_path: Path) -> None:
    excerpt = Excerpt(raw_root, tmp_path, SOURCE)
    excerpt.take("esr_core.csv", lambda row: row["Country Code"] in {"NPL", "CHI"})
    excerpt.take("cpr.csv", lambda row: row["country"] == "Nepal", lambda row: {**row, "country": "Nepall"})

    values, report = excerpt.load()

    assert {state for state, _, _ in values} == {"NPL"}
    assert report.dropped["a territory, not a state"] == 11
    assert [(q.file, q.reason) for q in report.quarantined] == [("cpr.csv", "unknown state name")]
