"""Reading expressions. Words are names wherever the text makes sense that way: none of them is reserved."""

from __future__ import annotations

from kb.cypher.read.operands import Operands
from kb.cypher.read.values import number
from kb.cypher.tree import (
    Binary,
    Comparison,
    Expression,
    Index,
    IsNull,
    IsTyped,
    LabelExpression,
    LabelTest,
    Literal,
    Logic,
    Property,
    Slice,
    Unary,
)

_COMPARISONS = ("=", "<>", "<=", ">=", "<", ">")
_LOGIC = {"OR": 1, "XOR": 2, "AND": 3}
_ARITHMETIC = {"+": 7, "-": 7, "*": 8, "/": 8, "%": 8, "^": 9}
_NOT, _COMPARE, _TEST, _ADD = 4, 5, 6, 7
#: Words that go on after an operand: where one of these follows a keyword, the keyword was a name.
_GOES_ON = frozenset(
    [
        "AND",
        "OR",
        "XOR",
        "IN",
        "IS",
        "STARTS",
        "ENDS",
        "CONTAINS",
        "AS",
        "WHERE",
        "RETURN",
        "WITH",
        "MATCH",
        "OPTIONAL",
        "UNWIND",
        "CALL",
        "UNION",
        "ORDER",
        "SKIP",
        "OFFSET",
        "LIMIT",
        "ASC",
        "ASCENDING",
        "DESC",
        "DESCENDING",
        "THEN",
        "ELSE",
        "END",
        "YIELD",
    ]
)
_TYPE_MARKS = ("<", ">", "|", ",", "!")


class Expressions(Operands):
    """Expressions by precedence climbing: one level of calls per level of parentheses, not per operator."""

    def labels(self) -> LabelExpression:
        raise NotImplementedError

    def expression(self) -> Expression:
        """Read one expression. Raises :class:`RefusedAt`."""
        self.enter()
        found = self._binary(0)
        self.leave()
        return found

    def _binary(self, floor: int) -> Expression:
        start = self.here
        if floor <= _NOT and self._is_not():
            self.next()
            self.enter()
            left: Expression = Unary("NOT", self._binary(_NOT), at=start, end=self.behind)
            self.leave()
        else:
            left = self._unary()
        while True:
            more = self._logic(left, floor, start) or self._compared(left, floor, start)
            more = more or self._tested(left, floor, start) or self._calculated(left, floor, start)
            if more is None:
                return left
            left = more

    def _is_not(self) -> bool:
        following = self.peek(1)
        if not self.is_word("NOT") or following.upper in _GOES_ON or following.kind == "end":
            return False
        return following.kind != "mark" or following.text in ("(", "[", "{", "-", "+")

    def _logic(self, left: Expression, floor: int, start: int) -> Expression | None:
        op = self.peek().upper
        level = _LOGIC.get(op, -1)
        if level < floor or level < 0:
            return None
        items = [left]
        while self.take_word(op):
            items.append(self._binary(level + 1))
        return Logic(op, tuple(items), at=start, end=self.behind)

    def _compared(self, left: Expression, floor: int, start: int) -> Expression | None:
        if floor > _COMPARE:
            return None
        rest = []
        while self.peek().kind == "mark" and self.peek().text in _COMPARISONS:
            op = self.next().text
            rest.append((op, self._binary(_COMPARE + 1)))
        return Comparison(left, tuple(rest), at=start, end=self.behind) if rest else None

    def _tested(self, left: Expression, floor: int, start: int) -> Expression | None:
        """``IN``, ``=~``, ``STARTS WITH``, ``IS NULL``, ``IS :: INTEGER`` and the like."""
        if floor > _TEST:
            return None
        for words in (("STARTS", "WITH"), ("ENDS", "WITH"), ("CONTAINS",), ("IN",)):
            if self.take_word(*words):
                return Binary(" ".join(words), left, self._binary(_ADD), at=start, end=self.behind)
        if self.take_mark("=~"):
            return Binary("=~", left, self._binary(_ADD), at=start, end=self.behind)
        if self.is_mark("::"):
            return self._typed(left, False, start)
        if not self.take_word("IS"):
            return None
        negated = self.take_word("NOT")
        if self.take_word("NULL"):
            return IsNull(left, negated, at=start, end=self.behind)
        return self._typed(left, negated, start)

    def _typed(self, left: Expression, negated: bool, start: int) -> Expression:
        """``IS :: LIST<INTEGER> NOT NULL``: the words of the type, as written."""
        if not self.take_mark("::") and not self.take_word("TYPED"):
            self.unexpected("NULL, or :: and a type,")
        if self.peek().kind != "word":
            self.unexpected("a type")
        words = [self.next().text]
        while (self.peek().kind == "mark" and self.peek().text in _TYPE_MARKS) or (
            self.peek().kind == "word" and self.peek().upper not in _GOES_ON
        ):
            words.append(self.next().text)
        return IsTyped(left, " ".join(words).upper(), negated, at=start, end=self.behind)

    def _calculated(self, left: Expression, floor: int, start: int) -> Expression | None:
        op = self.peek().text if self.peek().kind == "mark" else ""
        if op == "|" and self.is_mark("|", 1) and floor <= _ADD:
            self.next(), self.next()
            return Binary("||", left, self._binary(_ADD + 1), at=start, end=self.behind)
        level = _ARITHMETIC.get(op, -1)
        if level < floor or level < 0:
            return None
        self.next()
        return Binary(op, left, self._binary(level + 1), at=start, end=self.behind)

    def _unary(self) -> Expression:
        start, signs = self.here, []
        while self.is_mark("-") or self.is_mark("+"):
            signs.append(self.next().text)
            if len(signs) > 8:
                self.refuse(self.peek(), "too many signs", "one is enough")
        found = self._postfix(self._negative(signs) or self.atom(), start)
        for sign in reversed(signs):
            found = Unary(sign, found, at=start, end=self.behind)
        return found

    def _negative(self, signs: list[str]) -> Expression | None:
        """The smallest whole number has no positive twin: sign and digits are one literal."""
        if not signs or signs[-1] != "-" or self.peek().kind != "number":
            return None
        token = self.peek()
        value = number("-" + token.text)
        if value is None:
            self.refuse(
                token, f"{token.text} is no number that fits 64 bits", "write a smaller one, or one with a point"
            )
        self.next()
        start = self.tokens[self.at - 2].start
        signs.pop()
        return Literal(value, at=start, end=self.behind)

    def _postfix(self, found: Expression, start: int) -> Expression:
        while True:
            if self.take_mark("."):
                found = Property(found, self.name("the name of a property"), at=start, end=self.behind)
            elif self.is_mark("["):
                found = self._indexed(found, start)
            elif self.is_mark(":") and not isinstance(found, Literal):
                found = LabelTest(found, self.labels(), at=start, end=self.behind)
            else:
                return found

    def _indexed(self, base: Expression, start: int) -> Expression:
        opener = self.next()
        first = None if self.is_mark("..") else self.expression()
        if self.take_mark(".."):
            last = None if self.is_mark("]") else self.expression()
            self.need_mark("]", opener)
            return Slice(base, first, last, at=start, end=self.behind)
        self.need_mark("]", opener)
        assert first is not None
        return Index(base, first, at=start, end=self.behind)
