"""Reading operands: values, names, functions, and whatever stands in brackets or braces."""

from __future__ import annotations

from kb.cypher.allowed import function_refusal
from kb.cypher.read.reading import Reading, plain_name
from kb.cypher.read.tokens import Token
from kb.cypher.read.values import number, text_value
from kb.cypher.tree import (
    Call,
    Case,
    Expression,
    ListComprehension,
    ListOf,
    Literal,
    MapOf,
    MapProjection,
    Parameter,
    Path,
    PatternComprehension,
    PatternPredicate,
    Quantifier,
    Query,
    Reduce,
    Subquery,
    Trim,
    Variable,
)

_QUANTIFIERS = frozenset({"ALL", "ANY", "NONE", "SINGLE"})

_SUBQUERIES = frozenset({"EXISTS", "COUNT", "COLLECT"})


class Operands(Reading):
    """Operands of expressions; what stands between them is read by :class:`kb.cypher.read.expressions.Expressions`."""

    def expression(self) -> Expression:
        raise NotImplementedError

    def pattern(self) -> Path:
        raise NotImplementedError

    def subquery(self, kind: str) -> Query:
        raise NotImplementedError

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
