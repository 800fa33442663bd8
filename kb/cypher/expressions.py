"""Reading expressions. Words are names wherever the text makes sense that way: none of them is reserved."""

from __future__ import annotations

from kb.cypher.allowed import function_refusal
from kb.cypher.reading import Reading, plain_name
from kb.cypher.tokens import Token
from kb.cypher.tree import (
    Binary,
    Call,
    Case,
    Comparison,
    Expression,
    Index,
    IsNull,
    IsTyped,
    LabelExpression,
    LabelTest,
    ListComprehension,
    ListOf,
    Literal,
    Logic,
    MapOf,
    MapProjection,
    Parameter,
    Path,
    PatternComprehension,
    PatternPredicate,
    Property,
    Quantifier,
    Query,
    Reduce,
    Slice,
    Subquery,
    Trim,
    Unary,
    Variable,
)
from kb.cypher.values import number, text_value

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
_QUANTIFIERS = frozenset({"ALL", "ANY", "NONE", "SINGLE"})
_SUBQUERIES = frozenset({"EXISTS", "COUNT", "COLLECT"})
_TYPE_MARKS = ("<", ">", "|", ",", "!")


class Expressions(Reading):
    """Expressions by precedence climbing: one level of calls per level of parentheses, not per operator."""

    def pattern(self) -> Path:
        raise NotImplementedError

    def labels(self) -> LabelExpression:
        raise NotImplementedError

    def subquery(self, kind: str) -> Query:
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

    # Operands

    def atom(self) -> Expression:
        """A value, a name, or something in brackets."""
        token = self.peek()
        if token.kind == "string":
            self.next()
            return Literal(text_value(self.read, token), at=token.start, end=self.behind)
        if token.kind == "number":
            self.next()
            value = number(token.text)
            if value is None:
                self.refuse(
                    token, f"{token.text} is no number that fits 64 bits", "write a smaller one, or one with a point"
                )
            return Literal(value, at=token.start, end=self.behind)
        if token.kind == "parameter":
            self.next()
            return Parameter(token.text[1:].strip("`"), at=token.start, end=self.behind)
        if token.text == "(":
            return self._parenthesis(token)
        if token.text == "[" and token.kind == "mark":
            return self._bracket(token)
        if token.text == "{" and token.kind == "mark":
            return self.map_of()
        if token.kind in ("word", "name"):
            return self._word(token)
        return self.unexpected("a value is due here")

    def _parenthesis(self, opener: Token) -> Expression:
        if self._pattern_begins():
            return PatternPredicate(self.pattern(), at=opener.start, end=self.behind)
        self.next()
        found = self.expression()
        self.need_mark(")", opener)
        return found

    def _pattern_begins(self) -> bool:
        """After the parenthesis that closes this one, is there a relationship: ``-[``, ``--``, ``<-``?"""
        level = ahead = 0
        while True:
            token = self.peek(ahead)
            if token.kind == "end":
                return False
            if token.kind == "mark" and token.text in "([{":
                level += 1
            elif token.kind == "mark" and token.text in ")]}":
                level -= 1
            ahead += 1
            if level == 0:
                break
        if self.is_mark("<", ahead):
            ahead += 1
            return self.is_mark("-", ahead) and (self.is_mark("-", ahead + 1) or self.is_mark("[", ahead + 1))
        dashes = self.is_mark("-", ahead) and self.is_mark("-", ahead + 1)
        arrow = dashes and (self.is_mark(">", ahead + 2) or self.is_mark("(", ahead + 2))
        return arrow or (self.is_mark("-", ahead) and self.is_mark("[", ahead + 1))

    def _bracket(self, opener: Token) -> Expression:
        """A list, a list comprehension or a pattern comprehension."""
        self.next()
        if self.peek().kind in ("word", "name") and self.is_word("IN", ahead=1):
            found = self.attempt(lambda: self._list_comprehension(opener))
            if found is not None:
                return found
        named = self.peek().kind in ("word", "name") and self.is_mark("=", 1) and self.is_mark("(", 2)
        if named or (self.is_mark("(") and self._pattern_begins()):
            compared = self.attempt(lambda: self._pattern_comprehension(opener))
            if compared is not None:
                return compared
        if self.take_mark("]"):
            return ListOf((), at=opener.start, end=self.behind)
        items = self.separated(self.expression)
        self.need_mark("]", opener)
        return ListOf(items, at=opener.start, end=self.behind)

    def _list_comprehension(self, opener: Token) -> Expression:
        variable = self.name("a variable")
        self.need_word("IN")
        source = self.expression()
        where = self.expression() if self.take_word("WHERE") else None
        body = self.expression() if self.take_mark("|") else None
        self.need_mark("]", opener)
        return ListComprehension(variable, source, where, body, at=opener.start, end=self.behind)

    def _pattern_comprehension(self, opener: Token) -> Expression:
        pattern = self.pattern()
        where = self.expression() if self.take_word("WHERE") else None
        self.need_mark("|")
        body = self.expression()
        self.need_mark("]", opener)
        return PatternComprehension(pattern, where, body, at=opener.start, end=self.behind)

    def map_of(self) -> MapOf:
        """``{name: value, ..}``."""
        opener = self.next()
        entries: tuple[tuple[str, Expression], ...] = ()
        self.enter()
        if not self.is_mark("}"):
            entries = self.separated(self._entry)
        self.leave()
        self.need_mark("}", opener)
        return MapOf(entries, at=opener.start, end=self.behind)

    def _entry(self) -> tuple[str, Expression]:
        name = self.name("the name of a value")
        self.need_mark(":")
        return name, self.expression()

    # Words

    def _word(self, token: Token) -> Expression:
        called = self._function_length()
        if called == 1 and token.kind == "word":
            special = self._like_a_function(token)
            if special is not None:
                return special
        if called:
            return self._call(token, called)
        if token.upper in _SUBQUERIES and self.is_mark("{", 1):
            self.next()
            query = self.subquery(token.upper)
            return Subquery(token.upper, query, at=token.start, end=self.behind)
        if token.upper in ("TRUE", "FALSE", "NULL"):
            self.next()
            value = {"TRUE": True, "FALSE": False}.get(token.upper)
            return Literal(value, at=token.start, end=self.behind)
        if token.upper == "CASE":
            case = self.attempt(self._case)
            if case is not None:
                return case
            if self.is_word("WHEN", ahead=1):
                return self._case()
        self.next()
        variable = Variable(plain_name(token), at=token.start, end=self.behind)
        return self._map_projection(variable) if self.is_mark("{") else variable

    def _like_a_function(self, token: Token) -> Expression | None:
        """What looks like a function and has a grammar of its own."""
        if token.upper in _QUANTIFIERS:
            return self.attempt(self._quantifier)
        if token.upper == "REDUCE":
            return self._reduce()
        if token.upper == "TRIM":
            return self.attempt(self._trim)
        if token.upper in ("SHORTESTPATH", "ALLSHORTESTPATHS"):
            return PatternPredicate(self.pattern(), at=token.start, end=self.behind)
        return None

    def _quantifier(self) -> Expression:
        token, opener = self.next(), self.next()
        variable = self.name("a variable")
        self.need_word("IN")
        source = self.expression()
        where = self.expression() if self.take_word("WHERE") else None
        self.need_mark(")", opener)
        return Quantifier(token.text.lower(), variable, source, where, at=token.start, end=self.behind)

    def _reduce(self) -> Expression:
        token, opener = self.next(), self.next()
        total = self.name("a variable")
        self.need_mark("=")
        start = self.expression()
        self.need_mark(",")
        variable = self.name("a variable")
        self.need_word("IN")
        source = self.expression()
        self.need_mark("|")
        body = self.expression()
        self.need_mark(")", opener)
        return Reduce(total, start, variable, source, body, at=token.start, end=self.behind)

    def _trim(self) -> Expression:
        """``trim(BOTH 'x' FROM text)``."""
        token, opener = self.next(), self.next()
        side = self.peek().upper if self.peek().upper in ("BOTH", "LEADING", "TRAILING") else ""
        if side:
            self.next()
        what = None if self.is_word("FROM") else self.expression()
        self.need_word("FROM")
        text = self.expression()
        self.need_mark(")", opener)
        return Trim(side or "BOTH", what, text, at=token.start, end=self.behind)

    def _case(self) -> Expression:
        start = self.next().start
        self.enter()
        subject = None if self.is_word("WHEN") else self.expression()
        branches = []
        while self.take_word("WHEN"):
            when = self.expression()
            self.need_word("THEN")
            branches.append((when, self.expression()))
        if not branches:
            self.unexpected("WHEN is due here")
        otherwise = self.expression() if self.take_word("ELSE") else None
        self.need_word("END")
        self.leave()
        return Case(subject, tuple(branches), otherwise, at=start, end=self.behind)

    def _map_projection(self, variable: Variable) -> Expression:
        opener = self.next()
        entries: tuple[tuple[str, Expression | None], ...] = ()
        if not self.is_mark("}"):
            entries = self.separated(self._projected)
        self.need_mark("}", opener)
        return MapProjection(variable, entries, at=variable.at, end=self.behind)

    def _projected(self) -> tuple[str, Expression | None]:
        if self.take_mark("."):
            return ("*", None) if self.take_mark("*") else (self.name("the name of a property"), None)
        name_at = self.here
        name = self.name("a name")
        if self.take_mark(":"):
            return name, self.expression()
        return name, Variable(name, at=name_at, end=self.behind)

    # Functions

    def _function_length(self) -> int:
        """How many tokens make up the function name that begins here; 0 where no parenthesis follows it."""
        length = 1
        while self.is_mark(".", length) and self.peek(length + 1).kind in ("word", "name"):
            length += 2
        return length if self.is_mark("(", length) else 0

    def dotted(self, length: int) -> str:
        """The next tokens as one name with dots; moves on."""
        return "".join(plain_name(self.next()) for _ in range(length))

    def _call(self, token: Token, length: int) -> Expression:
        name = self.dotted(length)
        refused = function_refusal(name)
        if refused:
            self.refuse(token, *refused)
        opener = self.next()
        self.enter()
        distinct = self.is_word("DISTINCT") and not self.is_mark(")", 1) and self.take_word("DISTINCT")
        star = self.take_mark("*")
        arguments = () if star or self.is_mark(")") else self.separated(self.expression)
        self.leave()
        self.need_mark(")", opener)
        return Call(name, arguments, distinct, star, at=token.start, end=self.behind)
