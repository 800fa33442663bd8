"""Cypher cut into tokens, with comments blanked out and every place kept, so that a refusal can point at it.

Both engines agree with this reading of strings, quoted names, comments and numbers; where they differ (how a comment
ends, escapes such as ``\\u0027``), the text handed on no longer holds the difference or is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NoReturn

from kb.errors import QueryRefused

#: Longer texts are refused: no question needs them, and parsers are easily exhausted.
LONGEST = 20_000
_MARKS = ("=~", "<>", "<=", ">=", "::", "..", *"()[]{},.:;=<>+-*/%^|&!")
_NUMBER = re.compile(r"0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|(?:\d[\d_]*)?\.?\d[\d_]*(?:[eE][+-]?\d+)?")
_WHOLE = re.compile(r"\d[\d_]*(?=\.\.)")
_WORD = re.compile(r"[^\W\d]\w*")
_PARAMETER = re.compile(r"\$(?:\w+|`[^`]+`)")
_ESCAPE = re.compile(r"\\+[uU]+([0-9a-fA-F]{4,8})")
#: Characters that must not hide behind an escape: they would end the string or the name that holds them.
_ENDING = frozenset("'\"`\\")


@dataclass(frozen=True, slots=True)
class Token:
    """``kind`` is word, name (in backticks), string, number, parameter, mark or end; ``start`` counts from 0."""

    kind: str
    text: str
    start: int

    @property
    def upper(self) -> str:
        """The word in capitals, for comparing keywords; empty for every other kind."""
        return self.text.upper() if self.kind == "word" and self.text.isascii() else ""


class RefusedAt(QueryRefused):
    """A refusal that points: ``line`` and ``column`` count from 1."""

    def __init__(self, query: str, start: int, reason: str, remedy: str) -> None:
        self.line = query.count("\n", 0, start) + 1
        self.column = start - (query.rfind("\n", 0, start) + 1) + 1
        super().__init__(f"line {self.line}, column {self.column}: {reason}\n{caret(query, start)}", remedy)


def caret(query: str, start: int) -> str:
    """The line of ``query`` that holds place ``start``, and below it a caret; long lines are cut around the place."""
    first = query.rfind("\n", 0, start) + 1
    line = query[first:].split("\n", 1)[0].replace("\t", " ").replace("\r", " ")
    begin = max(0, start - first - 60)
    return f"  {line[begin : begin + 120]}\n  {' ' * (start - first - begin)}^"


class Tokens:
    """Reads one text. ``text`` is what may be handed to an engine: as long as the query, comments turned into spaces."""

    def __init__(self, query: str) -> None:
        self.query = query
        if len(query) > LONGEST:
            self.refuse(0, f"the query has {len(query):,} characters", f"at most {LONGEST:,} are read: ask for less")
        self._at = 0
        self._out: list[str] = []
        self.tokens = list(self._read())
        self.tokens.append(Token("end", "", len(query.rstrip())))
        self.text = "".join(self._out)

    def refuse(self, start: int, reason: str, remedy: str) -> NoReturn:
        raise RefusedAt(self.query, start, reason, remedy)

    def _read(self) -> list[Token]:
        found = []
        while self._at < len(self.query):
            start = self._at
            if self._blank():
                continue
            kind, end = self._next(start)
            found.append(Token(kind, self.query[start:end], start))
            self._out.append(self.query[start:end])
            self._at = end
        return found

    def _blank(self) -> bool:
        """Pass over space or a comment, if there is one here."""
        query, start = self.query, self._at
        if query.startswith("//", start):
            end = re.compile(r"[\r\n]|$").search(query, start).start()  # type: ignore[union-attr]
        elif query.startswith("/*", start):
            end = query.find("*/", start + 2) + 2
            if end == 1:
                self.refuse(start, "a comment begins here and does not end", "close it with */")
        elif query[start].isspace():
            end = start + 1
        else:
            return False
        # A lone carriage return ends a line for one engine and not for the other: make it one for both.
        self._out.append("".join("\n" if c in "\r\n" else " " for c in query[start:end]))
        self._at = end
        return True

    def _next(self, start: int) -> tuple[str, int]:
        character = self.query[start]
        if character in "'\"":
            return "string", self._quoted(start, character)
        if character == "`":
            return "name", self._quoted(start, character)
        for kind, pattern in (
            ("parameter", _PARAMETER),
            ("number", _WHOLE),
            ("number", _NUMBER),
            ("word", _WORD),
        ):
            match = pattern.match(self.query, start)
            if match and not (kind == "number" and self.query.startswith("..", start)):
                return kind, match.end()
        for mark in _MARKS:
            if self.query.startswith(mark, start):
                return "mark", start + len(mark)
        if character == "\\":
            self.refuse(start, "an escape stands outside a string", "write the character itself")
        self.refuse(start, f"{_name(character)} has no place in Cypher", "remove it, or put it inside a string")

    def _quoted(self, start: int, quote: str) -> int:
        """The place after a string or quoted name. A backslash keeps the next character in a string, not in a name."""
        at = start + 1
        while at < len(self.query):
            character = self.query[at]
            if character == "\\":
                self._check_escape(at)
                at += 2 if quote != "`" else 1
            elif character == quote:
                if quote == "`" and self.query.startswith("``", at):
                    at += 2
                    continue
                return at + 1
            elif ord(character) < 32 and character not in "\t\n\r":
                self.refuse(at, f"{_name(character)} inside quotes", "remove it")
            else:
                at += 1
        self.refuse(start, f"{quote} opens here and nothing closes it", f"close it with {quote}")

    def _check_escape(self, at: int) -> None:
        """One engine decodes ``\\u0027`` before it looks for quotes: such an escape may not stand for a quote."""
        match = _ESCAPE.match(self.query, at)
        if match and any(
            chr(int(match[1][:n], 16)) in _ENDING for n in (4, len(match[1])) if int(match[1][:n], 16) < 0x110000
        ):
            self.refuse(at, f"{match[0]} hides a quote", "pass the text as a parameter instead")


def _name(character: str) -> str:
    return repr(character) if character.isprintable() else f"the invisible character U+{ord(character):04X}"
