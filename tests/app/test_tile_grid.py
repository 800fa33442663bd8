"""The map's tiles: every state of the system has one, and no two that exist in the same year share one."""

from __future__ import annotations

import pandas as pd
import pytest

from kb.catalogue import queries
from kb.engines.embedded.engine import EmbeddedEngine
from ui.charts import tilegrid


@pytest.fixture(scope="module")
def years(graph: EmbeddedEngine) -> pd.DataFrame:
    rows: pd.DataFrame = queries.query("score-years").run(graph).to_pandas()
    return rows


def test_every_state_that_was_ever_in_the_system_has_a_tile(years: pd.DataFrame) -> None:
    assert set(years["iso3"]) == set(tilegrid.places()["iso3"])


def test_no_two_states_of_one_year_share_a_tile(years: pd.DataFrame) -> None:
    placed = tilegrid.on_tiles(years)

    assert len(placed) == len(years)
    assert not placed.duplicated(["year", "column", "row"]).any()


def test_every_tile_lies_on_the_grid() -> None:
    places = tilegrid.places()

    assert places["column"].between(0, tilegrid._COLUMNS - 1).all()
    assert places["row"].between(0, tilegrid._ROWS - 1).all()
    assert places["iso3"].is_unique


@pytest.mark.parametrize(
    ("north", "south"), [("NOR", "ITA"), ("CAN", "CHL"), ("TUN", "ZAF"), ("MNG", "IDN"), ("JPN", "NZL")]
)
def test_north_is_up(north: str, south: str) -> None:
    row = tilegrid.places().set_index("iso3")["row"]

    assert row[north] < row[south]


@pytest.mark.parametrize(
    ("west", "east"), [("USA", "FRA"), ("PRT", "POL"), ("SEN", "ETH"), ("TUR", "IND"), ("IND", "JPN")]
)
def test_west_is_left(west: str, east: str) -> None:
    column = tilegrid.places().set_index("iso3")["column"]

    assert column[west] < column[east]


@pytest.mark.parametrize(("former", "continuator"), [("SUN", "RUS"), ("YUG", "SRB"), ("CSK", "CZE")])
def test_a_former_state_stands_where_its_continuator_does(former: str, continuator: str) -> None:
    places = tilegrid.places().set_index("iso3")

    assert tuple(places.loc[former]) == tuple(places.loc[continuator])


def test_a_missing_value_has_the_ink_of_an_outline() -> None:
    rows = pd.DataFrame({"iso3": ["MEX", "TUV"], "value": [0.9, None]})

    tiles = tilegrid.of_values(rows, (0.0, 1.0), diverging=False).set_index("iso3")

    assert tiles.loc["MEX", "ink"] == "#ffffff"
    assert tiles.loc["TUV", "ink"] == tilegrid._OUTLINED
