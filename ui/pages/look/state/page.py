"""State: everything about one state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from ui.answers import panel
from ui.charts import profile
from ui.pages.look.state import peers, practice, statements, ties, treaties
from ui.view import errors, words
from ui.view.page import Page, View
from ui.widgets import controls, headline
from ui.widgets.headline import Headline

READING = """
- **Commitments**: a bar runs while the state is bound by a treaty, marks are its acts. Years are those of the depositary.
- **Statements** are reservations, understandings and declarations. How the kind was decided stands beside it: from a
  heading of the depositary's page, from the wording, or not stated.
- **Memberships** that were last observed before the year shown are carried forward, and say so.
- **Accreditation** was not observed in every year; nothing is filled in.
- **Practice** bands are 90 % where the source publishes a standard deviation, else the bounds it publishes. Dashed lines
  mark the years in which core treaties were joined; that a line lies before a change does not make it the reason.
- **Peers** are near in three percentiles of the year; they are not allies.
"""
_PARTS: dict[str, tuple[str, Callable[[View, str, str, int], None]]] = {
    "treaties": ("Treaties", treaties.draw),
    "statements": ("Reservations and objections", statements.draw),
    "organizations": ("Organizations", ties.organizations),
    "institutions": ("Institutions", ties.institutions),
    "practice": ("Practice", practice.draw),
    "peers": ("Peers and review", peers.draw),
}


def draw(view: View) -> None:
    first, second = st.columns([2, 3])
    with first:
        iso3 = controls.state(view, "MEX")
    facts = view.ask("state-profile", iso3=iso3)
    if facts.empty:
        errors.nothing("Nothing is known about this state.")
        return
    fact: dict[str, Any] = {str(k): v for k, v in facts.iloc[0].items()}
    with second:
        year = _year(view, iso3)
    st.header(fact["name"])
    _who(fact)
    _numbers(fact, int(view.look_up("treaties")["core"].sum()))
    profile.scores(view, iso3)
    part = controls.choice(view, "part", "Show", {k: title for k, (title, _) in _PARTS.items()}, horizontal=True)
    _PARTS[part][1](view, iso3, fact["name"], year)


def _year(view: View, iso3: str) -> int:
    """The year of memberships and peers; by default the last one in which the state has all scores."""
    rows = panel.panel(view).of_state(iso3)
    scored = rows.dropna(subset=["integration", "decoupling"])["year"]
    if rows.empty:
        return controls.year(view, 1946, 2025, 2025)
    first, last = int(rows["year"].min()), int(rows["year"].max())
    return controls.year(view, first, max(last, first + 1), int(scored.max()) if len(scored) else last)


def _who(fact: dict[str, Any]) -> None:
    parts = [
        fact["subregion"] if pd.notna(fact["subregion"]) else fact["region"],
        f"in the state system {words.years(fact['system_from'], fact['system_to'])}",
        f"member of the United Nations since {fact['un_member_from']}" if pd.notna(fact["un_member_from"]) else None,
    ]
    st.markdown(" · ".join(str(p) for p in parts if p is not None and not pd.isna(p)))


def _numbers(fact: dict[str, Any], core: int) -> None:
    interval = f"{words.number(fact['decoupling_lo'])} to {words.number(fact['decoupling_hi'])}"
    headlines = (
        Headline("Core treaties joined", f"{fact['core_joined']} of {core}", "treaties it ever became bound by"),
        Headline("Statements made", words.number(fact["statements"]), "reservations, understandings, declarations"),
        Headline("Objections drawn", words.number(fact["objections_drawn"]), "by other states, to its statements"),
        Headline(
            f"Decoupling {'' if pd.isna(fact['year']) else fact['year']}",
            words.number(fact["decoupling"]),
            "−1 to 1; above 0 promises exceed practice; 90 % interval",
            None if pd.isna(fact["decoupling"]) else f"90 %: {interval}",
        ),
    )
    headline.show(headlines)


PAGE = Page(
    path="state",
    title="State",
    icon=":material/flag:",
    section="Look",
    order=30,
    answers="What has a state promised, with which reservations, to whom is it tied, and what does it do?",
    reading=READING,
    draw=draw,
)
