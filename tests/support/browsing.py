"""The app in a real browser: what tests on the embedded graph and on a server share."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from conftest import need
from playwright.sync_api import Browser, Page, expect

from kb.versions.home import Version
from tools import served as serving

# A busy machine may take long to draw: speed is measured in benchmarks/, never in a test.
expect.set_options(timeout=90_000)

#: Opens a view of the app: a path with its parameters, and the window's size or theme.
Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    need(serving.chromium() is not None, "Chromium")
    with serving.browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def app(built: Version, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app on the real graph."""
    home = built.folder.parent.parent
    with serving.served({"HRKB_HOME": str(home), "NEO4J_URI": ""}) as served:
        yield served.address


@pytest.fixture
def visit(app: str, chromium: Browser) -> Iterator[Visit]:
    """Open a view of the app; every window is closed afterwards."""
    opened: list[Page] = []

    def open_view(path: str = "", **window: object) -> Page:
        opened.append(serving.visit(chromium, f"{app}/{path}", **window))
        return opened[-1]

    yield open_view
    for page in opened:
        page.close()


def url(page: Page) -> str:
    return str(page.evaluate("location.pathname + location.search"))
