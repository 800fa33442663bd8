"""How values and names are written on the pages."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from kb.model.shape import OPEN

#: Column names whose plain reading is not their name with spaces.
_HEADINGS = {
    "as_of_basis": "Basis of that day",
    "core_joined": "Core treaties joined",
    "cow": "COW code",
    "decoupling_breadth": "Decoupling of breadth",
    "decoupling_cat": "Decoupling, CAT",
    "decoupling_cedaw": "Decoupling, CEDAW",
    "decoupling_civil": "Decoupling, civil liberties",
    "decoupling_crc": "Decoupling, CRC",
    "decoupling_hi": "Decoupling, high end",
    "decoupling_iccpr": "Decoupling, ICCPR",
    "decoupling_icescr": "Decoupling, ICESCR",
    "decoupling_lo": "Decoupling, low end",
    "decoupling_spread": "Spread over measures",
    "decoupling_terror": "Decoupling, terror scale",
    "drop_rules": "Rules for leaving out",
    "gw": "GW code",
    "hi": "High end",
    "id": "Load",
    "igo": "IGO ties",
    "igo_centrality": "IGO centrality",
    "igo_centrality_raw": "IGO centrality, raw",
    "igo_count": "IGO memberships",
    "igo_last_observed": "IGO ties last observed",
    "ingo": "INGO ties",
    "ingo_count": "INGO ties counted",
    "ingos": "INGOs",
    "integration_hi": "Integration, high end",
    "integration_lo": "Integration, low end",
    "integration_n": "Integration, components",
    "io": "Code",
    "iso3": "ISO code",
    "lo": "Low end",
    "m49": "M49 code",
    "machinery_raw": "Machinery, raw",
    "n": "Number",
    "objector": "Objector, ISO code",
    "other": "Other, ISO code",
    "pct_commitment": "Commitment, percentile",
    "pct_practice": "Practice, percentile",
    "political_globalisation_raw": "Political globalisation, raw",
    "practice_civil": "Practice, civil liberties",
    "practice_physical": "Practice, physical integrity",
    "practice_sd": "Practice, standard deviation",
    "practice_terror": "Practice, terror scale",
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
#: Characters that mean something in Markdown: what a visitor typed is shown, never interpreted.
_MARKDOWN = str.maketrans(dict.fromkeys("`<>[]()*_#|\\$~:\n\r\t", " "))


def heading(column: str) -> str:
    """A column's name as people read it: ``from_year`` becomes "From year"."""
    text = _HEADINGS.get(column, column.replace("_", " "))
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


def years(first: Any, last: Any) -> str:
    """A spell of years: "1990–2004", "since 1990", "until 2004", "years not stated"."""
    open_end = pd.isna(last) or last == OPEN
    if pd.isna(first):
        return "years not stated" if open_end else f"until {int(last)}"
    return f"since {int(first)}" if open_end else f"{int(first)}–{int(last)}"


def count(n: int, one: str, many: str | None = None) -> str:
    """ "1 state", "2 states", "1,204 ties"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"
