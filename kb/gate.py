"""The gate for ad-hoc Cypher: one statement, made of read clauses and known functions, and nothing else.

It does not look for bad words: it follows the text token by token, knows at each place whether a clause, an operand or
something after an operand may stand there, and lets through only the clauses, functions and procedures that it knows.
``CREATE`` in a string, ``n.set``, ``(:Load)`` and ``AS delete`` are names and pass; as a clause none of them does.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import NoReturn

from kb.allowed import FUNCTIONS, PROCEDURES, REASONS
from kb.tokens import RefusedAt, Token, Tokens

__all__ = ["RefusedAt", "Statement", "check"]

_DEEPEST = 60


class _Place(Enum):
    CLAUSE = auto()  # a clause must begin
    OPERAND = auto()  # a value, a name or a pattern is due
    AFTER = auto()  # an operand has ended: an operator or the next clause


_STARTERS = frozenset({"MATCH", "OPTIONAL MATCH", "UNWIND", "WITH", "RETURN", "CALL", "OPTIONAL CALL"})
#: Words that follow an operand, and what follows them.
_INFIX = {
    **dict.fromkeys(("WHERE", "ORDER BY", "SKIP", "OFFSET", "LIMIT", "YIELD", "AS", "NOT"), _Place.OPERAND),
    **dict.fromkeys(("AND", "OR", "XOR", "IN", "IS", "STARTS WITH", "ENDS WITH", "CONTAINS"), _Place.OPERAND),
    **dict.fromkeys(("WHEN", "THEN", "ELSE", "TYPED"), _Place.OPERAND),
    **dict.fromkeys(("END", "ASC", "ASCENDING", "DESC", "DESCENDING"), _Place.AFTER),
    **dict.fromkeys(("UNION", "UNION ALL", "UNION DISTINCT"), _Place.CLAUSE),
    **dict.fromkeys(("SHORTEST", "ALL SHORTEST", "ACYCLIC", "TRAIL"), _Place.OPERAND),
}
_PREFIX = frozenset({"NOT", "DISTINCT", "CASE", "SHORTEST", "ALL SHORTEST", "ANY SHORTEST", "ACYCLIC", "TRAIL"})
_SUBQUERY = frozenset({"EXISTS", "COUNT", "COLLECT"})
_TWO_WORDS = frozenset(p for p in (*_STARTERS, *_INFIX, *_PREFIX) if " " in p)
_PAIRS = {")": "(", "]": "[", "}": "{"}
_QUOTE_IT = "if it is meant as a name, put it in backticks"
_READ_ONLY = "begin with MATCH, UNWIND, WITH, RETURN or CALL; write a string in quotes and a name in backticks"


@dataclass(frozen=True)
class Statement:
    """A query that passed. ``text`` is what to run: the query with comments blanked out, every place unchanged."""

    text: str


def check(query: str) -> Statement:
    """Let a query pass or raise :class:`RefusedAt`, which says which word, where (line, column, caret) and why."""
    read = Tokens(query)
    _Walk(read).all()
    end = next((t.start for t in read.tokens if t.kind == "mark" and t.text == ";"), len(query))
    return Statement(read.text[:end])


class _Walk:
    """One pass over the tokens."""

    def __init__(self, read: Tokens) -> None:
        self.read = read
        self.tokens = read.tokens
        self.at = 0
        self.place = _Place.CLAUSE
        self.open: list[tuple[str, Token]] = []

    def all(self) -> None:
        """Follow the text to its end."""
        if self.peek().kind == "end":
            self.refuse(self.peek(), "there is no query", _READ_ONLY)
        while self.peek().kind != "end":
            token = self.peek()
            if token.kind == "word":
                self.word(token)
            elif token.kind == "mark":
                self.mark(token)
            else:
                self.operand(token)
        if self.open:
            opener = self.open[-1][1]
            self.refuse(opener, f"{opener.text} opens here and nothing closes it", "close it")
        if self.place is not _Place.AFTER:
            self.refuse(self.peek(), "the query ends too early", "say what is to be returned")

    def peek(self, ahead: int = 0) -> Token:
        return self.tokens[min(self.at + ahead, len(self.tokens) - 1)]

    def before(self) -> Token:
        return self.tokens[self.at - 1] if self.at else Token("mark", "", 0)

    def refuse(self, token: Token, reason: str, remedy: str) -> NoReturn:
        self.read.refuse(token.start, reason, remedy)

    def step(self, place: _Place, tokens: int = 1) -> None:
        self.at += tokens
        self.place = place

    # Words

    def word(self, token: Token) -> None:
        phrase, length = self.phrase()
        if self.is_key():
            self.step(_Place.OPERAND, 2)
        elif self.place is _Place.OPERAND:
            self.word_as_operand(token, phrase, length)
        elif phrase in _STARTERS:
            self.step(_Place.OPERAND, length)
            if phrase.endswith("CALL"):
                self.call()
        elif self.place is _Place.AFTER and phrase in _INFIX:
            self.step(_INFIX[phrase], length)
            if phrase == "AS":
                self.alias()
        else:
            self.refuse_word(token)

    def phrase(self) -> tuple[str, int]:
        """The keyword here, in capitals, and of how many words it is: ORDER BY is one keyword."""
        first, second = self.peek().upper, self.peek(1).upper
        both = f"{first} {second}"
        return (both, 2) if both in _TWO_WORDS else (first, 1)

    def word_as_operand(self, token: Token, phrase: str, length: int) -> None:
        called = self.function_length()
        if phrase in _PREFIX:
            self.step(_Place.OPERAND, length)
        elif phrase == "WHEN" and self.before().upper == "CASE":
            self.step(_Place.OPERAND)
        elif phrase in _SUBQUERY and self.peek(1).text == "{":
            self.step(_Place.CLAUSE)
            self.push("query", self.peek(), _Place.CLAUSE)
        elif called:
            self.function(token, called)
        elif phrase in _STARTERS or phrase in _INFIX or (phrase in REASONS and not self.is_name(length)):
            self.refuse_word(token)
        else:
            self.step(_Place.AFTER)

    def is_name(self, length: int) -> bool:
        """Is the refused word here a name? Not where a value follows, as after a clause, nor after ``(..)+``."""
        following = self.peek(length)
        self.at += length
        phrase, _ = self.phrase()
        self.at -= length
        ends = following.kind in ("mark", "end") or phrase in _INFIX or phrase in _STARTERS
        return ends and self.before().text not in ("+", "*")

    def refuse_word(self, token: Token) -> NoReturn:
        why = REASONS.get(token.upper)
        if why:
            self.refuse(token, f"{token.upper} is refused: {why}", f"ask with read clauses only; {_QUOTE_IT}")
        if token.upper in _STARTERS or self.phrase()[0] in (*_INFIX, *_STARTERS):
            self.refuse(token, f"{token.text} has no place here", _QUOTE_IT)
        self.refuse(token, f"{token.text} is no part of a read query here", _READ_ONLY)

    def is_key(self) -> bool:
        """Is this the key of a map: after { or a comma in one, and before a colon?"""
        in_map = bool(self.open) and self.open[-1][0] == "{" and self.place is _Place.OPERAND
        return in_map and self.before().text in ("{", ",") and self.peek(1).text == ":"

    def alias(self) -> None:
        """After AS any word is a name."""
        token = self.peek()
        if token.kind not in ("word", "name"):
            self.refuse(token, "a name is due after AS", "give the column a name")
        self.step(_Place.AFTER)

    # Functions and procedures

    def function_length(self) -> int:
        """How many tokens make up the function name that begins here; 0 where no parenthesis follows it."""
        length = 1
        while self.peek(length).text == "." and self.peek(length + 1).kind in ("word", "name"):
            length += 2
        return length if self.peek(length).text == "(" else 0

    def dotted(self, length: int) -> str:
        return "".join(t.text.strip("`") for t in self.tokens[self.at : self.at + length])

    def function(self, token: Token, length: int) -> None:
        name = self.dotted(length)
        if name.lower() not in FUNCTIONS:
            why = REASONS.get(name.upper())
            reason = f"{name.upper()} is refused: {why}" if why else f"{name}() is not a function that may be used here"
            self.refuse(token, reason, "use the functions of Cypher itself; docs/neo4j.md lists those that are allowed")
        self.step(_Place.OPERAND, length)
        self.push("(", self.peek(), _Place.OPERAND)

    def call(self) -> None:
        """After CALL: a subquery, with or without the names it takes over, or a procedure of the list."""
        token = self.peek()
        if token.text == "(":
            while self.peek().kind in ("word", "name") or self.peek().text in ("(", ",", "*"):
                self.at += 1
            self.at += self.peek().text == ")"
        if self.peek().text == "{":
            self.push("call", self.peek(), _Place.CLAUSE)
            return
        length = 1
        while self.peek(length).text == ".":
            length += 2
        name = self.dotted(length)
        if token.kind not in ("word", "name") or name.lower() not in PROCEDURES:
            allowed = ", ".join(sorted(PROCEDURES))
            self.refuse(
                token, f"CALL {name} is refused: only procedures that describe the graph may be called", allowed
            )
        self.step(_Place.AFTER, length)
        if self.peek().text == "(":
            self.push("(", self.peek(), _Place.OPERAND)

    # Values and marks

    def operand(self, token: Token) -> None:
        """A string, a number, a parameter or a quoted name."""
        if self.place is not _Place.OPERAND:
            self.refuse(token, f"{token.text[:20]} has no place here", "an operator or a clause is due")
        if token.kind == "name" and self.is_key():
            self.step(_Place.OPERAND, 2)
        elif token.kind == "name" and (called := self.function_length()):
            self.function(token, called)
        else:
            self.step(_Place.AFTER)

    def mark(self, token: Token) -> None:
        text = token.text
        if text == ";":
            self.semicolon(token)
        elif text in ("(", "[", "{"):
            self.opener(token)
        elif text in _PAIRS:
            self.closer(token)
        elif self.place is _Place.CLAUSE:
            self.refuse(token, f"{text} cannot begin a query", _READ_ONLY)
        elif text == "." or text == ":":
            self.named(text)
        elif text == "*" and self.place is _Place.OPERAND:
            self.step(_Place.AFTER)
        else:
            self.step(_Place.OPERAND)

    def named(self, mark: str) -> None:
        """After a dot comes a property, after a colon a label or type: any word is a name there."""
        following = self.peek(1)
        if following.kind in ("word", "name") or (mark == "." and following.text == "*"):
            self.step(_Place.AFTER, 2)
        else:
            self.step(_Place.OPERAND)

    def opener(self, token: Token) -> None:
        pattern_subquery = token.text == "(" and bool(self.open) and self.open[-1][0] == "query"
        if self.place is _Place.CLAUSE and not pattern_subquery:
            self.refuse(token, f"{token.text} cannot begin a query", _READ_ONLY)
        # After an operand a pattern may go on: (a) ((b)-->(c)){1,3} (d), or SHORTEST 1 (a)-->(b).
        goes_on = self.before().text in (")", "}") or self.before().kind == "number"
        if token.text == "(" and self.place is _Place.AFTER and not goes_on:
            self.refuse(token, "( has no place here", "an operator or a clause is due")
        self.push(token.text, token, _Place.OPERAND)

    def push(self, kind: str, token: Token, place: _Place) -> None:
        if len(self.open) >= _DEEPEST:
            self.refuse(token, f"more than {_DEEPEST} parentheses are open", "ask for something simpler")
        self.open.append((kind, token))
        self.step(place)

    def closer(self, token: Token) -> None:
        if not self.open or self.open[-1][1].text != _PAIRS[token.text]:
            self.refuse(token, f"{token.text} closes nothing", "check the parentheses")
        kind, _ = self.open.pop()
        # After CALL { .. } only a clause may stand, so that IN TRANSACTIONS cannot follow.
        self.step(_Place.CLAUSE if kind == "call" else _Place.AFTER)

    def semicolon(self, token: Token) -> None:
        """A semicolon ends the text; a second statement is refused."""
        ahead = 0
        while self.peek(ahead).text == ";":
            ahead += 1
        if self.peek(ahead).kind != "end":
            self.refuse(self.peek(ahead), "a second statement begins here", "ask one question at a time")
        if self.open or self.place is not _Place.AFTER:
            self.refuse(token, "the query ends too early", "say what is to be returned, and close what is open")
        self.at += ahead
