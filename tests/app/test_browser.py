"""The explorer in a real browser: the questions people come with, links, Back, downloads, phone width, accessibility."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from browsing import Visit, app, chromium, url, visit
from playwright.sync_api import Browser, expect

from kb.catalogue import queries
from kb.engines.embedded.engine import EmbeddedEngine
from kb.versions.home import POINTER, Version
from tools import served as serving
from ui.pages import pages

#: The fixtures shared with the other tests in a browser.
__all__ = ["app", "chromium", "visit"]
PATHS = [page.path for page in pages()]


@pytest.mark.parametrize("path", PATHS)
def test_no_page_calls_an_outside_host(path: str, app: str, chromium: Browser) -> None:
    asked: list[str] = []
    page = serving.window(chromium)
    page.on("request", lambda request: asked.append(request.url))

    page.goto(f"{app}/{path}")
    serving.settle(page)
    page.close()

    assert asked
    assert [u for u in asked if not u.startswith((app, app.replace("http", "ws"), "data:", "blob:"))] == []


@pytest.mark.parametrize("path", PATHS)
def test_every_page_fits_a_phone(path: str, visit: Visit) -> None:
    page = visit(path, width=390, height=844)

    main = page.get_by_test_id("stMain")
    assert main.evaluate("e => e.scrollWidth") <= 390
    assert page.get_by_test_id("stException").count() == 0


@pytest.mark.parametrize("show", ["treaty", "score", "institutions"])
def test_every_map_is_drawn(show: str, visit: Visit) -> None:
    page = visit(f"map?show={show}")

    picture = page.get_by_test_id("stVegaLiteChart").first
    assert picture.locator("canvas, svg").first.bounding_box()["height"] > 300


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_serious(path: str, dark: bool, visit: Visit) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = visit(path, dark=dark)

    found = Axe().run(page).response["violations"]
    serious = [
        (v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in found if v["impact"] in ("serious", "critical")
    ]
    assert serious == []


def test_a_link_gives_the_view(visit: Visit) -> None:
    page = visit("?year=1990&region=Africa&states=NGA")

    assert page.get_by_text("Integration and decoupling, 1990").count() == 1
    link = page.get_by_text("This view as a link").get_by_role("link")
    expect(link).to_have_attribute("href", re.compile("states=NGA"))


def test_a_view_comes_back_with_the_graph(built: Version, chromium: Browser, tmp_path: Path) -> None:
    with serving.served({"HRKB_HOME": str(tmp_path), "NEO4J_URI": ""}) as served:
        page = serving.window(chromium)
        page.goto(f"{served.address}/treaty?treaty=CEDAW&year=1999")
        page.get_by_text("No graph to show yet").wait_for()

        (tmp_path / built.folder.parent.name).symlink_to(built.folder.parent)
        (tmp_path / POINTER).write_text(f"{built.name}\n", encoding="utf-8")

        page.get_by_text("CEDAW: parties by year, to 1999").wait_for()
        assert url(page) == "/treaty?treaty=CEDAW&year=1999"
        page.close()


def test_back_steps_through_the_years_and_the_pages(visit: Visit) -> None:
    page = visit("?year=1990")

    page.get_by_role("slider").press("ArrowRight")
    page.get_by_text("Integration and decoupling, 1991").wait_for()
    page.wait_for_function("location.search.includes('1991')")
    page.get_by_test_id("stSidebar").get_by_role("link", name="Treaty").click()
    page.get_by_text("How it spread").wait_for()
    serving.settle(page)
    page.go_back()
    page.get_by_text("Integration and decoupling, 1991").wait_for()
    page.go_back()
    page.get_by_text("Integration and decoupling, 1990").wait_for()

    assert url(page) == "/?year=1990"


def test_the_year_follows_from_page_to_page(visit: Visit) -> None:
    page = visit("?year=1995")

    page.get_by_test_id("stSidebar").get_by_role("link", name="Treaty").click()
    page.get_by_text("CAT: parties by year, to 1995").wait_for()

    page.wait_for_function("location.search.includes('year=1995')")


def test_the_csv_holds_the_rows_of_the_query(visit: Visit, graph: EmbeddedEngine) -> None:
    page = visit("treaty?treaty=CEDAW&year=2000")

    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").first.click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))

    expected = queries.query("adoption-curve").run(graph, treaty="CEDAW", to_year=2000).to_pylist()
    assert [(int(r["year"]), int(r["parties"])) for r in rows] == [(r["year"], r["parties"]) for r in expected]


def test_where_the_figures_come_from_is_told_when_it_is_asked(visit: Visit) -> None:
    page = visit("?year=1990")

    page.get_by_test_id("stExpander").get_by_text("Where this comes from").click()

    page.get_by_text("hrkb query scores-and-components --from-year 1990 --to-year 1990").wait_for()
    page.get_by_text("Fariss").first.wait_for()  # the sources come after the questions
    assert url(page) == "/?year=1990"


def test_pictures_can_be_taken_away(visit: Visit) -> None:
    page = visit("treaty?treaty=CAT")

    for kind, start in (("PNG", b"\x89PNG"), ("SVG", b"<svg")):
        with page.expect_download() as download:
            page.get_by_role("button", name=kind, exact=True).first.press("Enter")
        assert Path(download.value.path()).read_bytes().startswith(start)


def test_which_states_promise_more_than_they_do_and_how_sure_are_we(visit: Visit) -> None:
    page = visit()

    assert page.get_by_text("Promises exceed practice most in").count() == 1
    assert page.get_by_text("Highest and lowest decoupling").count() == 1


def test_what_has_mexico_joined_and_not_joined(visit: Visit) -> None:
    page = visit()

    page.get_by_label("Find a state, treaty or organization").fill("México")
    page.get_by_label("Find a state, treaty or organization").press("Enter")
    page.get_by_test_id("stSidebar").get_by_role("link", name="Mexico").click()
    page.get_by_text("Mexico is not party to").wait_for()

    page.wait_for_function("location.search.includes('state=MEX')")


def test_how_did_cat_spread_and_who_is_left(visit: Visit) -> None:
    page = visit("treaty?treaty=CAT")

    assert page.get_by_text("Half of the states were first reached in").count() == 1
    page.get_by_test_id("stRadioGroup").get_by_text("Who is left").click()
    page.get_by_text("of the system not party at the end of").first.wait_for()


def test_two_windows_do_not_disturb_each_other(visit: Visit) -> None:
    first, second = visit("?year=1980"), visit("?year=2010")

    first.get_by_role("slider").press("ArrowRight")
    first.get_by_text("Integration and decoupling, 1981").wait_for()

    assert second.get_by_text("Integration and decoupling, 2010").count() == 1
