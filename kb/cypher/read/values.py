"""What numbers and strings in a query stand for."""

from __future__ import annotations

import re

from kb.cypher.read.tokens import Token, Tokens

_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "'": "'", '"': '"', "\\": "\\", "`": "`"}
_ESCAPE = re.compile(r"\\(?:u+([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)


def number(text: str) -> int | float | None:
    """The value of a number as written, a minus sign before it included; None where it is none that fits 64 bits."""
    digits = text.lower().lstrip("-")
    try:
        if digits.startswith(("0x", "0o")):
            value: int | float = int(digits, 0)
        elif re.fullmatch(r"[\d_]+", digits):
            value = int(digits)
        else:
            value = float(digits)
    except ValueError:
        return None
    value = -value if text.startswith("-") else value
    if isinstance(value, int):
        return value if -(1 << 63) <= value < 1 << 63 else None
    return value if value - value == 0 else None


def text_value(read: Tokens, token: Token) -> str:
    """The text that a string stands for. Raises :class:`RefusedAt` for an escape that Cypher does not know."""

    def character(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        if code:
            if int(code, 16) > 0x10FFFF or 0xD800 <= int(code, 16) < 0xE000:
                read.refuse(
                    token.start + 1 + match.start(), f"{match[0]} is no character", "write the character itself"
                )
            return chr(int(code, 16))
        if match[3] not in _SIMPLE:
            read.refuse(
                token.start + 1 + match.start(), f"{match[0]} is no escape of Cypher", "write \\\\ for a backslash"
            )
        return _SIMPLE[match[3]]

    return _ESCAPE.sub(character, token.text[1:-1])
