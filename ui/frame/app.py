"""What every page stands in: the navigation, the search box, its title, its explanations, its link and the footer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from kb.errors import HrkbError
from ui.pages import pages
from ui.view import errors, graph
from ui.view.address import Address
from ui.view.graph import Graph
from ui.view.page import SECTIONS, Page, View
from ui.widgets import finder, origin

#: The selection that follows a visitor from page to page.
_CARRIED = "year"
_ICON = Path(__file__).with_name("icon.svg")


#: Streamlit writes the choices of a list in white on the accent colour, which on the dark theme is too pale for it, and
#: leaves a wide window half empty.
_STYLE = """<style>
[data-testid="stMainBlockContainer"] { padding: 3rem clamp(1rem, 3vw, 3rem) 2rem; max-width: 100rem; }
[data-testid="stMultiSelectTagsContainer"] span:has(> span[title]) { background-color: #005a8c !important; }
</style>"""


def run() -> None:
    """Draw the app: the page that the URL names, in its frame."""
    # A named or emoji icon would be fetched from an outside host.
    st.set_page_config(page_icon=_ICON, layout="wide", initial_sidebar_state="auto")
    registered: dict[str, StreamlitPage] = {}
    try:
        draw = partial(_draw, now=graph.current(), registered=registered)
    except HrkbError as error:
        # The pages are there all the same: the URL stays what it is, and the view comes back with the graph.
        draw = partial(_wait, error=error)
    for page in pages():
        registered[page.path] = st.Page(
            partial(draw, page),
            title=page.title,
            icon=page.icon,
            url_path=page.path,
            default=page.path == "",
        )
    st.navigation(list(registered.values()), position="hidden").run()


def _wait(_: Page, error: HrkbError) -> None:
    errors.unavailable(error)


def _draw(page: Page, now: Graph, registered: Mapping[str, StreamlitPage]) -> None:
    view = View(now, Address(page.path or "integration"), dict(registered))
    st.html(_STYLE)
    st.title(page.title)
    st.markdown(page.answers)
    notes = st.container()
    try:
        page.draw(view)
    except HrkbError as error:
        errors.problem(error)
    except Exception as error:
        errors.failure(error)
    finally:
        view.address.commit()
    with notes:
        errors.notes(view.address.notes)
    with st.expander("How to read this", icon=":material/menu_book:"):
        st.markdown(page.reading)
    origin.show(view)
    _footer(view)
    with st.sidebar:
        _navigation(view, registered)


def _navigation(view: View, registered: Mapping[str, StreamlitPage]) -> None:
    """The search box and the pages. Drawn last, so that its links carry the selections just made."""
    finder.show(view)
    carried = {k: v for k, v in view.address.short.items() if k == _CARRIED}
    for section in SECTIONS:
        found = [page for page in pages() if page.section == section]
        if found:
            st.caption(section)
        for page in found:
            st.page_link(registered[page.path], query_params=carried or None)


def _footer(view: View) -> None:
    st.divider()
    # An element with a button to copy would first load a highlighter of code, a third of the page's time.
    st.caption(f"This view as a link: <{view.address.link()}>")
    now = view.graph
    st.caption(
        f"Data to {now.data_date or 'an unstated day'} · version {now.version} · {now.engine} · "
        "figures belong to their sources, see “Where this comes from”"
    )
