"""What visitors see when something is wrong or empty: one sentence that says what, one that says what to do."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence

import streamlit as st

from kb.errors import GraphMissing, HrkbError
from kb.versions import home
from ui.view import graph
from ui.view.address import Note

#: Seconds between two looks whether the graph is there now, and how long an unfinished version counts as being built.
_LOOK, _BUILDING = 3.0, 900.0
_log = logging.getLogger("hrkb.ui")


def nothing(sentence: str) -> None:
    """An empty state."""
    st.info(sentence, icon=":material/search_off:")


def notes(found: Sequence[Note]) -> None:
    """Parameters of the address that could not be read, with what may have been meant."""
    for note in found:
        offers = ", ".join(f"{o.label} ({note.parameter}={o.value})" for o in note.offers)
        st.warning(note.sentence + (f" Did you mean {offers}?" if offers else ""), icon=":material/help:")


def problem(error: HrkbError) -> None:
    """A known error: the problem and its remedy."""
    st.error(_sentence(error.problem), icon=":material/error:")
    if error.remedy:
        st.markdown(f"**What to do:** {_sentence(error.remedy)}")


def failure(error: Exception) -> None:
    """An error nobody foresaw: the traceback goes to the log, the visitor is told what still works."""
    _log.error("a page failed", exc_info=error)
    st.error("This page ran into an error that it does not know; it was written to the server's log.")
    st.markdown(
        "**What to do:** try another selection or another page. If it happens again, report it with this page's address."
    )


def unavailable(error: HrkbError) -> None:
    """No graph can be shown: say why, and show it as soon as there is one."""
    st.title("No graph to show yet")
    if isinstance(error, GraphMissing) and being_built():
        st.info(
            "The graph is being built. This page opens by itself when it is done.", icon=":material/progress_activity:"
        )
    else:
        problem(error)
    _wait()


@st.fragment(run_every=_LOOK)
def _wait() -> None:
    try:
        graph.current()
    except HrkbError:
        st.caption("This page looks again every few seconds.")
    else:
        st.rerun()


def being_built() -> bool:
    """Whether a version lies beside the others that was begun lately and is not complete."""
    complete = {v.name for v in home.versions()}
    return any(
        folder.name not in complete and time.time() - folder.stat().st_mtime < _BUILDING
        for folder in (home.home() / "versions").glob("*")
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")
