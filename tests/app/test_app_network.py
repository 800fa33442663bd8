"""The page Network on the real graph."""

from __future__ import annotations

from pathlib import Path

import pytest
from app_pages import assert_fine, open_page, texts

from kb.catalogue import queries
from kb.engines.embedded.engine import EmbeddedEngine

pytestmark = pytest.mark.long


@pytest.mark.parametrize(
    "parameters",
    [
        {"by": "organizations"},
        {"by": "treaties", "state": "NOR"},
        {"by": "objections", "state": "NLD"},
        {"show": "communities"},
        {"show": "path"},
        {"show": "path", "state": "PRK", "to": "NOR", "which": "small"},
    ],
)
def test_each_network_is_drawn(parameters: dict[str, str], hrkb_home: Path) -> None:
    app = open_page("network", **parameters)

    assert_fine(app)
    assert not app.warning
    assert app.get("vega_lite_chart")


def test_the_nearest_to_north_korea_share_a_small_organization(graph: EmbeddedEngine, hrkb_home: Path) -> None:
    app = open_page("network", show="path", state="PRK", year="2014")

    nearest = app.dataframe[0].value.iloc[0]
    members = queries.query("organizations").run(graph, year=2014).to_pandas().set_index("name")["members"]
    assert nearest["steps"] == 1
    assert nearest["length"] == members[nearest["organizations"][0]] - 1


def test_a_chain_joins_two_states_through_what_both_belong_to(graph: EmbeddedEngine, hrkb_home: Path) -> None:
    app = open_page("network", show="path", state="PRK", to="NOR", year="2014")

    chain = app.dataframe[0].value.iloc[0]
    assert chain["chain"].startswith("North Korea – ") and chain["chain"].endswith("– Norway")
    assert len(chain["organizations"]) == chain["steps"]


def test_the_limit_of_states_drawn_is_said_and_kept(hrkb_home: Path) -> None:
    app = open_page("network", state="FRA", most="15")

    assert len(app.dataframe[0].value) == 15
    assert "France: the 15 strongest of" in texts(app)


def test_a_state_without_a_tie_says_so(hrkb_home: Path) -> None:
    app = open_page("network", state="XKX", by="objections")

    assert_fine(app)
    assert any("no figures for this selection" in i.value for i in app.info)


def test_every_state_with_a_tie_is_in_one_community(hrkb_home: Path) -> None:
    app = open_page("network", show="communities", year="2000")

    table = app.dataframe[0].value
    members = [name for listed in table["members"] for name in listed.split(", ")]
    assert table["states"].sum() == len(members) == len(set(members))


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"state": "Nowhere-at-all"}, "No state is called"),
        ({"show": "path", "to": "Norwey"}, "Did you mean"),
        ({"year": "1066"}, "The figures run from"),
    ],
)
def test_what_the_address_gets_wrong_is_said(parameters: dict[str, str], said: str, hrkb_home: Path) -> None:
    app = open_page("network", **parameters)

    assert_fine(app)
    assert any(said in w.value for w in app.warning), texts(app)
