"""The page Compare on the real graph."""

from __future__ import annotations

from pathlib import Path

import pytest
from app_pages import assert_fine, open_page, texts

from kb.catalogue import queries
from kb.engines.embedded.engine import EmbeddedEngine


@pytest.mark.parametrize("part", ["scores", "commitments", "statements", "memberships", "institutions"])
def test_each_part_stands_side_by_side(part: str, hrkb_home: Path) -> None:
    app = open_page("compare", part=part)

    assert_fine(app)
    assert not app.warning
    assert app.dataframe


def test_what_mexico_and_brazil_have_not_joined(graph: EmbeddedEngine, hrkb_home: Path) -> None:
    app = open_page("compare", states="MEX,BRA", part="commitments")

    rows = app.dataframe[0].value
    for iso3, name in (("MEX", "Mexico"), ("BRA", "Brazil")):
        expected = queries.query("what-is-not-joined").run(graph, iso3=iso3)["treaty"].to_pylist()
        assert rows.loc[rows["state"] == name, "treaty"].tolist() == expected


def test_scores_stand_beside_each_other_with_their_intervals(hrkb_home: Path) -> None:
    app = open_page("compare", states="MEX,BRA", year="2014")

    rows = app.dataframe[0].value.set_index("score")
    assert list(rows.columns) == ["Mexico", "Brazil"]
    assert " to " in rows.loc["Decoupling", "Mexico"]


def test_a_state_that_did_not_exist_says_so(hrkb_home: Path) -> None:
    app = open_page("compare", states="SUN,KAZ", year="1970")

    rows = app.dataframe[0].value.set_index("score")
    assert_fine(app)
    assert set(rows.iloc[:, 1]) == {"not in the system"}


def test_organizations_shared_are_symmetric(hrkb_home: Path) -> None:
    app = open_page("compare", states="MEX,BRA,NOR", part="memberships", year="2014")

    pairs = app.dataframe[0].value.set_index("with")
    assert (pairs.to_numpy() == pairs.to_numpy().T).all()


def test_one_state_is_too_few(hrkb_home: Path) -> None:
    app = open_page("compare", states="MEX")

    assert_fine(app)
    assert any("Choose two states or more" in i.value for i in app.info)


def test_an_unknown_state_is_told_and_the_others_stay(hrkb_home: Path) -> None:
    app = open_page("compare", states="MEX,BRA,Nowhere-at-all")

    assert_fine(app)
    assert any("No state is called" in w.value for w in app.warning)
    assert "Mexico" in texts(app)
