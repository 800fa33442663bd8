"""Patterns in the embedded engine's dialect. The engine walks; Cypher uses a relationship once in a MATCH: that is said in the condition."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from kb.cypher import tree
from kb.cypher.embedded import schema
from kb.cypher.embedded.expressions import Expressions
from kb.cypher.embedded.types import FLAG, Said, Type, quoted
from kb.cypher.tree import NodePattern, Path, RelationPattern

#: The engine goes no further than this along a path, and says nothing where it stops.
FURTHEST = 30
_BOUND = "write how far to go at most, as in [:BORDERS*1..5]"


@dataclass(frozen=True)
class Walked:
    """A relationship of a pattern: its name in the translation, its types, its ends; ``many`` for a path of them."""

    name: str
    types: frozenset[str]
    many: bool
    start: NodePattern
    end: NodePattern
    directed: bool
    at: tree.Node


class Patterns(Expressions):
    """Paths over expressions."""

    def __init__(self, query: str, parameters: dict[str, Type]) -> None:
        super().__init__(query, parameters)
        self.optional = False

    def paths(self, paths: tuple[Path, ...]) -> tuple[list[str], list[str]]:
        """The paths of one MATCH, and the conditions that belong to them. Binds their variables."""
        walked: list[Walked] = []
        conditions: list[str] = []
        labels = self._possible_labels(paths)
        inline: list[tree.Expression] = []
        texts = [self._path(path, labels, walked, conditions, inline) for path in paths]
        conditions += [self.flag(condition) for condition in inline]
        conditions += [c for one, other in combinations(walked, 2) if (c := self._used_once(one, other))]
        return texts, conditions

    # Which labels a node can have

    def _possible_labels(self, paths: tuple[Path, ...]) -> dict[str, frozenset[str]]:
        """The labels that each node of the paths can have, by what is written and by what its relationships join."""
        found: dict[str, frozenset[str]] = {}
        triples: list[tuple[NodePattern, RelationPattern, NodePattern]] = []
        for path in paths:
            elements = self._plain(path)
            for element in elements:
                if isinstance(element, NodePattern):
                    self._narrow(found, element, self._written(element))
            triples += [(elements[i], elements[i + 1], elements[i + 2]) for i in range(0, len(elements) - 2, 2)]  # type: ignore[misc]
        for _ in range(len(triples) + 1):
            before = dict(found)
            for left, relation, right in triples:
                self._narrow_ends(found, left, relation, right)
            if before == found:
                break
        return found

    def _written(self, node: NodePattern) -> frozenset[str]:
        names = self.matching(node.labels) if node.labels is not None else schema.LABELS
        bound = self.scope.get(node.variable) if node.variable else None
        if bound is None:
            return names
        if bound.type.kind != "node":
            self.refuse(node, f"{node.variable} is no node", "use another name")
        if not bound.type.names & names:
            self.refuse(node, f"{node.variable} has another label", f"it is a {' or '.join(sorted(bound.type.names))}")
        return bound.type.names & names

    def _narrow(self, found: dict[str, frozenset[str]], node: NodePattern, names: frozenset[str]) -> None:
        place = node.variable or f"@{node.at}"
        found[place] = found.get(place, schema.LABELS) & names
        if not found[place]:
            self.refuse(
                node, "no node can be here: the labels written exclude each other", "every node has exactly one label"
            )

    def _narrow_ends(
        self, found: dict[str, frozenset[str]], left: NodePattern, relation: RelationPattern, right: NodePattern
    ) -> None:
        types, span = self._types(relation), self._span(relation)
        if span is not None and (span.least != 1 or span.most != 1):
            return  # a longer path: its ends follow from more than one step
        lefts, rights = found[left.variable or f"@{left.at}"], found[right.variable or f"@{right.at}"]
        joined = {(a, b) for a, b in schema.ends(types, relation.direction) if a in lefts and b in rights}
        if not joined:
            ways = ", ".join(
                f"(:{a})-[:{t}]->(:{b})" for t in sorted(types)[:3] for a, b in schema.ends(frozenset({t}), ">")
            )
            self.refuse(relation, "no relationship goes this way between these labels", f"the model has {ways}")
        self._narrow(found, left, frozenset(a for a, _ in joined))
        self._narrow(found, right, frozenset(b for _, b in joined))

    def _types(self, relation: RelationPattern) -> frozenset[str]:
        return self.matching(relation.types, types=True) if relation.types is not None else schema.TYPES

    def _span(self, relation: RelationPattern) -> tree.Span | None:
        return relation.length or relation.repeated

    # Paths

    def _plain(self, path: Path) -> list[NodePattern | RelationPattern]:
        """Nodes and relationships in turn. Repeated parts that say no more than ``[:T*1..3]`` become that."""
        if path.selector:
            self.refuse(
                path,
                f"{path.selector} before a pattern",
                "write shortestPath((a)-[:BORDERS*..5]-(b)) or allShortestPaths",
            )
        plain: list[NodePattern | RelationPattern] = []
        for element in path.elements:
            if not isinstance(element, tree.Repeated):
                plain.append(element)
                continue
            plain += self._repeated(element, bool(plain))
        if not isinstance(plain[-1], NodePattern):
            plain.append(NodePattern(None, None, None, None, at=path.end, end=path.end))
        return plain

    def _repeated(self, part: tree.Repeated, after: bool) -> list[NodePattern | RelationPattern]:
        inner = part.path.elements
        blank = all(
            not (isinstance(e, NodePattern) and (e.variable or e.labels or e.properties or e.where)) for e in inner
        )
        relation = inner[1] if len(inner) == 3 else None
        whole = part.times is not None and isinstance(relation, RelationPattern) and self._span(relation) is None
        if not (blank and whole and part.where is None and part.path.variable is None) or (
            isinstance(relation, RelationPattern) and relation.variable
        ):
            self.refuse(part, "a part of a pattern is repeated", "write -[:BORDERS*1..3]-> with the relationship alone")
        assert isinstance(relation, RelationPattern)
        stretched = RelationPattern(
            None,
            relation.direction,
            relation.types,
            part.times,
            None,
            relation.properties,
            relation.where,
            at=part.at,
            end=part.end,
        )
        start = [] if after else [NodePattern(None, None, None, None, at=part.at, end=part.at)]
        return [*start, stretched]

    def _path(
        self,
        path: Path,
        labels: dict[str, frozenset[str]],
        walked: list[Walked],
        conditions: list[str],
        inline: list[tree.Expression],
    ) -> str:
        elements = self._plain(path)
        if path.variable and len(elements) == 1:
            self.refuse(path, "a path of one node", "return the node")
        texts, types, names = [], frozenset[str](), frozenset[str]()
        for i, element in enumerate(elements):
            if isinstance(element, NodePattern):
                possible = labels[element.variable or f"@{element.at}"]
                names |= possible
                texts.append(self._node(element, possible, conditions, inline))
            else:
                left, right = elements[i - 1], elements[i + 1]
                assert isinstance(left, NodePattern) and isinstance(right, NodePattern)
                one = self._relation(path, element, left, right, inline)
                types |= one[1].types
                names |= schema.LABELS if one[1].many else frozenset()
                walked.append(one[1])
                texts.append(one[0])
        text = "".join(texts)
        if path.variable is None:
            return text
        if path.variable in self.scope:
            self.refuse(path, f"{path.variable} is there already", "use another name")
        fields = tuple((name, FLAG) for name in sorted(types))
        return f"{self.bind(path.variable, Type('path', names=names, fields=fields)).text} = {text}"

    def _node(
        self, node: NodePattern, possible: frozenset[str], conditions: list[str], inline: list[tree.Expression]
    ) -> str:
        bound = self.scope.get(node.variable) if node.variable else None
        if bound is not None:
            if possible != bound.type.names:
                conditions.append(f"label({bound.text}) IN [{', '.join(repr(name) for name in sorted(possible))}]")
                self.scope = {
                    **self.scope,
                    str(node.variable): Said(bound.text, Type("node", names=possible, maybe=bound.type.maybe)),
                }
            text, labels = bound.text, ""
            if bound.type.loose:
                text, labels = self.fresh(str(node.variable)), "".join(f":{quoted(name)}" for name in sorted(possible))
                conditions.append(f"id({text}) = id({bound.text})")
        else:
            labels = ""
            if node.labels is not None and possible != schema.LABELS:
                labels = "".join(f":{quoted(name)}" for name in sorted(possible))
            kind = Type("node", names=possible, maybe=self.optional)
            text = self.bind(node.variable, kind).text if node.variable else ""
        if node.where is not None:
            inline.append(node.where)
        return f"({text}{labels}{self._properties(node, Type('node', names=possible))})"

    def _properties(self, pattern: NodePattern | RelationPattern, kind: Type) -> str:
        """``{name: value, ..}``, each value of its property's type."""
        if pattern.properties is None:
            return ""
        if isinstance(pattern.properties, tree.Parameter):
            self.refuse(pattern.properties, "the properties of a pattern are a parameter", "write {iso3: $iso3}")
        texts = []
        for name, value in pattern.properties.entries:
            declared, said = self.property_type(value, kind, name), self.say(value)
            if said.type.kind == "null":
                self.refuse(value, "nothing equals null", "write WHERE n.name IS NULL")
            self.compare_said("=", Said("", declared), said, value)
            if declared.is_number and said.type != declared:
                self.refuse(value, "a number of the other kind is compared in a pattern", "write it in WHERE")
            if declared.kind == "list" and not (said.type.kind == "list" and said.type.solid):
                self.refuse(value, "a list is compared in a pattern", "write it in WHERE")
            texts.append(f"{quoted(name)}: {said.text}")
        return f" {{{', '.join(texts)}}}" if texts else ""

    # Relationships

    def _relation(
        self,
        path: Path,
        relation: RelationPattern,
        left: NodePattern,
        right: NodePattern,
        inline: list[tree.Expression],
    ) -> tuple[str, Walked]:
        types, span = self._types(relation), self._span(relation)
        if relation.variable and relation.variable in self.scope:
            self.refuse(
                relation,
                f"the relationship {relation.variable} is taken up again",
                "start from its nodes, and compare r.fact",
            )
        many = span is not None or bool(path.function)
        name = self.fresh(relation.variable or "r")
        kind = Type("edges" if many else "edge", names=types, maybe=self.optional)
        if relation.variable:
            self.scope = {**self.scope, relation.variable: Said(name, kind)}
        written = (
            ":" + "|".join(quoted(one) for one in sorted(types))
            if relation.types is not None and types != schema.TYPES
            else ""
        )
        if many:
            inside = f"{name}{written}{self._steps(path, relation, span)}"
        else:
            inside = f"{name}{written}{self._properties(relation, Type('edge', names=types))}"
            if relation.where is not None:
                inline.append(relation.where)
        arrows = {">": ("-", "->"), "<": ("<-", "-"), "-": ("-", "-")}[relation.direction]
        start, end = (right, left) if relation.direction == "<" else (left, right)
        walked = Walked(name, types, many, start, end, relation.direction != "-", relation)
        return f"{arrows[0]}[{inside}]{arrows[1]}", walked

    def _steps(self, path: Path, relation: RelationPattern, span: tree.Span | None) -> str:
        """``* TRAIL 1..3``, with the condition that holds for every relationship on the way."""
        if span is None:
            least, most = 1, 1
        elif span.most is None:
            self.refuse(span, "a path without an end", _BOUND)
        else:
            least, most = span.least, span.most
        if most > FURTHEST:
            self.refuse(relation, f"a path of more than {FURTHEST} steps", _BOUND)
        if most < max(least, 1):
            self.refuse(relation, "a path of no steps", "let it be 1 at least: [:BORDERS*1..3]")
        how = {"": "TRAIL", "shortestPath": "SHORTEST", "allShortestPaths": "ALL SHORTEST"}[path.function]
        if path.function and least != 1:
            self.refuse(relation, f"{path.function} begins with one step", "write [:BORDERS*..5]")
        return f"* {how} {least}..{most}{self._on_the_way(relation)}"

    def _on_the_way(self, relation: RelationPattern) -> str:
        if relation.where is not None:
            self.refuse(
                relation.where,
                "a condition inside a path",
                "write {name: value}, or all(r IN relationships(p) WHERE ..)",
            )
        if relation.properties is None:
            return ""
        if isinstance(relation.properties, tree.Parameter):
            self.refuse(relation.properties, "the properties of a pattern are a parameter", "write {kind: $kind}")
        edge, node = self.fresh("e"), self.fresh("n")
        kind = Type("edge", names=self._types(relation))
        tests = []
        for name, value in relation.properties.entries:
            declared = self.property_type(value, kind, name)
            if not isinstance(value, tree.Literal | tree.Parameter):
                self.refuse(value, "a calculated value inside a path", "write the value out or pass it as a parameter")
            tests.append(self.compare_said("=", Said(f"{edge}.{quoted(name)}", declared), self.say(value), value))
        return f" ({edge}, {node} | WHERE {' AND '.join(tests)})"

    # A relationship is used once

    def _used_once(self, one: Walked, other: Walked) -> str:
        """The condition that two relationships of one MATCH differ; empty where they cannot be the same."""
        if not one.types & other.types or _ends_differ(one, other):
            return ""
        if one.many or other.many:
            remedy = "put the path into a MATCH of its own, where Cypher lets the two share one"
            self.refuse(other.at, "a path and another part of one MATCH could share a relationship", remedy)
        return f"id({one.name}) <> id({other.name})"


def _ends_differ(one: Walked, other: Walked) -> bool:
    """Do the two lead from or to nodes that differ in a property that is written out? Then they are two."""
    if not (one.directed and other.directed) or one.many or other.many:
        return False
    for mine, theirs in ((one.start, other.start), (one.end, other.end)):
        if isinstance(mine.properties, tree.MapOf) and isinstance(theirs.properties, tree.MapOf):
            known = dict(theirs.properties.entries)
            for name, value in mine.properties.entries:
                also = known.get(name)
                if isinstance(value, tree.Literal) and isinstance(also, tree.Literal) and value != also:
                    return True
    return False
