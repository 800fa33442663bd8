"""For which years an act of becoming bound counts, and which facts say so."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa
import pytest

from kb.engines.embedded.engine import EmbeddedEngine
from kb.graph.ratifications import count_ratifications
from kb.model.shape import OPEN

_SCHEMA = pa.schema(
    [
        ("start", pa.string()),
        ("end", pa.string()),
        ("year", pa.int64()),
        ("date", pa.date32()),
        ("continued_from", pa.string()),
        ("fact", pa.int64()),
    ]
)
DAY = dt.date(1990, 5, 1)
Years = tuple[int | None, int | None, int | None, int | None]


def act(fact: int, start: str = "SWE", date: dt.date | None = DAY, **more: Any) -> dict[str, Any]:
    return {"start": start, "end": "CAT", "year": DAY.year, "date": date, "continued_from": None, "fact": fact, **more}


def left(fact: int, year: int, date: dt.date | None = None, effect: str | None = "denounced") -> dict[str, Any]:
    return {"start": "SWE", "end": "CAT", "year": year, "date": date, "effect": effect, "fact": fact}


def counted(
    *acts: dict[str, Any], withdrawals: tuple[dict[str, Any], ...] = (), ended: dict[str, int] | None = None
) -> dict[int, Years]:
    """First year, last year, the predecessor's fact and the withdrawal's, by fact."""
    table = count_ratifications(pa.Table.from_pylist(list(acts), _SCHEMA), withdrawals, ended or {})
    assert table.select(_SCHEMA.names).to_pylist() == list(acts)
    names = ("counted_from", "counted_to", "taken_over", "ended_by")
    return {row["fact"]: tuple(row[name] for name in names) for row in table.to_pylist()}  # type: ignore[misc]


def test_an_act_counts_from_its_year_on() -> None:
    assert counted(act(1)) == {1: (1990, OPEN, None, None)}


def test_no_acts_give_no_rows() -> None:
    assert counted() == {}


@pytest.mark.parametrize(
    ("withdrawal", "last", "by"),
    [
        (left(9, 1998), 1997, 9),
        (left(9, 1998, effect=None), 1997, 9),
        (left(9, 1998, effect="ended"), 1997, 9),
        (left(9, 1998, effect="void"), OPEN, None),
        (left(9, 1998, effect="re-acceded"), OPEN, None),
        (left(9, 1985), OPEN, None),
        (left(9, 1990, dt.date(1990, 4, 1)), OPEN, None),
    ],
)
def test_it_counts_until_the_year_before_a_withdrawal_with_effect(
    withdrawal: dict[str, Any], last: int, by: int | None
) -> None:
    assert counted(act(1), withdrawals=(withdrawal,)) == {1: (1990, last, None, by)}


@pytest.mark.parametrize("date", [dt.date(1990, 6, 1), None])
def test_an_act_that_was_ended_in_its_own_year_has_no_years(date: dt.date | None) -> None:
    assert counted(act(1), withdrawals=(left(9, 1990, date),)) == {1: (None, None, None, 9)}


def test_joining_again_counts_again() -> None:
    again = act(2, year=2005, date=dt.date(2005, 1, 1))

    assert counted(act(1), again, withdrawals=(left(9, 1998),)) == {
        1: (1990, 1997, None, 9),
        2: (2005, OPEN, None, None),
    }


def test_a_predecessors_act_counts_for_the_successor_from_the_year_in_which_the_predecessor_ended() -> None:
    printed, theirs = act(1, "YEM"), act(2, "YMD", continued_from="YEM")

    assert counted(printed, theirs, ended={"YMD": 1996})[1] == (1996, OPEN, 2, None)
    assert counted(printed, theirs, ended={"YMD": 1980})[1] == (1990, OPEN, 2, None)
    assert counted(printed, theirs)[1] == (1990, OPEN, 2, None)
    assert counted(printed, theirs, ended={"YMD": 1996})[2] == (1990, OPEN, None, None)


def test_only_an_act_of_the_same_day_and_treaty_is_taken_over() -> None:
    printed = act(1, "YEM")
    for other in ({"date": dt.date(1990, 5, 2)}, {"end": "CRC"}, {"continued_from": "RUS"}, {"date": None}):
        theirs = act(2, "YMD", **{"continued_from": "YEM", **other})
        assert counted(printed, theirs, ended={"YMD": 1996})[1] == (1990, OPEN, None, None)


def test_russia_is_bound_by_what_the_soviet_union_ratified_from_the_year_in_which_that_ended(
    graph: EmbeddedEngine,
) -> None:
    rows = graph.read(
        "MATCH (p:State)-[theirs:RATIFIED]->(t:Treaty)<-[ours:RATIFIED]-(s:State) "
        "WHERE ours.taken_over = theirs.fact AND s.iso3 = 'RUS' AND p.iso3 = 'SUN' AND t.code = 'CAT' "
        "RETURN ours.year AS year, ours.counted_from AS first, ours.counted_to AS last, p.system_to AS ended, "
        "theirs.continued_from AS name"
    ).to_pylist()

    assert rows == [{"year": 1987, "first": 1991, "last": OPEN, "ended": 1991, "name": "RUS"}]


def test_every_derived_statement_names_a_fact_that_is_there(graph: EmbeddedEngine) -> None:
    taken = graph.read("MATCH (:State)-[r:RATIFIED]->(:Treaty) WHERE r.taken_over IS NOT NULL RETURN r.taken_over AS f")
    ended = graph.read("MATCH (:State)-[r:RATIFIED]->(:Treaty) WHERE r.ended_by IS NOT NULL RETURN r.ended_by AS f")
    acts = graph.read("MATCH (:State)-[r:RATIFIED]->(:Treaty) RETURN r.fact AS f")["f"].to_pylist()
    departures = graph.read("MATCH (:State)-[w:WITHDREW_FROM]->(:Treaty) RETURN w.fact AS f")["f"].to_pylist()

    assert taken.num_rows > 10 and set(taken["f"].to_pylist()) <= set(acts)
    assert ended.num_rows > 0 and set(ended["f"].to_pylist()) <= set(departures)
