"""Aggregates as SQL: nothing summed up is 0, nothing collected is the empty list, what is missing does not count."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from kb.cypher import tree as t
from kb.engines.embedded.sql.ground.context import cast
from kb.engines.embedded.sql.ground.scope import Sql
from kb.engines.embedded.sql.ground.types import FLOAT, INTEGER, NULL, Type, list_of, sql_type
from kb.engines.embedded.sql.values.compiling import Compiling
from kb.engines.embedded.sql.values.functions import AGGREGATES, need


def aggregates(node: Any) -> Iterator[t.Call]:
    """The aggregates in an expression, the outermost; not those of its subqueries."""
    if isinstance(node, t.Call) and (node.star or node.name.lower() in AGGREGATES):
        yield node
    elif isinstance(node, tuple):
        for item in node:
            yield from aggregates(item)
    elif isinstance(node, t.Expression) and not isinstance(node, t.Subquery | t.PatternComprehension):
        for field in dataclasses.fields(node):
            yield from aggregates(getattr(node, field.name))


def aggregate(of: Compiling, node: t.Call, order: str | None) -> Sql:
    """One aggregate. ``order`` is the column by which the rows are in order, which collect() keeps."""
    if node.star:
        return Sql("count(*)", INTEGER)
    name = node.name.lower()
    if not node.arguments or len(node.arguments) != (2 if name.startswith("percentile") else 1):
        of.context.refuse(node, f"{node.name}() takes other arguments", "see docs/cypher.md")
    distinct = "DISTINCT " if node.distinct else ""
    argument = node.arguments[0]
    if name == "count":
        return Sql(f"count({distinct}{of.identity(argument) or of.value(argument).text})", INTEGER)
    if name == "collect":
        return _collected(of, node, distinct, order)
    if name in ("min", "max"):
        found = of.value(argument)
        if found.type.is_entity or found.type.kind in ("map", "path", "list"):
            of.context.refuse(argument, f"a {found.type} has no order", "aggregate one of its properties")
        return Sql(f"{name}({found.text})", found.type)
    return _number(of, node, name, distinct)


def _number(of: Compiling, node: t.Call, name: str, distinct: str) -> Sql:
    argument = node.arguments[0]
    found = of.value(argument)
    if not found.type.is_number:
        of.context.refuse(argument, f"a number is due, this is a {found.type}", "aggregate a number, or convert it")
    if name == "sum":
        whole = found.type in (INTEGER, NULL)
        type = INTEGER if whole else FLOAT
        return Sql(f"CAST(coalesce(sum({distinct}{found.text}), 0) AS {sql_type(type)})", type)
    value = cast(found, FLOAT)
    if name == "avg":
        return Sql(f"avg({distinct}{value})", FLOAT)
    if name in ("stdev", "stdevp"):
        function = "stddev_samp" if name == "stdev" else "stddev_pop"
        return Sql(f"coalesce({function}({distinct}{value}), 0)", FLOAT)
    share = need(of, node.arguments[1], FLOAT)
    if name == "percentilecont":
        return Sql(f"quantile_cont({distinct}{value}, {share})", FLOAT)
    return Sql(f"quantile_disc({distinct}{found.text}, {share})", found.type)


def _collected(of: Compiling, node: t.Call, distinct: str, order: str | None) -> Sql:
    found = of.value(node.arguments[0])
    type: Type = list_of(found.type)
    ordered = f" ORDER BY {order}" if order else ""
    made = f"list({'' if order else distinct}{found.text}{ordered}) FILTER (WHERE ({found.text}) IS NOT NULL)"
    if distinct and order:
        # Each value where it comes first: DISTINCT inside list() would lose the order.
        made = f"list_filter({made}, lambda v, i: list_position({made}, v) = i)"
    return Sql(f"CAST(coalesce({made}, []) AS {sql_type(type)})", type)
