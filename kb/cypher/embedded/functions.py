"""Functions. A function is here with a translation that gives Cypher's answer, or refused with what to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable

from kb.cypher import tree
from kb.cypher.embedded.lists import Lists
from kb.cypher.embedded.operators import text_literal
from kb.cypher.embedded.types import (
    DAY,
    FLAG,
    IDENTITY,
    INTEGER,
    NULL,
    REAL,
    TEXT,
    Said,
    Type,
    common,
    described,
    engine_type,
    list_of,
)

AGGREGATES = frozenset(
    {"count", "sum", "avg", "min", "max", "collect", "percentilecont", "percentiledisc", "stdev", "stdevp"}
)
_MATHS = {
    "sqrt": "sqrt", "sin": "sin", "cos": "cos", "tan": "tan", "cot": "cot", "asin": "asin", "acos": "acos", "atan": "atan",
    "log": "ln", "log10": "log10", "degrees": "degrees", "radians": "radians", "floor": "floor", "ceil": "ceil",
}  # fmt: skip
_WHOLE_NUMBER, _NUMBER = (
    "\\\\s*[-+]?[0-9]{1,18}\\\\s*",
    "\\\\s*[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]{1,2})?\\\\s*",
)
_A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
#: Why a function is not there, and what to write instead.
_LACKS = {
    "properties": "return the node itself, or name the properties: n {.iso3, .name}",
    "keys": "docs/model.md lists the properties of every label",
    "exists": "write EXISTS { (a)-->(b) }, or n.name IS NOT NULL",
    "timestamp": "pass the time as a parameter",
    "rand": "choose rows by a property, or draw after the query",
    "randomuuid": "make it after the query",
    "point": "there are no places in this graph",
    "haversin": "(1 - cos(x)) / 2",
    "normalize": "compare texts as they are",
    "valuetype": "docs/model.md has the type of every property",
    "nullif": "CASE WHEN a <> b THEN a END",
}
_SPANS = "calculate with years, or with .year, .month and .day of a day"


def is_day(text: str) -> bool:
    """Do both engines read this text as the same day?"""
    return bool(_A_DAY.fullmatch(text))


class Functions(Lists):
    """Functions over expressions."""

    def call(self, e: tree.Call) -> Said:
        name = e.name.lower()
        if name in AGGREGATES:
            self.refuse(
                e,
                f"{e.name}() stands where nothing can be counted or added up",
                "use it in WITH or RETURN, outside lists and other aggregates",
            )
        if e.distinct or e.star:
            self.refuse(e, f"DISTINCT or * has no place in {e.name}()", "leave it out")
        if name in _MATHS:
            return Said(f"{_MATHS[name]}({self.real(self.number_of(e))})", REAL)
        handler: Callable[[tree.Call], Said] | None = getattr(self, f"f_{name.replace('.', '_')}", None)
        if handler is None:
            remedy = _LACKS.get(name) or (_SPANS if name.startswith(("date", "duration", "time", "local")) else "")
            self.refuse(
                e, f"{e.name}() is not there", remedy or "docs/cypher.md lists what is, and what to write instead"
            )
        return handler(e)

    def arguments(self, e: tree.Call, least: int, most: int | None = None) -> list[Said]:
        if not least <= len(e.arguments) <= (most or least):
            self.refuse(
                e,
                f"{e.name}() takes {least if most in (None, least) else f'{least} to {most}'} arguments",
                "see docs/cypher.md",
            )
        return [self.say(argument) for argument in e.arguments]

    def only(self, e: tree.Call, *kinds: str) -> Said:
        """The one argument, of one of these kinds (or missing)."""
        said = self.arguments(e, 1)[0]
        if said.type.kind not in (*kinds, "null"):
            self.refuse(
                e, f"{e.name}() of {described(said.type)}", f"it takes {' or '.join(described(Type(k)) for k in kinds)}"
            )
        return said

    def number_of(self, e: tree.Call) -> Said:
        said = self.only(e, "integer", "real", "number")
        return said if said.type.kind != "null" else Said("CAST(NULL AS DOUBLE)", REAL)

    def text_at(self, e: tree.Call, place: int) -> Said:
        said = self.say(e.arguments[place])
        if said.type.kind == "null":
            return Said("CAST(NULL AS STRING)", TEXT)
        if said.type.kind != "text":
            self.refuse(
                e.arguments[place],
                f"{e.name}() takes a text here, not {described(said.type)}",
                "write toString() around a whole number",
            )
        return said

    # Numbers

    def f_abs(self, e: tree.Call) -> Said:
        said = self.number_of(e)
        return Said(f"abs({said.text})", said.type)

    def f_sign(self, e: tree.Call) -> Said:
        said = self.number_of(e)
        return Said(
            f"CAST(CASE WHEN {said.text} > 0 THEN 1 WHEN {said.text} < 0 THEN -1 WHEN {said.text} = 0 THEN 0 END AS INT64)",
            INTEGER,
        )

    def f_exp(self, e: tree.Call) -> Said:
        return Said(f"pow(2.718281828459045, {self.real(self.number_of(e))})", REAL)

    def f_e(self, e: tree.Call) -> Said:
        self.arguments(e, 0)
        return Said("2.718281828459045", REAL)

    def f_pi(self, e: tree.Call) -> Said:
        self.arguments(e, 0)
        return Said("pi()", REAL)

    def f_atan2(self, e: tree.Call) -> Said:
        first, second = self.arguments(e, 2)
        if not (first.type.is_number and second.type.is_number):
            self.refuse(e, "atan2() takes two numbers", "write toFloat() around them")
        return Said(f"atan2({self.real(first)}, {self.real(second)})", REAL)

    def f_isnan(self, e: tree.Call) -> Said:
        text = self.real(self.number_of(e))
        return Said(f"({text} <> {text})", FLAG)

    def f_round(self, e: tree.Call) -> Said:
        """Halves go up; with decimals, away from zero, by the number as it is written in decimals."""
        said = self.arguments(e, 1, 2)
        if not said[0].type.is_number:
            self.refuse(e, f"round() of {described(said[0].type)}", "it takes a number")
        x = self.real(said[0])
        if len(said) == 1:
            return Said(f"floor({x} + 0.5)", REAL)
        digits = e.arguments[1]
        if not (isinstance(digits, tree.Literal) and isinstance(digits.value, int) and 0 <= digits.value <= 12):
            self.refuse(digits, "the number of decimals has to be written out", "write it out, from 0 to 12")
        if digits.value == 0:
            return Said(f"floor({x} + 0.5)", REAL)
        unit = f"{10**digits.value}.0"
        below = f"floor(abs({x}) * {unit})"
        size = f"CASE WHEN abs({x}) >= ({below} + 0.5) / {unit} THEN ({below} + 1.0) / {unit} ELSE {below} / {unit} END"
        return Said(
            f"CASE WHEN abs({x}) * {unit} > 4503599627370496.0 THEN {x} WHEN {x} < 0.0 THEN -({size}) ELSE {size} END",
            REAL,
        )

    # From one type to another

    def f_tofloat(self, e: tree.Call) -> Said:
        said = self.only(e, "integer", "real", "number", "text")
        if said.type.kind == "text":
            plain = f"CASE WHEN regexp_full_match({said.text}, '{_NUMBER}') THEN trim({said.text}) END"
            return Said(f"CAST({plain} AS DOUBLE)", REAL)
        return Said(self.real(said) if said.type.is_number else "CAST(NULL AS DOUBLE)", REAL)

    f_tofloatornull = f_tofloat

    def f_tointeger(self, e: tree.Call) -> Said:
        """Cut off towards zero, as Cypher does; the engine would round."""
        said = self.only(e, "integer", "real", "number", "text", "flag")
        if said.type.kind == "integer":
            return said
        if said.type.kind == "null":
            return Said("CAST(NULL AS INT64)", INTEGER)
        if said.type.kind == "flag":
            return Said(f"CAST(CASE WHEN {said.text} THEN 1 WHEN NOT {said.text} THEN 0 END AS INT64)", INTEGER)
        if said.type.kind == "text":
            whole = (
                f"CAST(CASE WHEN regexp_full_match({said.text}, '{_WHOLE_NUMBER}') THEN trim({said.text}) END AS INT64)"
            )
            decimal = (
                f"CAST(CASE WHEN regexp_full_match({said.text}, '{_NUMBER}') THEN trim({said.text}) END AS DOUBLE)"
            )
            return Said(f"coalesce({whole}, {_cut(decimal)})", INTEGER)
        return Said(_cut(said.text), INTEGER)

    f_tointegerornull = f_tointeger

    def f_tostring(self, e: tree.Call) -> Said:
        said = self.only(e, "integer", "text", "flag", "day", "real", "number")
        if said.type.kind in ("real", "number"):
            self.refuse(
                e,
                "the engines write out numbers with a point differently",
                "return the number itself, or toString(toInteger(x))",
            )
        if said.type.kind == "text":
            return said
        if said.type.kind == "null":
            return Said("CAST(NULL AS STRING)", TEXT)
        if said.type.kind == "flag":
            return Said(f"CASE WHEN {said.text} THEN 'true' WHEN NOT {said.text} THEN 'false' END", TEXT)
        return Said(f"CAST({said.text} AS STRING)", TEXT)

    f_tostringornull = f_tostring

    def f_toboolean(self, e: tree.Call) -> Said:
        said = self.only(e, "text", "flag", "integer")
        if said.type.kind == "flag":
            return said
        if said.type.kind == "integer":
            return Said(f"({said.text} <> 0)", FLAG)
        if said.type.kind == "null":
            return Said("CAST(NULL AS BOOL)", FLAG)
        return Said(
            f"CASE WHEN lower(trim({said.text})) = 'true' THEN true WHEN lower(trim({said.text})) = 'false' THEN false END",
            FLAG,
        )

    f_tobooleanornull = f_toboolean

    def f_coalesce(self, e: tree.Call) -> Said:
        said = self.arguments(e, 1, 20)
        kind: Type | None = NULL
        for one in said:
            kind = common(kind or NULL, one.type)
            if kind is None:
                self.refuse(e, "coalesce() chooses between things of different types", "bring them to one type")
        assert kind is not None
        if kind.kind in ("node", "edge", "path", "edges"):
            self.refuse(e, "coalesce() chooses between nodes or relationships", "choose between their properties")
        given = [one for one in said if one.type.kind != "null"]
        if not given:
            return Said("NULL", NULL)
        wanted = engine_type(kind) if any(one.type.kind != kind.kind for one in given) else None
        return Said(f"coalesce({', '.join(self.as_type(one, wanted) for one in given)})", kind)

    # Texts

    def f_toupper(self, e: tree.Call) -> Said:
        self.arguments(e, 1)
        # The one small letter that has no capital of its own in Java and has one here.
        return Said(f"upper(regexp_replace({self.text_at(e, 0).text}, 'ß', 'SS', 'g'))", TEXT)

    f_upper = f_toupper

    def f_tolower(self, e: tree.Call) -> Said:
        self.arguments(e, 1)
        return Said(f"lower({self.text_at(e, 0).text})", TEXT)

    f_lower = f_tolower

    def f_reverse(self, e: tree.Call) -> Said:
        said = self.only(e, "text", "list")
        return Said(f"{'list_' if said.type.kind == 'list' else ''}reverse({said.text})", said.type)

    def f_left(self, e: tree.Call) -> Said:
        return self._part(e, "0", 1)

    def f_right(self, e: tree.Call) -> Said:
        self.arguments(e, 2)
        text, count = self.text_at(e, 0).text, self.whole(e.arguments[1])
        self._not_negative(e.arguments[1])
        return Said(f"CASE WHEN {count} = 0 THEN '' ELSE right({text}, {count}) END", TEXT)

    def f_substring(self, e: tree.Call) -> Said:
        self.arguments(e, 2, 3)
        return self._part(e, self.whole(e.arguments[1]), 2)

    def _part(self, e: tree.Call, first: str, counted: int) -> Said:
        if counted == 1:
            self.arguments(e, 2)
        text = self.text_at(e, 0).text
        for argument in e.arguments[1:]:
            self._not_negative(argument)
        count = self.whole(e.arguments[counted]) if len(e.arguments) > counted else f"size({text})"
        return Said(
            f"CASE WHEN {count} = 0 OR {first} >= size({text}) THEN CASE WHEN {text} IS NULL THEN NULL ELSE '' END ELSE substring({text}, {first} + 1, {count}) END",
            TEXT,
        )

    def _not_negative(self, e: tree.Expression) -> None:
        if not (
            isinstance(e, tree.Literal | tree.Parameter)
            or (isinstance(e, tree.Call) and e.name.lower() in ("size", "length"))
        ):
            said = self.say(e).text
            if not said.isdigit():
                self.refuse(
                    e, "a place or length in a text has to be written out", "write a number, a parameter or size(..)"
                )
        if isinstance(e, tree.Literal) and isinstance(e.value, int) and e.value < 0:
            self.refuse(e, "a place or length in a text is below 0", "count from 0")

    def f_replace(self, e: tree.Call) -> Said:
        self.arguments(e, 3)
        text = self.text_at(e, 0)
        for place in (1, 2):
            if not isinstance(e.arguments[place], tree.Literal):
                self.refuse(
                    e.arguments[place],
                    "what replace() looks for and puts in has to be written out",
                    "write it in quotes",
                )
        looked_for, put_in = str(e.arguments[1].value), str(e.arguments[2].value)  # type: ignore[attr-defined]
        if not looked_for or "\\" in looked_for + put_in:
            self.refuse(e, "replace() of nothing, or with a backslash", "leave it out, or replace after the query")
        pattern = text_literal(re.escape(looked_for))
        return Said(
            f"regexp_replace({text.text}, {pattern}, {text_literal(put_in.replace(chr(92), chr(92) * 2))}, 'g')", TEXT
        )

    def f_split(self, e: tree.Call) -> Said:
        """The engine leaves out empty parts: every part gets a mark before it, which is taken off again."""
        self.arguments(e, 2)
        text, separator = self.text_at(e, 0), e.arguments[1]
        if not (isinstance(separator, tree.Literal) and isinstance(separator.value, str) and separator.value):
            self.refuse(separator, "what split() cuts at has to be written out", "write it in quotes")
        if self.in_lambda:
            self.refuse(
                e, "split() stands inside a list that is gone through", "WITH it under a name of its own before"
            )
        written = text_literal(separator.value)
        marked = f"'|' + regexp_replace({text.text}, {text_literal(re.escape(separator.value))}, {text_literal(separator.value.replace(chr(92), chr(92) * 2) + '|')}, 'g')"
        name = self.fresh("part")
        self.one_list(e)
        parts = f"list_transform(string_split({marked}, {written}), {name} -> substring({name}, 2, size({name})))"
        if "|" in separator.value:
            self.refuse(separator, "split() cannot cut at |", "cut at another character")
        return Said(f"CASE WHEN {text.text} IS NULL THEN NULL ELSE {parts} END", list_of(TEXT, solid=True))

    def f_trim(self, e: tree.Call) -> Said:
        return self._trimmed(e, "BOTH")

    f_btrim = f_trim

    def f_ltrim(self, e: tree.Call) -> Said:
        return self._trimmed(e, "LEADING")

    def f_rtrim(self, e: tree.Call) -> Said:
        return self._trimmed(e, "TRAILING")

    def _trimmed(self, e: tree.Call, side: str) -> Said:
        self.arguments(e, 1, 2)
        what = e.arguments[1] if len(e.arguments) > 1 else None
        return self.trimmed(tree.Trim(side, what, e.arguments[0], at=e.at, end=e.end))

    def trimmed(self, e: tree.Trim) -> Said:
        """White space, or the characters written out, off one side or both."""
        said = self.say(e.text)
        text = said.text if said.type.kind != "null" else "CAST(NULL AS STRING)"
        if said.type.kind not in ("text", "null"):
            self.refuse(e, f"{described(said.type)} is trimmed", "write toString() around it")
        characters = "\\s"
        if e.what is not None:
            if not (isinstance(e.what, tree.Literal) and isinstance(e.what.value, str) and e.what.value):
                self.refuse(e.what, "what is trimmed off has to be written out", "write it in quotes")
            characters = "".join(re.escape(c) for c in e.what.value)
        for side, pattern in (("LEADING", f"^[{characters}]+"), ("TRAILING", f"[{characters}]+$")):
            if e.side in (side, "BOTH"):
                text = f"regexp_replace({text}, {text_literal(pattern)}, '')"
        return Said(text, TEXT)

    # Lists, nodes, relationships, paths

    def f_size(self, e: tree.Call) -> Said:
        return self.sized(e, self.arguments(e, 1)[0])

    f_char_length = f_character_length = f_size

    def f_isempty(self, e: tree.Call) -> Said:
        said = self.only(e, "list", "text")
        return Said(f"(size({said.text}) = 0)", FLAG)

    def f_head(self, e: tree.Call) -> Said:
        said = self.source(e.arguments[0]) if len(e.arguments) == 1 else self.arguments(e, 1)[0]
        return self.item_at(said, "0", f"size({said.text})")

    def f_last(self, e: tree.Call) -> Said:
        said = self.source(e.arguments[0]) if len(e.arguments) == 1 else self.arguments(e, 1)[0]
        return self.item_at(said, "(-1)", f"size({said.text})")

    def f_tail(self, e: tree.Call) -> Said:
        said = self.only(e, "list")
        return Said(
            f"list_slice({said.text}, 2, size({said.text}))", list_of(said.type.item or NULL, solid=said.type.solid)
        )

    def f_range(self, e: tree.Call) -> Said:
        self.arguments(e, 2, 3)
        return Said(f"range({', '.join(self.whole(a) for a in e.arguments)})", list_of(INTEGER, solid=True))

    def f_labels(self, e: tree.Call) -> Said:
        said = self.only(e, "node")
        return Said(self.unless_missing(said, f"[label({said.text})]"), list_of(TEXT, solid=True))

    def f_type(self, e: tree.Call) -> Said:
        said = self.only(e, "edge")
        return Said(self.unless_missing(said, f"label({said.text})"), TEXT)

    def f_id(self, e: tree.Call) -> Said:
        said = self.only(e, "node", "edge")
        return Said(f"id({said.text})", IDENTITY)

    f_elementid = f_id

    def f_keys(self, e: tree.Call) -> Said:
        return self.ordered_keys(e, self.arguments(e, 1)[0])

    def f_length(self, e: tree.Call) -> Said:
        return Said(f"length({self.only(e, 'path').text})", INTEGER)

    def f_nodes(self, e: tree.Call) -> Said:
        said = self.only(e, "path")
        return Said(f"nodes({said.text})", list_of(Type("node", names=said.type.names), solid=True))

    def f_relationships(self, e: tree.Call) -> Said:
        said = self.only(e, "path")
        types = frozenset(name for name, _ in said.type.fields)
        return Said(f"rels({said.text})", list_of(Type("edge", names=types), solid=True))

    def f_startnode(self, e: tree.Call) -> Said:
        return self.refuse(
            e, "the end of a relationship cannot be taken from it", "name the nodes in the pattern: (a)-[r]->(b)"
        )

    f_endnode = f_startnode

    # Days

    def f_date(self, e: tree.Call) -> Said:
        if not self.arguments(e, 0, 1):
            return Said("current_date()", DAY)
        argument = e.arguments[0]
        if isinstance(argument, tree.MapOf):
            return self._day_of_parts(argument)
        said = self.say(argument)
        if said.type.kind == "day":
            return said
        if said.type.kind == "null":
            return Said("CAST(NULL AS DATE)", DAY)
        if isinstance(argument, tree.Parameter):
            self.days.add(argument.name)
        elif not (isinstance(argument, tree.Literal) and is_day(str(argument.value))):
            self.refuse(argument, "a day has to be written out as year-month-day", "write date('2000-01-31')")
        return Said(f"CAST({said.text} AS DATE)", DAY)

    def _day_of_parts(self, parts: tree.MapOf) -> Said:
        entries = dict(parts.entries)
        if not {"year"} <= entries.keys() <= {"year", "month", "day"}:
            self.refuse(parts, "a day is made of year, month and day", "write date({year: 2000, month: 1, day: 31})")
        texts = [self.whole(entries[name]) if name in entries else "1" for name in ("year", "month", "day")]
        return Said(f"make_date({', '.join(texts)})", DAY)


def _cut(text: str) -> str:
    """A real number without its fraction. A number beyond 64 bits stops the query, as in Cypher."""
    return f"CAST(CASE WHEN {text} >= 0 THEN floor({text}) ELSE ceil({text}) END AS INT64)"
