"""The facts of several sources become one graph in which nothing impossible stands."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import CheckError
from kb.facts.fact import Fact, edge, node
from kb.facts.schema import stored_schema
from kb.facts.snapshot import SourceFacts, tables_of
from kb.graph import assemble, checks
from kb.load.register import register
from kb.model.graph import MODEL
from kb.model.shape import ModelError

#: Two sources of the register: the first is believed where both state a property.
BETTER, WORSE = "cow-states", "kof-2024"


def facts(source: str, *found: Fact) -> SourceFacts:
    return SourceFacts(source, tables_of(found), {})


def state(iso3: str = "SWE", **more: object) -> Fact:
    return node("State", iso3=iso3, **more)


def put_together(*loads: SourceFacts) -> dict[str, pa.Table]:
    return assemble.assemble(loads, register()).tables


def test_each_property_of_a_node_comes_from_the_best_source_that_states_it() -> None:
    [row] = put_together(
        facts(WORSE, state(name="Kingdom of Sweden", region="Europe")), facts(BETTER, state(name="Sweden"))
    )["State"].to_pylist()

    assert (row["name"], row["region"], row["sources"]) == ("Sweden", "Europe", [BETTER, WORSE])


def test_the_statements_of_two_sources_stay_apart_with_identifiers_of_their_own() -> None:
    treaty = node("Treaty", code="CAT", opened=1985)
    signed = edge("SIGNED", "SWE", "CAT", year=1985)

    edges = put_together(facts(BETTER, state(), treaty, signed), facts(WORSE, signed))["SIGNED"].to_pylist()

    assert [row["source"] for row in edges] == [BETTER, WORSE]
    assert len({row["fact"] for row in edges}) == 2
    assert all(0 <= row["fact"] < 2**52 for row in edges)


def test_an_edge_that_leads_nowhere_is_named() -> None:
    with pytest.raises(CheckError, match=r"1 SIGNED edges lead nowhere, e\.g\. SWE -> CAT of cow-states"):
        put_together(facts(BETTER, state(), edge("SIGNED", "SWE", "CAT", year=1985)))


def test_a_source_that_the_register_does_not_know_is_refused() -> None:
    with pytest.raises(CheckError, match="nobody"):
        put_together(facts("nobody", state()))


@pytest.mark.parametrize(
    ("end", "tie", "says"),
    [
        (node("Treaty", code="X", opened=1985), edge("SIGNED", "SWE", "X", year=1984), "year before Treaty.opened"),
        (node("Treaty", code="X", opened=1985), edge("RATIFIED", "SWE", "X", year=1984), "year before Treaty.opened"),
        (
            node("IO", code="X", founded=1945),
            edge("MEMBER_OF", "SWE", "X", from_year=1944, to_year=1990, status="full"),
            "from_year before IO.founded",
        ),
        (
            node("IO", code="X", ended=1970),
            edge("MEMBER_OF", "SWE", "X", from_year=1971, to_year=1990, status="full"),
            "from_year after IO.ended",
        ),
    ],
)
def test_what_came_before_it_could_is_not_published(end: Fact, tie: Fact, says: str) -> None:
    tables = put_together(facts(BETTER, state(), end, tie))

    with pytest.raises(CheckError, match=rf"1 \w+ with a {says}, e\.g\. SWE -> X") as error:
        checks.check_tables(tables, minimum=False)

    assert "decisions.csv" in error.value.remedy


def test_what_came_in_the_first_possible_year_or_has_no_year_passes() -> None:
    treaty, body = node("Treaty", code="X", opened=1985), node("IO", code="Y", founded=1945, ended=1990)
    ties = [edge("RATIFIED", "SWE", "X", year=1985), edge("MEMBER_OF", "SWE", "Y", to_year=1990, status="full")]

    checks.check_tables(put_together(facts(BETTER, state(), treaty, body, *ties)), minimum=False)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_is_none_is_not_published(number: float) -> None:
    indicator = node("Indicator", code="A")
    tables = put_together(facts(BETTER, state(), indicator, edge("MEASURED", "SWE", "A", year=1990, value=1.0)))
    measured = tables["MEASURED"]
    place = measured.schema.get_field_index("value")
    tables["MEASURED"] = measured.set_column(place, "value", pa.array([number]))

    with pytest.raises(CheckError, match=r"1 MEASURED have a value that is no finite number, e\.g\. SWE -> A 1990"):
        checks.check_tables(tables, minimum=False)


def test_two_nodes_of_one_key_are_not_published() -> None:
    states = put_together(facts(BETTER, state()))["State"]

    with pytest.raises(CheckError, match="two with the same"):
        checks.check_tables({"State": pa.concat_tables([states, states])}, minimum=False)


def test_two_values_of_one_state_and_year_are_not_published() -> None:
    values = [
        edge("MEASURED", "SWE", code, year=year, value=0.5) for code, year in (("A", 1990), ("A", 1991), ("B", 1990))
    ]
    indicators = [node("Indicator", code=code) for code in "AB"]
    tables = put_together(facts(BETTER, state(), *indicators, *values))
    measured = tables["MEASURED"]
    other = measured.slice(1, 1).set_column(measured.schema.get_field_index("source"), "source", pa.array([WORSE]))

    checks.check_tables(tables, minimum=False)
    with pytest.raises(
        CheckError, match=r"1 state-years of A have two values, e\.g\. SWE 1991 from cow-states and kof-2024"
    ):
        checks.check_tables(tables | {"MEASURED": pa.concat_tables([measured, other])}, minimum=False)


@pytest.mark.parametrize("ends", [("NOR", "SWE"), ("SWE", "SWE")])
def test_a_border_stored_both_ways_is_not_published(ends: tuple[str, str]) -> None:
    borders = [edge("BORDERS", *pair, kind="land", from_year=1946, to_year=9999) for pair in (("SWE", "NOR"), ends)]
    tables = put_together(facts(BETTER, state(), state("NOR"), *borders))

    with pytest.raises(CheckError, match=r"1 pairs of BORDERS|2 pairs of BORDERS"):
        checks.check_tables(tables, minimum=False)


def test_a_loader_cannot_state_what_is_derived() -> None:
    with pytest.raises(ModelError, match=r"Treaty\.aliases is filled in by kb\.graph\.derive"):
        node("Treaty", code="CAT", aliases=["UNCAT"])


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(1946, 2020), st.floats(-9, 9)), max_size=30))
def test_every_statement_of_every_source_is_in_the_graph_once(values: list[tuple[str, int, float]]) -> None:
    stated = {(code, year): value for code, year, value in values}
    nodes = [state(), *(node("Indicator", code=code) for code in "ABC")]
    measured = [edge("MEASURED", "SWE", code, year=year, value=value) for (code, year), value in stated.items()]

    tables = put_together(facts(BETTER, *nodes, *measured), facts(WORSE, *measured))

    current, before = (tables[name].to_pylist() if name in tables else [] for name in ("MEASURED", "MEASURED_BEFORE"))
    assert ({r["source"] for r in current}, {r["source"] for r in before}) in (({BETTER}, {WORSE}), (set(), set()))
    checks.check_tables(tables, minimum=False)
    rows = [*current, *before]
    assert sorted((r["source"], r["end"], r["year"], r["value"]) for r in rows) == sorted(
        (source, code, year, value) for source in (BETTER, WORSE) for (code, year), value in stated.items()
    )
    assert len({row["fact"] for row in rows}) == len(rows)
    assert tables["State"].schema == stored_schema(MODEL.labels["State"])
