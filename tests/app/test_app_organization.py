"""The page on organizations, on the real graph."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from app_pages import assert_fine, open_page, texts

from kb.catalogue import queries
from kb.engines.embedded.engine import EmbeddedEngine
from kb.model.shape import OPEN
from ui.pages.look.organization import intergovernmental

pytestmark = pytest.mark.long


@pytest.mark.parametrize("show", ["igo", "ingo", "tie"])
def test_each_part_is_drawn(show: str, hrkb_home: Path) -> None:
    app = open_page("organization", show=show)

    assert_fine(app)
    assert not app.warning
    assert app.get("vega_lite_chart")


def test_the_rules_and_members_of_the_council_of_europe(hrkb_home: Path) -> None:
    app = open_page("organization", organization="COE", year="2023")

    said = texts(app)
    assert "46 full members in 2023" in said
    assert "members decide by vote" in said


def test_which_organizations_tie_two_states(graph: EmbeddedEngine, hrkb_home: Path) -> None:
    expected = queries.query("overlap").run(graph, first="TUR", second="NOR", year=2014).to_pandas()

    app = open_page("organization", show="tie", first="TUR", second="NOR", year="2014")

    rows = app.dataframe[0].value
    assert set(rows["io"]) == set(expected["io"])
    assert {"NATO", "COE", "OECD"} <= set(rows["io"])
    assert rows["members"].is_monotonic_increasing


def test_a_large_organization_says_why_its_spells_are_not_drawn(hrkb_home: Path) -> None:
    app = open_page("organization", organization="UN")

    assert_fine(app)
    assert "Spells are drawn for organizations of up to" in texts(app)


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"organization": "NATOO"}, "Did you mean"),
        ({"show": "tie", "first": "Nowhere-at-all"}, "No state is called"),
        ({"show": "everything"}, "there is no “everything”"),
    ],
)
def test_what_the_address_gets_wrong_is_said(parameters: dict[str, str], said: str, hrkb_home: Path) -> None:
    app = open_page("organization", **parameters)

    assert_fine(app)
    assert any(said in w.value for w in app.warning), texts(app)


def test_only_an_open_spell_is_carried_forward() -> None:
    spells = pd.DataFrame(
        {
            "iso3": ["AAA", "BBB", "CCC", "DDD", "EEE"],
            "status": ["full", "full", "full", "full", "observer"],
            "from_year": pd.array([1990] * 5, "Int64"),
            "to_year": pd.array([OPEN, OPEN, 2020, OPEN, OPEN], "Int64"),
            "last_observed": pd.array([2025, 2014, 2014, 2025, 2014], "Int64"),
            "suspended_from": pd.array([None, None, None, 2019, None], "Int64"),
            "suspended_to": pd.array([None, None, None, OPEN, None], "Int64"),
        }
    )

    standing = intergovernmental._standing(spells, 2020)

    assert list(standing) == ["full member", "carried forward", "full member", "suspended", "observer"]


def test_a_year_left_alone_follows_the_organization(hrkb_home: Path) -> None:
    app = open_page("organization")

    app.radio[0].set_value("tie").run()

    assert app.slider[0].value == app.slider[0].max
    assert "year" not in app.query_params


def test_a_year_chosen_stays_within_what_the_next_view_has(hrkb_home: Path) -> None:
    app = open_page("organization", organization="COE", year="1950")

    app.selectbox[0].set_value("EU").run()

    assert_fine(app)
    assert app.slider[0].min <= app.slider[0].value <= app.slider[0].max
    assert str(app.slider[0].value) in next(c.value for c in app.caption if c.value.startswith("This view as a link"))
