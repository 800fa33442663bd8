"""National human rights institutions: who has one, and how it is accredited."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from loading import changed, edges, load, load_real

from kb.errors import InputError
from kb.facts.fact import NodeFact
from kb.facts.snapshot import SNAPSHOT, read_source

UNDP, UNSDG = "undp-sdg16-nhri", "unsdg-16a1-nhri"
FILE = "nhri_status_undp_wide.csv"


def statuses(source: str) -> dict[tuple[str, int], str]:
    rows = read_source(SNAPSHOT / source).tables["ACCREDITED"].to_pylist()
    return {(row["start"], row["year"]): row["status"] for row in rows}


def hosts(source: str) -> dict[str, dict[str, int | None]]:
    return {row["start"]: row for row in read_source(SNAPSHOT / source).tables["HOSTS"].to_pylist()}


@pytest.mark.parametrize(("year", "expected"), [(2000, 32), (2019, 78), (2024, 89), (2025, 89)])
def test_full_accreditations_are_as_many_as_the_source_states(year: int, expected: int) -> None:
    assert sum(status == "A" for (_, y), status in statuses(UNDP).items() if y == year) == expected


@pytest.mark.parametrize(
    ("site", "year", "status"),
    [
        ("MEX-nhri", 2025, "A"),
        ("RUS-nhri", 2022, "A"),
        ("RUS-nhri", 2023, "none_or_C"),
        ("HUN-nhri", 2021, "A"),
        ("HUN-nhri", 2022, "B"),
        ("SWE-nhri", 2024, "A"),
    ],
)
def test_known_statuses(site: str, year: int, status: str) -> None:
    assert statuses(UNDP)[site, year] == status


def test_the_two_sources_agree_wherever_the_database_says_a_or_b() -> None:
    page, database = statuses(UNDP), statuses(UNSDG)
    graded = {key: status for key, status in database.items() if status in "AB"}

    assert len(graded) == 524 + 188
    assert {key: page[key] for key in graded} == graded


def test_years_that_the_source_leaves_out_stay_out() -> None:
    assert {year for _, year in statuses(UNDP)} == {2000, 2005, 2010, *range(2015, 2026)}
    assert {year for _, year in statuses(UNSDG)} == {2000, 2005, 2010, *range(2015, 2020)}


def test_the_foundation_is_not_known_and_the_last_sight_is() -> None:
    assert hosts(UNDP)["MEX"]["from_year"] is None
    assert hosts(UNDP)["MEX"]["last_observed"] == 2025
    assert hosts(UNDP)["RUS"]["last_observed"] == 2022


def test_a_state_that_never_had_an_institution_has_no_site() -> None:
    assert "CHN" not in hosts(UNDP)
    assert "CHN" not in hosts(UNSDG)


def test_both_sources_name_a_site_alike_and_status_c_is_a_site(raw_root: Path) -> None:
    facts, _ = load_real(UNSDG, raw_root)
    names = {f.key: f.values["name"] for f in facts if isinstance(f, NodeFact) and f.label == "ReceptorSite"}

    assert names["MEX-nhri"] == "National human rights institution of Mexico"
    assert names["CHE-nhri"] == "National human rights institution of Switzerland"


def test_two_statuses_in_one_year_are_both_set_aside(either_root: Path) -> None:
    facts, report = load_real(UNSDG, either_root)

    assert [q.value for q in report.quarantined] == ["PRY 2019 B/none"] * 2
    assert not [e for e in edges(facts, "ACCREDITED") if e.start == "PRY-nhri" and e.values["year"] == 2019]


def test_a_status_that_the_page_does_not_explain_sets_the_row_aside(raw_root: Path, tmp_path: Path) -> None:
    folder = changed(UNDP, raw_root, tmp_path, FILE, lambda b: b.replace(b"MEX,Mexico,A", b"MEX,Mexico,E"))

    facts, report = load(UNDP, folder)

    assert [(q.reason, q.column, q.value) for q in report.quarantined] == [
        ("unknown accreditation status", "2000", "E")
    ]
    assert not [e for e in edges(facts, "HOSTS") if e.start == "MEX"]


def test_a_missing_file_is_named(either_root: Path, tmp_path: Path) -> None:
    for name in (UNDP, UNSDG):
        shutil.copytree(either_root / name, tmp_path / name, copy_function=shutil.copyfile)
    missing = tmp_path / UNSDG / "ddf--datapoints--sg_nhr_nostusn--by--geo_area--nature--units--year.csv"
    missing.unlink()

    with pytest.raises(InputError, match="sg_nhr_nostusn"):
        load(UNSDG, tmp_path / UNSDG)
