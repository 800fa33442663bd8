"""Tables of names, codes and exceptions: a line that does not fit is named with its file and its number."""

from __future__ import annotations

import ast
import csv
import datetime as dt
from pathlib import Path
from typing import ClassVar

import pytest
from loading import edges, load_real

from kb.errors import InputError
from kb.load import lookups
from kb.load.rows import Drop
from kb.settings import ROOT
from loaders.practice import pts
from loaders.shared import succession
from loaders.treaties.untc.procedures import accepted

HEADER = "value,from_year,to_year,iso3,left_out,reason,decided\n"


def written(folder: Path, text: str) -> Path:
    (folder / "some_states.csv").write_text(text, encoding="utf-8")
    return folder


def refused(folder: Path, text: str) -> str:
    lookups.read.cache_clear()
    with pytest.raises(InputError) as error:
        lookups.read("some_states.csv", lookups.Meant, written(folder, text))
    assert error.value.remedy
    return error.value.problem


def test_cells_have_the_declared_types_and_empty_ones_their_defaults(tmp_path: Path) -> None:
    class Treaty(lookups.Line, frozen=True):
        key: ClassVar[tuple[str, ...]] = ("code",)
        code: lookups.Text
        core: bool
        day: dt.date | None = None
        article: int = 0

    (tmp_path / "treaties.csv").write_text(
        'code,core,day,article,reason,decided\nCAT,yes,1984-12-10,,"so, and so",2026-11-21\n"A, B",no,,7,x,2026-11-21\n'
    )

    found = lookups.read("treaties.csv", Treaty, tmp_path)

    assert [(t.code, t.core, t.day, t.article, t.reason) for t in found] == [
        ("CAT", True, dt.date(1984, 12, 10), 0, "so, and so"),
        ("A, B", False, None, 7, "x"),
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Crimea,,,UKR,,,2026-11-21", "line 2: reason is empty"),
        ("Crimea,,,UKR,,part of it,", "line 2: decided is empty"),
        ("Crimea,,,UKR,,part of it,yesterday", "line 2: decided is 'yesterday'"),
        ("Crimea,sometime,,UKR,,part of it,2026-11-21", "line 2: from_year is 'sometime'"),
        ("Crimea,,,QQQ,,part of it,2026-11-21", "line 2: iso3 is 'QQQ': no state has the code 'QQQ'"),
        ("Crimea,,,ukr,,part of it,2026-11-21", "no state has the code 'ukr'"),
        (",,,UKR,,part of it,2026-11-21", "line 2: value is empty"),
        ("Crimea,,,,,part of it,2026-11-21", "line 2: either iso3 or left_out is filled, not both"),
        ("Crimea,,,UKR,a territory,part of it,2026-11-21", "line 2: either iso3 or left_out is filled, not both"),
        ("Crimea,,,UKR,,part, of it,2026-11-21", "line 2: 8 cells where the header has 7"),
        ("Crimea,,,UKR,,part of it", "line 2: 6 cells where the header has 7"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, said: str) -> None:
    problem = refused(tmp_path, f"{HEADER}{line}\n")

    assert said in problem
    assert problem.startswith(f"{tmp_path / 'some_states.csv'}, line 2: ")


def test_a_wrong_line_further_down_is_named_by_its_own_number(tmp_path: Path) -> None:
    good = "".join(f"place {n},,,UKR,,part of it,2026-11-21\n" for n in range(5))

    assert "line 7: iso3 is 'QQQ'" in refused(tmp_path, f"{HEADER}{good}Crimea,,,QQQ,,part of it,2026-11-21\n")


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("value,from_year,to_year,iso3,left_out,reason\n", "line 1, has no column decided"),
        (HEADER.replace("left_out", "leftout"), "line 1, has no column left_out, has a column 'leftout'"),
        (HEADER.replace("to_year", "from_year"), "line 1, has no column to_year, has the column from_year twice"),
        ("", "has no column value"),
    ],
)
def test_a_wrong_header_is_named(tmp_path: Path, header: str, said: str) -> None:
    assert said in refused(tmp_path, header)


@pytest.mark.parametrize("text", [f'{HEADER}"Crimea,,,UKR,,part of it,2026-11-21\n', f"{HEADER}a\x00b\n"])
def test_a_file_that_is_no_table_is_named(tmp_path: Path, text: str) -> None:
    assert "some_states.csv" in refused(tmp_path, text)


def test_a_missing_file_and_a_wrong_encoding_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"some_states\.csv cannot be read"):
        lookups.read("some_states.csv", lookups.Meant, tmp_path)
    (tmp_path / "some_states.csv").write_bytes(HEADER.encode() + "Curaçao".encode("latin-1"))
    with pytest.raises(InputError, match=r"some_states\.csv cannot be read"):
        lookups.read("some_states.csv", lookups.Meant, tmp_path)


def test_two_lines_on_one_value_in_one_year_are_refused_and_in_other_years_are_not(tmp_path: Path) -> None:
    first = "364,,1991,SUN,,the file's own,2026-11-21\n"

    assert "line 3: line 2 is about 364 too" in refused(
        tmp_path, f"{HEADER}{first}364,1991,,RUS,,the file's own,2026-11-21\n"
    )
    folder = written(tmp_path, f"{HEADER}{first}364,1992,,RUS,,the file's own,2026-11-21\n")
    both = lookups.states("some_states.csv", folder)
    assert [both.get(364, year) for year in (1980, 1991, 1992)] == ["SUN", "SUN", "RUS"]


def test_what_is_left_out_is_dropped_by_its_rule_and_what_is_not_in_the_table_is_left_to_others(tmp_path: Path) -> None:
    found = lookups.states(
        "some_states.csv", written(tmp_path, f"{HEADER}260,1990,1990,,year of unification,two rows,2026-11-21\n")
    )

    assert found.get("260", 1989) is None
    assert found.get("255", 1990) is None
    with pytest.raises(Drop, match="year of unification"):
        found.get("260", 1990)


def test_a_code_of_another_table_must_be_one_of_its_codes(tmp_path: Path) -> None:
    table = (lookups.LOOKUPS / "untc_procedures.csv").read_text(encoding="utf-8")
    (tmp_path / "untc_procedures.csv").write_text(table.replace("\nICCPR,", "\nICPR,"), encoding="utf-8")

    with pytest.raises(InputError, match=r"line 3: treaty is 'ICPR': there is no instrument of untc_instruments\.csv"):
        lookups.read("untc_procedures.csv", accepted.Procedure, tmp_path)


def test_a_table_that_a_spreadsheet_saved_is_read_alike(tmp_path: Path) -> None:
    table = (lookups.LOOKUPS / "untc_procedures.csv").read_text(encoding="utf-8")
    (tmp_path / "untc_procedures.csv").write_bytes(b"\xef\xbb\xbf" + table.replace("\n", "\r\n").encode())

    assert lookups.read("untc_procedures.csv", accepted.Procedure, tmp_path) == accepted.PROCEDURES


def test_who_preceded_whom_stands_in_one_table() -> None:
    day = dt.date(1991, 12, 25)

    assert succession.acted_before("RUS", day - dt.timedelta(days=1)) == "SUN"
    assert succession.acted_before("RUS", day) is None
    assert succession.acted_before("UKR", dt.date(1980, 1, 1)) is None
    assert [succession.continued_as(iso3) for iso3 in ("SUN", "SCG", "YUG", "DDR")] == ["RUS", "SRB", "YUG", "DDR"]
    assert (succession.absorbed_by("YEM"), succession.part_of("YMD"), succession.part_of("SUN")) == (
        ["YMD"],
        "YEM",
        "SUN",
    )


def test_every_table_is_read_by_some_loader_and_every_line_of_it_is_whole() -> None:
    """A table that nothing names would be corrected in vain."""
    code = [
        ast.parse(path.read_text(encoding="utf-8"))
        for room in ("loaders", "kb/load")
        for path in (ROOT / room).rglob("*.py")
    ]
    named = {
        n.value for tree in code for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)
    }
    for path in sorted(lookups.LOOKUPS.glob("*")):
        assert path.name in named, f"nothing reads {path}"
        with path.open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file):
                assert line["reason"] and dt.date.fromisoformat(line["decided"]), f"{path}: {line}"


def test_no_line_holds_a_sentence_of_a_source() -> None:
    """Values are names and codes: short, and not prose."""
    for path in sorted(lookups.LOOKUPS.glob("*")):
        with path.open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file):
                longest = max(len(cell) for column, cell in line.items() if column != "reason")
                assert longest <= 100, f"{path}: {line}"


def test_a_correction_in_a_table_changes_what_a_loader_says(
    raw_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A scholar who leaves Palestine out in the table of PTS finds its rows under the rule, and no others."""
    before, _ = load_real("pts-2025", raw_root)
    rows = (raw_root / "pts" / "PTS-2025.csv").read_text(encoding="utf-8-sig").count("Palestine, State of;")
    table = (lookups.LOOKUPS / "pts_states.csv").read_text(encoding="utf-8")
    corrected = table.replace(",,,PSE,,", ",,,,a test,")
    assert corrected != table
    monkeypatch.setattr(pts, "STATES", lookups.states("some_states.csv", written(tmp_path, corrected)))

    after, report = load_real("pts-2025", raw_root)

    assert report.dropped["a test"] == rows > 0
    assert {e.start for e in edges(before, "MEASURED")} - {e.start for e in edges(after, "MEASURED")} == {"PSE"}
