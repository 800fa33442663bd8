"""Every row of a file ends in exactly one place, and a file that is not what it should be is refused with a word."""

from __future__ import annotations

import datetime as dt
import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import InputError
from kb.facts.fact import EdgeFact, Fact, edge, node
from kb.load.raw import RawFolder, Report
from kb.load.rows import Drop, Row, Unusable, parse_day

HEADER = "iso3,code,year,value,note"


def measured(row: Row) -> Iterator[Fact]:
    if row.text("iso3") == "UNK":
        raise Drop("not a state")
    value = row.real("value")
    if value is None:
        raise Drop("no value")
    yield edge("MEASURED", row.need("iso3"), row.need("code"), year=row.year("year"), value=value)


def read(folder: Path, content: bytes, **more: object) -> tuple[list[Fact], Report]:
    (folder / "table.csv").write_bytes(content)
    raw = RawFolder(folder, "kof-2024")
    facts = list(raw.csv("table.csv", measured, **more))  # type: ignore[arg-type]
    raw.report.check()
    return facts, raw.report


def lines(*rows: str) -> bytes:
    return "\n".join([HEADER, *rows, ""]).encode()


def test_a_row_is_loaded_dropped_by_a_named_rule_or_quarantined_with_its_line(tmp_path: Path) -> None:
    facts, report = read(tmp_path, lines("SWE,A,1990,1.5,x", "UNK,A,1990,1,x", "NOR,A,1990,many,x", "DNK,A,1990,,x"))

    assert [(f.start, f.values["value"]) for f in facts if isinstance(f, EdgeFact)] == [("SWE", 1.5)]
    assert (report.rows, report.loaded, dict(report.dropped)) == (4, 1, {"not a state": 1, "no value": 1})
    assert [(q.line, q.reason, q.column, q.value) for q in report.quarantined] == [(4, "not a number", "value", "many")]


def test_a_column_that_nobody_looked_at_is_reported(tmp_path: Path) -> None:
    _, report = read(tmp_path, lines("SWE,A,1990,1.5,x"))
    _, ignored = read(tmp_path, lines("SWE,A,1990,1.5,x"), ignore=["no*"])

    assert report.unread_columns == {"table.csv": ["note"]}
    assert ignored.unread_columns == {}


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ("SWE,A,1990,NAN(1),x", "not a number"),
        ("SWE,A,1990,inf,x", "not a finite number"),
        ("SWE,A,1990,1e999,x", "not a finite number"),
        ("SWE,A,1990.5,1,x", "not a whole number"),
        ("SWE,A,,1,x", "empty"),
        (",A,1990,1,x", "empty"),
        ("SWE,A,3000,1,x", "not a year up to 2100"),
        ("SWE,A,-5,1,x", "not a year up to 2100"),
        ("SWE,A,1" + "0" * 30 + ",1,x", "not a year up to 2100"),
        ("SWE,A,1990,1", "4 cells where the header has 5"),
        ("SWE,A,1990,1,x,y", "6 cells where the header has 5"),
    ],
)
def test_a_cell_that_cannot_be_true_sends_its_row_to_quarantine(tmp_path: Path, cells: str, reason: str) -> None:
    facts, report = read(tmp_path, lines("NOR,A,1990,1,x", cells))

    assert len(facts) == 1
    assert [(q.file, q.line) for q in report.quarantined] == [("table.csv", 3)]
    assert report.quarantined[0].reason.startswith(reason)


def test_a_duplicate_key_that_says_otherwise_is_quarantined_and_a_repeat_is_dropped(tmp_path: Path) -> None:
    facts, report = read(tmp_path, lines("SWE,A,1990,1,x", "SWE,A,1990,1,y", "SWE,A,1990,2,z"))

    assert len(facts) == 1
    assert dict(report.dropped) == {"repeats an earlier row": 1}
    assert report.quarantined[0].reason == "duplicate key: an earlier row says otherwise"


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda good: b"", "is empty"),
        (lambda good: good.replace(b"value", b"figure"), "line 2, has no column 'value'"),
        (lambda good: good.replace(b"note", b"value"), "more than one column value"),
        (lambda good: good.replace(b"NOR", "Norvège".encode("latin-1")), "line 3, is not utf-8"),
        (lambda good: good.replace(b"NOR,A", b'"NOR,A'), "line 3: unexpected end of data"),
    ],
)
def test_a_file_that_is_not_a_table_as_expected_is_refused(
    tmp_path: Path, damage: Callable[[bytes], bytes], says: str
) -> None:
    good = lines("SWE,A,1990,1,x", "NOR,A,1990,1,x")

    with pytest.raises(InputError) as error:
        read(tmp_path, damage(good))

    assert "table.csv" in error.value.problem
    assert says in error.value.problem
    assert error.value.remedy


@pytest.mark.parametrize("keep", [0, 1, 10, 30])
def test_a_truncated_archive_is_refused(tmp_path: Path, keep: int) -> None:
    (tmp_path / "table.csv.gz").write_bytes(gzip.compress(lines("SWE,A,1990,1,x"))[:keep])

    with pytest.raises(InputError, match=r"table\.csv\.gz"):
        list(RawFolder(tmp_path, "kof-2024").csv("table.csv.gz", measured))


def test_a_renamed_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"other\.csv is missing"):
        RawFolder(tmp_path, "kof-2024").text("other.csv")


def test_a_loader_that_stumbles_says_over_which_line(tmp_path: Path) -> None:
    def stumbling(row: Row) -> Iterator[Fact]:
        yield edge("MEASURED", "SWE", "A", year=int(row.need("note")))

    (tmp_path / "table.csv").write_bytes(lines("SWE,A,1990,1,7x"))

    with pytest.raises(InputError, match=r"table\.csv, line 2"):
        list(RawFolder(tmp_path, "kof-2024").csv("table.csv", stumbling))


@pytest.mark.parametrize("text", ["2026-02-30", "31 November 1999", "0000-01-01", "29 Feb 2023"])
def test_an_impossible_day_is_no_day(text: str) -> None:
    with pytest.raises(Unusable, match="impossible date"):
        parse_day(text)


@given(st.dates(dt.date(1816, 1, 1), dt.date(2100, 12, 31)))
def test_a_day_is_read_back_in_every_spelling(day: dt.date) -> None:
    assert parse_day(day.isoformat()) == day
    assert parse_day(f"{day.day} {day:%B %Y}") == day
    assert parse_day(f"{day.day} {day:%b} {day.year}") == day


def test_a_spell_that_ends_before_it_begins_is_quarantined(tmp_path: Path) -> None:
    def spell(row: Row) -> Iterator[Fact]:
        yield edge("MEMBER_OF", row.need("iso3"), row.need("code"), from_year=row.year("year"), to_year=1980)

    (tmp_path / "table.csv").write_bytes(lines("SWE,UN,1946,,", "NOR,UN,1990,,"))
    raw = RawFolder(tmp_path, "kof-2024")
    facts = list(raw.csv("table.csv", spell))

    assert [f.identity[1] for f in facts] == ["SWE"]
    assert [(q.line, q.reason) for q in raw.report.quarantined] == [(3, "to_year 1980 comes before from_year 1990")]


def test_two_rows_may_complete_a_node_but_not_contradict_each_other(tmp_path: Path) -> None:
    def organization(row: Row) -> Iterator[Fact]:
        yield node("IO", code=row.need("code"), name=row.text("note"), founded=row.integer("year"))

    (tmp_path / "table.csv").write_bytes(lines(",UN,,,", ",UN,1945,,United Nations", ",UN,1946,,"))
    raw = RawFolder(tmp_path, "kof-2024")
    facts = list(raw.csv("table.csv", organization))

    assert dict(facts[-1].values) == {"code": "UN", "name": "United Nations", "founded": 1945}
    assert [q.reason for q in raw.report.quarantined] == ["contradicts an earlier row"]


CELL = st.one_of(
    st.sampled_from(
        ["", "SWE", "NOR", "UNK", "A", "1990", "2.5", "nan", "inf", "-1", '"', ",", "\n", "\r", "\x00", "é"]
    ),
    st.text(max_size=5),
)


@given(st.lists(st.lists(CELL, min_size=4, max_size=6), max_size=8))
def test_whatever_stands_in_a_table_its_rows_add_up(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    content = "\n".join([HEADER, *(",".join(cells) for cells in rows)])
    try:
        facts, report = read(tmp_path_factory.mktemp("table"), content.encode("utf-8", "surrogatepass"))
    except InputError as error:
        assert "table.csv" in error.problem and error.remedy
    else:
        assert len({fact.identity for fact in facts}) == len(facts) == report.loaded
        assert all(q.line > 1 and q.reason for q in report.quarantined)
