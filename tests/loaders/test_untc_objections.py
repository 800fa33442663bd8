"""Objections, tied to the statements that they are made against."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
from untc_statements_read import edges, read, ruds

from kb.load.rows import Drop, Unusable
from loaders.treaties.untc.statements import objections
from loaders.treaties.untc.statements.objections import Objection
from loaders.treaties.untc.statements.rud import Statement


def objectors(raw_root: Path, rud: str) -> set[str]:
    return {e.start for e in edges(raw_root, "OBJECTED_TO") if e.end == rud}


def made(state: str, kind: str, number: int, text: str, stage: str = "accession") -> Statement:
    day = dt.date(1995, 1, 1)
    return Statement(
        "CEDAW", (state,), kind, "heading", stage, day, "participation", 1, [text], id=f"CEDAW-{state}-{number}"
    )


#: Counted on the pages by eye.
KNOWN = {
    "ICCPR-USA-1": "BEL DEU DNK ESP FIN FRA ITA NLD NOR PRT SWE",
    "CEDAW-SAU-1": "AUT DEU DNK ESP FIN FRA GBR IRL NLD NOR PRT SWE",
    "CEDAW-MDV-1": "AUT CAN DEU FIN NLD NOR PRT SWE",
    "CEDAW-PAK-1": "AUT DEU FIN NLD NOR",
    "CEDAW-MYS-1": "AUT DEU FIN NLD NOR",
    "CAT-FJI-1": "AUT CHE DEU FIN GBR IRL NLD NOR SWE",
    "CAT-USA-2": "FIN NLD SWE",
    "ICCPR-TTO-1": "DEU NLD",
    "ICCPR-BHR-1": "LVA NLD",
    "CRPD-OP-TUR-1": "AUT CYP GRC",
}


@pytest.mark.parametrize("rud", KNOWN)
def test_objectors_counted_by_eye(raw_root: Path, rud: str) -> None:
    assert " ".join(sorted(objectors(raw_root, rud))) == KNOWN[rud]


def test_norway_and_sweden_object_as_their_blocks_print(raw_root: Path) -> None:
    norway = {e.end: str(e.values["date"]) for e in edges(raw_root, "OBJECTED_TO") if e.start == "NOR"}
    sweden = {e.end: str(e.values["date"]) for e in edges(raw_root, "OBJECTED_TO") if e.start == "SWE"}

    assert norway["CEDAW-DZA-1"] == "1997-07-03"
    assert sweden["CEDAW-BRA-1"] == "1986-03-17"
    assert "CEDAW-EGY-1" not in sweden  # "the same objection could be made", and was not
    assert sweden["CEDAW-KWT-1"] == "1996-01-17"


def test_an_undated_objection_was_made_when_the_objector_became_bound(raw_root: Path) -> None:
    found = [e for e in edges(raw_root, "OBJECTED_TO") if e.start == "NLD" and e.end == "CEDAW-BGD-1"]

    assert [str(e.values["date"]) for e in found] == ["1991-07-23"]


def test_an_objection_kept_on_another_page_is_read_from_there(raw_root: Path) -> None:
    assert {"DEU", "FRA", "NLD"} <= objectors(raw_root, "ICCPR-IND-1")


def test_no_state_objects_to_itself_or_to_what_is_gone(either_root: Path) -> None:
    entered = {(e.start, e.end) for e in edges(either_root, "ENTERED")}
    statements = ruds(either_root)

    for found in edges(either_root, "OBJECTED_TO"):
        withdrawn = statements[found.end].values["withdrawn_on"]
        day = found.values["date"]
        assert (found.start, found.end) not in entered
        assert withdrawn is None or day is None or day <= withdrawn


def test_what_is_no_objection_is_left_out_by_name(raw_root: Path) -> None:
    dropped = Counter(read(raw_root)[1].dropped)

    assert dropped["objects to an act of a state, not to a statement"] == 7  # Democratic Kampuchea, in ICERD
    assert dropped["says that it could object, and does not"] >= 6
    assert not [q for q in read(raw_root)[1].quarantined if q.column == "objection"]


def test_the_kind_in_the_heading_chooses_between_a_states_statements() -> None:
    statements = [made("PAK", "declaration", 1, ""), made("PAK", "reservation", 2, "article 29")]
    objection = Objection(
        "AUT", dt.date(1997, 6, 5), 1, "With regard to the declaration made by Pakistan:", ["objects"]
    )

    found = objections.edges(objection, "CEDAW", statements)

    assert [(e.end, e.values["basis"]) for e in found] == [("CEDAW-PAK-1", "heading")]


def test_articles_choose_between_two_statements_of_a_kind() -> None:
    statements = [
        made("THA", "reservation", 1, "article 9", "accession"),
        made("THA", "reservation", 2, "article 16", "later"),
    ]
    heading = "With regard to the reservation to article 16 made by Thailand:"

    found = objections.edges(Objection("SWE", dt.date(1996, 1, 1), 1, heading, ["objects"]), "CEDAW", statements)

    assert [(e.end, e.values["basis"]) for e in found] == [("CEDAW-THA-2", "heading")]


def test_where_the_page_does_not_say_which_the_edge_says_so() -> None:
    statements = [made("THA", "reservation", 1, "article 9"), made("THA", "reservation", 2, "article 16", "later")]
    objection = Objection("SWE", dt.date(1996, 1, 1), 1, "With regard to reservations made by Thailand:", ["objects"])

    found = objections.edges(objection, "CEDAW", statements)

    assert [(e.end, e.values["basis"]) for e in found] == [("CEDAW-THA-1", "state"), ("CEDAW-THA-2", "state")]


def test_a_state_named_only_in_the_text_is_found_there() -> None:
    statements = [made("YEM", "reservation", 1, "article 5")]
    objection = Objection("AUS", dt.date(1999, 8, 8), 1, "", ["Australia objects to the reservations made by Yemen."])

    found = objections.edges(objection, "CEDAW", statements)

    assert [(e.end, e.values["basis"]) for e in found] == [("CEDAW-YEM-1", "text")]


def test_a_comment_is_no_objection() -> None:
    comment = Objection("GBR", None, 1, "With regard to the reservation made by Yemen:", ["has noted the reservation."])

    with pytest.raises(Drop, match="without objecting"):
        objections.edges(comment, "CEDAW", [])


def test_an_objection_to_nothing_that_the_page_prints_is_quarantined() -> None:
    objection = Objection("SWE", None, 1, "With regard to reservations made by Thailand:", ["objects"])

    with pytest.raises(Unusable, match="prints no statement"):
        objections.edges(objection, "CEDAW", [])


def test_an_objection_of_which_the_target_is_unclear_is_quarantined() -> None:
    objection = Objection("SWE", None, 1, "With regard to the reservations made by Atlantis:", ["objects"])

    with pytest.raises(Unusable, match="unclear"):
        objections.edges(objection, "CEDAW", [])
