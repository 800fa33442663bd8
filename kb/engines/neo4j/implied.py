"""Labels that a relationship type implies, left out where they mislead the server's planner.

Of a type with a value for every year there are far more relationships than pairs of its ends: 602,543 MEASURED for 22,869
pairs of a State and an Indicator. Where a pattern names both labels, Neo4j 5 goes through every pair and looks for the
relationships between the two, 47 million steps in place of 600,000; no setting and no index changes its mind. But the model
says that MEASURED begins at a State and ends at an Indicator, so that one of the labels can go and the rows stay the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.cypher.read.tokens import Token, Tokens
from kb.errors import QueryRefused
from kb.model.graph import MODEL

#: Relationship types with a value for every year.
YEARLY = frozenset(edge.name for edge in MODEL.edges if {"value", "year"} <= edge.by_name.keys())
#: Where a condition ends.
_CLAUSES = frozenset(["MATCH", "OPTIONAL", "WITH", "RETURN", "UNWIND", "UNION", "ORDER", "CALL", "SKIP", "LIMIT"])


def without_implied_labels(query: str) -> str:
    """The query with such labels turned into spaces, so that places in it stay the same. A text that cannot be read stays."""
    if not any(name in query for name in YEARLY):
        return query
    try:
        tokens = Tokens(query).tokens
    except QueryRefused:
        return query
    asked = _asked_for(tokens)
    for first, last in _implied(tokens, asked):
        end = last.start + len(last.text)
        query = query[: first.start] + " " * (end - first.start) + query[end:]
    return query


def _implied(tokens: Sequence[Token], asked: set[str]) -> Iterator[tuple[Token, Token]]:
    """The colon and the name of each label to leave out."""
    for at, token in enumerate(tokens):
        if token.text not in YEARLY or tokens[at - 1].text != ":":
            continue
        left, right = _before(tokens, at), _after(tokens, at + 1)
        if left is None or right is None:
            continue
        (node_end, outgoing), (node_start, incoming) = left, right
        if outgoing == incoming:
            continue  # written without a direction, or with both
        begin, end = MODEL.types[token.text].start, MODEL.types[token.text].end
        one = _node_ending_at(tokens, node_end, begin if outgoing else end)
        other = _node_starting_at(tokens, node_start, end if outgoing else begin)
        if one and other and not (one[1] and other[1]):
            free = [(place, variable) for place, anchored, variable in (one, other) if not anchored]
            # What a condition asks of a node may find it by an index, which needs the label: the other one goes.
            place = min(free, key=lambda node: node[1] in asked)[0]
            yield tokens[place], tokens[place + 1]


def _before(tokens: Sequence[Token], at: int) -> tuple[int, bool] | None:
    """The end of the node before ``-[variable:TYPE``, and whether no arrow points to it."""
    bracket = at - 2 if tokens[at - 2].text == "[" else at - 3
    if bracket < 2 or tokens[bracket].text != "[" or tokens[bracket - 1].text != "-":
        return None
    arrow = tokens[bracket - 2].text == "<"
    return (bracket - 3 if arrow else bracket - 2), not arrow


def _after(tokens: Sequence[Token], at: int) -> tuple[int, bool] | None:
    """The beginning of the node after ``]->`` or ``]-``, and whether no arrow points to it."""
    if at + 2 >= len(tokens) or tokens[at].text != "]" or tokens[at + 1].text != "-":
        return None
    arrow = tokens[at + 2].text == ">"
    return (at + 3 if arrow else at + 2), not arrow


#: A node of a pattern: where the colon of its label stands, whether it has properties, and its variable.
_Node = tuple[int, bool, str]


def _node_starting_at(tokens: Sequence[Token], at: int, label: str) -> _Node | None:
    """``(variable:Label)`` or ``(variable:Label {..``; None for anything else, or another label."""
    if at >= len(tokens) or tokens[at].text != "(":
        return None
    named = tokens[at + 1].kind == "word"
    colon = at + 2 if named else at + 1
    if colon + 2 >= len(tokens) or tokens[colon].text != ":" or tokens[colon + 1].text != label:
        return None
    if tokens[colon + 2].text not in (")", "{"):
        return None
    return colon, tokens[colon + 2].text == "{", tokens[at + 1].text if named else ""


def _node_ending_at(tokens: Sequence[Token], at: int, label: str) -> _Node | None:
    """The same for the node whose closing bracket is at ``at``."""
    if at < 0 or tokens[at].text != ")":
        return None
    depth = 0
    for start in range(at, -1, -1):
        depth += {")": 1, "(": -1}.get(tokens[start].text, 0)
        if depth == 0:
            return _node_starting_at(tokens, start, label)
    return None


def _asked_for(tokens: Sequence[Token]) -> set[str]:
    """The variables that stand in a condition."""
    found, inside = set(), False
    for token in tokens:
        inside = token.upper == "WHERE" or (inside and token.upper not in _CLAUSES)
        if inside and token.kind == "word":
            found.add(token.text)
    return found
