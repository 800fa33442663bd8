"""Which of several statements about one membership counts, and for which years."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.graph.precedence import COLUMNS, Counted, Membership, count, count_memberships, current_editions
from kb.model.shape import OPEN

EVENTS, COW = 25, 40


def spell(row: int, rank: int, first: int, last: int, status: str = "full") -> Membership:
    return Membership(row, rank, status, first, last)


def end(row: int, rank: int, year: int) -> Membership:
    return Membership(row, rank, "full", None, year)


def suspension(row: int, rank: int, first: int, last: int) -> Membership:
    return Membership(row, rank, "full", None, None, first, last)


def years(statements: list[Membership]) -> dict[int, tuple[int, int]]:
    return {c.row: (c.first, c.last) for c in count(statements)}


def test_the_better_source_of_whole_spells_is_believed_alone() -> None:
    greece_in_the_council_of_europe = [
        spell(0, COW, 1949, OPEN),
        spell(1, EVENTS, 1949, 1969),
        spell(2, EVENTS, 1974, OPEN),
    ]

    assert years(greece_in_the_council_of_europe) == {1: (1949, 1969), 2: (1974, OPEN)}


def test_an_end_alone_cuts_the_spell_that_covers_it() -> None:
    britain_in_the_european_union = [spell(0, COW, 1993, OPEN), end(1, EVENTS, 2020)]

    assert years(britain_in_the_european_union) == {0: (1993, 2020)}


def test_an_end_before_the_first_believed_spell_leaves_the_earlier_years_to_the_next_source() -> None:
    venezuela_in_the_ilo = [spell(0, COW, 1919, OPEN), end(1, EVENTS, 1957), spell(2, EVENTS, 1958, OPEN)]

    assert years(venezuela_in_the_ilo) == {0: (1919, 1957), 2: (1958, OPEN)}


def test_without_such_an_end_the_earlier_years_of_the_next_source_do_not_count() -> None:
    east_germany_in_the_united_nations = [spell(0, COW, 1965, 1989), spell(1, EVENTS, 1973, 1990)]

    assert years(east_germany_in_the_united_nations) == {1: (1973, 1990)}


def test_a_suspension_coded_as_an_exit_is_bridged() -> None:
    cuba_in_the_oas = [spell(0, COW, 1909, 1962), spell(1, COW, 2009, OPEN), suspension(2, EVENTS, 1962, 2009)]

    assert years(cuba_in_the_oas) == {0: (1909, 1962), 1: (2009, OPEN), 2: (1963, 2008)}


def test_a_reinstatement_after_a_suspension_starts_anew() -> None:
    honduras_in_the_oas = [spell(0, COW, 1899, 2009), suspension(1, EVENTS, 2009, 2011), spell(2, EVENTS, 2011, OPEN)]

    assert years(honduras_in_the_oas) == {0: (1899, 2009), 1: (2010, 2010), 2: (2011, OPEN)}


def test_a_suspension_within_a_spell_changes_nothing() -> None:
    assert years([spell(0, COW, 2002, OPEN), suspension(1, EVENTS, 2021, OPEN)]) == {0: (2002, OPEN)}


def test_an_undated_listing_never_counts_and_cuts_nothing() -> None:
    listed = Membership(1, EVENTS, "full", None, OPEN)

    assert years([listed]) == {}
    assert years([spell(0, COW, 1970, OPEN), listed]) == {0: (1970, OPEN)}


def test_associate_and_full_membership_may_share_the_year_of_change() -> None:
    germany = [spell(0, EVENTS, 1950, 1951, "associate"), spell(1, EVENTS, 1951, OPEN)]

    assert years(germany) == {0: (1950, 1951), 1: (1951, OPEN)}


def test_the_table_keeps_its_rows_and_order() -> None:
    table = pa.Table.from_pylist(
        [
            {"start": "GBR", "end": "EU", "from_year": None, "to_year": 2020, "status": "full", "source": "io-events"},
            {"start": "GBR", "end": "EU", "from_year": 1993, "to_year": OPEN, "status": "full", "source": "cow-igo"},
        ],
        pa.schema([(c, pa.string() if c in ("start", "end", "status", "source") else pa.int64()) for c in COLUMNS]),
    )

    result = count_memberships(table, {"io-events": EVENTS, "cow-igo": COW})

    assert result.select(list(COLUMNS)).equals(table)
    assert result["counted_from"].to_pylist() == [None, 1993]
    assert result["counted_to"].to_pylist() == [None, 2020]


def test_one_edition_of_an_indicator_is_current_and_a_second_is_history_even_in_years_of_its_own() -> None:
    stated = [
        ("SWE", "POLYARCHY", 1990, "new"),
        ("SWE", "POLYARCHY", 1990, "old"),
        ("SWE", "POLYARCHY", 1989, "old"),
        ("SWE", "TORTURE", 1990, "old"),
    ]
    table = pa.Table.from_pylist([dict(zip(("start", "end", "year", "source"), row, strict=True)) for row in stated])

    current, before = current_editions(table, {"old": 31, "new": 30})

    assert [tuple(row.values()) for row in current.to_pylist()] == [stated[0], stated[3]]
    assert [tuple(row.values()) for row in before.to_pylist()] == [stated[1], stated[2]]
    with pytest.raises(KeyError, match="old"):
        current_editions(table, {"new": 30})


def test_a_source_without_a_rank_is_refused() -> None:
    row = dict.fromkeys(COLUMNS) | {"start": "GBR", "end": "EU", "from_year": 1993, "to_year": OPEN, "source": "rumour"}

    with pytest.raises(KeyError, match="rumour"):
        count_memberships(pa.Table.from_pylist([row]), {"cow-igo": COW})


YEARS = st.integers(1945, 2025)


@st.composite
def statement(draw: st.DrawFn) -> Membership:
    first, last = sorted((draw(YEARS), draw(YEARS | st.just(OPEN))))
    rank, status = draw(st.sampled_from((20, EVENTS, COW))), draw(st.sampled_from(("full", "observer")))
    kind = draw(st.sampled_from(("spell", "spell", "end", "suspension", "listing")))
    if kind == "spell":
        return Membership(0, rank, status, first, last)
    if kind == "end":
        return Membership(0, rank, status, None, last)
    if kind == "suspension":
        return Membership(0, rank, status, None, None, first, last)
    return Membership(0, rank, status, None, OPEN)


@st.composite
def statements(draw: st.DrawFn) -> list[Membership]:
    found = draw(st.lists(statement(), max_size=7))
    return [
        Membership(row, s.rank, s.status, s.first, s.last, s.suspended_from, s.suspended_to)
        for row, s in enumerate(found)
    ]


def covered(spells: list[Counted], status: str) -> set[int]:
    return {y for c in spells if c.status == status for y in range(c.first, min(c.last, 2030) + 1)}


@given(statements())
def test_no_two_edges_of_one_status_count_in_one_year(found: list[Membership]) -> None:
    for status in ("full", "observer"):
        own = [c for c in count(found) if c.status == status]

        assert sum(min(c.last, 2030) - c.first + 1 for c in own) == len(covered(own, status))


@given(statements())
def test_every_counted_year_is_stated_by_its_edge(found: list[Membership]) -> None:
    for counted in count(found):
        stated = found[counted.row]
        first, last = (stated.first, stated.last) if stated.first else (stated.suspended_from, stated.suspended_to)

        assert first <= counted.first <= counted.last <= last


@given(statements())
def test_the_best_source_of_spells_loses_a_year_only_to_itself_or_to_a_better_ones_end(found: list[Membership]) -> None:
    whole = [s for s in found if s.first is not None]
    best = min((s.rank for s in whole), default=0)
    if any(s.rank < best for s in found):
        return
    counted = {c.row: c for c in count(found)}

    for own in (s for s in whole if s.rank == best):
        later = [s.first for s in whole if s.rank == best and s.status == own.status and s.first > own.first]
        twins = [s for s in whole if s.rank == best and s.status == own.status and s.first == own.first]
        if len(twins) == 1:
            assert (counted[own.row].first, counted[own.row].last) == (
                own.first,
                min([own.last, *(y - 1 for y in later)]),
            )


@given(statements(), st.randoms(use_true_random=False))
def test_the_order_of_other_sources_statements_does_not_matter(found: list[Membership], random: object) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert set(count(shuffled)) == set(count(found))
