"""Names, M49 codes and regions of every state."""

from __future__ import annotations

from pathlib import Path

import pytest
from loading import changed, edges, load, load_real

from kb.facts.fact import Fact, NodeFact
from loaders.states.country_codes import own_entries, short_name

SOURCE = "country-codes"


@pytest.fixture(scope="module")
def facts(raw_root: Path) -> list[Fact]:
    return load_real(SOURCE, raw_root)[0]


@pytest.fixture(scope="module")
def states(facts: list[Fact]) -> dict[str, NodeFact]:
    return {f.key: f for f in facts if isinstance(f, NodeFact) and f.label == "State"}


@pytest.mark.parametrize(
    ("state", "name", "m49", "region", "subregion"),
    [
        ("NAM", "Namibia", 516, "Africa", "Sub-Saharan Africa"),
        ("MEX", "Mexico", 484, "Americas", "Latin America and the Caribbean"),
        ("KNA", "Saint Kitts and Nevis", 659, "Americas", "Latin America and the Caribbean"),
        ("SRB", "Serbia", 688, "Europe", "Southern Europe"),
        ("SUN", "Soviet Union", 810, "Europe", "Eastern Europe"),
        ("YMD", "South Yemen", 720, "Asia", "Western Asia"),
        ("TWN", "Taiwan", None, "Asia", "Eastern Asia"),
        ("COK", "Cook Islands", 184, "Oceania", "Polynesia"),
        ("XZN", "Zanzibar", None, "Africa", "Sub-Saharan Africa"),
    ],
)
def test_a_state(
    states: dict[str, NodeFact], state: str, name: str, m49: int | None, region: str, subregion: str
) -> None:
    values = states[state].values

    assert (values["name"], values["m49"], values["region"], values["subregion"]) == (name, m49, region, subregion)


def test_every_state_of_both_lists_has_a_name_and_a_region(states: dict[str, NodeFact], raw_root: Path) -> None:
    listed = {
        f.key
        for source in ("cow-states", "gw-states")
        for f in load_real(source, raw_root)[0]
        if isinstance(f, NodeFact) and f.label == "State"
    }

    assert {s for s in listed if not (s in states and states[s].values["name"] and states[s].values["region"])} == set()


def test_names_are_unique(states: dict[str, NodeFact]) -> None:
    assert len({s.values["name"] for s in states.values()}) == len(states)


def test_territories_are_left_out(states: dict[str, NodeFact]) -> None:
    assert {"GRL", "HKG", "PRI", "ESH"} & set(states) == set()


def test_only_the_european_union_lies_in_no_region(facts: list[Fact], states: dict[str, NodeFact]) -> None:
    placed = {e.start for e in edges(facts, "BELONGS_TO") if e.end.startswith("region:")}

    assert set(states) - placed == {"EUE"}


def test_names_are_written_out() -> None:
    assert short_name("St. Kitts & Nevis") == "Saint Kitts and Nevis"
    assert own_entries()["TUR"].name == "Türkiye"


def test_a_file_cut_in_the_middle_of_a_state_sets_that_row_aside(raw_root: Path, tmp_path: Path) -> None:
    folder = changed(
        SOURCE, raw_root, tmp_path, "codelist_nocldr.csv", lambda content: content[: content.index(b"Zimbabwe") + 8]
    )

    found, report = load(SOURCE, folder)

    assert [q.reason for q in report.quarantined] == ["6 cells where the header has 72"]
    assert "ZWE" not in {f.key for f in found if isinstance(f, NodeFact)}
