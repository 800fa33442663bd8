"""Colours that colour-blind readers can tell apart, on white and on dark grounds; shapes say the same again.

The hues are Okabe and Ito's (2008, Color Universal Design), without their yellow, which is lost on white, and without
black, which is lost on dark; each reaches a contrast of about 3:1 on both grounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

BLUE, VERMILION, GREEN, PURPLE, SKY, OCHRE, GREY = (
    "#0072b2",
    "#d55e00",
    "#00896a",
    "#b65f91",
    "#3f97c9",
    "#b97a00",
    "#7d7d7d",
)
CATEGORIES = (BLUE, VERMILION, GREEN, PURPLE, OCHRE, SKY, GREY)
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "stroke")
#: Diverging, from practice above promises (green) over none (grey) to promises above practice (purple).
DIVERGING = ("#00896a", "#9b9b9b", "#a8457f")
#: One hue, light to dark.
SEQUENTIAL = ("#cfe3f1", "#0072b2", "#00304d")
MISSING = "#b8b8b8"
#: Letters that can be read on white and on dark grounds alike.
LETTERS = "#767676"

REGIONS = ("Africa", "Americas", "Asia", "Europe", "Oceania")


def colours(categories: Sequence[str]) -> alt.Scale:
    """The same category in the same colour in every picture that uses the same list."""
    return alt.Scale(domain=list(categories), range=list(CATEGORIES[: len(categories)]))


def shapes(categories: Sequence[str]) -> alt.Scale:
    """The same category in the same shape."""
    return alt.Scale(domain=list(categories), range=list(SHAPES[: len(categories)]))


#: Points that a letter of a legend takes across, and what the mark before a name and the gap behind it take.
_LETTER, _MARK = 6.6, 34


def legend(categories: Sequence[str], **settings: Any) -> alt.Legend:
    """A legend above the picture, with as many names side by side as its width has room for."""
    room = _MARK + _LETTER * max((len(name) for name in categories), default=0)
    columns = alt.ExprRef(f"max(1, floor(width / {room:.0f}))")
    return alt.Legend(**{"orient": "top", "columns": columns, "symbolOpacity": 1, **settings})
