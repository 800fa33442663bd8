"""Expressions in the embedded engine's dialect, each with its type."""

from __future__ import annotations

from kb.cypher import tree
from kb.cypher.embedded import schema
from kb.cypher.embedded.functions import Functions
from kb.cypher.embedded.operators import text_literal
from kb.cypher.embedded.types import (
    FLAG,
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
    quoted,
    stored,
)
from kb.cypher.tree import Expression

_DAY_SAME = {"year": "year", "month": "month", "day": "day", "quarter": "quarter"}

_HANDLERS = {
    tree.Literal: "literal",
    tree.Parameter: "parameter",
    tree.Variable: "variable",
    tree.Property: "property",
    tree.LabelTest: "label_test",
    tree.Index: "index",
    tree.Slice: "slice",
    tree.Unary: "unary",
    tree.Binary: "binary",
    tree.Logic: "logic",
    tree.Comparison: "comparison",
    tree.IsNull: "is_null",
    tree.IsTyped: "typed",
    tree.Call: "call",
    tree.Trim: "trimmed",
    tree.ListOf: "list_literal",
    tree.MapOf: "map_literal",
    tree.ListComprehension: "list_comprehension",
    tree.PatternComprehension: "pattern_comprehension",
    tree.Reduce: "reduce",
    tree.Quantifier: "quantifier",
    tree.Case: "case",
    tree.MapProjection: "projection_of_map",
    tree.Subquery: "subquery",
    tree.PatternPredicate: "pattern_predicate",
}


class Expressions(Functions):
    """:meth:`say` gives the text of any expression, or refuses it."""

    def say(self, expression: Expression) -> Said:
        known = self.known.get(expression)
        if known is not None:
            self.outside = expression if self.in_lambda else self.outside
            return known
        said: Said = getattr(self, _HANDLERS[type(expression)])(expression)
        return said

    def literal(self, e: tree.Literal) -> Said:
        if e.value is None:
            return Said("NULL", NULL)
        if isinstance(e.value, bool):
            return Said("true" if e.value else "false", FLAG)
        if isinstance(e.value, int):
            # The engine negates after it has read the digits, and the smallest number's digits are too large for it.
            text = str(e.value) if e.value > -(1 << 63) else "(-9223372036854775807 - 1)"
            return Said(f"({text})" if e.value < 0 else text, INTEGER)
        if isinstance(e.value, float):
            return Said(f"CAST({e.value!r} AS DOUBLE)" if "e" in repr(e.value) else f"({e.value!r})", REAL)
        return Said(text_literal(e.value), TEXT)

    def parameter(self, e: tree.Parameter) -> Said:
        kind = self.parameters.get(e.name)
        if kind is None:
            self.refuse(e, f"the parameter {e.name} is not given", f"give it a value: {e.name}=..")
        if kind.kind == "null":
            return Said("NULL", NULL)
        if kind.kind == "list" and kind.empty:
            return Said("CAST([] AS STRING[])", kind)
        if self.in_lambda:
            self.refuse(
                e, "a parameter is used for every item of a list", "name it before: WITH $.. AS x, or UNWIND the list"
            )
        text = self.given(e.name)
        # Left alone, the engine keeps a small number in eight bits, and calculates in them.
        wanted = engine_type(kind) if kind.kind in ("integer", "list", "map") else None
        return Said(f"CAST({text} AS {wanted})" if wanted else text, kind)

    def variable(self, e: tree.Variable) -> Said:
        found = self.scope.get(e.name)
        if found is None:
            near = [name for name in self.scope if name.lower() == e.name.lower()]
            hint = (
                f"did you mean {near[0]}?"
                if near
                else "name it in a MATCH, UNWIND or WITH before; WITH hands on only what it names"
            )
            self.refuse(e, f"the variable {e.name} is not defined here", hint)
        if self.in_lambda and found.text not in self.items:
            self.outside = e
        if found.type.kind == "edges":
            return Said(f"rels({found.text})", list_of(Type("edge", names=found.type.names), solid=True))
        return found

    def property(self, e: tree.Property) -> Said:
        base = self.say(e.base)
        kind = base.type
        if kind.kind == "null":
            return Said("NULL", NULL)
        if kind.kind in ("node", "edge"):
            return Said(f"{base.text}.{quoted(e.key)}", self.property_type(e, kind, e.key))
        if kind.kind == "map":
            found = dict(kind.fields).get(e.key)
            if found is None:
                self.refuse(
                    e, f"the map has no {e.key}", f"it has {', '.join(name for name, _ in kind.fields) or 'nothing'}"
                )
            return Said(f"struct_extract({base.text}, {text_literal(e.key)})", found)
        if kind.kind == "day":
            return self._day_part(e, base)
        return self.refuse(
            e, f"{described(kind)} has no properties", "take a property of a node, a relationship or a map"
        )

    def property_type(self, at: tree.Node, kind: Type, key: str) -> Type:
        """The type of a property. Refuses one that the model lacks for all labels or types that are possible here."""
        declared = schema.properties(kind.names).get(key)
        if declared is None:
            owner = " or ".join(sorted(kind.names)[:3])
            self.refuse(
                at,
                f"{owner} has no property {key}",
                schema.meant(key, frozenset(schema.properties(kind.names)), "properties"),
            )
        if len(declared) > 1:
            self.refuse(at, f"{key} is of different types on different labels", "name the label, such as (n:State)")
        return stored(next(iter(declared)))

    def _day_part(self, e: tree.Property, base: Said) -> Said:
        if e.key not in _DAY_SAME:
            remedy = "the embedded engine has .year, .month, .day and .quarter of a day"
            self.refuse(e, f"a day has no {e.key} here", remedy)
        return Said(f"date_part('{_DAY_SAME[e.key]}', {base.text})", INTEGER)

    def list_literal(self, e: tree.ListOf) -> Said:
        if not e.items:
            return Said("CAST([] AS STRING[])", list_of(NULL, solid=True, empty=True))
        said = [self.say(item) for item in e.items]
        item: Type | None = NULL
        for expression, one in zip(e.items, said, strict=True):
            item = common(item or NULL, one.type)
            if item is None:
                self.refuse(
                    expression,
                    f"{described(one.type)} stands in a list of something else",
                    "a list has one type here: bring the items to it",
                )
        solid = all(isinstance(one, tree.Literal) and one.value is not None for one in e.items)
        wanted = engine_type(item) if item else None
        mixed = any(one.type != item for one in said)
        texts = [self.as_type(one, wanted) if mixed else one.text for one in said]
        return Said(f"[{', '.join(texts)}]", list_of(item or NULL, solid=solid))

    def map_literal(self, e: tree.MapOf) -> Said:
        if not e.entries:
            self.refuse(e, "an empty map has no type", "leave it out")
        folded = [name.lower() for name, _ in e.entries]
        if len(set(folded)) < len(folded):
            self.refuse(e, "two names in the map differ only in capitals", "choose names that differ otherwise")
        said = [(name, self.say(value)) for name, value in e.entries]
        for (_, value), (_, one) in zip(e.entries, said, strict=True):
            if one.type.kind in ("identity", "path"):
                self.refuse(
                    value, f"{described(one.type)} cannot stand in a map here", "return it as a column of its own"
                )
        texts = ", ".join(f"{quoted(name)}: {one.text}" for name, one in said)
        return Said(f"{{{texts}}}", Type("map", fields=tuple((name, one.type) for name, one in said)))

    def projection_of_map(self, e: tree.MapProjection) -> Said:
        """``n {.name, .cow}`` as the map that it stands for."""
        entries = []
        for name, value in e.entries:
            if name == "*" and value is None:
                self.refuse(e, ".* would give the missing properties too", "name the properties: n {.iso3, .name}")
            entries.append((name, value or tree.Property(e.variable, name, at=e.at, end=e.end)))
        base = self.say(e.variable)
        said = self.map_literal(tree.MapOf(tuple(entries), at=e.at, end=e.end))
        return Said(self.unless_missing(base, said.text), said.type)

    def case(self, e: tree.Case) -> Said:
        branches = []
        subject = self.say(e.subject) if e.subject is not None else None
        for when, then in e.branches:
            test = self.flag(when) if subject is None else self.compare_said("=", subject, self.say(when), when)
            branches.append((test, self.say(then)))
        otherwise = self.say(e.otherwise) if e.otherwise is not None else Said("NULL", NULL)
        said = [*(then for _, then in branches), otherwise]
        kind: Type | None = NULL
        for one in said:
            kind = common(kind or NULL, one.type)
            if kind is None:
                self.refuse(
                    e,
                    "the branches give things of different types",
                    "let every branch give one type, with toString() or toFloat()",
                )
        assert kind is not None
        wanted = engine_type(kind) if any(one.type.kind != kind.kind for one in said) else None
        texts = [f"WHEN {test} THEN {self.as_type(then, wanted)}" for test, then in branches]
        return Said(f"CASE {' '.join(texts)} ELSE {self.as_type(otherwise, wanted)} END", kind)

    def pattern_predicate(self, e: tree.PatternPredicate) -> Said:
        raise NotImplementedError

    def subquery(self, e: tree.Subquery) -> Said:
        raise NotImplementedError

    def pattern_comprehension(self, e: tree.PatternComprehension) -> Said:
        return self.refuse(
            e,
            "a list comprehension over a pattern cannot be written",
            "write OPTIONAL MATCH with the pattern, then WITH .., collect(x) AS xs",
        )

    def typed(self, e: tree.IsTyped) -> Said:
        return self.refuse(
            e, "types are known beforehand and are not asked for", "docs/model.md has the type of every property"
        )
