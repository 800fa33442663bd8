"""Who signed and who is bound, read from the depositary's own status pages."""

from __future__ import annotations

import datetime as dt
import gzip
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import InputError
from kb.facts.fact import EdgeFact, Fact, NodeFact, edge
from kb.load.raw import RawFolder
from kb.load.rows import Unusable
from loaders.treaties import untc
from loaders.treaties.untc import instruments
from loaders.treaties.untc.page import prose, sections
from loaders.treaties.untc.participation import participants, spells

#: Former states of this source: the depositary does not count them.
FORMER = {"SUN", "YUG", "SCG", "CSK", "DDR", "YMD"}
CODES = [instrument.code for instrument in instruments.INSTRUMENTS]


@pytest.fixture(scope="module")
def raw(raw_root: Path) -> RawFolder:
    return RawFolder(raw_root / "untc-2026-02-03", "untc-2026")


@pytest.fixture(scope="module")
def some_pages(either_root: Path) -> RawFolder:
    """The pages made for tests and the depositary's, in turn."""
    return RawFolder(either_root / "untc-2026-02-03", "untc-2026")


@pytest.fixture(scope="module")
def facts(raw: RawFolder) -> list[Fact]:
    return list(untc.load(raw))


@pytest.fixture(scope="module")
def edges(facts: list[Fact]) -> Callable[..., list[EdgeFact]]:
    def of(type: str, start: str | None = None, end: str | None = None) -> list[EdgeFact]:
        found = [f for f in facts if isinstance(f, EdgeFact) and f.type == type]
        return [f for f in found if start in (None, f.start) and end in (None, f.end)]

    return of


def treaty(facts: list[Fact], code: str) -> NodeFact:
    return next(f for f in facts if isinstance(f, NodeFact) and f.label == "Treaty" and f.key == code)


@pytest.mark.parametrize("code", CODES)
def test_counted_parties_and_signatories_equal_the_printed_ones(
    code: str, facts: list[Fact], edges: Callable[..., list[EdgeFact]]
) -> None:
    left = {e.start for e in edges("WITHDREW_FROM", end=code) if e.values["effect"] == "denounced"}

    parties = {e.start for e in edges("RATIFIED", end=code)} - FORMER - left
    signatories = {e.start for e in edges("SIGNED", end=code)} - FORMER - left

    printed = treaty(facts, code).values
    assert (len(parties), len(signatories)) == (printed["printed_parties"], printed["printed_signatories"])


def test_the_printed_totals_are_those_of_the_page(facts: list[Fact]) -> None:
    # Read by eye from the pages.
    printed = {c: (v["printed_signatories"], v["printed_parties"]) for c in CODES for v in [treaty(facts, c).values]}

    assert printed["ICCPR"] == (74, 175)
    assert printed["ICCPR-OP1"] == (35, 116)
    assert printed["CRC"] == (140, 196)
    assert printed["CRPD-OP"] == (95, 108)


@pytest.mark.parametrize(
    ("code", "mtdsg", "adopted", "opened", "in_force"),
    [
        ("ICERD", "IV-2", dt.date(1965, 12, 21), 1966, dt.date(1969, 1, 4)),
        ("ICCPR", "IV-4", dt.date(1966, 12, 16), 1966, dt.date(1976, 3, 23)),
        ("CEDAW", "IV-8", dt.date(1979, 12, 18), 1980, dt.date(1981, 9, 3)),
        ("CAT", "IV-9", dt.date(1984, 12, 10), 1985, dt.date(1987, 6, 26)),
        ("CRC", "IV-11", dt.date(1989, 11, 20), 1990, dt.date(1990, 9, 2)),
        ("ICMW", "IV-13", dt.date(1990, 12, 18), 1990, dt.date(2003, 7, 1)),
        ("CPED", "IV-16", dt.date(2006, 12, 20), 2007, dt.date(2010, 12, 23)),
        ("CAT-OP", "IV-9-b", dt.date(2002, 12, 18), 2003, dt.date(2006, 6, 22)),
    ],
)
def test_a_treaty_has_the_dates_of_its_page(
    code: str, mtdsg: str, adopted: dt.date, opened: int, in_force: dt.date, facts: list[Fact]
) -> None:
    found = treaty(facts, code).values

    assert (found["mtdsg"], found["adopted"], found["opened"], found["in_force"]) == (mtdsg, adopted, opened, in_force)
    assert found["as_of"] == dt.date(2026, 2, 3)


@pytest.mark.parametrize(
    ("state", "code", "signed", "bound", "action"),
    [
        ("AUS", "ICCPR", dt.date(1972, 12, 18), dt.date(1980, 8, 13), "ratification"),
        ("AFG", "ICCPR", None, dt.date(1983, 1, 24), "accession"),
        ("LCA", "ICERD", None, dt.date(1990, 2, 14), "succession"),
        ("LCA", "ICCPR", dt.date(2011, 9, 22), None, None),
        ("KNA", "CRC", dt.date(1990, 1, 26), dt.date(1990, 7, 24), "ratification"),
        ("EUE", "CRPD", dt.date(2007, 3, 30), dt.date(2010, 12, 23), "formal_confirmation"),
    ],
)
def test_a_row_gives_signature_and_action(
    state: str,
    code: str,
    signed: dt.date | None,
    bound: dt.date | None,
    action: str | None,
    edges: Callable[..., list[EdgeFact]],
) -> None:
    signatures = [e.values["date"] for e in edges("SIGNED", state, code)]
    acts = [(e.values["date"], e.values["action"]) for e in edges("RATIFIED", state, code)]

    assert signatures == ([signed] if signed else [])
    assert acts == ([(bound, action)] if bound else [])


def test_a_succession_to_a_signature_is_a_signature(edges: Callable[..., list[EdgeFact]]) -> None:
    [signature] = edges("SIGNED", "MNE", "CAT-OP")

    assert (signature.values["date"], signature.values["action"]) == (dt.date(2006, 10, 23), "succession")


def test_the_soviet_union_ratified_what_the_page_prints_under_russia(edges: Callable[..., list[EdgeFact]]) -> None:
    [russia], [union] = edges("RATIFIED", "RUS", "ICCPR"), edges("RATIFIED", "SUN", "ICCPR")

    assert russia.values["date"] == union.values["date"] == dt.date(1973, 10, 16)
    assert (russia.values.get("continued_from"), union.values["continued_from"]) == (None, "RUS")


def test_serbia_before_june_2006_was_serbia_and_montenegro(edges: Callable[..., list[EdgeFact]]) -> None:
    assert [e.values["continued_from"] for e in edges("SIGNED", "SCG", "ICMW")] == ["SRB"]
    assert edges("RATIFIED", "SCG", "CAT-OP") == []  # 26 September 2006, by Serbia


@pytest.mark.parametrize(
    ("state", "code", "bound"),
    [
        ("YUG", "ICCPR", dt.date(1971, 6, 2)),
        ("YUG", "CAT", dt.date(1991, 9, 10)),
        ("CSK", "ICESCR", dt.date(1975, 12, 23)),
        ("CSK", "ICCPR-OP1", dt.date(1991, 3, 12)),
        ("DDR", "ICERD", dt.date(1973, 3, 23)),
        ("DDR", "ICCPR-OP2", dt.date(1990, 8, 16)),
        ("YMD", "CEDAW", dt.date(1984, 5, 30)),
        ("YMD", "ICCPR", dt.date(1987, 2, 9)),
        ("YMD", "ICERD", dt.date(1972, 10, 18)),
    ],
)
def test_former_states_come_from_the_end_notes(
    state: str, code: str, bound: dt.date, edges: Callable[..., list[EdgeFact]]
) -> None:
    assert [e.values["date"] for e in edges("RATIFIED", state, code)] == [bound]


def test_every_departure_has_its_effect(edges: Callable[..., list[EdgeFact]]) -> None:
    found = {(e.start, e.end, str(e.values["date"]), e.values["effect"]) for e in edges("WITHDREW_FROM")}

    assert found == {
        ("JAM", "ICCPR-OP1", "1998-01-23", "denounced"),  # notified on 23 October 1997, three months' notice
        ("TTO", "ICCPR-OP1", "1998-08-26", "re-acceded"),
        ("TTO", "ICCPR-OP1", "2000-06-27", "denounced"),
        ("GUY", "ICCPR-OP1", "1999-04-05", "re-acceded"),
        ("BLR", "ICCPR-OP1", "2023-02-08", "denounced"),
        ("PRK", "ICCPR", "1997-08-25", "void"),
    }


def test_every_row_is_accounted_for(raw: RawFolder, facts: list[Fact]) -> None:
    raw.report.check()

    assert facts
    assert raw.report.rows > 3000
    assert raw.report.dropped["an act on behalf of the Republic of China, which the depositary does not count"] == 5


def changed(raw: RawFolder, tmp_path: Path, old: str, new: str, name: str = "html/cat_op.html.gz") -> RawFolder:
    """A folder that holds one page, in which ``old`` reads ``new``."""
    text = gzip.decompress((raw.folder / name).read_bytes()).decode()
    assert old in text
    (tmp_path / "html").mkdir()
    (tmp_path / name).write_bytes(gzip.compress(text.replace(old, new, 1).encode()))
    return RawFolder(tmp_path, "untc-2026")


def test_a_page_without_its_table_says_which_part_is_missing(some_pages: RawFolder, tmp_path: Path) -> None:
    folder = changed(some_pages, tmp_path, "InnerPage_tblgrid", "InnerPage_grid")

    with pytest.raises(InputError, match=r"cat_op\.html\.gz has no part 'tblgrid'"):
        sections.read(folder, "html/cat_op.html.gz")


def test_a_truncated_page_is_no_page(some_pages: RawFolder, tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    whole = (some_pages.folder / "html/cat_op.html.gz").read_bytes()
    (tmp_path / "html/cat_op.html.gz").write_bytes(whole[: len(whole) // 2])

    with pytest.raises(InputError, match="truncated or not gzip"):
        sections.read(RawFolder(tmp_path, "untc-2026"), "html/cat_op.html.gz")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (">Albania<", ">Ruritania<", "unknown state name"),
        ("1 Oct	 2003 a", "31 Feb	 2003 a", "impossible date"),
        ("1 Oct	 2003 a", "1 Oct	 2003 z", "not a day with a known letter"),
    ],
)
def test_a_row_that_cannot_be_read_is_quarantined(
    old: str, new: str, reason: str, raw: RawFolder, tmp_path: Path
) -> None:
    folder = changed(raw, tmp_path, old, new)

    found = list(participants.load(folder, sections.read(folder, "html/cat_op.html.gz"), "CAT-OP"))

    [quarantined] = folder.report.quarantined
    assert quarantined.reason == reason
    assert len({e.start for e in found if isinstance(e, EdgeFact) and e.type == "RATIFIED"} - FORMER) == 95


def test_note_references_are_kept_beside_the_text(raw: RawFolder) -> None:
    found = sections.read(raw, "html/iccpr.html.gz")

    china = next(row for row in found.participants if row.participant == "China")

    assert china.notes == ("4", "5", "6")
    assert all(found.note(number) for number in china.notes)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("19 June 1991", dt.date(1991, 6, 19)),
        ("On 2 October 2015", dt.date(2015, 10, 2)),
        ("(21 October 1994)", dt.date(1994, 10, 21)),
        ("8 August l989", dt.date(1989, 8, 8)),
        ("14 July1994", dt.date(1994, 7, 14)),
        ("(Signed)", None),
        ("30 February 1999", None),
    ],
)
def test_a_line_that_is_nothing_but_a_day(text: str, day: dt.date | None) -> None:
    assert prose.only_day(text) == day


@pytest.mark.parametrize("cell", ["", "1983", "24 Jan 1983 x", "24 Jan 1983 a extra"])
def test_a_cell_without_a_day_and_a_known_letter_is_unusable(cell: str) -> None:
    with pytest.raises(Unusable):
        participants.dated(cell, "action")


@given(st.lists(st.tuples(st.dates(dt.date(1966, 1, 1), dt.date(2025, 12, 31)), st.booleans()), max_size=8))
def test_spells_of_a_state_never_overlap(acts: list[tuple[dt.date, bool]]) -> None:
    made = [
        edge("RATIFIED", "XYZ", "T", year=day.year, date=day)
        if joins
        else edge("WITHDREW_FROM", "XYZ", "T", year=day.year, date=day, effect="denounced")
        for day, joins in acts
    ]

    found = spells.bound(made).get("XYZ", [])

    assert all(s.ended is None or s.start <= s.ended for s in found)
    assert all(first.ended and first.ended <= second.start for first, second in pairwise(found))
