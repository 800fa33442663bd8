"""The page on reservations and objections, on the real graph."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from app_pages import assert_fine, open_page, texts
from hypothesis import given
from hypothesis import strategies as st

from kb.catalogue import queries
from kb.engines.embedded.engine import EmbeddedEngine
from ui.pages.look import ruds as page


@pytest.mark.parametrize("part", ["list", "articles", "network"])
def test_each_part_is_drawn(part: str, hrkb_home: Path) -> None:
    app = open_page("ruds", part=part)

    assert_fine(app)
    assert not app.warning
    assert len(app.dataframe if part == "list" else app.get("vega_lite_chart")) > 0


def test_who_has_statements_on_cedaw_16_and_who_objected(graph: EmbeddedEngine, hrkb_home: Path) -> None:
    expected = queries.query("ruds").run(graph, treaty="CEDAW", article="16").to_pandas()

    app = open_page("ruds", treaty="CEDAW", article="16")

    rows = app.dataframe[0].value.set_index("state")
    assert len(rows) == len(expected)
    assert rows.loc["Luxembourg", "stands"] == "withdrawn 2008"
    assert rows.loc["Malaysia", "stands"] == "stands"
    assert "Netherlands" in list(rows.loc["Malaysia", "objectors"])
    objectors = rows["objectors"].map(lambda found: 0 if found is None or pd.api.types.is_scalar(found) else len(found))
    assert objectors.tolist() == rows["objections"].tolist()


def test_withdrawn_statements_only(hrkb_home: Path) -> None:
    app = open_page("ruds", treaty="CEDAW", article="16", status="withdrawn")

    stands = list(app.dataframe[0].value["stands"])
    assert stands and all(said.startswith("withdrawn") for said in stands)


def test_a_selection_that_nothing_fits_says_so(hrkb_home: Path) -> None:
    app = open_page("ruds", treaty="ICESCR-OP", status="withdrawn", part="network")

    assert_fine(app)
    assert any("no figures for this selection" in i.value for i in app.info)


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"treaty": "CEDAV"}, "Did you mean"),
        ({"article": "999"}, "there is no “999”"),
        ({"state": "<b>x</b>"}, "there is no"),
        ({"decade": "1066"}, "there is no “1066”"),
    ],
)
def test_what_the_address_gets_wrong_is_said(parameters: dict[str, str], said: str, hrkb_home: Path) -> None:
    app = open_page("ruds", **parameters)

    assert_fine(app)
    assert any(said in w.value for w in app.warning), texts(app)


def test_an_article_is_known_without_its_paragraphs() -> None:
    assert [page._article(a) for a in ("16", "16 (1) (c)", "2 (f)", "preamble")] == ["16", "16", "2", "preamble"]


def test_articles_are_offered_in_their_order_with_their_counts() -> None:
    statements = pd.DataFrame({"articles": [["16 (1)", "2", "16"], ["2 (f)"], None]})

    assert list(page._article_options(statements).items())[1:] == [
        ("2", "Article 2 (2 statements)"),
        ("16", "Article 16 (1 statement)"),
    ]


@given(
    st.lists(st.tuples(st.sampled_from("ABCDE"), st.sampled_from("VWXYZ"), st.integers(1, 9)), min_size=1, max_size=20)
)
def test_the_network_holds_every_pair_when_there_are_few(rows: list[tuple[str, str, int]]) -> None:
    pairs = pd.DataFrame(rows, columns=["objector", "target", "statements"]).drop_duplicates(["objector", "target"])
    pairs = pairs.assign(objector_name=pairs["objector"], target_name=pairs["target"])

    network = page._graph(pairs)

    assert network.number_of_edges() == len(pairs)
    assert {role for _, role in network.nodes(data="group")} <= set(page._ROLES)
    assert sum(n for *_, n in network.edges(data="statements")) == pairs["statements"].sum()
