"""Operators: comparison, logic, arithmetic, tests. Where the engine would take another meaning, it is refused."""

from __future__ import annotations

import re

from kb.cypher.embedded.types import (
    FLAG,
    INTEGER,
    NULL,
    NUMBER,
    REAL,
    TEXT,
    Said,
    common,
    described,
    engine_type,
    list_of,
)
from kb.cypher.embedded.writer import Writer
from kb.cypher.tree import Binary, Comparison, Expression, IsNull, LabelTest, Literal, Logic, Parameter, Unary

_NOTHING = Said("NULL", NULL)
#: Parts of regular expressions that the two engines read differently.
_UNLIKE = re.compile(r"&&|\[\[|\(\?(?!i\)|:)|\\[^dDwWsSbnt.\\+*?()\[\]{}|^$/-]|[+*?}]\+")


def regex_is_plain(pattern: str) -> bool:
    """Do both engines read this regular expression alike?"""
    return not _UNLIKE.search(pattern) and (pattern.isascii() or "(?i)" not in pattern)


class Operators(Writer):
    """Operators over expressions."""

    def flag(self, expression: Expression) -> str:
        """The text of a condition. Refuses what is not true or false."""
        said = self.say(expression)
        if said.type.kind not in ("flag", "null"):
            self.refuse(expression, f"a condition is due here, not {described(said.type)}", "compare it with something")
        return said.text if said.type.kind == "flag" else "CAST(NULL AS BOOL)"

    def real(self, said: Said) -> str:
        """The text of a number as a real one.

        Not by CAST: where a property that is cast is compared, the engine (0.11.3) looks into its statistics of the whole
        numbers as if they were real ones, and finds nothing.
        """
        return f"({said.text} * 1.0)" if said.type.kind == "integer" else said.text

    def as_type(self, said: Said, wanted: str | None) -> str:
        """The text, cast where the engine has to be told the type."""
        return f"CAST({said.text} AS {wanted})" if wanted else said.text

    def logic(self, e: Logic) -> Said:
        return Said("(" + f" {e.op} ".join(self.flag(item) for item in e.items) + ")", FLAG)

    def unary(self, e: Unary) -> Said:
        if e.op == "NOT":
            return Said(f"(NOT {self.flag(e.value)})", FLAG)
        value = self.say(e.value)
        if value.type.kind == "null":
            return _NOTHING
        if not value.type.is_number:
            self.refuse(e, f"{e.op} before {described(value.type)}", "it takes a number")
        return Said(f"(-{value.text})", value.type) if e.op == "-" else value

    def is_null(self, e: IsNull) -> Said:
        said = self.say(e.value)
        text = f"id({said.text})" if said.type.kind in ("node", "edge") else said.text
        return Said(f"({text} IS {'NOT ' if e.negated else ''}NULL)", FLAG)

    def label_test(self, e: LabelTest) -> Said:
        said = self.say(e.base)
        if said.type.kind not in ("node", "edge"):
            self.refuse(e, f"{described(said.type)} has no label", "test a node")
        names = sorted(self.matching(e.labels, types=said.type.kind == "edge"))
        texts = ", ".join(text_literal(name) for name in names)
        return Said(self.unless_missing(said, f"(label({said.text}) IN [{texts}])"), FLAG)

    def unless_missing(self, said: Said, text: str) -> str:
        """The engine knows the label even of a node that is not there."""
        return f"CASE WHEN id({said.text}) IS NULL THEN NULL ELSE {text} END" if said.type.maybe else text

    # Comparing

    def comparison(self, e: Comparison) -> Said:
        pairs, left = [], e.first
        for op, right in e.rest:
            pairs.append(self.compare(op, left, right))
            left = right
        return Said(pairs[0] if len(pairs) == 1 else f"({' AND '.join(pairs)})", FLAG)

    def compare(self, op: str, left: Expression, right: Expression) -> str:
        """One comparison, of things that can be compared."""
        return self.compare_said(op, self.say(left), self.say(right), right)

    def compare_said(self, op: str, one: Said, other: Said, at: Expression) -> str:
        kinds = {one.type.kind, other.type.kind}
        if "null" in kinds:
            return "CAST(NULL AS BOOL)"
        if kinds <= {"node"} or kinds <= {"edge"}:
            if op in ("=", "<>"):
                return f"(id({one.text}) {op} id({other.text}))"
            self.refuse(at, "nodes and relationships have no order", "compare their keys: a.iso3 < b.iso3")
        if common(one.type, other.type) is None:
            never = {"=": "never equal", "<>": "never equal"}.get(op, "neither less nor more than each other")
            self.refuse(
                at,
                f"{described(one.type)} is compared with {described(other.type)}: they are {never}",
                "bring both to one type, with toString(), toInteger() or toFloat()",
            )
        if kinds & {"path", "edges", "map"} or (kinds == {"identity"} and op not in ("=", "<>")):
            self.refuse(at, f"{described(one.type)} cannot be compared here", "compare a property: a.iso3 < b.iso3")
        if kinds == {"list"}:
            solid = one.type.solid and other.type.solid
            if (
                op not in ("=", "<>")
                or not solid
                or one.type.item is None
                or one.type.item.kind in ("list", "map", "node")
            ):
                self.refuse(at, "lists like these cannot be compared here", "compare their items, or size(list)")
            if one.type.item != (other.type.item or NULL) or one.type.empty or other.type.empty:
                return self._lists_of_unlike_type(op, one, other, at)
        if kinds == {"flag"} and op not in ("=", "<>"):
            self.refuse(at, "true and false have no order here", "use = or <>, or CASE WHEN x THEN 1 ELSE 0 END")
        if one.type.is_number and one.type != other.type:
            # Left alone, the engine takes the real number for a whole one where it looks a property up.
            return f"({self.real(one)} {op} {self.real(other)})"
        return f"({one.text} {op} {other.text})"

    def _lists_of_unlike_type(self, op: str, one: Said, other: Said, at: Expression) -> str:
        if one.type.empty or other.type.empty:
            return f"(size({(other if one.type.empty else one).text}) {op} 0)"
        return self.refuse(at, "lists of different types are compared", "bring their items to one type")

    # Arithmetic and texts

    def binary(self, e: Binary) -> Said:
        if e.op == "IN":
            return self.contained(e, self.say(e.left), self.say(e.right))
        if e.op in ("STARTS WITH", "ENDS WITH", "CONTAINS", "=~"):
            return self._text_test(e)
        left, right = self.say(e.left), self.say(e.right)
        if e.op in ("+", "||"):
            return self._added(e, left, right)
        if "null" in (left.type.kind, right.type.kind):
            return _NOTHING
        if not (left.type.is_number and right.type.is_number):
            self.refuse(
                e,
                f"{described(left.type)} {e.op} {described(right.type)}",
                "calculate with numbers; of days, with .year",
            )
        if e.op == "^":
            return Said(f"({self.real(left)} ^ {self.real(right)})", REAL)
        return self._calculated(e, left, right)

    def _calculated(self, e: Binary, left: Said, right: Said) -> Said:
        kinds = {left.type.kind, right.type.kind}
        if e.op in ("/", "%") and "number" in kinds:
            self.refuse(
                e,
                f"whether {e.op} gives whole numbers hangs on each row's number here",
                "write toFloat() around the number",
            )
        if kinds == {"integer"}:
            return Said(f"({left.text} {e.op} {right.text})", INTEGER)
        kind = NUMBER if "number" in kinds else REAL
        return Said(f"({self.real(left)} {e.op} {self.real(right)})", kind)

    def _added(self, e: Binary, left: Said, right: Said) -> Said:
        kinds = {left.type.kind, right.type.kind}
        if "null" in kinds:
            return _NOTHING
        if "list" in kinds:
            return self._lists_joined(e, left, right)
        if e.op == "+" and left.type.is_number and right.type.is_number:
            return self._calculated(e, left, right)
        if "text" in kinds and kinds <= {"text", "integer"} and (e.op == "+" or kinds == {"text"}):
            return Said(self._texts_joined(self.whole_text(left), self.whole_text(right)), TEXT)
        return self.refuse(
            e,
            f"{described(left.type)} {e.op} {described(right.type)}",
            "join texts with texts, or calculate with numbers",
        )

    def whole_text(self, said: Said) -> Said:
        """A text or a whole number as a text."""
        return said if said.type.kind == "text" else Said(f"CAST({said.text} AS STRING)", TEXT)

    def _texts_joined(self, left: Said, right: Said) -> str:
        """The engine takes a missing text for an empty one; Cypher's answer is then missing."""
        missing = [said.text for said in (left, right) if not said.text.startswith(("'", "$"))]
        joined = f"({left.text} + {right.text})"
        if not missing:
            return joined
        return f"CASE WHEN {' OR '.join(f'{text} IS NULL' for text in missing)} THEN NULL ELSE {joined} END"

    def _lists_joined(self, e: Binary, left: Said, right: Said) -> Said:
        lists = [said for said in (left, right) if said.type.kind == "list"]
        if len(lists) == 2:
            kind = common(left.type, right.type)
            wanted = engine_type(kind) if kind else None
            if kind is None or (wanted is None and kind.item != NULL):
                self.refuse(e, "lists of different types are joined", "a list has one type: bring the items to it")
            return Said(f"list_concat({self.as_type(left, wanted)}, {self.as_type(right, wanted)})", kind)
        single = right if left.type.kind == "list" else left
        item = common(lists[0].type.item or NULL, single.type)
        wanted = engine_type(item) if item else None
        if item is None or wanted is None:
            self.refuse(e, "the item is of another type than the list's", "a list has one type: bring the item to it")
        parts = [
            self.as_type(said, f"{wanted}[]") if said.type.kind == "list" else f"[{self.as_type(said, wanted)}]"
            for said in (left, right)
        ]
        return Said(f"list_concat({parts[0]}, {parts[1]})", list_of(item))

    def contained(self, e: Binary, item: Said, source: Said) -> Said:
        """``x IN list``: missing where the list holds a missing item and not this one."""
        if source.type.kind == "null":
            return Said("CAST(NULL AS BOOL)", FLAG)
        if source.type.kind != "list":
            self.refuse(e, f"IN looks into a list, not into {described(source.type)}", "write a list in brackets")
        if source.type.empty:
            return Said("false", FLAG)
        inside = source.type.item or NULL
        if item.type.kind == "null" or inside.kind == "null":
            return Said(f"CASE WHEN size({source.text}) = 0 THEN false END", FLAG)
        if common(item.type, inside) is None or inside.kind in ("list", "map", "node", "edge"):
            self.refuse(
                e,
                f"{described(item.type)} is looked for in a list of others ({described(inside)})",
                "compare keys or ids of one type",
            )
        literal = source.text.startswith(("[", "$", "CAST($"))
        text = f"list_contains({self.widened(source, item)}, {self.real(item) if inside.is_number and inside != item.type else item.text})"
        if source.type.solid and literal:
            return Said(text, FLAG)
        name = self.fresh("i")
        if not source.type.solid:
            self.one_list(e)
        holes = (
            ""
            if source.type.solid or self.in_lambda
            else f"WHEN size(list_filter({source.text}, {name} -> {name} IS NULL)) > 0 THEN NULL "
        )
        if not source.type.solid and self.in_lambda:
            self.refuse(
                e, "a list that may hold nulls is looked into, inside another list", "take the nulls out before"
            )
        return Said(
            f"CASE WHEN {source.text} IS NULL THEN NULL WHEN size({source.text}) = 0 THEN false "
            f"WHEN ({item.text}) IS NULL THEN NULL WHEN {text} THEN true {holes}ELSE false END",
            FLAG,
        )

    def widened(self, source: Said, item: Said) -> str:
        """The list as one of real numbers, where a real number is looked for in whole ones or the other way."""
        inside = source.type.item or NULL
        if inside.is_number and inside != item.type:
            return f"CAST({source.text} AS DOUBLE[])"
        return source.text

    def _text_test(self, e: Binary) -> Said:
        left, right = self.say(e.left), self.say(e.right)
        if "null" in (left.type.kind, right.type.kind):
            return Said("CAST(NULL AS BOOL)", FLAG)
        for side, said in ((e.left, left), (e.right, right)):
            if said.type.kind != "text":
                self.refuse(
                    side, f"{e.op} compares texts, not {described(said.type)}", "write toString() around a whole number"
                )
        if e.op == "=~":
            self._check_pattern(e.right)
        return Said(f"({left.text} {e.op} {right.text})", FLAG)

    def _check_pattern(self, pattern: Expression) -> None:
        if isinstance(pattern, Parameter):
            self.patterns.add(pattern.name)
        elif not isinstance(pattern, Literal):
            self.refuse(
                pattern,
                "a regular expression has to be written out or be a parameter",
                "use CONTAINS for parts of texts",
            )
        elif not regex_is_plain(str(pattern.value)):
            self.refuse(
                pattern,
                "the engines read this regular expression differently",
                "use plainer parts: [..] \\d \\w . * + ? |",
            )


def text_literal(value: str) -> str:
    """A text in quotes, as the embedded engine reads it."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
