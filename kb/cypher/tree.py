"""The tree of a read query. Two trees are equal where they say the same; ``at`` is the place in the text and does not count."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Node:
    """Anything in the tree: ``at`` and ``end`` are the places in the query at which it begins and after which it ends."""

    at: int = field(compare=False, kw_only=True)
    end: int = field(compare=False, kw_only=True, default=0)


class Expression(Node):
    """Something that has a value."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Literal(Expression):
    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Parameter(Expression):
    name: str


@dataclass(frozen=True, slots=True)
class Variable(Expression):
    name: str


@dataclass(frozen=True, slots=True)
class Property(Expression):
    base: Expression
    key: str


@dataclass(frozen=True, slots=True)
class LabelTest(Expression):
    base: Expression
    labels: LabelExpression


@dataclass(frozen=True, slots=True)
class Index(Expression):
    base: Expression
    index: Expression


@dataclass(frozen=True, slots=True)
class Slice(Expression):
    base: Expression
    first: Expression | None
    last: Expression | None


@dataclass(frozen=True, slots=True)
class Unary(Expression):
    """``op`` is ``NOT``, ``-`` or ``+``."""

    op: str
    value: Expression


@dataclass(frozen=True, slots=True)
class Binary(Expression):
    """``op`` in capitals: arithmetic, ``||``, ``IN``, ``=~``, ``STARTS WITH``, ``ENDS WITH``, ``CONTAINS``."""

    op: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Logic(Expression):
    """``op`` is ``AND``, ``OR`` or ``XOR``, over two or more items."""

    op: str
    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Comparison(Expression):
    """``first op item op item ..``: every neighbouring pair holds."""

    first: Expression
    rest: tuple[tuple[str, Expression], ...]


@dataclass(frozen=True, slots=True)
class IsNull(Expression):
    value: Expression
    negated: bool


@dataclass(frozen=True, slots=True)
class IsTyped(Expression):
    value: Expression
    type: str
    negated: bool


@dataclass(frozen=True, slots=True)
class Call(Expression):
    """A function; ``name`` as written, dots included. ``star`` is ``count(*)``."""

    name: str
    arguments: tuple[Expression, ...]
    distinct: bool = False
    star: bool = False


@dataclass(frozen=True, slots=True)
class Trim(Expression):
    side: str
    what: Expression | None
    text: Expression


@dataclass(frozen=True, slots=True)
class ListOf(Expression):
    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class MapOf(Expression):
    entries: tuple[tuple[str, Expression], ...]


@dataclass(frozen=True, slots=True)
class ListComprehension(Expression):
    variable: str
    source: Expression
    where: Expression | None
    body: Expression | None


@dataclass(frozen=True, slots=True)
class PatternComprehension(Expression):
    pattern: Path
    where: Expression | None
    body: Expression


@dataclass(frozen=True, slots=True)
class Reduce(Expression):
    total: str
    start: Expression
    variable: str
    source: Expression
    body: Expression


@dataclass(frozen=True, slots=True)
class Quantifier(Expression):
    """``kind`` is all, any, none or single."""

    kind: str
    variable: str
    source: Expression
    where: Expression | None


@dataclass(frozen=True, slots=True)
class Case(Expression):
    subject: Expression | None
    branches: tuple[tuple[Expression, Expression], ...]
    otherwise: Expression | None


@dataclass(frozen=True, slots=True)
class MapProjection(Expression):
    """Entries: ``(name, expression)``; ``(name, None)`` for ``.name`` and for a variable; ``("*", None)`` for ``.*``."""

    variable: Variable
    entries: tuple[tuple[str, Expression | None], ...]


@dataclass(frozen=True, slots=True)
class Subquery(Expression):
    """``kind`` is EXISTS, COUNT or COLLECT."""

    kind: str
    query: Query


@dataclass(frozen=True, slots=True)
class PatternPredicate(Expression):
    pattern: Path


class LabelExpression(Node):
    __slots__ = ()


@dataclass(frozen=True, slots=True)
class LabelName(LabelExpression):
    name: str


@dataclass(frozen=True, slots=True)
class AnyLabel(LabelExpression):
    """``%``."""


@dataclass(frozen=True, slots=True)
class NotLabel(LabelExpression):
    item: LabelExpression


@dataclass(frozen=True, slots=True)
class LabelsJoined(LabelExpression):
    """``op`` is ``&`` or ``|``; ``:A:B`` is ``&``."""

    op: str
    items: tuple[LabelExpression, ...]


@dataclass(frozen=True, slots=True)
class NodePattern(Node):
    variable: str | None
    labels: LabelExpression | None
    properties: MapOf | Parameter | None
    where: Expression | None


@dataclass(frozen=True, slots=True)
class Span(Node):
    """How often something is repeated; ``most`` None: as often as there are relationships."""

    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class RelationPattern(Node):
    """``direction`` is ``>``, ``<`` or ``-``. ``length`` for ``[*1..3]``, ``repeated`` for ``-[]->{1,3}``."""

    variable: str | None
    direction: str
    types: LabelExpression | None
    length: Span | None
    repeated: Span | None
    properties: MapOf | Parameter | None
    where: Expression | None


@dataclass(frozen=True, slots=True)
class Repeated(Node):
    """``((a)-[r]->(b) WHERE ..){1,3}``; without ``times`` a path in parentheses."""

    path: Path
    where: Expression | None
    times: Span | None


@dataclass(frozen=True, slots=True)
class Path(Node):
    """Nodes, relationships and repeated parts in the order in which they are written.

    ``selector`` holds the words before it in capitals (``SHORTEST 2 GROUPS``, ``ANY``), ``function`` shortestPath or
    allShortestPaths.
    """

    variable: str | None
    elements: tuple[NodePattern | RelationPattern | Repeated, ...]
    selector: str = ""
    function: str = ""


class Clause(Node):
    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Match(Clause):
    optional: bool
    paths: tuple[Path, ...]
    where: Expression | None
    mode: str = ""


@dataclass(frozen=True, slots=True)
class Unwind(Clause):
    source: Expression
    variable: str


@dataclass(frozen=True, slots=True)
class Item(Node):
    """A column: ``alias`` is given or the name of the variable; without either ``name`` is the text as written."""

    value: Expression
    alias: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Sort(Node):
    value: Expression
    descending: bool


@dataclass(frozen=True, slots=True)
class Projection(Clause):
    """WITH or RETURN (``final``)."""

    final: bool
    distinct: bool
    star: bool
    items: tuple[Item, ...]
    order: tuple[Sort, ...]
    skip: Expression | None
    limit: Expression | None
    where: Expression | None


@dataclass(frozen=True, slots=True)
class CallProcedure(Clause):
    """``yields`` None: no YIELD; ``("*", "*")`` for ``YIELD *``. ``arguments`` None: written without parentheses."""

    name: str
    arguments: tuple[Expression, ...] | None
    yields: tuple[tuple[str, str], ...] | None
    where: Expression | None
    optional: bool


@dataclass(frozen=True, slots=True)
class CallSubquery(Clause):
    """``imports`` None: none are named, as in ``CALL { .. }``; ``("*",)`` for all."""

    imports: tuple[str, ...] | None
    query: Query
    optional: bool


@dataclass(frozen=True, slots=True)
class Query(Node):
    """Parts joined by UNION; ``all_rows`` says for each join whether it is UNION ALL."""

    parts: tuple[tuple[Clause, ...], ...]
    all_rows: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class Tree(Node):
    """A statement: ``prefix`` is empty, EXPLAIN or PROFILE."""

    prefix: str
    query: Query
