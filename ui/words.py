"""How values and names are written on the pages."""

from __future__ import annotations

from typing import Any

import pandas as pd

from kb.shape import OPEN

#: Column names whose plain reading is not their name with spaces.
_HEADINGS = {
    "iso3": "ISO code",
    "igo": "IGO ties",
    "ingo": "INGO ties",
    "n": "number",
    "rud": "RUD",
    "ruds": "RUDs",
    "ingos": "INGOs",
}
#: Characters that mean something in Markdown: what a visitor typed is shown, never interpreted.
_MARKDOWN = str.maketrans(dict.fromkeys("`<>[]()*_#|\\$~:\n\r\t", " "))


def heading(column: str) -> str:
    """A column's name as people read it: ``from_year`` becomes "From year"."""
    text = _HEADINGS.get(column, column.replace("_", " "))
    return text[:1].upper() + text[1:]


def quote(text: str) -> str:
    """What a visitor typed, shortened and made harmless, in quotation marks."""
    plain = " ".join(text.translate(_MARKDOWN).split())
    return f"“{plain[:40]}…”" if len(plain) > 40 else f"“{plain}”"


def number(value: Any, digits: int = 2) -> str:
    """A number with a true minus sign, or a dash where it is missing."""
    if value is None or pd.isna(value):
        return "–"
    return f"{value:,.{digits}f}".replace("-", "−") if isinstance(value, float) else f"{value:,}".replace("-", "−")


def interval(value: Any, low: Any, high: Any, digits: int = 2) -> str:
    """A value with its interval: "0.41 (0.33 to 0.48)"."""
    if pd.isna(value):
        return "no value"
    if pd.isna(low) or pd.isna(high):
        return number(value, digits)
    return f"{number(value, digits)} ({number(low, digits)} to {number(high, digits)})"


def years(first: Any, last: Any) -> str:
    """A spell of years: "1990–2004", "since 1990", "until 2004", "years not stated"."""
    open_end = pd.isna(last) or last == OPEN
    if pd.isna(first):
        return "years not stated" if open_end else f"until {int(last)}"
    return f"since {int(first)}" if open_end else f"{int(first)}–{int(last)}"


def count(n: int, one: str, many: str | None = None) -> str:
    """ "1 state", "2 states", "1,204 ties"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"
