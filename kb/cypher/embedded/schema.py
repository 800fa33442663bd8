"""What the model says about names in a query: labels, types, properties, and what goes where."""

from __future__ import annotations

from difflib import get_close_matches

from kb.cypher.tree import AnyLabel, LabelExpression, LabelName, LabelsJoined, NotLabel
from kb.model import MODEL

LABELS = frozenset(MODEL.labels)
TYPES = frozenset(MODEL.types)


class UnknownName(Exception):
    """A name that the model lacks; ``node`` is where it stands."""

    def __init__(self, node: LabelName, remedy: str) -> None:
        super().__init__(node.name)
        self.node, self.remedy = node, remedy


def matching(expression: LabelExpression, known: frozenset[str], what: str) -> frozenset[str]:
    """The labels (or types) that fit: every node has exactly one label, every relationship one type.

    Raises :class:`UnknownName` for a name that is not among ``known``.
    """
    if isinstance(expression, LabelName):
        if expression.name not in known:
            raise UnknownName(expression, meant(expression.name, known, what))
        return frozenset({expression.name})
    if isinstance(expression, NotLabel):
        return known - matching(expression.item, known, what)
    if isinstance(expression, LabelsJoined):
        sets = [matching(item, known, what) for item in expression.items]
        return frozenset.intersection(*sets) if expression.op == "&" else frozenset.union(*sets)
    assert isinstance(expression, AnyLabel)
    return known


def meant(name: str, known: frozenset[str], what: str) -> str:
    """A hint: the name that is most like this one, or all of them."""
    folded = {one.lower(): one for one in known}
    near = get_close_matches(name.lower(), folded, 1, 0.6)
    return f"did you mean {folded[near[0]]}?" if near else f"the {what} are {', '.join(sorted(known))}"


def properties(names: frozenset[str]) -> dict[str, set[str]]:
    """The properties of these labels or types: name to the types that it has there (``text``, ``integer`` ...)."""
    found: dict[str, set[str]] = {}
    for name in names:
        for declared in MODEL.table(name).properties:
            found.setdefault(declared.name, set()).add(declared.type)
    return found


def ends(types: frozenset[str], direction: str) -> set[tuple[str, str]]:
    """The pairs of labels (left, right) that relationships of these types join, read in this direction."""
    forwards = {(MODEL.types[name].start, MODEL.types[name].end) for name in types}
    backwards = {(right, left) for left, right in forwards}
    return {">": forwards, "<": backwards}.get(direction, forwards | backwards)


def key(label: str) -> str:
    return MODEL.labels[label].key
