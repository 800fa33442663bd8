"""A page of the app without a browser: opened, read, and looked at for errors."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from kb.settings import ROOT

_SLOW = 120


def open_page(path: str = "", **parameters: str) -> AppTest:
    """A page with these query parameters, drawn once."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=_SLOW)
    if path:
        app.run()
        app._page_hash = next(h for h, info in app._registered_pages.items() if info.get("url_pathname") == path)
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


def texts(app: AppTest) -> str:
    """Everything the page says in Markdown, warnings and errors included."""
    parts = [*app.title, *app.header, *app.subheader, *app.markdown, *app.warning, *app.error, *app.info, *app.caption]
    return "\n".join(str(part.value) for part in parts)


def assert_fine(app: AppTest) -> None:
    assert not app.exception
    assert not app.error, [e.value for e in app.error]
