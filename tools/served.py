"""The app served on a free port for as long as it is needed, and a browser to look at it: for tests, the gallery, benchmarks.

The browser is Chromium, found on the path as ``chromium``, ``chromium-browser`` or ``google-chrome``, or named by
``HRKB_CHROMIUM``; playwright drives it (it comes with the ``dev`` extra).
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kb.errors import HrkbError
from kb.settings import ROOT, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_STARTING = 60.0
#: Milliseconds in which a page must be drawn.
_DRAWING = 90_000
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """Where Chromium is; None where there is none."""
    return settings().hrkb_chromium or next(filter(None, map(shutil.which, _BROWSERS)), None)


class Served(NamedTuple):
    """A running app: its address, and the number of its process."""

    address: str
    process: int


@contextmanager
def served(environment: Mapping[str, str] | None = None, *, log: Path | None = None) -> Iterator[Served]:
    """The app on 127.0.0.1, ended afterwards. Raises :class:`HrkbError` where it does not start."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "ui" / "frame" / "server.py")]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1"]
    output = log.open("wb") if log else subprocess.DEVNULL
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **(environment or {})}, stdout=output, stderr=subprocess.STDOUT
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(process, f"{address}/_stcore/health")
        yield Served(address, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=20)
        if not isinstance(output, int):
            output.close()


def _wait(process: subprocess.Popen[bytes], health: str) -> None:
    end = time.monotonic() + _STARTING
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(health, timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise HrkbError("the app did not start", "run `hrkb serve` and read what it prints")


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium. Raises :class:`HrkbError` where there is none."""
    from playwright.sync_api import sync_playwright

    path = chromium()
    if path is None:
        raise HrkbError("there is no Chromium on the path", "install it, or name it in HRKB_CHROMIUM")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield opened
        finally:
            opened.close()


def visit(opened: Browser, url: str, *, width: int = 1280, height: int = 900, dark: bool = False) -> Page:
    """A page of the app in a window of its own, drawn to its end."""
    page = window(opened, viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light")
    page.goto(url)
    settle(page)
    return page


def window(opened: Browser, **options: Any) -> Page:
    """An empty window (``options`` as playwright's ``new_page`` takes them) that waits as long as a page may take."""
    page = opened.new_page(**options)
    page.set_default_timeout(_DRAWING)
    return page


#: True once the script of the app has ended, the footer is there, nothing is a placeholder and no chart lacks its picture.
_DONE = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  return app?.dataset.testScriptState === 'notRunning'
    && document.body.innerText.includes('Data to')
    && !document.querySelector('[data-testid=stSkeleton], [data-testid=stSpinner], [data-stale=true]')
    && [...document.querySelectorAll('[data-testid=stVegaLiteChart]')].every(c => c.querySelector('canvas, svg'));
}"""
#: Milliseconds for which a page must stay done: a widget just used starts the script only after a moment.
_CALM = 300
#: Ends when the browser has nothing left to do, however long a busy machine takes for it: then a click meets what is seen.
_IDLE = "() => new Promise(done => requestIdleCallback(() => requestIdleCallback(() => done(true))))"


def settle(page: Page, *, calm: int = _CALM) -> None:
    """Wait until the app has drawn everything and stays so for ``calm`` milliseconds."""
    while True:
        page.wait_for_function(_DONE, timeout=_DRAWING)
        page.wait_for_timeout(calm)
        page.evaluate(_IDLE)
        if page.evaluate(_DONE):
            return
