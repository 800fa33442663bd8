"""The reader's place in the tokens: looking ahead, moving on, refusing with a place."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn, TypeVar

from kb.cypher.allowed import REASONS
from kb.cypher.read.tokens import RefusedAt, Token, Tokens

T = TypeVar("T")

#: Things inside one another that are followed; deeper texts are refused before they exhaust anything.
DEEPEST = 60
#: How often a token may be looked at anew because a first reading of it did not fit.
_PATIENCE = 60
READ_ONLY = "begin with MATCH, UNWIND, WITH, RETURN or CALL; write a string in quotes and a name in backticks"
QUOTE_IT = "if it is meant as a name, put it in backticks"
CLAUSES = frozenset(
    {"MATCH", "OPTIONAL", "UNWIND", "WITH", "RETURN", "CALL", "UNION", "WHERE", "ORDER", "SKIP", "LIMIT"}
)


class Reading:
    """What the parts of the parser have in common."""

    def __init__(self, query: str) -> None:
        self.read = Tokens(query)
        self.tokens = self.read.tokens
        self.at = 0
        self.depth = 0
        self._steps = _PATIENCE * len(self.tokens)

    def peek(self, ahead: int = 0) -> Token:
        return self.tokens[min(self.at + ahead, len(self.tokens) - 1)]

    @property
    def here(self) -> int:
        """The place at which the next token begins."""
        return self.peek().start

    @property
    def behind(self) -> int:
        """The place at which the token before ends."""
        before = self.tokens[self.at - 1]
        return before.start + len(before.text)

    def next(self) -> Token:
        token = self.peek()
        self._steps -= 1
        if self._steps < 0:
            self.refuse(token, "the query is too tangled to be read", "ask for something simpler, or use backticks")
        self.at += 1
        return token

    def refuse(self, token: Token, reason: str, remedy: str) -> NoReturn:
        self.read.refuse(token.start, reason, remedy)

    # Words and marks

    def is_word(self, *words: str, ahead: int = 0) -> bool:
        """Do these words, in capitals, come next?"""
        return all(self.peek(ahead + i).upper == word for i, word in enumerate(words))

    def take_word(self, *words: str) -> bool:
        """Pass over these words if they come next."""
        if not self.is_word(*words):
            return False
        for _ in words:
            self.next()
        return True

    def is_mark(self, text: str, ahead: int = 0) -> bool:
        token = self.peek(ahead)
        return token.kind == "mark" and token.text == text

    def take_mark(self, text: str) -> bool:
        if not self.is_mark(text):
            return False
        self.next()
        return True

    def need_word(self, word: str) -> None:
        if not self.take_word(word):
            self.unexpected(f"{word} is due here")

    def need_mark(self, text: str, opener: Token | None = None) -> None:
        if self.take_mark(text):
            return
        if opener is not None and self.peek().kind == "end":
            self.refuse(opener, f"{opener.text} opens here and nothing closes it", "close it")
        self.unexpected(f"{text} is due here")

    def name(self, what: str) -> str:
        """A name: any word, or anything in backticks."""
        token = self.peek()
        if token.kind not in ("word", "name"):
            self.unexpected(f"{what} is due here")
        return plain_name(self.next())

    def unexpected(self, due: str) -> NoReturn:
        """Refuse the token that is next, with the reason for its word where there is one."""
        token = self.peek()
        why = REASONS.get(token.upper)
        if why:
            self.refuse(token, f"{token.upper} is refused: {why}", f"ask with read clauses only; {QUOTE_IT}")
        if token.kind == "end":
            self.refuse(token, "the query ends too early", f"say what is to be returned, and close what is open: {due}")
        if token.text in (")", "]", "}"):
            self.refuse(token, f"{token.text} closes nothing", f"check the parentheses: {due}")
        if token.upper in CLAUSES:
            self.refuse(token, f"{token.text} has no place here", f"{due}; {QUOTE_IT}")
        if token.kind == "word":
            self.refuse(token, f"{token.text} is no part of a read query here", f"{due}; {READ_ONLY}")
        self.refuse(token, f"{token.text[:20]} has no place here", due)

    # Going into something, and trying

    def enter(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            self.refuse(self.peek(), f"more than {DEEPEST} parentheses are open", "ask for something simpler")

    def leave(self) -> None:
        self.depth -= 1

    def attempt(self, reading: Callable[[], T]) -> T | None:
        """What ``reading`` gives, or None and the place as before where the text does not fit it."""
        at, depth = self.at, self.depth
        try:
            return reading()
        except RefusedAt:
            self.at, self.depth = at, depth
            return None

    def separated(self, item: Callable[[], T]) -> tuple[T, ...]:
        """Items with commas between them, one at least."""
        found = [item()]
        while self.take_mark(","):
            found.append(item())
        return tuple(found)


def plain_name(token: Token) -> str:
    """The name that a word or a quoted name stands for."""
    return token.text[1:-1].replace("``", "`") if token.kind == "name" else token.text
