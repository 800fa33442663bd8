"""Which states a visitor means: by a name in any language, a former name, a code, or a code with its system before it."""

from __future__ import annotations

import re

from kb.load import names
from kb.load.rows import Unusable

#: "COW 70", "m49:484", "iso2 CH": a system of :func:`kb.load.names.by_code`, then a value.
_CODE = re.compile(r"\s*(cow|gw|m49|iso2|iso3|vdem|gec|ioc)[\s:]+([0-9a-z]+)\s*", re.IGNORECASE)


def state(text: str) -> str:
    """The one state meant, by its ISO code. Raises :class:`kb.errors.UsageError` where there is none."""
    code = _coded(text)
    return names.state(text) if code is None else code


def states(text: str, limit: int = 5) -> list[str]:
    """The states that may be meant, the likeliest first, by their ISO codes."""
    code = _coded(text)
    return names.search(text, limit) if code is None else [code]


def _coded(text: str) -> str | None:
    found = _CODE.fullmatch(text)
    if not found:
        return None
    system, value = found.groups()
    try:
        return names.by_code(system.lower(), value.upper())
    except Unusable:
        return None
