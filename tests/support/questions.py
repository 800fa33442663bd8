"""The nine questions that people come with, each answered in a real browser in at most three clicks from the front page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from browsing import Visit, app, chromium, visit
from playwright.sync_api import Locator, Page, expect

from kb.catalogue import queries
from kb.engines.embedded.engine import EmbeddedEngine
from tools import served

#: The tests and the fixtures that they share, for those who ask them of one engine or the other.
__all__ = [
    "app",
    "chromium",
    "test_1_which_states_promise_more_than_they_do_and_what_changed_since_1990",
    "test_2_what_has_mexico_joined_and_how_does_it_compare_with_brazil",
    "test_3_who_reserves_to_cedaw_16_and_who_objected",
    "test_4_how_did_cat_spread_and_who_is_left",
    "test_5_what_is_the_shortest_tie_from_north_korea_to_anyone",
    "test_5_which_organizations_tie_turkey_and_norway",
    "test_6_where_are_receptor_sites_with_which_accreditation",
    "test_7_does_integration_go_with_commitment_and_practice",
    "test_8_what_is_new_and_how_old_is_each_figure",
    "test_9_my_own_cypher_gives_a_table_a_graph_and_files",
    "test_9_what_is_wrong_is_pointed_at_and_mended",
    "test_a_link_asks_the_same_question_again",
    "visit",
    "visitor",
]
MOST_CLICKS = 3
OWN = "MATCH (s:State)-[r:RATIFIED]->(t:Treaty) WHERE t.code = $treaty AND r.year < 1987 RETURN s, r, t"
PARAMETERS = '{"treaty": "CAT"}'


@dataclass
class Visitor:
    """Somebody on the front page, with the clicks made since."""

    page: Page
    clicks: int = 0

    def click(self, target: Locator) -> None:
        target.click()
        self.clicks += 1
        assert self.clicks <= MOST_CLICKS
        served.settle(self.page)

    def go(self, title: str) -> None:
        """Follow the navigation."""
        self.click(self.page.get_by_test_id("stSidebar").get_by_role("link", name=title, exact=True))
        self.page.get_by_role("heading", name=title, exact=True).wait_for()

    def choose(self, label: str) -> None:
        """Take one of the options laid out on the page."""
        self.click(self.page.get_by_test_id("stRadio").get_by_text(label, exact=True))

    def pick(self, control: str, typed: str) -> None:
        """Open a list, and type a part of what is wanted."""
        box = self.page.get_by_test_id("stSelectbox").filter(has_text=control).get_by_role("combobox")
        box.click()
        self.clicks += 1
        box.press_sequentially(typed)
        box.press("Enter")
        served.settle(self.page)

    def reads(self, text: str) -> None:
        """Wait for a text to be on the page."""
        self.page.get_by_text(text, exact=False).first.wait_for()

    def link(self, part: str) -> str:
        """The link to the view, once it says ``part``."""
        shown = self.page.get_by_text("This view as a link").get_by_role("link").filter(has_text=part)
        return str(shown.get_attribute("href"))


@pytest.fixture
def visitor(visit: Visit) -> Visitor:
    return Visitor(visit())


def downloaded(page: Page, press: Callable[[], None], timeout: float = 90_000) -> bytes:
    with page.expect_download(timeout=timeout) as download:
        press()
    return Path(download.value.path()).read_bytes()


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_1_which_states_promise_more_than_they_do_and_what_changed_since_1990(
    visitor: Visitor, graph: EmbeddedEngine
) -> None:
    visitor.reads("Promises exceed practice most in")
    visitor.reads("Highest and lowest decoupling")
    year = int(visitor.link("year=").partition("year=")[2][:4])
    both = queries.query("scatter").run(graph, year=year).to_pandas().dropna(subset=["integration", "decoupling"])
    visitor.reads(f"Promises exceed practice most in {both.nlargest(1, 'decoupling')['name'].iloc[0]}")

    visitor.reads("scores by year (n = ")


def test_2_what_has_mexico_joined_and_how_does_it_compare_with_brazil(visitor: Visitor) -> None:
    visitor.go("Compare")
    visitor.choose("Treaties")
    visitor.reads("What each has not joined")
    visitor.choose("Reservations and objections")
    visitor.reads("Each statement, and who objected")
    assert "states=MEX,BRA" in visitor.link("part=statements")


def test_3_who_reserves_to_cedaw_16_and_who_objected(visitor: Visitor, graph: EmbeddedEngine) -> None:
    visitor.go("Reservations and objections")
    visitor.pick("Article", "Article 16 ")
    visitor.link("article=16")

    shown = rows_of(downloaded(visitor.page, visitor.page.get_by_role("button", name="CSV", exact=True).first.click))
    expected = queries.query("ruds").run(graph, treaty="CEDAW", article="16").to_pylist()
    assert len(shown) == len(expected) > 0
    assert {"stands", "objectors"} <= set(shown[0])


def test_4_how_did_cat_spread_and_who_is_left(visitor: Visitor) -> None:
    visitor.go("Treaty")
    visitor.reads("Half of the states were first reached in")
    visitor.choose("Who is left")
    visitor.reads("of the system not party at the end of")


def test_5_which_organizations_tie_turkey_and_norway(visitor: Visitor) -> None:
    visitor.go("Organization")
    visitor.choose("What ties two states")
    visitor.reads("organizations shared in")
    assert "first=TUR&second=NOR" in visitor.link("show=tie")


def test_5_what_is_the_shortest_tie_from_north_korea_to_anyone(visitor: Visitor) -> None:
    visitor.go("Network")
    visitor.choose("The shortest tie")
    visitor.reads("(length: other members of the organizations on the way)")
    assert "PRK" in visitor.link("show=path")


def test_6_where_are_receptor_sites_with_which_accreditation(visitor: Visitor) -> None:
    visitor.go("Map")
    visitor.choose("National institutions")
    visitor.reads("Accreditation of national human rights institutions")
    visitor.reads("Receptor sites:")


def test_7_does_integration_go_with_commitment_and_practice(visitor: Visitor) -> None:
    visitor.reads("Rank correlation of the two scores")
    visitor.pick("Region", "Africa")
    visitor.page.wait_for_function("location.search.includes('region=Africa')")


def test_8_what_is_new_and_how_old_is_each_figure(visitor: Visitor) -> None:
    visitor.go("Data")
    visitor.reads("How old the figures are on")
    visitor.choose("What is new")
    visitor.reads("No refresh has run on this installation yet")


def test_9_my_own_cypher_gives_a_table_a_graph_and_files(visitor: Visitor) -> None:
    page = visitor.page
    visitor.go("Query")
    visitor.choose("Your own Cypher")
    page.get_by_label("Cypher", exact=True).fill(OWN)
    page.get_by_role("textbox", name="Parameters (JSON)").fill(PARAMETERS)
    visitor.click(page.get_by_role("button", name="Run"))
    visitor.reads("Answer: ")

    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(1)
    answer = json.loads(downloaded(page, page.get_by_role("button", name="JSON", exact=True).click))
    table = rows_of(downloaded(page, page.get_by_role("button", name="CSV", exact=True).last.click))
    assert answer["columns"] == list(table[0]) == ["s", "r", "t"]
    assert [f"(:State {row[0]['properties']['iso3']})" for row in answer["rows"]] == [row["s"] for row in table]
    svg = downloaded(page, page.get_by_role("button", name="SVG", exact=True).click)
    assert b"<svg" in svg


def test_9_what_is_wrong_is_pointed_at_and_mended(visit: Visit) -> None:
    page = visit("query?part=console&cypher=MATCH+(s:State)+RETRUN+s.iso3+LIMIT+3")
    page.get_by_text("The query was refused at line 1, column 17.").wait_for()

    page.get_by_label("Cypher", exact=True).fill("MATCH (s:State) RETURN s.iso3 LIMIT 3")
    page.get_by_label("Cypher", exact=True).press("Control+Enter")

    page.get_by_text("Answer: 3 rows").wait_for()
    page.wait_for_function("location.search.includes('RETURN')")
    page.go_back()
    page.get_by_text("The query was refused at line 1, column 17.").wait_for()


def test_a_link_asks_the_same_question_again(visit: Visit, graph: EmbeddedEngine) -> None:
    link = Visitor(visit("query?query=ranking&p-year=1990&p-measure=breadth&p-region=Africa")).link("p-year=1990")

    again = visit(link.split("/", 3)[3])

    shown = rows_of(downloaded(again, again.get_by_role("button", name="CSV", exact=True).first.click))
    expected = queries.query("ranking").run(graph, year=1990, measure="breadth", region="Africa").to_pylist()
    assert [(row["iso3"], int(row["rank"])) for row in shown] == [(row["iso3"], row["rank"]) for row in expected]
