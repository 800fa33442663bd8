"""What the refreshes of this installation brought, and which sources they could not take."""

from __future__ import annotations

import streamlit as st

from ui.answers import holdings
from ui.view import words
from ui.view.page import View


def latest(view: View) -> None:
    """What the last refresh added, changed and removed, with a link to every fact."""
    troubles()
    last = next((run for run in holdings.runs() if run.loads), None)
    if last is None:
        none_yet()
        return
    changed = {name: sum(getattr(load, name) for load in last.loads) for name in ("added", "changed", "removed")}
    sources = [load.source for load in last.loads if load.added or load.changed or load.removed]
    told = ", ".join(f"{words.number(n)} {name}" for name, n in changed.items())
    st.info(
        f"**Last refresh: {last.started[:16].replace('T', ' ')} UTC, {last.outcome}.** "
        f"{words.count(len(last.loads), 'source')} asked; facts: {told}"
        + (f", in {', '.join(sources)}." if sources else "."),
        icon=":material/update:",
    )
    view.go("data", "What is new, fact by fact", part="new", run=last.id)


def none_yet() -> None:
    """Say that nothing was refreshed here."""
    st.info(
        "No refresh has run on this installation yet: the graph is the shipped snapshot. `hrkb refresh` asks the "
        "publishers; what it changes will show here.",
        icon=":material/update:",
    )


def troubles() -> None:
    """A badge for sources whose last load was rejected or failed: their last good figures stay."""
    found = holdings.troubles()
    if found:
        st.warning(
            f"{words.count(len(found), 'source')} could not be refreshed, and the last good figures stay: "
            + "; ".join(f"{code} ({words.quote(why)[1:-1]})" for code, why in found.items())
            + ".",
            icon=":material/sync_problem:",
        )
