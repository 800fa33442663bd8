"""Pictures of every page for ``docs/gallery``: wide and narrow, light and dark. ``python -m tools.gallery`` makes them again."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from kb.settings import ROOT
from tools import served
from ui.pages import pages

FOLDER = ROOT / "docs" / "gallery"
#: Name, width and height in pixels, and whether dark.
_WINDOWS = (("wide", 1280, 1000, False), ("narrow", 390, 844, True))
#: The tallest picture taken, in pixels: enough for what a page says first.
_TALLEST = 1800


def make(folder: Path = FOLDER) -> list[Path]:
    """Draw every page of the app on the current graph into ``folder``, with an index. Returns the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    with served.served() as app, served.browser() as opened:
        for page in pages():
            for window in _WINDOWS:
                made.append(_picture(opened, f"{app.address}/{page.path}", folder / f"{page.path or 'first'}", window))
    (folder / "README.md").write_text(_index(), encoding="utf-8")
    return made


def _picture(opened: Browser, url: str, stem: Path, window: tuple[str, int, int, bool]) -> Path:
    name, width, height, dark = window
    path = stem.with_name(f"{stem.name}-{name}.png")
    page = served.visit(opened, url, width=width, height=height, dark=dark)
    whole = page.get_by_test_id("stMain").evaluate("e => e.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(int(whole), _TALLEST)})
    served.settle(page, calm=1000)
    page.screenshot(path=path)
    page.close()
    return path


def _index() -> str:
    lines = ["# Gallery", "", "*Made by `make gallery` on the current graph; figures belong to their sources.*", ""]
    for page in pages():
        name = page.path or "first"
        lines += [f"## {page.title}", "", page.answers, ""]
        lines += [
            f"![{page.title}, wide]({name}-wide.png)",
            "",
            f"![{page.title}, narrow and dark]({name}-narrow.png)",
            "",
        ]
    return "\n".join(lines)


if __name__ == "__main__":
    for path in make():
        print(path.relative_to(ROOT))
