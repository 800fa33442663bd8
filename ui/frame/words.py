"""How values and names are written on the pages."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from kb.model import scores
from kb.model.shape import OPEN

#: Column names whose plain reading is not their name with spaces; the scores say their own.
_HEADINGS = {
    "as_of_basis": "Basis of that day",
    "core_joined": "Core treaties joined",
    "cow": "COW code",
    "drop_rules": "Rules for leaving out",
    "gw": "GW code",
    "hi": "High end",
    "id": "Load",
    "ingos": "INGOs",
    "io": "Code",
    "iso3": "ISO code",
    "lo": "Low end",
    "m49": "M49 code",
    "n": "Number",
    "objector": "Objector, ISO code",
    "other": "Other, ISO code",
    "rows_dropped": "Rows left out",
    "rows_in": "Rows read",
    "rows_quarantined": "Rows set aside",
    "rud": "RUD",
    "ruds": "RUDs",
    "sd": "Standard deviation",
    "target": "Target, ISO code",
    "un_member_from": "UN member from",
    "url": "Address",
}
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
#: Characters that mean something in Markdown: what a visitor typed is shown, never interpreted.
_MARKDOWN = str.maketrans(dict.fromkeys("`<>[]()*_#|\\$~:\n\r\t", " "))


def heading(column: str) -> str:
    """A column's name as people read it: ``from_year`` becomes "From year"."""
    score = scores.BY_NAME.get(column)
    text = score.label if score else _HEADINGS.get(column, column.replace("_", " "))
    return text[:1].upper() + text[1:]


def heading_with_unit(column: str, unit: str | None) -> str:
    """The same with its unit behind it, less what the heading says already: "Signed (year)", but "Objections"."""
    text = heading(column)
    first, _, rest = (unit or "").partition(" ")
    unit = rest if first in text.lower() else unit
    if not unit:
        return text
    return f"{text} ({re.sub(r'(?<=[0-9])-(?=[0-9])', '–', unit).replace('-', '−')})"


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


def scale(ends: tuple[float | None, float | None]) -> str:
    """The ends of a scale: "−1 to 1", "0 to no bound"."""
    return " to ".join("no bound" if end is None else f"{end:g}".replace("-", "−") for end in ends)


def spelled(n: int) -> str:
    """A small number as a word: 5 is "five"; from thirteen on in figures."""
    return _SMALL[n] if n < len(_SMALL) else str(n)


def years(first: Any, last: Any) -> str:
    """A spell of years: "1990–2004", "since 1990", "until 2004", "years not stated"."""
    open_end = pd.isna(last) or last == OPEN
    if pd.isna(first):
        return "years not stated" if open_end else f"until {int(last)}"
    return f"since {int(first)}" if open_end else f"{int(first)}–{int(last)}"


def count(n: int, one: str, many: str | None = None) -> str:
    """ "1 state", "2 states", "1,204 ties"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"
