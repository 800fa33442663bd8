"""Lists: places, parts, comprehensions, reduce, and the words all, any, none, single. Places count from 0."""

from __future__ import annotations

from kb.cypher import tree
from kb.cypher.embedded.operators import Operators
from kb.cypher.embedded.types import FLAG, INTEGER, NULL, TEXT, Said, Type, common, described, engine_type, list_of
from kb.cypher.tree import Expression

_NESTED = "take them apart with UNWIND, or WITH the inner list under a name of its own"


#: For all, any, none: which of the items decides (0 no, 1 not known, 2 yes), what an empty list counts for, the answers for 0, 1, 2.
_ANSWERS = {
    "any": (-1, 0, "[false, NULL, true]"),
    "all": (1, 2, "[false, NULL, true]"),
    "none": (-1, 0, "[true, NULL, false]"),
}


class Lists(Operators):
    """Lists over expressions."""

    def call(self, e: tree.Call) -> Said:
        raise NotImplementedError

    def source(self, expression: Expression) -> Said:
        """A list that something is done with; a missing one of unknown kind is a missing list of texts."""
        said = self.say(expression)
        if said.type.kind == "null":
            return Said("CAST(NULL AS STRING[])", list_of(NULL))
        if said.type.kind != "list":
            self.refuse(expression, f"a list is due here, not {described(said.type)}", "write a list in brackets")
        return said

    def index(self, e: tree.Index) -> Said:
        base = self.say(e.base)
        if base.type.kind in ("node", "edge", "map"):
            if isinstance(e.index, tree.Literal) and isinstance(e.index.value, str):
                return self.say(tree.Property(e.base, e.index.value, at=e.at, end=e.end))
            self.refuse(e, "a property is chosen by a name that is not written out", "write it out: n.name")
        if base.type.kind == "null":
            return Said("NULL", NULL)
        if base.type.kind != "list":
            self.refuse(
                e, f"{described(base.type)} has no places", "index a list; of a text take substring(text, 0, 1)"
            )
        place = self.whole(e.index)
        return self.item_at(base, place, f"size({base.text})")

    def whole(self, expression: Expression) -> str:
        said = self.say(expression)
        if said.type.kind == "null":
            return "CAST(NULL AS INT64)"
        if said.type.kind != "integer":
            self.refuse(
                expression, f"a whole number is due here, not {described(said.type)}", "write toInteger() around it"
            )
        return said.text

    def item_at(self, base: Said, place: str, size: str) -> Said:
        """The item at a place from 0, from the end where it is negative; missing where there is none.

        The engine stops a query at a place outside the list, even in a branch of CASE that is not taken: so one item
        that is missing is put behind the list, and every place outside it leads there.
        """
        item = base.type.item or NULL
        if item.kind == "null":
            return Said("NULL", NULL)
        wanted = engine_type(item)
        hole = f"CAST([NULL] AS {wanted}[])" if wanted else "[NULL]"
        padded = f"list_concat({base.text}, {hole})"
        if place.isdigit():
            where = f"CASE WHEN {place} < {size} THEN {int(place) + 1} ELSE {size} + 1 END"
        else:
            where = (
                f"CASE WHEN {place} >= 0 AND {place} < {size} THEN {place} + 1 "
                f"WHEN {place} < 0 AND {place} >= -{size} THEN {size} + {place} + 1 ELSE {size} + 1 END"
            )
            where = f"CASE WHEN {place} IS NULL THEN {size} + 1 ELSE {where} END"
        kind = item if item.kind not in ("node", "edge") else Type(item.kind, names=item.names, maybe=True, loose=True)
        return Said(f"list_extract({padded}, {where})", kind)

    def slice(self, e: tree.Slice) -> Said:
        """``list[a..b]``: from place a up to before place b, negative ones from the end."""
        base = self.source(e.base)
        size = f"size({base.text})"
        first = self._from_start(e.first, size) if e.first is not None else "0"
        last = self._from_start(e.last, size) if e.last is not None else size
        missing = [
            self.whole(part) for part in (e.first, e.last) if part is not None and not isinstance(part, tree.Literal)
        ]
        cut = f"list_slice({base.text}, CAST({first} + 1 AS INT64), CAST({last} AS INT64))"
        text = f"CASE WHEN {last} <= {first} THEN list_slice({base.text}, 2, 1) ELSE {cut} END"
        if missing:
            text = f"CASE WHEN {' OR '.join(f'({m}) IS NULL' for m in missing)} THEN NULL ELSE {text} END"
        return Said(text, list_of(base.type.item or NULL, solid=base.type.solid))

    def _from_start(self, place: Expression, size: str) -> str:
        """A place within 0 and the list's size."""
        text = self.whole(place)
        if text.isdigit():
            return f"(CASE WHEN {text} < {size} THEN {text} ELSE {size} END)"
        return (
            f"(CASE WHEN {text} < -{size} THEN 0 WHEN {text} < 0 THEN {size} + {text} "
            f"WHEN {text} > {size} THEN {size} ELSE {text} END)"
        )

    # What is done with every item

    def lambda_over(self, at: Expression, variable: str, source: Said, body: Expression) -> tuple[str, Said]:
        """``x -> body`` for the items of a list: the name given to the item, and the body."""
        if self.in_lambda:
            self.refuse(at, "a list is gone through inside another list", _NESTED)
        name = self.fresh(variable)
        inside = {**self.scope, variable: Said(name, source.type.item or NULL)}
        with self.going_through(name), self.within(inside):
            said = self.say(body)
        if "CASE" in said.text:
            self.not_outside("a choice for every item")
        return name, said

    def condition_over(self, at: Expression, variable: str, source: Said, where: Expression) -> tuple[str, str]:
        """As :meth:`lambda_over`, of a condition."""
        name, said = self.lambda_over(at, variable, source, where)
        if said.type.kind not in ("flag", "null"):
            self.refuse(where, f"a condition is due here, not {described(said.type)}", "compare it with something")
        return name, said.text if said.type.kind == "flag" else "CAST(NULL AS BOOL)"

    def list_comprehension(self, e: tree.ListComprehension) -> Said:
        source = self.source(e.source)
        if source.type.empty or (source.type.item or NULL).kind == "null":
            return Said(source.text, source.type)
        text, kind = source.text, source.type
        self.one_list(e)
        if e.where is not None:
            name, condition = self.condition_over(e, e.variable, source, e.where)
            if e.body is not None:
                self.not_outside("a condition beside a body")
            # The engine gives another row's items for an empty list.
            text = f"CASE WHEN size({text}) = 0 THEN {text} ELSE list_filter({text}, {name} -> {condition}) END"
            kind = list_of(kind.item or NULL, solid=kind.solid)
        if e.body is not None:
            name, body = self.lambda_over(e, e.variable, source, e.body)
            if e.where is not None:
                self.not_outside("a body beside a condition")
            if body.type.kind == "null":
                self.refuse(e.body, "every item would be null", "give the items a value")
            text = f"list_transform({text}, {name} -> {body.text})"
            kind = list_of(body.type)
        return Said(text, kind)

    def quantifier(self, e: tree.Quantifier) -> Said:
        """all, any, none, single: missing where it hangs on an item for which the condition is missing."""
        if e.where is None:
            self.refuse(e, f"{e.kind}() has no condition", f"write {e.kind}(x IN list WHERE ..)")
        source = self.source(e.source)
        if source.type.empty or (source.type.item or NULL).kind == "null":
            text = "true" if e.kind in ("all", "none") else "false"
            if source.type.empty:
                return Said(text, FLAG)
            self.refuse(e.source, "nothing is known of the items of this list", "give the parameter a value")
        if e.kind == "single":
            self.refuse(e, "single()", "write size([x IN list WHERE ..]) = 1")
        self.one_list(e)
        name, condition = self.condition_over(e, e.variable, source, e.where)
        self.not_outside(f"{e.kind}()")
        codes = f"list_transform({source.text}, {name} -> CASE WHEN {condition} THEN 2 WHEN NOT {condition} THEN 0 ELSE 1 END)"
        # One place in a list of answers rather than CASE: the body is then written, and run, once.
        pick, none, answers = _ANSWERS[e.kind]
        deciding = f"list_extract(list_sort(list_concat({codes}, [{none}])), {pick})"
        answer = f"list_extract({answers}, {deciding} + 1)"
        return Said(f"CASE WHEN {source.text} IS NULL THEN NULL ELSE {answer} END", FLAG)

    def reduce(self, e: tree.Reduce) -> Said:
        """The engine starts with the first item: the start is put before the list."""
        source, start = self.source(e.source), self.say(e.start)
        item = source.type.item or NULL
        if source.type.empty or item.kind == "null":
            return start
        kind = common(start.type, item)
        wanted = engine_type(kind) if kind else None
        if kind is None or wanted is None or kind.kind == "list":
            self.refuse(
                e,
                "the total and the items are of different types",
                "make them one, as in reduce(t = 0, x IN [y IN list | y.n] | t + x)",
            )
        if self.in_lambda:
            self.refuse(e, "a list is gone through inside another list", _NESTED)
        self.one_list(e)
        total, name = self.fresh(e.total), self.fresh(e.variable)
        inside = {**self.scope, e.total: Said(total, kind), e.variable: Said(name, kind)}
        with self.going_through(total, name), self.within(inside):
            body = self.say(e.body)
        if "CASE" in body.text:
            self.not_outside("a choice for every item")
        if body.type != kind:
            self.refuse(
                e.body,
                f"the total changes from {described(kind)} to {described(body.type)}",
                "start with a value of the type that it ends with",
            )
        items = source.text if item == kind else f"CAST({source.text} AS {wanted}[])"
        folded = f"list_reduce(list_concat([{self.as_type(start, wanted)}], {items}), ({total}, {name}) -> {body.text})"
        return Said(f"CASE WHEN {source.text} IS NULL THEN NULL ELSE {folded} END", kind)

    def sized(self, e: tree.Call, said: Said) -> Said:
        """``size()`` of a list or a text."""
        if said.type.kind not in ("list", "text", "null"):
            self.refuse(e, f"{described(said.type)} has no size", "count rows with count(*), paths with length(p)")
        return Said(f"size({said.text})", INTEGER) if said.type.kind != "null" else Said("NULL", NULL)

    def ordered_keys(self, e: tree.Call, said: Said) -> Said:
        """``keys(n)``: the names of the properties that are there."""
        if said.type.kind == "map":
            names = ", ".join(f"'{name}'" for name, _ in said.type.fields if name.isidentifier())
            return Said(f"[{names}]", list_of(TEXT, solid=True))
        return self.refuse(e, "the properties of a node are the same for all of its label", "docs/model.md lists them")
