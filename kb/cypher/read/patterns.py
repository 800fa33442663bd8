"""Reading patterns: nodes, relationships, repeated parts, label expressions, and the words that select paths."""

from __future__ import annotations

from kb.cypher.read.expressions import Expressions
from kb.cypher.read.reading import plain_name
from kb.cypher.read.tokens import Token
from kb.cypher.read.values import number
from kb.cypher.tree import (
    AnyLabel,
    Expression,
    LabelExpression,
    LabelName,
    LabelsJoined,
    MapOf,
    NodePattern,
    NotLabel,
    Parameter,
    Path,
    RelationPattern,
    Repeated,
    Span,
)

_SHORTEST = {"shortestpath": "shortestPath", "allshortestpaths": "allShortestPaths"}
#: More steps than any path of use has.
_MOST_STEPS = 10_000


class Patterns(Expressions):
    """Patterns of MATCH and of expressions."""

    def path(self) -> Path:
        """One path of a MATCH: ``p = SHORTEST 1 (a)-[:T]->+(b)``."""
        start, variable = self.here, self._path_variable()
        selector = self._selector()
        if self.peek().text.lower() in _SHORTEST and self.is_mark("(", 1):
            return self._shortest(start, variable)
        elements = self._elements()
        return Path(variable, elements, selector, at=start, end=self.behind)

    def pattern(self) -> Path:
        """A pattern inside an expression: at least one relationship, or a shortest path."""
        start = self.here
        found = self.path()
        if not found.function and len(found.elements) < 2:
            self.unexpected("a relationship")
        return Path(found.variable, found.elements, found.selector, found.function, at=start, end=self.behind)

    def _path_variable(self) -> str | None:
        if self.peek().kind in ("word", "name") and self.is_mark("=", 1):
            found = plain_name(self.next())
            self.next()
            return found
        return None

    def _shortest(self, start: int, variable: str | None) -> Path:
        function = _SHORTEST[self.next().text.lower()]
        opener = self.next()
        self.enter()
        elements = self._elements()
        self.leave()
        self.need_mark(")", opener)
        if len(elements) != 3 or not isinstance(elements[1], RelationPattern):
            self.refuse(opener, f"{function} takes one relationship", f"write {function}((a)-[:TYPE*..5]-(b))")
        return Path(variable, elements, "", function, at=start, end=self.behind)

    def _selector(self) -> str:
        """``ANY``, ``ALL SHORTEST``, ``SHORTEST 2 GROUPS`` and so on, in capitals."""
        words: list[str] = []
        while self.peek().upper in ("ANY", "ALL", "SHORTEST", "PATH", "PATHS", "GROUP", "GROUPS") or (
            words and words[-1] in ("ANY", "SHORTEST") and self.peek().kind in ("number", "parameter")
        ):
            words.append(self.next().text.upper())
        if words and words[0] not in ("ANY", "ALL", "SHORTEST"):
            self.unexpected("a pattern")
        return " ".join(words)

    def _elements(self) -> tuple[NodePattern | RelationPattern | Repeated, ...]:
        """Nodes and relationships in turn; repeated parts may stand beside either."""
        found: list[NodePattern | RelationPattern | Repeated] = [self._element()]
        while True:
            if self._relation_begins():
                if isinstance(found[-1], Repeated) and found[-1].times is not None:
                    self.unexpected("a node")
                found.append(self._relation())
                found.append(self._node())
            elif self.is_mark("("):
                found.append(self._element())
                if isinstance(found[-1], NodePattern) and isinstance(found[-2], NodePattern):
                    self.refuse(
                        self.tokens[self.at - 1],
                        "two nodes stand side by side",
                        "put a relationship or a comma between",
                    )
            else:
                return tuple(found)

    def _element(self) -> NodePattern | Repeated:
        if self.is_mark("(") and (self.is_mark("(", 1) or self._names_path(1)):
            return self._repeated()
        return self._node()

    def _names_path(self, ahead: int) -> bool:
        return self.peek(ahead).kind in ("word", "name") and self.is_mark("=", ahead + 1)

    def _repeated(self) -> Repeated:
        opener = self.peek()
        self.need_mark("(")
        self.enter()
        path = self.path()
        where = self.expression() if self.take_word("WHERE") else None
        self.leave()
        self.need_mark(")", opener)
        return Repeated(path, where, self._times(), at=opener.start, end=self.behind)

    def _times(self) -> Span | None:
        """``{1,3}``, ``{2}``, ``+`` or ``*`` after a relationship or a part in parentheses."""
        start = self.here
        if self.take_mark("+"):
            return Span(1, None, at=start, end=self.behind)
        if self.take_mark("*"):
            return Span(0, None, at=start, end=self.behind)
        if not self.is_mark("{"):
            return None
        opener = self.next()
        least = self._steps_number()
        most = least
        if self.take_mark(","):
            most = self._steps_number()
        elif least is None:
            self.unexpected("a number")
        self.need_mark("}", opener)
        return Span(least or 0, most, at=start, end=self.behind)

    def _steps_number(self) -> int | None:
        token = self.peek()
        if token.kind != "number":
            return None
        value = number(token.text)
        if not isinstance(value, int) or value > _MOST_STEPS:
            self.refuse(token, f"{token.text} is no number of steps", "write a whole number, such as 3")
        self.next()
        return value

    # Nodes

    def _node(self) -> NodePattern:
        opener = self.peek()
        self.need_mark("(")
        self.enter()
        variable, labels, properties, where = self._inside(")")
        self.leave()
        self.need_mark(")", opener)
        return NodePattern(variable, labels, properties, where, at=opener.start, end=self.behind)

    def _inside(
        self, closer: str
    ) -> tuple[str | None, LabelExpression | None, MapOf | Parameter | None, Expression | None]:
        """What nodes and relationships have in common: a name, labels or types, properties, a condition."""
        variable = None
        if self._is_variable(closer):
            variable = self.name("a variable")
        labels = self.labels() if self.is_mark(":") or self.is_word("IS") else None
        if closer == "]" and self.is_mark("*"):
            return variable, labels, None, None  # the length comes first
        properties = self._properties()
        where = self.expression() if self.take_word("WHERE") else None
        return variable, labels, properties, where

    def _is_variable(self, closer: str) -> bool:
        """Is the word here a name, or one of the words that begin what follows the name?"""
        if self.peek().kind not in ("word", "name"):
            return False
        following = self.peek(1)
        ends = following.kind == "mark" and following.text in (closer, ":", "{", "*")
        if self.is_word("WHERE") or self.is_word("IS"):
            return ends or following.upper in ("WHERE", "IS")
        return True

    def _properties(self) -> MapOf | Parameter | None:
        if self.is_mark("{"):
            return self.map_of()
        token = self.peek()
        if token.kind == "parameter":
            self.next()
            return Parameter(token.text[1:].strip("`"), at=token.start, end=self.behind)
        return None

    # Labels and types

    def labels(self) -> LabelExpression:
        """``:A``, ``:A:B``, ``:A|B``, ``:A&!B``, ``:%``, ``IS A``."""
        start = self.here
        if not self.take_word("IS"):
            self.need_mark(":")
        items = [self._either()]
        while self.take_mark(":"):
            items.append(self._either())
        return items[0] if len(items) == 1 else LabelsJoined("&", tuple(items), at=start, end=self.behind)

    def _either(self) -> LabelExpression:
        start, items = self.here, [self._both()]
        # In a list comprehension | ends the list's part, and two of them join texts.
        while self.is_mark("|") and self._label_follows(2 if self.is_mark(":", 1) else 1):
            self.next()
            self.take_mark(":")
            items.append(self._both())
        return items[0] if len(items) == 1 else LabelsJoined("|", tuple(items), at=start, end=self.behind)

    def _label_follows(self, ahead: int) -> bool:
        token = self.peek(ahead)
        return token.kind in ("word", "name") or (token.kind == "mark" and token.text in ("(", "!", "%"))

    def _both(self) -> LabelExpression:
        start, items = self.here, [self._one_label()]
        while self.take_mark("&"):
            items.append(self._one_label())
        return items[0] if len(items) == 1 else LabelsJoined("&", tuple(items), at=start, end=self.behind)

    def _one_label(self) -> LabelExpression:
        token: Token = self.peek()
        self.enter()
        if self.take_mark("!"):
            found: LabelExpression = NotLabel(self._one_label(), at=token.start, end=self.behind)
        elif self.take_mark("%"):
            found = AnyLabel(at=token.start, end=self.behind)
        elif self.take_mark("("):
            found = self._either()
            self.need_mark(")", token)
        else:
            found = LabelName(self.name("a label or type"), at=token.start, end=self.behind)
        self.leave()
        return found

    # Relationships

    def _relation_begins(self) -> bool:
        if self.is_mark("<") and self.is_mark("-", 1):
            return True
        following = self.peek(1)
        return self.is_mark("-") and following.kind == "mark" and following.text in ("-", "[")

    def _relation(self) -> RelationPattern:
        start = self.here
        backwards = self.take_mark("<")
        self.need_mark("-")
        variable = types = length = properties = where = None
        if self.is_mark("["):
            opener = self.next()
            self.enter()
            variable, types, properties, where = self._inside("]")
            if self.is_mark("*"):
                length = self._length()
                properties = self._properties()
                where = self.expression() if self.take_word("WHERE") else None
            self.leave()
            self.need_mark("]", opener)
        self.need_mark("-")
        forwards = self.take_mark(">")
        direction = "-" if backwards == forwards else ("<" if backwards else ">")
        repeated = self._times() if length is None else None
        return RelationPattern(
            variable, direction, types, length, repeated, properties, where, at=start, end=self.behind
        )

    def _length(self) -> Span:
        """``*``, ``*2``, ``*1..``, ``*..3``, ``*1..3``."""
        start = self.here
        self.need_mark("*")
        least = self._steps_number()
        if self.take_mark(".."):
            most = self._steps_number()
            return Span(1 if least is None else least, most, at=start, end=self.behind)
        return Span(1 if least is None else least, least, at=start, end=self.behind)
