"""The model is declared once, and everything else follows from it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.engines.embedded.engine import schema_statements
from kb.facts.fact import edge, node
from kb.model.graph import MODEL
from kb.model.shape import ModelError


def test_every_edge_joins_declared_labels_and_names_declared_identities() -> None:
    for kind in MODEL.edges:
        assert {kind.start, kind.end} <= set(MODEL.labels)
        assert set(kind.identity) <= set(kind.by_name)


def test_no_table_declares_a_property_twice_and_names_differ_in_more_than_case() -> None:
    names = [t.name.casefold() for t in MODEL]
    assert len(names) == len(set(names))
    for table in MODEL:
        properties = [p.name.casefold() for p in table.properties]
        assert len(properties) == len(set(properties)), table.name


def test_every_table_has_a_statement_in_the_embedded_engine() -> None:
    assert sum(s.startswith("CREATE TABLE nodes.") for s in schema_statements()) == len(MODEL.nodes)
    assert sum(s.startswith("CREATE TABLE edges.") for s in schema_statements()) == len(MODEL.edges)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: node("Country", iso3="SWE"), "no label"),
        (lambda: node("State", name="Sweden"), "needs its iso3"),
        (lambda: node("State", iso3="SWE", nme="Sweden"), "no property 'nme'"),
        (lambda: node("State", iso3="SWE", un_member_from="soon"), "should be integer"),
        (lambda: node("Treaty", code="X", kind="letter"), "one of"),
        (lambda: edge("RATIFIED", "SWE", "CAT", year=1886 * 10), "lies outside"),
        (lambda: edge("RATIFIED", "SWE", "CAT", year=1986, date=dt.date(1987, 1, 8)), "is not in year"),
        (lambda: edge("MEMBER_OF", "SWE", "UN", from_year=1946, to_year=1945), "comes before"),
        (lambda: edge("MEASURED", "SWE", "LHRS", year=2000, value=float("nan")), "should be real"),
        (lambda: edge("MEASURED", "SWE", "LHRS", year=2000, value=float("inf")), "should be real"),
        (lambda: edge("MEASURED", "", "LHRS", year=2000), "both ends"),
    ],
)
def test_a_fact_that_does_not_fit_is_refused_with_its_reason(make, says) -> None:
    with pytest.raises(ModelError, match=says):
        make()


@given(
    st.sampled_from([p for t in MODEL for p in t.properties]),
    st.one_of(
        st.none(), st.text(), st.integers(), st.floats(), st.booleans(), st.dates(), st.binary(), st.lists(st.text())
    ),
)
def test_a_property_gives_its_declared_type_or_refuses(declared, value) -> None:
    python = {"text": str, "integer": int, "real": float, "flag": bool, "day": dt.date, "texts": tuple}
    try:
        checked = declared.check(value)
    except ModelError:
        return
    assert checked is None or isinstance(checked, python[declared.type])
