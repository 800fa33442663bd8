"""The numbers at the head of a page, side by side as far as the window is wide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import streamlit as st

#: Pixels a number takes at the least: two stand side by side on a phone, and a row fills a window.
_WIDTH = 150


class Headline(NamedTuple):
    """One number: its label, itself as text, what it means, and what stands below it."""

    label: str
    value: str
    meaning: str | None = None
    note: str | None = None


def show(headlines: Iterable[Headline]) -> None:
    """Draw the numbers in a row that wraps."""
    with st.container(horizontal=True, gap="small"):
        for one in headlines:
            st.metric(
                one.label,
                one.value,
                one.note,
                delta_color="off",
                delta_arrow="off",
                help=one.meaning,
                width=_WIDTH,
            )
