"""Colours that colour-blind readers can tell apart, on white and on dark grounds; shapes say the same again.

The hues are Okabe and Ito's (2008, Color Universal Design), without their yellow, which is lost on white, and without
black, which is lost on dark; each reaches a contrast of about 3:1 on both grounds.
"""

from __future__ import annotations

from collections.abc import Sequence

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

REGIONS = ("Africa", "Americas", "Asia", "Europe", "Oceania")


def colours(categories: Sequence[str]) -> alt.Scale:
    """The same category in the same colour in every picture that uses the same list."""
    return alt.Scale(domain=list(categories), range=list(CATEGORIES[: len(categories)]))


def shapes(categories: Sequence[str]) -> alt.Scale:
    """The same category in the same shape."""
    return alt.Scale(domain=list(categories), range=list(SHAPES[: len(categories)]))
