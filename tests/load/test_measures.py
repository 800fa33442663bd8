"""A column becomes an indicator and its values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.load.rows import Drop, Row, Unusable
from loaders.shared.measures import Measure, measured

LEVEL = Measure(
    column="level", code="X-LEVEL", name="Level", citation="none", issue_area="women", unit="level 0-3", lo=0, hi=3
)
BANDED = Measure(
    column="mean", sd_column="sd", code="X-MEAN", name="Mean", citation="none", issue_area="torture", unit="score"
)


def row(**cells: str) -> Row:
    return Row("file.csv", 2, dict(cells), set())


def test_each_cell_with_a_number_becomes_one_value() -> None:
    facts = measured(row(level="2", mean="-1.5", sd="0.25"), "SWE", 1990, [LEVEL, BANDED])

    assert [(f.start, f.end, f.values["value"], f.values["sd"]) for f in facts] == [
        ("SWE", "X-LEVEL", 2.0, None),
        ("SWE", "X-MEAN", -1.5, 0.25),
    ]


def test_an_empty_cell_gives_no_value_and_a_row_of_empty_cells_is_dropped() -> None:
    assert len(measured(row(level="", mean="1", sd=""), "SWE", 1990, [LEVEL, BANDED])) == 1
    with pytest.raises(Drop, match="no value"):
        measured(row(level="", mean="", sd="0.3"), "SWE", 1990, [LEVEL, BANDED])


@pytest.mark.parametrize("cell", ["-1", "3.0001", "inf", "high"])
def test_a_number_off_the_scale_is_for_a_person_to_look_at(cell: str) -> None:
    with pytest.raises(Unusable) as fault:
        measured(row(level=cell), "SWE", 1990, [LEVEL])

    assert (fault.value.column, fault.value.value) == ("level", cell if cell != "-1" else "-1.0")


@given(st.floats(0, 3))
def test_a_number_is_kept_as_published(number: float) -> None:
    (fact,) = measured(row(level=repr(number)), "SWE", 1990, [LEVEL])

    assert fact.values["value"] == number


def test_an_indicator_says_whether_its_source_publishes_an_uncertainty() -> None:
    assert [m.indicator().values["has_uncertainty"] for m in (LEVEL, BANDED)] == [False, True]
