"""The gate for ad-hoc Cypher: one statement, made of read clauses and known functions, and nothing else.

It does not look for bad words: :mod:`kb.cypher.read.parser` reads the text as Cypher's read clauses, and what cannot be read
that way is refused. ``CREATE`` in a string, ``n.set``, ``(:Load)`` and ``AS delete`` are names and pass; as a clause none of them does.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.cypher.read.parser import parse
from kb.cypher.read.tokens import RefusedAt
from kb.cypher.tree import Tree

__all__ = ["RefusedAt", "Statement", "check"]


@dataclass(frozen=True)
class Statement:
    """A query that passed. ``text`` is what to run on a server: the query with comments blanked out, every place unchanged.

    ``tree`` is what :func:`kb.cypher.embedded.translate` says again for the embedded engine.
    """

    text: str
    tree: Tree = field(repr=False)


def check(query: str) -> Statement:
    """Let a query pass or raise :class:`RefusedAt`, which says which word, where (line, column, caret) and why."""
    tree, text = parse(query)
    return Statement(text, tree)
