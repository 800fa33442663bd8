"""Cypher as SQL for the embedded engine: Neo4j's Cypher with Neo4j's meaning, or a refusal that says what to write.

Every query is compiled from its tree (:mod:`kb.cypher.tree`), clause by clause, into one select over the tables of the graph;
no part of a query's text reaches the engine but through the tree.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kb.cypher.read.parser import parse
from kb.engines.embedded.sql.ground.context import Context
from kb.engines.embedded.sql.ground.schema import Schema
from kb.engines.embedded.sql.ground.scope import Boxed, Sql
from kb.engines.embedded.sql.ground.types import Type
from kb.engines.embedded.sql.steps.clauses import Clauses
from kb.engines.embedded.sql.steps.state import State

__all__ = ["Compiled", "Schema", "compile_query"]


@dataclass(frozen=True)
class Compiled:
    """SQL with its constants and the parameters it wants (SQL's name by Cypher's), and the columns of its answer.

    ``prefix`` is EXPLAIN or PROFILE where the query asks for its plan.
    """

    sql: str
    constants: Mapping[str, str]
    parameters: Mapping[str, str]
    columns: tuple[tuple[str, Type], ...]
    prefix: str


def compile_query(query: str, schema: Schema, parameters: Mapping[str, Type]) -> Compiled:
    """The SQL of a query whose parameters have these types. Raises :class:`kb.cypher.read.tokens.RefusedAt`."""
    return _compiled(query, schema, tuple(sorted(parameters.items(), key=lambda item: item[0])))


@lru_cache(maxsize=512)
def _compiled(query: str, schema: Schema, parameters: tuple[tuple[str, Type], ...]) -> Compiled:
    tree, _ = parse(query)
    context = Context(query, tree.query, schema, dict(parameters))
    found = Clauses(context).query(tree.query, State(None, {}), final=True)
    columns = []
    for name, binding in found.scope.items():
        assert isinstance(binding, Sql | Boxed)
        columns.append((name, (binding.value if isinstance(binding, Boxed) else binding).type))
    # What folding made superfluous is not handed over: the engine takes just the parameters that it is asked about.
    asked = set(re.findall(r"\$(\w+)", found.select))
    constants = {name: text for name, text in context.constants.items() if name in asked}
    used = {name: known for name, known in context.used.items() if known in asked}
    return Compiled(found.select, constants, used, tuple(columns), tree.prefix)
