"""Memberships of the 534 intergovernmental organizations of the Correlates of War."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loading import edges, load

from kb.errors import InputError
from kb.facts.fact import NodeFact
from kb.facts.snapshot import SNAPSHOT, read_source
from kb.load import names
from kb.model.shape import OPEN
from loaders.organizations.igo_cow import DIRECTORY, MATRIX, MISSING, STATUS, runs

SOURCE = "cow-igo"
Key = tuple[str, str]


@pytest.fixture(scope="module")
def spells() -> list[dict[str, object]]:
    return read_source(SNAPSHOT / SOURCE).tables["MEMBER_OF"].to_pylist()


def of(spells: list[dict[str, object]], state: str, organization: str) -> list[tuple[object, ...]]:
    own = [s for s in spells if (s["start"], s["end"]) == (state, organization)]
    return [(s["from_year"], s["to_year"], s["status"], s["last_observed"]) for s in own]


def test_spells_of_known_members(spells: list[dict[str, object]]) -> None:
    assert of(spells, "CHE", "UN") == [(2002, OPEN, "full", 2014)]
    assert of(spells, "SSD", "UN") == [(2011, OPEN, "full", 2014)]
    assert of(spells, "MAR", "OAU") == [(1965, 1984, "full", 1984)]
    assert of(spells, "USA", "COE") == [(1995, OPEN, "observer", 2014)]
    assert of(spells, "SUN", "ILO") == [(1934, 1940, "full", 1940), (1953, 1991, "full", 1991)]
    assert of(spells, "RUS", "ILO") == [(1992, OPEN, "full", 2014)]


def test_the_two_codes_of_germany_make_one_spell(spells: list[dict[str, object]]) -> None:
    assert of(spells, "DEU", "OSCE") == [(1973, OPEN, "full", 2014)]


def test_an_organization_missing_in_its_last_years_stays_open_and_says_when_it_was_last_seen(
    spells: list[dict[str, object]],
) -> None:
    assert of(spells, "NOR", "ICAO")[-1][1:] == (OPEN, "full", 2013)


@pytest.mark.parametrize(("organization", "members"), [("UN", 193), ("COE", 47), ("EU", 28)])
def test_full_members_in_2014(spells: list[dict[str, object]], organization: str, members: int) -> None:
    found = [s for s in spells if s["end"] == organization and s["status"] == "full" and s["to_year"] == OPEN]

    assert len(found) == members


def _observed_and_bridged(raw_root: Path) -> tuple[dict[tuple[str, int], list[int]], set[tuple[str, str, int]]]:
    """The published counts of memberships by state and year, and the cells of the matrix that are missing."""
    folder = raw_root / "cow-igo-v3"
    with (folder / "cow_igo_state_year_counts.csv").open(encoding="utf-8", newline="") as file:
        counts = {
            (names.by_code("cow", r["ccode"], int(r["year"])), int(r["year"])): [
                int(r[f"sum_igo_{status}"]) for status in STATUS.values()
            ]
            for r in csv.DictReader(file)
        }
    missing = set()
    with gzip.open(folder / MATRIX, "rt", encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    for row in rows:
        state = names.by_code("cow", row[0], int(row[1]))
        missing |= {(state, header[i], int(row[1])) for i, cell in enumerate(row) if cell == "-9"}
    return counts, missing


def test_counts_per_state_and_year_equal_the_published_ones(spells: list[dict[str, object]], raw_root: Path) -> None:
    counts, missing = _observed_and_bridged(raw_root)
    found: dict[tuple[object, int], Counter[object]] = {}
    for spell in spells:
        for year in range(int(str(spell["from_year"])), int(str(spell["last_observed"])) + 1):
            if (spell["start"], str(spell["end"]).lower(), year) not in missing:
                found.setdefault((spell["start"], year), Counter())[spell["status"]] += 1

    assert {key: [found.get(key, Counter())[s] for s in STATUS.values()] for key in counts} == counts


@pytest.mark.parametrize(("state", "members"), [("USA", 89), ("MEX", 93), ("NOR", 105)])
def test_full_memberships_observed_in_2014(spells: list[dict[str, object]], state: str, members: int) -> None:
    own = [s for s in spells if s["start"] == state and s["status"] == "full"]

    assert sum(s["from_year"] <= 2014 <= s["last_observed"] for s in own) == members


def test_missing_years_inside_a_run_are_bridged_and_others_are_not_membership() -> None:
    series = {1970: MISSING, 1971: 1, 1972: MISSING, 1973: 1, 1974: MISSING}

    assert [(r.first, r.last, r.reaches) for r in runs(series)] == [(1971, 1973, 1974)]


def test_a_change_of_status_or_a_year_out_of_the_record_ends_a_run() -> None:
    series = {1990: 3, 1991: 1, 1992: 1, 1995: 1}

    assert [(r.status, r.first, r.last) for r in runs(series)] == [(3, 1990, 1990), (1, 1991, 1992), (1, 1995, 1995)]


@given(st.dictionaries(st.integers(1945, 2014), st.sampled_from([1, 2, 3, MISSING])))
def test_runs_hold_every_observed_year_once_under_its_status(series: dict[int, int]) -> None:
    held = [(year, run.status) for run in runs(series) for year in range(run.first, run.last + 1)]

    assert len(held) == len({year for year, _ in held})
    assert {(y, s) for y, s in held if series.get(y) != MISSING} == {(y, s) for y, s in series.items() if s != MISSING}
    assert all(year in series for year, _ in held)


def excerpt(raw_root: Path, folder: Path, keep: str, change: Callable[[str], str] = str) -> Path:
    """The organizations, and the rows of the matrix that begin with ``keep``, changed."""
    real = raw_root / "cow-igo-v3"
    (folder / DIRECTORY).write_bytes((real / DIRECTORY).read_bytes())
    header, *rows = gzip.decompress((real / MATRIX).read_bytes()).decode().splitlines()
    text = "\n".join([header, *(row for row in rows if row.startswith(keep))]) + "\n"
    (folder / MATRIX).write_bytes(gzip.compress(change(text).encode()))
    return folder


def test_a_state_alone_gives_its_spells(raw_root: Path, tmp_path: Path) -> None:
    facts, report = load(SOURCE, excerpt(raw_root, tmp_path, "626,"))

    assert (report.rows, report.loaded) == (534 + 4, 534 + 4)
    assert {e.start for e in edges(facts, "MEMBER_OF")} == {"SSD"}
    assert len([f for f in facts if isinstance(f, NodeFact)]) == 534


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("626,2012,", "6260,2012,", "unknown cow code"),
        ("626,2012,sosudan,", "626,2012,sosudan,7", "not a code of the matrix"),
        ("626,2012,", "626,,", "empty"),
    ],
)
def test_a_damaged_state_year_is_set_aside(
    raw_root: Path, tmp_path: Path, before: str, after: str, reason: str
) -> None:
    folder = excerpt(raw_root, tmp_path, "626,", lambda text: text.replace(before, after))

    _, report = load(SOURCE, folder)

    assert [q.reason for q in report.quarantined] == [reason]


def test_a_missing_organization_column_is_named(raw_root: Path, tmp_path: Path) -> None:
    folder = excerpt(raw_root, tmp_path, "626,", lambda text: text.replace(",unesco,", ",unesko,", 1))

    with pytest.raises(InputError, match="has no column 'unesco'"):
        load(SOURCE, folder)


def test_a_matrix_without_memberships_is_refused(either_root: Path, tmp_path: Path) -> None:
    folder = excerpt(either_root, tmp_path, "never")

    with pytest.raises(InputError, match="holds no membership"):
        load(SOURCE, folder)
