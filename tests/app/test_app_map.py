"""The page Map on the real graph."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from app_pages import assert_fine, open_page, texts

from ui.pages.look import map as page


@pytest.mark.parametrize("show", ["treaty", "score", "institutions"])
def test_each_map_is_drawn_with_its_count(show: str, hrkb_home: Path) -> None:
    app = open_page("map", show=show)

    assert_fine(app)
    assert not app.warning
    assert app.get("vega_lite_chart")
    assert "(n = " in texts(app)


def test_the_first_to_join_cat_are_named_by_region(hrkb_home: Path) -> None:
    app = open_page("map", treaty="CAT")

    assert "First of each region:" in texts(app)
    assert "Americas Mexico in 1986" in texts(app)


def test_reservations_that_were_not_read_are_said_to_be_unknown(hrkb_home: Path) -> None:
    assert "its reservations are not known" in texts(open_page("map", treaty="GENOCIDE"))
    assert "its reservations are not known" not in texts(open_page("map", treaty="CEDAW"))


def test_a_year_before_the_treaty_is_answered_with_its_first(hrkb_home: Path) -> None:
    app = open_page("map", treaty="CPED", year="1950")

    assert_fine(app)
    assert any("The figures run from 2007" in w.value for w in app.warning)


def test_an_unknown_treaty_is_answered_with_the_nearest(hrkb_home: Path) -> None:
    app = open_page("map", treaty="CEDAV")

    assert_fine(app)
    assert any("CEDAW" in w.value for w in app.warning)


def test_a_score_keeps_its_states_without_a_value(hrkb_home: Path) -> None:
    app = open_page("map", show="score", score="decoupling", year="1970")

    assert_fine(app)
    assert "Without a value, dashed:" in texts(app)


def test_a_reservation_counts_from_its_year_until_it_is_withdrawn() -> None:
    statements = pd.DataFrame(
        {
            "iso3": ["AAA", "BBB", "CCC", "DDD", "EEE"],
            "kind": ["reservation", "reservation and declaration", "declaration", "reservation", "reservation"],
            "year": pd.array([1980, 1980, 1980, 2000, None], "Int64"),
            "withdrawn": pd.array([1990, None, None, None, None], "Int64"),
        }
    )

    assert page._reserving(statements, 1985) == {"AAA", "BBB", "EEE"}
    assert page._reserving(statements, 1990) == {"BBB", "EEE"}
    assert page._reserving(statements, 2000) == {"BBB", "DDD", "EEE"}


def test_only_a_party_can_be_a_party_with_reservations() -> None:
    status = pd.DataFrame({"iso3": ["AAA", "BBB", "CCC"], "status": ["party", "signed", "party"]})

    assert list(page._categories(status, {"AAA", "BBB"})) == ["party with reservations", "signed only", "party"]
