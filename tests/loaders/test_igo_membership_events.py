"""Lists of members and dated events, alone and together with the Correlates of War."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from loading import changed, edges, load, load_real

from kb.facts.fact import Fact
from kb.facts.snapshot import SNAPSHOT, read_source
from kb.graph.precedence import count_memberships
from kb.load.register import register
from kb.model.shape import OPEN
from loaders.organizations.igo_membership_events import Event, statements

SOURCE = "io-events"
EVENTS = "regional_org_membership_events.csv"


@pytest.fixture(scope="module")
def facts(raw_root: Path) -> list[Fact]:
    return load_real(SOURCE, raw_root)[0]


@pytest.fixture(scope="module")
def counted() -> list[dict[str, object]]:
    """The shipped memberships of the three sources, with the years that count."""
    tables = []
    for code in ("cow-igo", "un-members", SOURCE):
        table = read_source(SNAPSHOT / code).tables["MEMBER_OF"]
        tables.append(table.append_column("source", pa.array([code] * table.num_rows)))
    ranks = {code: source.precedence for code, source in register().items()}
    rows: list[dict[str, object]] = count_memberships(pa.concat_tables(tables), ranks).to_pylist()
    return [row for row in rows if row["counted_from"] is not None]


def members(counted: list[dict[str, object]], organization: str, year: int) -> set[object]:
    return {
        row["start"]
        for row in counted
        if row["end"] == organization and row["status"] == "full" and row["counted_from"] <= year <= row["counted_to"]
    }


@pytest.mark.parametrize(
    ("organization", "year", "number"),
    [
        ("COE", 1970, 17),
        ("COE", 2021, 47),
        ("COE", 2025, 46),
        ("EU", 2019, 28),
        ("EU", 2025, 27),
        ("UN", 1946, 55),
        ("UN", 1960, 99),
        ("UN", 1973, 135),
        ("UN", 2025, 193),
        ("ILO", 2025, 187),
        ("OSCE", 2025, 57),
        ("OAS", 2025, 34),
        ("ComSec", 2025, 56),
        ("ECOWAS", 2026, 12),
    ],
)
def test_the_number_of_members(counted: list[dict[str, object]], organization: str, year: int, number: int) -> None:
    assert len(members(counted, organization, year)) == number


@pytest.mark.parametrize(
    ("state", "organization", "inside", "outside"),
    [
        ("GRC", "COE", [1949, 1969, 1974, 2025], [1948, 1970, 1973]),
        ("RUS", "COE", [1996, 2022], [1995, 2023]),
        ("USA", "UNESCO", [1984, 2003, 2018, 2023], [1985, 2002, 2019, 2022]),
        ("USA", "ILO", [1934, 1977, 1980], [1978, 1979]),
        ("ISR", "UNESCO", [2018], [2019]),
        ("GBR", "EU", [1993, 2020], [2021]),
        ("DEU", "UN", [1973], [1965, 1972]),
        ("DDR", "UN", [1973, 1990], [1972]),
        ("SCG", "UN", [2000], [1992, 1999]),
        ("MAR", "AU", [2017], [2016]),
        ("CUB", "OAS", [1950, 1975, 2020], []),
        ("HND", "OAS", [2008, 2010, 2020], []),
        ("NIC", "OAS", [2023], [2024]),
        ("EGY", "LOAS", [1980, 2020], []),
    ],
)
def test_years_of_membership(
    counted: list[dict[str, object]], state: str, organization: str, inside: list[int], outside: list[int]
) -> None:
    assert [y for y in inside if state not in members(counted, organization, y)] == []
    assert [y for y in outside if state in members(counted, organization, y)] == []


def test_no_state_is_counted_twice_in_an_organization(counted: list[dict[str, object]]) -> None:
    for organization in ("COE", "UN", "ILO", "OAS", "AU", "ComSec", "LOAS", "UNESCO"):
        for year in range(1946, 2026):
            rows = [
                row["start"]
                for row in counted
                if row["end"] == organization
                and row["status"] == "full"
                and row["counted_from"] <= year <= row["counted_to"]
            ]
            assert len(rows) == len(set(rows))


def test_suspensions_are_properties(facts: list[Fact]) -> None:
    found = {
        (e.start, e.end, e.values["suspended_from"], e.values["suspended_to"])
        for e in edges(facts, "MEMBER_OF")
        if e.values.get("suspended_from") is not None
    }

    assert {
        ("EGY", "LOAS", 1979, 1989),
        ("SYR", "LOAS", 2011, 2023),
        ("CUB", "OAS", 1962, 2009),
        ("MRT", "AU", 2005, 2007),
        ("MRT", "AU", 2008, 2009),
        ("MLI", "AU", 2021, OPEN),
        ("ZWE", "ComSec", 2002, 2003),
    } <= found
    assert len(found) == 20


def test_events_become_spells() -> None:
    events = [
        Event("COE", "DEU", "join", "1951"),
        Event("COE", "DEU", "join_associate", "1950"),
        Event("UNESCO", "USA", "leave", "1984"),
        Event("UNESCO", "USA", "join", "2003"),
        Event("UNESCO", "USA", "leave", "2018-12-31"),
        Event("OSCE", "RUS", "join", "1973"),
    ]

    found = [(e.start, e.values.get("from_year"), e.values["to_year"], e.values["status"]) for e in statements(events)]

    assert found == [
        ("DEU", 1950, 1951, "associate"),
        ("DEU", 1951, OPEN, "full"),
        ("USA", None, 1984, "full"),
        ("USA", 2003, 2018, "full"),
        ("SUN", 1973, 1991, "full"),
        ("RUS", 1992, OPEN, "full"),
    ]


def test_every_row_is_accounted_for(raw_root: Path) -> None:
    _, report = load_real(SOURCE, raw_root)

    assert (report.rows, report.loaded, report.quarantined) == (457, 427, [])
    assert sorted(report.dropped.values()) == [1, 1, 7, 21]


@pytest.mark.parametrize(
    ("file", "before", "after", "reason"),
    [
        (EVENTS, b"CoE,RUS,expelled", b"CoE,RUS,vanished", "unknown event"),
        (EVENTS, b"EU,GBR,leave,2020", b"EU,GBR,leave,20", "not a date"),
        (EVENTS, b"EU,GBR,leave", b"Union,GBR,leave", "unknown organization"),
        ("eu_members.csv", b"Sweden,1 January 1995", b"Sweden,soon", "not a date"),
        ("osce_participating_states.csv", b",SWE", b",QQQ", "unknown iso3 code"),
    ],
)
def test_a_damaged_row_is_set_aside(
    either_root: Path, tmp_path: Path, file: str, before: bytes, after: bytes, reason: str
) -> None:
    folder = changed(SOURCE, either_root, tmp_path, file, lambda content: content.replace(before, after, 1))

    _, report = load(SOURCE, folder)

    assert [(q.file, q.reason) for q in report.quarantined] == [(file, reason)]
