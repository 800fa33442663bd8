"""Further United Nations treaties, from a copy of the depositary's tables of 2013 to 2015."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
from loading import changed, edges, load, load_real

from kb.facts.snapshot import SNAPSHOT, read_source
from loaders.treaties.untc_2015 import INSTRUMENTS

SOURCE = "untc-2015"
#: States under whose name the tables print the acts of a predecessor: the copies of those acts are not counted here.
PREDECESSORS = {"SUN", "SCG"}


def shipped(table: str) -> list[dict[str, object]]:
    return read_source(SNAPSHOT / SOURCE).tables[table].to_pylist()


def test_every_line_is_a_party_or_a_signatory_as_an_independent_reading_counts_them(raw_root: Path) -> None:
    path = raw_root / "untc-2015-zmjones" / "derived" / "participation_gap_treaties_2015.csv"
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))

    counted = Counter(e["end"] for e in shipped("RATIFIED") if e["start"] not in PREDECESSORS)

    read = Counter(line["mtdsg_no"] for line in lines if line["status"] == "party")
    numbers = {t["mtdsg"]: t["code"] for t in shipped("Treaty")}
    both = sum(1 for line in lines if line["mtdsg_no"] == "XVIII-2" and line["status"] == "signatory")
    read["XVIII-2"] += both  # its first column is not a signature but binds
    assert {numbers[n]: parties for n, parties in read.items() if n in numbers} == dict(counted)


@pytest.mark.parametrize(
    ("state", "treaty", "bound", "action"),
    [
        ("DZA", "GENOCIDE", "1963-10-31", "accession"),
        ("PSE", "GENOCIDE", "2014-04-02", "accession"),
        ("SUN", "GENOCIDE", "1954-05-03", "ratification"),
        ("COD", "REFUGEES", "1965-07-19", "accession"),
        ("EUE", "TRAFFICKING-P", "2006-09-06", "approval"),
        ("GBR", "SLAVERY-P", "1953-12-07", "definitive_signature"),
        ("KAZ", "SLAVERY", "2008-05-01", "participation"),
        ("AFG", "SLAVERY", "1954-08-16", None),
        ("ALB", "ROME-STATUTE", "2003-01-31", "ratification"),
    ],
)
def test_a_line_gives_the_act_that_it_prints(state: str, treaty: str, bound: str, action: str | None) -> None:
    acts = [e for e in shipped("RATIFIED") if (e["start"], e["end"]) == (state, treaty)]

    assert [(str(e["date"]), e["action"]) for e in acts] == [(bound, action)]


def test_a_signatory_that_never_joined_has_a_signature_only() -> None:
    signed = {e["start"] for e in shipped("SIGNED") if e["end"] == "GENOCIDE"}
    bound = {e["start"] for e in shipped("RATIFIED") if e["end"] == "GENOCIDE"}

    assert signed - bound == {"DOM"}


def test_no_treaty_here_is_core_and_each_says_how_new_it_is() -> None:
    treaties = {t["code"]: t for t in shipped("Treaty")}

    assert set(treaties) == {instrument.code for instrument in INSTRUMENTS}
    assert not any(t["core"] or t["printed_parties"] for t in treaties.values())
    assert (treaties["ROME-STATUTE"]["as_of"], treaties["ROME-STATUTE"]["as_of_basis"]) == (
        dt.date(2014, 1, 27),
        "copy",
    )
    assert (treaties["MARRIAGE"]["as_of"], treaties["MARRIAGE"]["as_of_basis"]) == (dt.date(2010, 10, 14), "latest act")


def test_no_act_lies_after_the_day_the_table_speaks_of() -> None:
    as_of = {t["code"]: t["as_of"] for t in shipped("Treaty")}

    assert all(e["date"] <= as_of[e["end"]] for table in ("SIGNED", "RATIFIED") for e in shipped(table))


def test_titles_and_numbers_are_those_of_the_index() -> None:
    treaties = {t["code"]: t for t in shipped("Treaty")}

    assert treaties["REFUGEES-P"]["title"] == "Protocol relating to the Status of Refugees"
    assert (treaties["REFUGEES-P"]["mtdsg"], treaties["REFUGEES-P"]["adopted"]) == ("V-5", dt.date(1967, 1, 31))
    assert treaties["TRAFFICKING-P"]["mtdsg"] == "XVIII-12-a"
    assert (treaties["APARTHEID"]["adopted"], treaties["APARTHEID"]["opened"]) == (dt.date(1973, 11, 30), 1974)


def test_every_row_is_accounted_for(either_root: Path) -> None:
    _, report = load_real(SOURCE, either_root)

    assert report.rows == report.loaded + sum(report.dropped.values())
    assert report.quarantined == []


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (
            b"Togo,,24 May 1984 a",
            b"Togo,,[24 May 1984 a]",
            "in square brackets: has left, and the table does not say when",
        ),
        (b"Togo,,24 May 1984 a", b"Togo,,24 May 1984 z", "not a day with a known letter"),
        (b"Togo,,24 May 1984 a", b"Togo,,31 Feb 1984 a", "impossible date"),
        (b"Togo,,24 May 1984 a", b"Togoland,,24 May 1984 a", "unknown state name"),
    ],
)
def test_a_line_that_cannot_be_read_is_set_aside(
    before: bytes, after: bytes, reason: str, raw_root: Path, tmp_path: Path
) -> None:
    folder = changed(SOURCE, raw_root, tmp_path, "treaties/4-1.csv", lambda content: content.replace(before, after))

    facts, report = load(SOURCE, folder)

    assert [(q.file, q.reason) for q in report.quarantined] == [("treaties/4-1.csv", reason)]
    assert not [e for e in edges(facts, "RATIFIED") if (e.start, e.end) == ("TGO", "GENOCIDE")]
