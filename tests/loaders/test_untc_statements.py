"""Reservations, understandings and declarations as the depositary's pages print them."""

from __future__ import annotations

import datetime as dt
import gzip
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from untc_statements_read import edges, read, ruds

from kb.facts.fact import NodeFact
from kb.load.raw import RawFolder
from loaders.treaties.untc import instruments, treaties
from loaders.treaties.untc.page import articles, wording
from loaders.treaties.untc.page import sections as page
from loaders.treaties.untc.participation import acts
from loaders.treaties.untc.statements import made, withdrawals
from loaders.treaties.untc.statements.rud import Statement


def numbers(found: NodeFact) -> set[str]:
    return {articles.number(a) for a in found.values["articles"] or ()}


@pytest.mark.parametrize(
    ("text", "treaty", "expected"),
    [
        ("article 9, paragraph 2, and article 29", "CEDAW", ("9 (2)", "29")),
        ("paragraphs 2 and 4 of article 15", "CEDAW", ("15 (2)", "15 (4)")),
        (
            "sub-paragraphs (a), (c) and (f) of paragraph 1 of Article 16",
            "CEDAW",
            ("16 (1) (a)", "16 (1) (c)", "16 (1) (f)"),
        ),
        ("articles 16 (1) (c) (d) (f) and (g)", "CEDAW", ("16 (1) (c)", "16 (1) (d)", "16 (1) (f)", "16 (1) (g)")),
        ("article 5 (d) (iv), (vi) and (vii)", "ICERD", ("5 (d) (iv)", "5 (d) (vi)", "5 (d) (vii)")),
        ("articles 9, paragraph 2 and 16", "CEDAW", ("9 (2)", "16")),
        ("Articles 16, 1 (d) and (f)", "CEDAW", ("16 (1) (d)", "16 (1) (f)")),
        ("articles 13 to 16", "CRC", ("13", "14", "15", "16")),
        ("paragraph 16 (c) and (d) of the Convention", "CEDAW", ()),
        ("implementation of paragraph 16 (c) of the Convention", "CEDAW", ("16 (c)",)),
        ("Article 23.4, for it contravenes", "ICCPR", ("23 (4)",)),
        ("article 41 of the Algerian Family Code", "CEDAW", ()),
        ("article 19 of the Vienna Convention on the Law of Treaties", "CEDAW", ()),
        ("article 5, paragraph 1, and article 15 and 17 of the Turkish Law on Nationality", "CEDAW", ()),
        ("article 12 of the Convention", "CRC-OP-IC", ()),
        ("article 48 of the Covenant on Economic, Social and Cultural Rights", "ICCPR", ()),
        ("article 99 of the Convention", "CEDAW", ()),
        ("paragraphs (2), (3), and (4) of Article (23) of the said Covenant", "ICCPR", ("23 (2)", "23 (3)", "23 (4)")),
        ("article(s) 20, 21 and 22 of the Convention", "CAT", ("20", "21", "22")),
        ("will apply article 14 para 1 in consonance with the existing laws", "CAT", ("14 (1)",)),
        ("not bound by article 2 to the extent that it conflicts with the constitution", "CEDAW", ("2",)),
        (
            "articles 19 and 21 of the Covenant will be read as articles 10 and 11 of the European Convention are",
            "ICCPR",
            ("19", "21"),
        ),
        ("the Constitution, which stipulates in its article 2 that, and in its article 35 that", "CRC", ()),
        ("in article 1 of the Convention relating to the Status of Refugees", "CRC", ()),
    ],
)
def test_articles_that_a_text_names(text: str, treaty: str, expected: tuple[str, ...]) -> None:
    assert articles.named(text, treaty) == expected


@given(
    st.lists(
        st.sampled_from(
            ["article", "articles", "paragraph", "of", "and", ",", "16", "2", "(1)", "(c)", "to", "the Code"]
        )
    )
)
def test_any_text_gives_articles_of_the_treaty_once_each(words: list[str]) -> None:
    found = articles.named(" ".join(words), "CEDAW")

    assert len(found) == len(set(found))
    assert all(1 <= int(articles.number(a)) <= 30 for a in found)


@pytest.mark.parametrize(
    ("heading", "kinds", "stage"),
    [
        ("Reservations:", "reservation", ""),
        ("Declarations and reservation:", "reservation and declaration", ""),
        ("Interpretative declaration:", "declaration", ""),
        ("Statement of understanding:", "understanding", ""),
        ("Reservation made upon signature and confirmed upon ratification:", "reservation", "ratification"),
        ("Declaration made upon signature and confirmed upon ratifica- tion :", "declaration", "ratification"),
        ("Upon signature:", "unstated", "signature"),
        ("Article 16", "unstated", ""),
    ],
)
def test_a_heading_tells_kind_and_stage(heading: str, kinds: str, stage: str) -> None:
    assert (wording.combined(wording.kinds_in(heading)), wording.stage_in(heading)) == (kinds, stage)


@pytest.mark.parametrize(
    ("first_words", "kind"),
    [
        ("The State does not consider itself bound by article 29.", "reservation"),
        ("The Government reserves the right not to apply article 10.", "reservation"),
        ("The Government reserves the right to formulate, upon ratifying, any reservations.", "unstated"),
        ("The Government declares that it will make certain reservations.", "unstated"),
        ("The Government understands that article 2 is progressive.", "understanding"),
        ("The Government interprets article 4 as requiring a law.", "declaration"),
        ("The provision in article 17 is of a discriminatory nature.", "unstated"),
    ],
)
def test_first_words_decide_the_kind_only_where_they_do(first_words: str, kind: str) -> None:
    assert wording.kind_by_wording([first_words]) == kind


def test_days_that_share_a_year_are_all_read() -> None:
    text = "In communications received on 8 March 1989, 19 and 20 April 1989, respectively"

    assert wording.days_in(text) == [dt.date(1989, 3, 8), dt.date(1989, 4, 19), dt.date(1989, 4, 20)]


def test_the_longest_name_is_the_state_that_is_meant() -> None:
    text = "made by the Democratic People’s Republic of Korea, the Sultanate of Oman and Iran (Islamic Republic of)"

    assert [m.state for m in wording.states_in(text)] == ["PRK", "OMN", "IRN"]


#: Read on the pages by eye: kind, stage, day, articles (numbers), withdrawn, partly withdrawn.
KNOWN = [
    ("CEDAW-SAU-1", "reservation", "ratification", "2000-09-07", {"9", "29"}, None, None),
    ("CEDAW-ISR-1", "reservation", "ratification", "1991-10-03", {"7", "16"}, None, None),
    ("CEDAW-IND-1", "declaration", "ratification", "1993-07-09", {"5", "16"}, None, None),
    ("CEDAW-MYS-1", "reservation", "accession", "1995-07-05", {"9", "16"}, None, "2010-07-19"),
    ("CEDAW-MLT-1", "reservation", "accession", "1991-03-08", {"4", "11", "13", "15", "16"}, None, None),
    ("CEDAW-LBY-1", "reservation", "accession", "1989-05-16", {"2", "16"}, None, None),
    ("CEDAW-BHR-1", "reservation", "accession", "2002-06-18", {"2", "9", "15", "16", "29"}, None, None),
    ("CEDAW-MDV-1", "reservation", "accession", "1993-07-01", {"16"}, None, "2020-02-24"),
    ("CEDAW-EGY-1", "reservation", "ratification", "1981-09-18", {"2", "16", "29"}, None, "2008-01-04"),
    ("CEDAW-TUR-1", "reservation", "accession", "1985-12-20", {"29"}, None, "1999-09-20"),
    ("CEDAW-TUR-2", "declaration", "accession", "1985-12-20", {"9"}, "2008-01-29", None),
    ("CEDAW-JOR-1", "declaration", "ratification", "1992-07-01", {"9", "16"}, None, "2009-05-05"),
    ("CEDAW-LSO-1", "reservation", "ratification", "1995-08-22", {"2"}, None, None),
    ("CRC-TUN-1", "declaration", "ratification", "1992-01-30", {"6"}, None, "2008-09-23"),
    ("CRC-TUN-2", "reservation", "ratification", "1992-01-30", {"2", "7", "40"}, "2008-09-23", "2002-03-01"),
    ("CRC-DZA-1", "declaration", "ratification", "1993-04-16", {"13", "14", "16", "17"}, None, None),
    ("CRC-YUG-1", "reservation", "ratification", "1991-01-03", {"9"}, None, None),
    ("ICCPR-DEU-1", "reservation", "ratification", "1973-12-17", {"2", "14", "15", "19", "21", "22"}, None, None),
    ("ICCPR-DDR-1", "reservation and declaration", "ratification", "1973-11-08", set(), None, None),
    ("CEDAW-DDR-1", "reservation", "ratification", "1980-07-09", set(), None, None),
    (
        "CAT-DDR-1",
        "reservation and declaration",
        "ratification",
        "1987-09-09",
        {"17", "18", "20", "28", "30"},
        "1990-09-13",
        None,
    ),
    ("ICERD-DDR-1", "reservation and declaration", "accession", "1973-03-23", set(), None, None),
    ("CEDAW-MEX-1", "declaration", "signature", "1980-07-17", set(), None, None),
    ("CEDAW-BEL-1", "reservation", "ratification", "1985-07-10", {"7", "15"}, "2002-07-08", "1998-09-14"),
    ("CEDAW-COK-1", "reservation", "accession", "2006-08-11", set(), "2007-07-30", None),
    ("ICCPR-MEX-2", "reservation", "accession", "1981-03-23", {"25"}, None, "2014-07-11"),
    ("ICCPR-USA-1", "reservation", "ratification", "1992-06-08", {"7", "10", "14", "15", "20"}, None, None),
    ("ICCPR-DNK-1", "reservation", "ratification", "1972-01-06", {"10", "14", "20"}, None, None),
    ("CAT-USA-2", "reservation", "ratification", "1994-10-21", {"16", "30"}, None, None),
    (
        "CAT-USA-3",
        "understanding",
        "ratification",
        "1994-10-21",
        {"1", "3", "10", "11", "12", "13", "14", "16"},
        None,
        None,
    ),
    ("CAT-ZMB-1", "reservation", "accession", "1998-10-07", {"20"}, "1999-02-19", None),
    ("ICMW-MEX-3", "reservation", "ratification", "1999-03-08", {"22"}, "2014-07-11", None),
    ("CRPD-KOR-1", "reservation", "ratification", "2008-12-11", {"25"}, "2021-12-23", None),
]


@pytest.mark.parametrize(("rud", "kind", "stage", "day", "cited", "withdrawn", "partly"), KNOWN)
def test_statements_read_by_eye(
    raw_root: Path,
    rud: str,
    kind: str,
    stage: str,
    day: str,
    cited: set[str],
    withdrawn: str | None,
    partly: str | None,
) -> None:
    found = ruds(raw_root)[rud].values

    assert (found["kind"], found["stage"], str(found["date"])) == (kind, stage, day)
    assert numbers(ruds(raw_root)[rud]) == cited
    assert [str(found[k]) for k in ("withdrawn_on", "partly_withdrawn_on")] == [str(withdrawn), str(partly)]


def test_a_soviet_statement_was_entered_by_both_the_printed_state_and_the_union(raw_root: Path) -> None:
    entered = {e.start for e in edges(raw_root, "ENTERED") if e.end == "ICCPR-RUS-1"}

    assert entered == {"RUS", "SUN"}


def test_a_statement_on_another_page_is_read_from_there(raw_root: Path) -> None:
    here, there = ruds(raw_root)["ICCPR-IND-1"].values, ruds(raw_root)["ICESCR-IND-1"].values

    assert here["words"] == there["words"] == 319


def test_former_states_keep_their_statements(raw_root: Path) -> None:
    found = ruds(raw_root)

    assert found["CEDAW-CSK-1"].values["withdrawn_on"] == dt.date(1991, 4, 26)
    assert found["CAT-SVK-1"].values["withdrawn_on"] == dt.date(1995, 3, 17)
    assert found["CAT-CZE-1"].values["withdrawn_on"] == dt.date(1996, 9, 3)


def test_accepting_a_procedure_is_no_statement_of_a_former_state(either_root: Path) -> None:
    found = ruds(either_root)

    assert "CAT-DDR-1" in found
    assert "CAT-YUG-1" not in found


def test_every_statement_is_entered_and_qualifies_its_treaty(either_root: Path) -> None:
    entered = {e.end for e in edges(either_root, "ENTERED")}
    qualifies = {e.start: e.end for e in edges(either_root, "QUALIFIES")}

    assert set(ruds(either_root)) == entered == set(qualifies)
    assert all(rud.rsplit("-", 2)[0] == treaty for rud, treaty in qualifies.items())


def test_nothing_is_withdrawn_before_it_is_made(either_root: Path) -> None:
    for rud in ruds(either_root).values():
        day = rud.values["date"]
        ends = [rud.values["withdrawn_on"], rud.values["partly_withdrawn_on"]]
        assert all(day is None or end is None or day <= end for end in ends), rud.key


def test_no_words_of_a_state_leave_the_page_unless_asked_for(raw_root: Path) -> None:
    raw = RawFolder(raw_root / "untc-2026-02-03", "untc-2026", with_texts=True)
    read_page = page.read(raw, "html/cedaw_op.html.gz")
    records = made.collect(read_page, "CEDAW-OP", acts.by_state(read_page), {})

    kept = [f for f in made.facts(raw, read_page, records) if isinstance(f, NodeFact)]

    assert all(rud.values["text"] is None for rud in ruds(raw_root).values())
    assert any("Cuba" in (f.values["text"] or "") for f in kept)


def test_every_block_ends_in_one_place(either_root: Path) -> None:
    raw = RawFolder(either_root / "untc-2026-02-03", "untc-2026")
    for instrument in instruments.INSTRUMENTS:
        read_page = page.read(raw, treaties.file_name(instrument))
        others = {"3": page.read(raw, "html/icescr.html.gz")}
        records = made.collect(read_page, instrument.code, acts.by_state(read_page), others)
        lines = Counter(r.line for r in records)

        assert all(lines[block.line] for block in read_page.sections["statements"].blocks)


def test_the_account_of_the_rows_adds_up(either_root: Path) -> None:
    report = read(either_root)[1]

    report.check()
    assert {q.reason for q in report.quarantined if q.column == "statement"} == {"withdrawal without a day"}


def _changed(raw_root: Path, folder: Path, file: str, old: str, new: str) -> tuple[RawFolder, page.Page]:
    """A folder with one page in which ``old`` stands no more."""
    text = gzip.decompress((raw_root / "untc-2026-02-03" / "html" / file).read_bytes()).decode()
    assert old in text
    (folder / file).write_bytes(gzip.compress(text.replace(old, new).encode()))
    raw = RawFolder(folder, "untc-2026")
    return raw, page.read(raw, file)


def test_a_block_of_an_unknown_participant_is_quarantined(raw_root: Path, tmp_path: Path) -> None:
    raw, changed = _changed(raw_root, tmp_path, "cedaw_op.html.gz", "Bangladesh", "Bangladash")

    records = made.collect(changed, "CEDAW-OP", acts.by_state(changed), {})
    list(made.facts(raw, changed, records))

    raw.report.check()
    assert [(q.reason, q.value) for q in raw.report.quarantined] == [("unknown state name", "Bangladash")]


def test_a_reference_to_a_page_that_is_not_there_is_quarantined(raw_root: Path) -> None:
    raw = RawFolder(raw_root / "untc-2026-02-03", "untc-2026")
    iccpr = page.read(raw, "html/iccpr.html.gz")

    list(made.facts(raw, iccpr, made.collect(iccpr, "ICCPR", acts.by_state(iccpr), {})))

    raw.report.check()
    reasons = Counter(q.reason for q in raw.report.quarantined)
    assert reasons["refers to a statement that the other page does not print"] == 12


def test_a_withdrawal_of_all_that_is_printed_ends_the_statement() -> None:
    printed = Statement(
        "CAT", ("POL",), "reservation", "heading", "signature", dt.date(1986, 1, 13), "participation", 1
    )
    printed.texts = ["does not consider itself bound by article 30, paragraph 1"]
    notice = "On 19 December 2025, Poland informed the Secretary-General that it withdraws its reservation to Article 30 (1)."
    block = page.Block("Poland", (), (page.Paragraph(notice),), 1)
    empty = page.Section()
    sections = {"statements": page.Section(blocks=(block,)), "objections": empty}
    head = page.Header("", "", "", "", "", "", 1)
    whole = page.Page("cat.html.gz", head, (), (), sections, (), ())  # type: ignore[arg-type]

    left = withdrawals.apply(whole, "CAT", {}, [printed])

    assert left == []
    assert printed.withdrawn_on == dt.date(2025, 12, 19)


@given(st.text(alphabet="On 1234 May Government of Egypt withdrew notified its reservation.:", max_size=200))
def test_any_sentence_is_a_notice_only_with_a_day_and_a_withdrawal(text: str) -> None:
    if withdrawals.is_notice(text):
        assert wording.day_in(text)
        assert re.search(r"(?i)withdr", text)
