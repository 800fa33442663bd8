"""What a query looks at, cut into small questions about sources: which sources state what its patterns find.

For every path of a pattern there is one question: the path with the conditions that the query sets it, as far as these speak
of it, of parameters and of lists written out. So a query for one treaty rests on the sources of that treaty. Conditions that
compare with what was computed before are left out: a question may find a source too many, never one too few.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace

from kb.catalogue.plain import named
from kb.cypher import tree
from kb.cypher.read.parser import parse
from kb.model.graph import MODEL

#: What the build fills in to find a node by; nobody states it.
_LOOKED_UP = {"uid", "search", "aliases", "sources"}


@dataclass(frozen=True)
class Described:
    """Properties of nodes of a label: a source that states none of them does not count."""

    label: str
    properties: frozenset[str]


@dataclass(frozen=True)
class Slice:
    """One question: ``cypher`` returns codes of sources, in columns that are texts or lists of texts.

    ``about`` says for each column what is used of the nodes whose sources it holds, None where every source counts.
    ``anyway`` is the same without conditions. ``required``: where it finds nothing, the whole query finds nothing.
    """

    cypher: str
    anyway: str
    parameters: tuple[str, ...]
    required: bool
    about: tuple[Described | None, ...]


@dataclass(frozen=True)
class Slices:
    """The questions of one query, and the properties it uses of state-years, which no source states."""

    questions: tuple[Slice, ...]
    computed: frozenset[str]


@dataclass(eq=False)
class _Bound:
    """A node, a relationship, or a list that is unwound (``labels`` holds its UNWIND)."""

    name: str
    labels: str
    tables: tuple[str, ...] = ()
    conditions: list[tree.Expression] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    tied: bool = False
    is_list: bool = False

    @property
    def rests(self) -> bool:
        """Whether more of it is used than the key, which every source that speaks of it has."""
        keys = {MODEL.labels[t].key for t in self.tables if t in MODEL.labels}
        return bool(self.used - keys - _LOOKED_UP)

    @property
    def about(self) -> Described | None:
        """What is used of a node of one label that sources state; None where that does not tell them apart."""
        declared = MODEL.labels.get(self.tables[0]) if len(self.tables) == 1 else None
        if declared is None or not self.rests:
            return None
        used = [declared.by_name[name] for name in self.used - _LOOKED_UP - {declared.key} if name in declared.by_name]
        return None if any(one.derived for one in used) else Described(declared.name, frozenset(p.name for p in used))


_Scope = dict[str, _Bound]


@dataclass
class _Pattern:
    """A path: its nodes, those of them that were found before, its relationships, and the conditions of its clause."""

    nodes: list[_Bound]
    known: list[_Bound]
    ties: list[_Bound]
    #: Nodes and relationships in turn, as they are written in a slice.
    written: list[str]
    conditions: list[tree.Expression]
    optional: bool
    scope: _Scope

    def stated(self) -> list[tree.Expression]:
        """The conditions of the clause, and those that its nodes met before."""
        return list(dict.fromkeys([*self.conditions, *(one for node in self.known for one in node.conditions)]))

    def steps(self) -> Iterator[_Pattern]:
        """The path cut into pieces of one relationship each."""
        for n, tie in enumerate(self.ties):
            ends, written = self.nodes[n : n + 2], self.written[2 * n : 2 * n + 3]
            yield replace(self, nodes=ends, known=[e for e in ends if e in self.known], ties=[tie], written=written)


def slices(cypher: str, *, given: bool = True) -> Slices:
    """The questions of a query. Without ``given`` no parameter has a value, and conditions on them are left out.

    Raises :class:`kb.errors.QueryRefused`.
    """
    found = _Reader(*parse(cypher))
    asked = [one for pattern in found.patterns for one in _questions(pattern, found.text, given)]
    years = [thing for thing in found.things if "StateYear" in thing.tables]
    return Slices(tuple(dict.fromkeys(asked)), frozenset().union(*(thing.used for thing in years)))


class _Reader:
    """Goes through a query from clause to clause, and notes what every variable stands for and what is used of it."""

    def __init__(self, read: tree.Tree, text: str) -> None:
        self.text = text
        self.patterns: list[_Pattern] = []
        self.things: list[_Bound] = []
        self._query(read.query, {}, optional=False)

    def _query(self, query: tree.Query, scope: _Scope, *, optional: bool) -> None:
        for part in query.parts:
            inside = dict(scope)
            for clause in part:
                inside = self._clause(clause, inside, optional)

    def _clause(self, clause: tree.Clause, scope: _Scope, optional: bool) -> _Scope:
        if isinstance(clause, tree.Match):
            self._match(clause.paths, clause.where, scope, optional or clause.optional)
        elif isinstance(clause, tree.Unwind):
            self._use(clause.source, scope)
            text = f"UNWIND {self.text[clause.source.at : clause.source.end]} AS {clause.variable}"
            closed = isinstance(clause.source, tree.ListOf) and not set(free(clause.source))
            scope.pop(clause.variable, None)
            if closed:
                scope[clause.variable] = _Bound(clause.variable, text, is_list=True)
        elif isinstance(clause, tree.CallSubquery):
            self._query(clause.query, scope, optional=True)
        elif isinstance(clause, tree.Projection):
            return self._projection(clause, scope)
        return scope

    def _projection(self, clause: tree.Projection, scope: _Scope) -> _Scope:
        kept = dict(scope) if clause.star else {}
        for item in clause.items:
            kept.pop(item.name, None)
            self._use(item.value, scope, whole=clause.final)
            thing = scope.get(item.value.name) if isinstance(item.value, tree.Variable) else None
            if thing and item.name == thing.name:
                kept[item.name] = thing
            elif thing and not thing.is_list:
                kept[item.name] = _Bound(item.name, thing.labels, thing.tables, used=thing.used)
        for expression in (*(one.value for one in clause.order), clause.where):
            self._use(expression, scope | kept)
        return kept

    def _match(self, paths: Iterable[tree.Path], where: tree.Expression | None, scope: _Scope, optional: bool) -> None:
        before = set(scope)
        conditions = list(_conjuncts(where))
        for path in paths:
            self._path(path, scope, conditions, optional)
        self._use(where, scope)
        for condition in conditions:
            own = [scope[name] for name in set(free(condition)) if name in scope and not scope[name].is_list]
            if len(own) == 1 and not (optional and own[0].name in before):
                own[0].conditions.append(condition)

    def _path(self, path: tree.Path, scope: _Scope, conditions: list[tree.Expression], optional: bool) -> None:
        elements = list(_flat(path))
        nodes = [self._bind(one, one.labels, scope) for one in elements if isinstance(one, tree.NodePattern)]
        written = [one for one in elements if isinstance(one, tree.RelationPattern)]
        ties = [self._bind(one, one.types, scope) for one in written]
        for node, _, _ in nodes if ties else []:
            node.tied = True
        texts = [nodes[0][1]]
        for step, (_, inside, _), (_, node_text, _) in zip(written, ties, nodes[1:], strict=True):
            texts += [_arrow(step, inside), node_text]
        known = [node for node, _, old in nodes if old]
        found = _Pattern([n[0] for n in nodes], known, [t[0] for t in ties], texts, conditions, optional, scope)
        # Of a way of any length every step is asked for by itself, and no condition holds of all of them.
        self.patterns += [found] if _is_plain(path) else [replace(one, conditions=[]) for one in found.steps()]

    def _bind(
        self,
        element: tree.NodePattern | tree.RelationPattern,
        labels: tree.LabelExpression | None,
        scope: _Scope,
    ) -> tuple[_Bound, str, bool]:
        """What the element stands for, how it is written in a slice, and whether it was found before."""
        self._use(element.properties, scope)
        name = element.variable or f"unnamed{len(self.things)}"
        known = element.variable is not None and name in scope
        if known:
            thing = scope[name]
        else:
            tables = tuple(named(labels))
            thing = _Bound(name, ("|" if isinstance(element, tree.RelationPattern) else ":").join(tables), tables)
            self.things.append(thing)
            if element.variable:
                scope[name] = thing
        more = element.properties
        inline = (
            f" {self.text[more.at : more.end]}"
            if more is not None and not (set(free(more)) or _parameters(more))
            else ""
        )
        return thing, f"({name}{':' if thing.labels else ''}{thing.labels}{inline})", known

    def _use(self, node: tree.Node | None, scope: _Scope, *, whole: bool = False) -> None:
        """Note which properties an expression uses; of a node that is handed out whole, all."""
        if node is None:
            return
        if isinstance(node, tree.Variable) and whole and node.name in scope:
            thing = scope[node.name]
            thing.used |= {name for table in thing.tables for name in MODEL.table(table).by_name}
        elif isinstance(node, tree.Property) and isinstance(node.base, tree.Variable) and node.base.name in scope:
            scope[node.base.name].used.add(node.key)
        elif isinstance(node, tree.Subquery):
            self._query(node.query, scope, optional=True)
        elif isinstance(node, (tree.PatternPredicate, tree.PatternComprehension)):
            self._match([node.pattern], None, dict(scope), optional=True)
        else:
            collected = isinstance(node, tree.Call) and node.name.lower() == "collect"
            for child in _children(node):
                self._use(child, scope, whole=collected)


def _questions(pattern: _Pattern, text: str, given: bool) -> Iterator[Slice]:
    """The question about a pattern's sources; none where nothing of it counts.

    Without values for its parameters a long path may have very many matches: it is asked for step by step.
    """
    if not given and len(pattern.ties) > 1 and any(_parameters(one) for one in pattern.stated()):
        for step in pattern.steps():
            yield from _questions(step, text, given)
        return
    asked: dict[str, Described | None] = {}
    for tie in pattern.ties:
        if "IN_YEAR" not in tie.tables:
            asked[f"{tie.name}.source"] = None
    for node in pattern.nodes:
        alone = not pattern.ties and not (node.tied and node.conditions)
        if node not in pattern.known and "StateYear" not in node.tables and (node.rests or alone):
            asked[f"{node.name}.sources"] = node.about
    own = {thing.name for thing in (*pattern.nodes, *pattern.ties)}
    lists = {name: thing for name, thing in pattern.scope.items() if thing.is_list}
    conditions: list[str] = []
    needed: set[str] = set()
    unwound: dict[str, str] = {}
    left_out = False
    for condition in pattern.stated():
        names = set(free(condition))
        if not names & own:
            continue
        if names <= own | lists.keys() and not _nested(condition) and (given or not _parameters(condition)):
            conditions.append(f"({text[condition.at : condition.end]})")
            needed |= _parameters(condition)
            unwound |= {name: lists[name].labels for name in sorted(names & lists.keys())}
        else:
            left_out = True
            conditions += [f"{one} IS NOT NULL" for one in _compared(condition) if one.split(".")[0] in own]
    # A source is looked up for what another part of the query found: that part says which.
    if not asked or (left_out and not pattern.ties and "Source" in pattern.nodes[0].tables):
        return
    path = "".join(pattern.written)
    columns = ", ".join(f"{what} AS c{number}" for number, what in enumerate(asked))
    ending = f"RETURN DISTINCT {columns}"
    where = " AND ".join(dict.fromkeys(conditions))
    head = " ".join([*unwound.values(), f"MATCH {path}"])
    whole = f"{head} WHERE {where} {ending}" if where else f"{head} {ending}"
    yield Slice(whole, f"MATCH {path} {ending}", tuple(sorted(needed)), not pattern.optional, (*asked.values(),))


def _conjuncts(where: tree.Expression | None) -> Iterator[tree.Expression]:
    if isinstance(where, tree.Logic) and where.op == "AND":
        for item in where.items:
            yield from _conjuncts(item)
    elif where is not None:
        yield where


def _compared(condition: tree.Expression) -> list[str]:
    """The properties that a comparison needs to be there: what is compared with null never holds."""
    sides = [condition.first, *(side for _, side in condition.rest)] if isinstance(condition, tree.Comparison) else []
    return [
        f"{s.base.name}.{s.key}" for s in sides if isinstance(s, tree.Property) and isinstance(s.base, tree.Variable)
    ]


def _arrow(tie: tree.RelationPattern, inside: str) -> str:
    return f"{'<' if tie.direction == '<' else ''}-[{inside[1:-1]}]-{'>' if tie.direction == '>' else ''}"


def _is_plain(path: tree.Path) -> bool:
    """Whether every relationship in the path is one, and all paths count."""
    steps = [one for one in path.elements if isinstance(one, tree.RelationPattern)]
    repeated = any(isinstance(one, tree.Repeated) for one in path.elements)
    return not (repeated or path.selector or path.function or any(one.length or one.repeated for one in steps))


def _flat(path: tree.Path) -> Iterator[tree.Node]:
    for element in path.elements:
        if isinstance(element, tree.Repeated):
            yield from _flat(element.path)
        else:
            yield element


def _children(node: tree.Node) -> Iterator[tree.Node]:
    for one in fields(node):
        yield from _nodes(getattr(node, one.name))


def _nodes(value: object) -> Iterator[tree.Node]:
    if isinstance(value, tree.Node):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes(item)


def free(node: tree.Node) -> Iterator[str]:
    """The variables that an expression takes from outside."""
    if isinstance(node, tree.Variable):
        yield node.name
        return
    local = node.variable if isinstance(node, (tree.Quantifier, tree.ListComprehension, tree.Reduce)) else None
    total = node.total if isinstance(node, tree.Reduce) else None
    for child in _children(node):
        yield from (name for name in free(child) if name not in (local, total))


def _parameters(node: tree.Node) -> set[str]:
    if isinstance(node, tree.Parameter):
        return {node.name}
    return set().union(*(_parameters(child) for child in _children(node)))


def _nested(node: tree.Node) -> bool:
    if isinstance(node, (tree.Subquery, tree.PatternPredicate, tree.PatternComprehension)):
        return True
    return any(_nested(child) for child in _children(node))
