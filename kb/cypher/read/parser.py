"""Reading a whole statement: clauses, unions, subqueries. What is no clause of a read query is not in the grammar."""

from __future__ import annotations

from functools import lru_cache

from kb.cypher.allowed import procedure_refusal
from kb.cypher.read.patterns import Patterns
from kb.cypher.read.reading import READ_ONLY
from kb.cypher.tree import (
    CallProcedure,
    CallSubquery,
    Clause,
    Expression,
    Item,
    Match,
    Path,
    Projection,
    Query,
    Sort,
    Tree,
    Unwind,
    Variable,
)


class Parser(Patterns):
    """Reads one text to its end."""

    def statement(self) -> Tree:
        """The tree of the text. Raises :class:`RefusedAt`."""
        if self.peek().kind == "end":
            self.refuse(self.peek(), "there is no query", READ_ONLY)
        start = self.here
        prefix = ""
        if (self.is_word("EXPLAIN") or self.is_word("PROFILE")) and self.peek(1).kind == "word":
            prefix = self.next().upper
        query = self.query()
        if self.is_mark(";"):
            self._semicolon()
        if self.peek().kind != "end":
            self.unexpected("a clause")
        return Tree(prefix, query, at=start, end=query.end)

    def _semicolon(self) -> None:
        while self.take_mark(";"):
            pass
        if self.peek().kind != "end":
            self.refuse(self.peek(), "a second statement begins here", "ask one question at a time")

    def query(self, nested: bool = False) -> Query:
        """Clauses up to the end or a closing brace, joined by UNION."""
        start, parts, all_rows = self.here, [self._single(nested)], []
        while self.take_word("UNION"):
            all_rows.append(self.take_word("ALL"))
            if not all_rows[-1]:
                self.take_word("DISTINCT")
            parts.append(self._single(nested))
        return Query(tuple(parts), tuple(all_rows), at=start, end=self.behind)

    def subquery(self, kind: str) -> Query:
        """What stands in the braces of EXISTS, COUNT or COLLECT: a query, or patterns with a condition."""
        opener = self.next()
        self.enter()
        start = self.here
        if self.is_mark("(") or (self.peek().kind in ("word", "name") and self.is_mark("=", 1)):
            paths = self.separated(self.path)
            where = self.expression() if self.take_word("WHERE") else None
            match = Match(False, paths, where, at=start, end=self.behind)
            found = Query(((match,),), at=start, end=self.behind)
        else:
            found = self.query(nested=kind != "COLLECT")
        self.leave()
        self.need_mark("}", opener)
        return found

    def _single(self, nested: bool) -> tuple[Clause, ...]:
        """The clauses of one part. ``nested``: it need not end with RETURN."""
        clauses: list[Clause] = []
        while True:
            clause = self._clause()
            if clause is None:
                break
            clauses.append(clause)
            if isinstance(clause, Projection) and clause.final:
                return tuple(clauses)
        if not clauses:
            self._no_clause()
        alone = len(clauses) == 1 and isinstance(clauses[0], CallProcedure)
        if not (nested or alone) or isinstance(clauses[-1], Projection):
            self.unexpected("RETURN is due here")
        return tuple(clauses)

    def _no_clause(self) -> None:
        token = self.peek()
        if token.kind == "word" or token.kind == "end":
            self.unexpected(READ_ONLY)
        self.refuse(token, f"{token.text[:20]} cannot begin a query", READ_ONLY)

    def _clause(self) -> Clause | None:
        start = self.here
        optional = self.is_word("OPTIONAL") and (self.is_word("MATCH", ahead=1) or self.is_word("CALL", ahead=1))
        if optional:
            self.next()
        if self.take_word("MATCH"):
            return self._match(start, optional)
        if self.take_word("CALL"):
            return self._call_clause(start, optional)
        if self.take_word("UNWIND"):
            source = self.expression()
            self.need_word("AS")
            return Unwind(source, self.name("a variable"), at=start, end=self.behind)
        if self.is_word("WITH") or self.is_word("RETURN"):
            return self._projection(start, self.next().upper == "RETURN")
        return None

    def _match(self, start: int, optional: bool) -> Match:
        mode = ""
        for words in (("REPEATABLE", "ELEMENTS"), ("DIFFERENT", "RELATIONSHIPS")):
            if self.take_word(*words):
                mode = " ".join(words)
        paths: tuple[Path, ...] = self.separated(self.path)
        where = self.expression() if self.take_word("WHERE") else None
        return Match(optional, paths, where, mode, at=start, end=self.behind)

    # WITH and RETURN

    def _projection(self, start: int, final: bool) -> Projection:
        distinct = self.is_word("DISTINCT") and self._goes_on_as_item() and self.take_word("DISTINCT")
        star = self.take_mark("*")
        items: tuple[Item, ...] = ()
        if not star or self.take_mark(","):
            items = self.separated(lambda: self._item(final))
        order: tuple[Sort, ...] = ()
        if self.take_word("ORDER", "BY"):
            order = self.separated(self._sort)
        skip = self.expression() if self.take_word("SKIP") or self.take_word("OFFSET") else None
        limit = self.expression() if self.take_word("LIMIT") else None
        where = self.expression() if not final and self.take_word("WHERE") else None
        return Projection(final, distinct, star, items, order, skip, limit, where, at=start, end=self.behind)

    def _goes_on_as_item(self) -> bool:
        following = self.peek(1)
        ends = following.kind == "mark" and following.text in (",", ".", ")", "}", ";", "=")
        return following.kind != "end" and not ends and following.upper not in ("AS", "ORDER", "SKIP", "LIMIT", "UNION")

    def _item(self, final: bool) -> Item:
        start = self.here
        value = self.expression()
        written = self.read.query[start : self.behind]
        if self.take_word("AS"):
            alias = self.name("a name is due after AS: the name of the column")
            return Item(value, alias, alias, at=start, end=self.behind)
        if isinstance(value, Variable):
            return Item(value, value.name, value.name, at=start, end=self.behind)
        if not final:
            self.refuse(self.peek(), "what WITH hands on needs a name", "write AS and a name after it")
        return Item(value, None, written, at=start, end=self.behind)

    def _sort(self) -> Sort:
        start = self.here
        value = self.expression()
        descending = self.take_word("DESC") or self.take_word("DESCENDING")
        if not descending and not self.take_word("ASC"):
            self.take_word("ASCENDING")
        return Sort(value, descending, at=start, end=self.behind)

    # CALL

    def _call_clause(self, start: int, optional: bool) -> Clause:
        imports: tuple[str, ...] | None = None
        if self.is_mark("("):
            opener = self.next()
            if self.take_mark("*"):
                imports = ("*",)
            else:
                imports = () if self.is_mark(")") else self.separated(lambda: self.name("a variable"))
            self.need_mark(")", opener)
            if not self.is_mark("{"):
                self.unexpected("{ and a query")
        if self.is_mark("{"):
            opener = self.next()
            self.enter()
            query = self.query(nested=False)
            self.leave()
            self.need_mark("}", opener)
            return CallSubquery(imports, query, optional, at=start, end=self.behind)
        return self._procedure(start, optional)

    def _procedure(self, start: int, optional: bool) -> CallProcedure:
        token = self.peek()
        if token.kind not in ("word", "name"):
            self.unexpected("the name of a procedure")
        length = 1
        while self.is_mark(".", length) and self.peek(length + 1).kind in ("word", "name"):
            length += 2
        name = self.dotted(length)
        refused = procedure_refusal(name)
        if refused:
            self.refuse(token, *refused)
        arguments: tuple[Expression, ...] | None = None
        if self.is_mark("("):
            opener = self.next()
            arguments = () if self.is_mark(")") else self.separated(self.expression)
            self.need_mark(")", opener)
        yields = where = None
        if self.take_word("YIELD"):
            yields = (("*", "*"),) if self.take_mark("*") else self.separated(self._yielded)
            where = self.expression() if self.take_word("WHERE") else None
        return CallProcedure(name, arguments, yields, where, optional, at=start, end=self.behind)

    def _yielded(self) -> tuple[str, str]:
        field = self.name("a field")
        return field, self.name("a variable") if self.take_word("AS") else field


@lru_cache(maxsize=512)
def parse(query: str) -> tuple[Tree, str]:
    """The tree of a query, and the text to hand on: comments blanked out, nothing after the statement.

    Raises :class:`kb.cypher.read.tokens.RefusedAt`, which says which word, where (line, column, caret) and why.
    """
    parser = Parser(query)
    tree = parser.statement()
    return tree, parser.read.text[: tree.end]
