"""The states most like a state, and its part in the Universal Periodic Review."""

from __future__ import annotations

import streamlit as st

from ui.charts import figures
from ui.view import words
from ui.view.page import View

_MOST = 10


def draw(view: View, iso3: str, name: str, year: int) -> None:
    """Nearest peers in the year, with links to compare, and recommendations sent and received."""
    peers = view.ask("nearest-peers", iso3=iso3, year=year, limit=_MOST)
    figures.table(view, peers, title=f"{name}, {year}: nearest peers (n = {len(peers)})", query="nearest-peers")
    st.caption(
        "Near in integration, percentile of commitment and percentile of practice, of the states that have all three."
    )
    for peer in peers.head(3).to_dict("records"):
        view.go("compare", f"Compare {name} and {peer['name']}", states=f"{iso3},{peer['iso3']}", year=str(year))
    review = view.ask("peer-review", iso3=iso3).sort_values("recommendations", ascending=False, kind="stable")
    for role, title in (("received", "from"), ("sent", "to")):
        rows = review[review["role"] == role].drop(columns="role")
        total = int(rows["recommendations"].sum())
        figures.table(
            view,
            rows,
            title=f"{name}: {words.count(total, 'recommendation')} {role} {title} {words.count(len(rows), 'state')}",
            query="peer-review",
            height=300,
        )
