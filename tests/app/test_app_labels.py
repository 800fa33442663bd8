"""Names beside the marks of a scatter, and headings that people read."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.catalogue import queries
from ui.charts import labels
from ui.view import words

FRAME = labels.Frame(860, 540, (0, 1), (-1, 1))
LINE = 14.0 * 2 / 540


def scatter(points: list[tuple[float, float]]) -> pd.DataFrame:
    return pd.DataFrame(points, columns=["x", "y"])


def test_a_name_alone_stands_right_of_its_mark_without_a_line() -> None:
    (row,) = labels.beside(scatter([(0.5, 0.0)]), pd.Series(["Mexico"]), FRAME).to_dict("records")

    assert row["label_x"] > row["x"]
    assert row["label_y"] == pytest.approx(row["y"])
    assert (row["tip_x"], row["tip_y"]) == pytest.approx((row["x"], row["y"]))


def test_only_the_named_are_named() -> None:
    rows = labels.beside(scatter([(0.2, 0.1), (0.8, 0.1)]), pd.Series(["", "Mali"]), FRAME)

    assert list(rows["name"]) == ["Mali"]


def test_a_name_at_the_right_edge_stays_in_the_picture() -> None:
    (row,) = labels.beside(scatter([(0.99, 0.0)]), pd.Series(["Switzerland"]), FRAME).to_dict("records")

    assert row["label_x"] < row["x"]


@given(
    st.lists(st.tuples(st.floats(0.05, 0.95), st.floats(-0.95, 0.95)), min_size=2, max_size=8, unique_by=lambda p: p[0])
)
def test_no_two_names_lie_on_each_other(points: list[tuple[float, float]]) -> None:
    rows = labels.beside(scatter(points), pd.Series([f"State {i}" for i in range(len(points))]), FRAME)

    width = len("State 0") * 6.3 / 860
    across = np.abs(np.subtract.outer(rows["label_x"].to_numpy(), rows["label_x"].to_numpy())) < width
    up = np.abs(np.subtract.outer(rows["label_y"].to_numpy(), rows["label_y"].to_numpy())) < LINE - 1e-9
    assert (across & up).sum() == len(rows)


@pytest.mark.parametrize(
    ("column", "unit", "heading"),
    [
        ("decoupling_lo", "-1 to 1", "Decoupling, low end (−1 to 1)"),
        ("breadth", "share 0-1", "Breadth (share 0–1)"),
        ("members", "states", "Members (states)"),
        ("objections", "objections", "Objections"),
        ("first_year", "year", "First year"),
        ("io", None, "Code"),
        ("pct_practice", "percentile 0-1", "Practice, percentile (0–1)"),
    ],
)
def test_a_heading_says_what_and_in_which_unit(column: str, unit: str | None, heading: str) -> None:
    assert words.heading_with_unit(column, unit) == heading


def test_no_column_of_the_catalogue_has_a_raw_heading() -> None:
    columns = {name for query in queries.catalogue().values() for name in query.columns}

    headings = {name: words.heading(name) for name in columns}

    assert [h for h in headings.values() if "_" in h or h in ("Io", "Gw", "Cow", "Lo", "Hi", "Sd")] == []
