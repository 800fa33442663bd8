"""How fast the explorer is in a real browser: first paint cold and warm, moving the year, ten visitors at once.

    python benchmarks/explorer.py

It runs on the current graph, needs Chromium (see :mod:`tools.served`), and prints seconds beside the bounds the project set
itself. Only an error on a page ends it: the numbers depend on the machine, which is printed too.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from tools import served

_MOVES, _VISITORS, _ROUNDS = 15, 10, 5
#: Milliseconds without a change after which all is drawn; they are not counted.
_CALM = 50
_TITLE = "Integration and decoupling, {}"


@contextmanager
def _timed(into: list[float]) -> Iterator[None]:
    start = time.perf_counter()
    yield
    into.append(time.perf_counter() - start)


def first_paint(opened: Browser, address: str) -> float:
    """Seconds until the first picture of the first page is drawn, in a window without cache."""
    spent: list[float] = []
    context = opened.new_context()
    page = context.new_page()
    with _timed(spent):
        page.goto(address)
        page.locator("[data-testid=stVegaLiteChart] svg, [data-testid=stVegaLiteChart] canvas").first.wait_for(
            timeout=90_000
        )
    context.close()
    return spent[0]


def _year(page: Page) -> int:
    return int(page.get_by_text(_TITLE.format("")).first.inner_text().removeprefix(_TITLE.format(""))[:4])


def _shown(page: Page, year: int) -> None:
    """Wait for the title of a year: the browser looks itself, since asking it for texts would slow it down."""
    page.wait_for_function(
        "title => [...document.querySelectorAll('h2')].some(h => h.textContent.startsWith(title))",
        arg=_TITLE.format(year),
    )


def moves(page: Page) -> tuple[list[float], list[float]]:
    """Seconds from a key on the slider to the title of the next year, and until all is drawn and stays so."""
    titles: list[float] = []
    drawn: list[float] = []
    year = _year(page)
    for _ in range(_MOVES):
        year -= 1
        with _timed(drawn):
            with _timed(titles):
                page.get_by_role("slider").press("ArrowLeft")
                _shown(page, year)
            served.settle(page, calm=_CALM)
    return titles, [seconds - _CALM / 1000 for seconds in drawn]


def crowd(opened: Browser, address: str) -> list[float]:
    """Ten visitors who move the year at once, round by round: seconds until each has the next year."""
    spent: list[float] = []
    pages = [served.visit(opened, address) for _ in range(_VISITORS)]
    year = _year(pages[0])
    for _ in range(_ROUNDS):
        year -= 1
        start = time.perf_counter()
        for page in pages:
            page.get_by_role("slider").press("ArrowLeft")
        for page in pages:
            _shown(page, year)
            spent.append(time.perf_counter() - start)
    if any(page.get_by_test_id("stException").count() for page in pages):
        raise SystemExit("one of the visitors was shown an error")
    return spent


def most_memory(process: int) -> float:
    """The most memory a process has held so far, in GB, as Linux counts it."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(peak.split()[1]) / 2**20


def main() -> None:
    with served.served() as (address, process):
        with served.browser() as opened:
            cold, warm = first_paint(opened, address), first_paint(opened, address)
            titles, drawn = moves(served.visit(opened, address))
            together = crowd(opened, address)
        memory = most_memory(process)
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} cores, load average {load:.1f} at the end")
    print(f"first paint, cold server   {cold:6.2f} s   (bound 3 s)")
    print(f"first paint, warm server   {warm:6.2f} s   (bound 1 s)")
    print(
        f"moving the year, median    {statistics.median(titles):6.3f} s   (bound 0.3 s; {statistics.median(drawn):.3f} s until all is drawn)"
    )
    print(f"the same, {_VISITORS} visitors      {statistics.median(together):6.3f} s   (until each of them has it)")
    print(f"memory of the server       {memory:6.2f} GB  (bound 1.5 GB)")


if __name__ == "__main__":
    main()
