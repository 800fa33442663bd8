"""Optional procedures, preventive mechanisms and derogations, read from the depositary's own status pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from kb.facts.fact import EdgeFact, Fact, NodeFact
from kb.load.raw import RawFolder
from loaders.treaties import untc

Find = Callable[..., list[EdgeFact]]


@pytest.fixture(scope="module")
def facts(raw_root: Path) -> list[Fact]:
    return list(untc.load(RawFolder(raw_root / "untc-2026-02-03", "untc-2026")))


@pytest.fixture(scope="module")
def accepted(facts: list[Fact]) -> Find:
    def of(code: str, article: str, state: str | None = None) -> list[EdgeFact]:
        found = [f for f in facts if isinstance(f, EdgeFact) and f.type == "ACCEPTED" and f.end == code]
        return [f for f in found if f.values["article"] == article and state in (None, f.start)]

    return of


@pytest.fixture(scope="module")
def derogations(facts: list[Fact]) -> Callable[[str], dict[str, tuple[str, ...]]]:
    def of(state: str) -> dict[str, tuple[str, ...]]:
        found = [f for f in facts if isinstance(f, EdgeFact) and f.type == "DEROGATED_FROM" and f.start == state]
        return {str(f.values.get("date")): f.values["articles"] for f in found}

    return of


def spans(found: list[EdgeFact]) -> list[tuple[int, int | None]]:
    return sorted((e.values["year"], e.values.get("ended_year")) for e in found)


@pytest.mark.parametrize(
    ("code", "article", "states"),
    # Blocks counted on the pages, less those that declare only the other procedure.
    [("ICERD", "14", 59), ("ICCPR", "41", 50), ("CPED", "31", 30), ("CPED", "32", 29), ("ICMW", "77", 5)],
)
def test_as_many_states_declared_as_the_page_lists(code: str, article: str, states: int, accepted: Find) -> None:
    now = {e.start for e in accepted(code, article)} - {"SUN", "SCG", "CSK", "YUG"}

    assert len(now) == states


def test_a_declaration_has_the_printed_date_or_that_of_ratification(accepted: Find) -> None:
    [printed], [undated] = accepted("CAT", "22", "BRA"), accepted("CAT", "22", "ARG")

    assert printed.values["date"] == dt.date(2006, 6, 26)
    assert undated.values["date"] == dt.date(1986, 9, 24)


def test_the_united_kingdom_accepted_only_complaints_between_states(accepted: Find) -> None:
    assert accepted("CAT", "21", "GBR")
    assert accepted("CAT", "22", "GBR") == []


def test_declarations_for_a_period_run_out(accepted: Find) -> None:
    assert spans(accepted("ICCPR", "41", "CHE")) == [
        (1992, 1997),
        (1997, 2002),
        (2010, 2015),
        (2017, 2022),
        (2022, 2027),
    ]


def test_declarations_that_ran_out_are_read_from_the_end_notes(accepted: Find) -> None:
    assert spans(accepted("ICCPR", "41", "ESP")) == [(1985, 1988), (1988, 1993), (1998, None)]
    assert spans(accepted("ICCPR", "41", "DEU"))[-1] == (2001, None)


def test_a_declaration_made_twice_counts_once(accepted: Find) -> None:
    assert spans(accepted("ICCPR", "41", "BEL")) == [(1987, None)]


def test_a_promise_to_declare_later_is_no_declaration(accepted: Find) -> None:
    assert accepted("ICMW", "77", "TUR") == []


def test_czechoslovakia_declared_and_its_successors_inherited(accepted: Find) -> None:
    dates = {state: [e.values["date"] for e in accepted("ICCPR", "41", state)] for state in ("CSK", "CZE", "SVK")}

    assert dates == {
        "CSK": [dt.date(1991, 3, 12)],
        "CZE": [dt.date(1993, 2, 22)],
        "SVK": [dt.date(1993, 5, 28)],
    }


@pytest.mark.parametrize("state", ["CHN", "ISR", "POL", "SYR", "VNM", "PAK", "FJI", "DDR", "CSK"])
def test_a_standing_exclusion_of_the_inquiry(state: str, accepted: Find) -> None:
    [exclusion] = accepted("CAT", "20", state)

    assert exclusion.values["opted_out"]
    assert exclusion.values["ended_year"] is None


@pytest.mark.parametrize(
    ("state", "bound", "withdrawn"),
    [
        ("SVK", 1993, 1995),
        ("CZE", 1993, 1996),
        ("BLR", 1987, 2001),
        ("UKR", 1987, 2003),
        ("SUN", 1987, 1991),
        ("BGR", 1986, 1999),  # one of two days, "respectively" for articles 30 and 20
        ("GTM", 1990, 1990),  # named by article 28, which permits it
        ("AFG", 1987, 2018),
        ("ZMB", 1998, 1999),
    ],
)
def test_a_withdrawn_exclusion_is_followed_by_acceptance(
    state: str, bound: int, withdrawn: int, accepted: Find
) -> None:
    found = accepted("CAT", "20", state)

    assert spans([e for e in found if e.values["opted_out"]]) == [(bound, withdrawn)]
    assert spans([e for e in found if not e.values["opted_out"]]) == [(withdrawn, None)]


@pytest.mark.parametrize("state", ["CUB", "IDN", "SWE"])
def test_speaking_of_sovereignty_excludes_nothing(state: str, accepted: Find) -> None:
    assert [e.values["opted_out"] for e in accepted("CAT", "20", state)] == [False]


def test_other_exclusions_are_found_under_their_own_articles(accepted: Find) -> None:
    def excluded(code: str, article: str) -> set[str]:
        return {e.start for e in accepted(code, article) if e.values["opted_out"]}

    assert excluded("CEDAW-OP", "8") == {"BGD", "BLZ", "COL", "TJK"}
    assert excluded("CRPD-OP", "6") == {"GNB", "SYR"}
    assert excluded("CPED", "33") == {"OMN"}
    assert excluded("CRC-OP-IC", "13") == {"MCO"}


def test_leaving_a_protocol_ends_its_complaints(accepted: Find) -> None:
    ended = {e.start: e.values["ended_year"] for e in accepted("ICCPR-OP1", "1") if e.values["ended_year"]}

    assert ended == {"JAM": 1998, "TTO": 2000, "BLR": 2023}


@pytest.mark.parametrize(
    ("state", "due"),
    [
        ("SWE", 2007),  # ratified in 2005, before the Protocol's entry into force on 22 June 2006
        ("NLD", 2011),  # 28 September 2010, in force a month later, one year to designate
        ("ROU", 2012),  # in force on 1 August 2009, postponed for three years
        ("PHL", 2013),  # postponed the visits only
        ("DEU", None),  # postponed without saying for how long
    ],
)
def test_a_preventive_mechanism_is_due(state: str, due: int | None, facts: list[Fact]) -> None:
    [site] = [f for f in facts if isinstance(f, NodeFact) and f.key == f"{state}-npm"]

    assert site.values["due"] == due


def test_every_party_to_the_visits_protocol_is_to_host_a_mechanism(facts: list[Fact]) -> None:
    hosts = [f for f in facts if isinstance(f, EdgeFact) and f.type == "HOSTS"]

    assert len(hosts) == len({f.start for f in hosts}) == 96
    assert all(f.values.get("from_year") is None for f in hosts)


@pytest.mark.parametrize(
    ("state", "day", "articles"),
    [
        ("ISR", "1991-10-03", ("9",)),
        ("ARG", "1989-06-07", ("9", "21")),
        ("PAN", "1987-06-21", ("12 (1)", "17", "19", "21")),
        ("YUG", "1989-04-17", ("12", "21")),
        ("SUN", "1988-10-18", ("12", "21")),
        ("FRA", "2015-11-25", ("9", "12", "17")),
        ("FRA", "2005-11-15", None),  # the page refers to a notification elsewhere
    ],
)
def test_a_derogation_names_its_articles(
    state: str, day: str, articles: tuple[str, ...] | None, derogations: Callable[[str], dict[str, tuple[str, ...]]]
) -> None:
    assert derogations(state)[day] == articles


@pytest.mark.parametrize(
    ("state", "day"), [("ARG", "1989-07-12"), ("GBR", "1984-08-22"), ("POL", "1982-12-22"), ("YUG", "1990-04-26")]
)
def test_the_end_of_an_emergency_is_no_derogation(
    state: str, day: str, derogations: Callable[[str], dict[str, tuple[str, ...]]]
) -> None:
    assert day not in derogations(state)


def test_no_derogation_touches_the_rights_that_must_stand(facts: list[Fact]) -> None:
    named = {
        article.split(" ")[0]
        for f in facts
        if isinstance(f, EdgeFact) and f.type == "DEROGATED_FROM"
        for article in f.values["articles"] or ()
    }

    assert {"9", "12", "17", "21"} <= named
    assert not named & {"4", "6", "7", "11", "15", "16", "18"}


def test_a_notification_without_a_day_of_receipt_keeps_its_year(facts: list[Fact]) -> None:
    [palestine] = [f for f in facts if isinstance(f, EdgeFact) and f.type == "DEROGATED_FROM" and f.start == "PSE"]

    assert (palestine.values["year"], palestine.values.get("date")) == (2020, None)
