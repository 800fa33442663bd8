"""INGOs by name: WINGO's organizations with their headquarters, the Factbook's listings of members."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from loading import changed, edges, load, load_real

from kb.errors import InputError
from kb.facts.snapshot import SNAPSHOT, read_source
from loaders.organizations.factbook.organizations import MEANINGS
from loaders.shared.ingo_code import ingo_code

WINGO, FACTBOOK = "wingo-lall", "cia-factbook"


def rows(source: str, table: str) -> list[dict[str, Any]]:
    return read_source(SNAPSHOT / source).tables[table].to_pylist()


def organization(code: str) -> dict[str, Any]:
    return next(row for row in rows(WINGO, "INGO") if row["code"] == code)


def memberships(state: str) -> dict[str, dict[str, Any]]:
    return {row["end"]: row for row in rows(FACTBOOK, "MEMBER_OF") if row["start"] == state}


def test_amnesty_was_founded_in_1961_sits_in_london_and_is_a_human_rights_organization() -> None:
    amnesty = organization("amnesty-international")
    seats = {row["start"] for row in rows(WINGO, "TIED_TO") if row["end"] == "amnesty-international"}

    assert (amnesty["founded"], amnesty["human_rights"], amnesty["member_countries"]) == (1961, True, 167)
    assert seats == {"GBR"}


def test_a_count_of_no_member_countries_is_missing() -> None:
    assert organization("human-rights-watch")["member_countries"] is None
    assert not [row for row in rows(WINGO, "INGO") if row["member_countries"] == 0]


def test_names_damaged_by_a_replacement_are_repaired() -> None:
    found = [row["name"] for row in rows(WINGO, "INGO") if row["code"].startswith("siracusa")]

    assert found == ["Siracusa International Institute for Criminal Justice and Human Rights"]
    assert not [row for row in rows(WINGO, "INGO") if "United States of Americage" in row["name"]]


def test_the_country_is_read_from_its_name_where_the_code_counts_upwards(raw_root: Path) -> None:
    with (raw_root / "wingo-lall" / "wingo_v1.1.csv").open(encoding="utf-8", newline="") as file:
        wrong = next(row for row in csv.DictReader(file) if (row["country"], row["ccode"]) == ("Thailand", "200"))

    seats = {row["start"] for row in rows(WINGO, "TIED_TO") if row["end"] == ingo_code(wrong["name"])}

    assert seats == {"THA"}


def test_a_body_dissolved_before_it_was_founded_is_set_aside(raw_root: Path) -> None:
    _, report = load_real(WINGO, raw_root)

    assert report.rows == 2614
    assert len(report.quarantined) == 12
    assert all("comes before founded" in q.reason for q in report.quarantined)


def test_listings_carry_the_edition_and_no_first_year() -> None:
    assert {row["last_observed"] for row in rows(FACTBOOK, "MEMBER_OF")} == {2026}
    assert {row["from_year"] for row in rows(FACTBOOK, "MEMBER_OF")} == {None}


def test_every_member_of_the_united_nations_is_listed() -> None:
    status = {row["start"]: row["status"] for row in rows(FACTBOOK, "MEMBER_OF") if row["end"] == "UN"}

    assert sum(value == "full" for value in status.values()) == 193
    assert {state for state, value in status.items() if value == "observer"} == {"EUE", "VAT"}


def test_the_court_and_the_chamber_are_told_apart() -> None:
    court = {row["start"] for row in rows(FACTBOOK, "MEMBER_OF") if row["end"] == "ICC"}
    chamber = {row["start"] for row in rows(FACTBOOK, "TIED_TO") if row["end"] == "international-chamber-of-commerce"}

    assert ("USA" in court, "USA" in chamber) == (False, True)


def test_a_suspension_is_no_exit() -> None:
    mali = memberships("MLI")["AU"]

    assert (mali["status"], mali["suspended_from"], mali["suspended_to"]) == ("full", None, 9999)


def test_candidates_partners_and_missions_are_no_members() -> None:
    assert "EU" not in memberships("TUR")
    assert "ASEAN" not in memberships("USA")
    assert "UNMISS" not in memberships("NOR")


def test_every_abbreviation_has_one_reading_and_codes_are_those_of_the_other_list(raw_root: Path) -> None:
    directory = (raw_root / "cow-igo-v3" / "igo_directory_534.csv").read_text(encoding="utf-8", errors="replace")
    known = {line.split(",", 1)[0] for line in directory.splitlines()[1:]}
    table = MEANINGS.values()

    assert {m.reading for m in table} == {"io", "ingo", "left out"}
    assert {m.code for m in table if m.reading == "io" and m.name is None} <= known
    assert not {m.code for m in table if m.reading == "io" and m.name} & known


def test_an_organization_is_one_node_for_both_sources() -> None:
    wingo = {row["code"] for row in rows(WINGO, "INGO")}
    factbook = {row["code"] for row in rows(FACTBOOK, "INGO")}

    assert {
        ingo_code("World Federation of Trade Unions"),
        ingo_code("International Olympic Committee"),
    } <= wingo & factbook


def test_an_unknown_abbreviation_is_set_aside(raw_root: Path, tmp_path: Path) -> None:
    def change(content: bytes) -> bytes:
        return content.replace(b"ag,Algeria,ABEDA,", b"ag,Algeria,XYZZY,", 1)

    before, _ = load_real(FACTBOOK, raw_root)
    facts, report = load(FACTBOOK, changed(FACTBOOK, raw_root, tmp_path, "participation.csv", change))

    assert ("unknown organization", 2, "XYZZY") in {(q.reason, q.line, q.value) for q in report.quarantined}
    assert len(edges(facts, "MEMBER_OF")) == len(edges(before, "MEMBER_OF")) - 1


@pytest.mark.parametrize(("source", "file"), [(WINGO, "wingo_v1.1.csv"), (FACTBOOK, "participation.csv")])
def test_an_empty_file_is_an_error_that_names_it(source: str, file: str, either_root: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is empty"):
        load(source, changed(source, either_root, tmp_path, file, lambda content: b"\n"))
