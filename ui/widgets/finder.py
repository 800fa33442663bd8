"""The search box: a state by any name in any language it is known by, a treaty, an organization."""

from __future__ import annotations

import streamlit as st

from kb.load import names
from ui.view import words
from ui.view.page import View
from ui.widgets import spelling

_MOST = 6
#: The page of what is found, by label; states are looked for by likeness too.
_PAGES = {"Treaty": "treaty", "IO": "organization"}


def show(view: View) -> None:
    """Draw the box, and below it links to what was found."""
    wanted = st.text_input("Find a state, treaty or organization", key="finder", placeholder="Suisse, CEDAW, OAS …")
    if not wanted.strip():
        return
    found = find(view, wanted)
    for path, label, parameters in found[:_MOST]:
        view.go(path, label, **parameters)
    if not found:
        st.caption(f"Nothing is called {words.quote(wanted)}. A part of a name or a code will do.")


def find(view: View, wanted: str) -> list[tuple[str, str, dict[str, str]]]:
    """What ``wanted`` may mean: the page to open, what to call it, and the page's parameters."""
    known: dict[str, str] = {row["iso3"]: row["name"] for row in view.look_up("states").to_dict("records")}
    found = [("state", known[code], {"state": code}) for code in spelling.states(wanted, _MOST) if code in known]
    if names.fold(wanted):
        for row in view.look_up("find", text=wanted, limit=3000).to_dict("records"):
            if path := _PAGES.get(row["label"]):
                found.append((path, f"{row['code']}: {row['name']}", {path: row["code"]}))
    return found
