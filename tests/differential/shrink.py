"""Make a disagreement small: a query with fewer clauses, conditions, hops and columns, over a graph with fewer rows."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pyarrow as pa

from .graphs import Graph
from .tree import Aggregate, Both, Item, Match, Node, Not, Path, Query, Relationship, Return, Single, With, walk

#: Does a subject's answer still differ from the oracle's? False for what is no query, and where it is refused.
Differs = Callable[[Graph, Query], bool]


def shrink(graph: Graph, query: Query, differs: Differs, *, seconds: float = 120) -> tuple[Graph, Query]:
    """The smallest graph and query found in the time that still disagree."""
    deadline = time.monotonic() + seconds
    query = _smallest(query, lambda q: differs(graph, q), deadline)
    graph = _fewer_rows(graph.only(_tables(query)), query, differs, deadline)
    query = _smallest(query, lambda q: differs(graph, q), deadline)
    return graph.only(_tables(query)), query


def _smallest(query: Query, differs: Callable[[Query], bool], deadline: float) -> Query:
    again = True
    while again and time.monotonic() < deadline:
        again = False
        for smaller in reductions(query):
            if time.monotonic() > deadline:
                break
            if smaller != query and differs(smaller):
                query, again = smaller, True
                break
    return query


def _tables(query: Query) -> set[str]:
    found = {node.label for node in walk(query) if isinstance(node, Node)}
    return found | {kind for one in walk(query) if isinstance(one, Relationship) for kind in one.types}


def reductions(query: Query) -> Iterator[Query]:
    """Smaller queries, the boldest first; some are no queries at all."""
    if len(query.parts) > 1:
        yield from (Query((part,)) for part in query.parts)
    for place, part in enumerate(query.parts):
        for smaller in _of_single(part):
            yield replace(query, parts=(*query.parts[:place], smaller, *query.parts[place + 1 :]))


def _of_single(single: Single) -> Iterator[Single]:
    for place in range(len(single.clauses)):
        yield replace(single, clauses=(*single.clauses[:place], *single.clauses[place + 1 :]))
    count = (Item(Aggregate("count", None, False, "integer"), "c0"),)
    if single.returned.items != count:
        yield replace(single, returned=Return(count))
    for returned in _of_return(single.returned):
        yield replace(single, returned=returned)
    for place, clause in enumerate(single.clauses):
        for smaller in _inside(clause):
            yield replace(single, clauses=(*single.clauses[:place], smaller, *single.clauses[place + 1 :]))
    for smaller in _inside(single.returned):
        yield replace(single, returned=smaller)


def _of_return(returned: Return) -> Iterator[Return]:
    yield from (replace(returned, **{name: None}) for name in ("skip", "limit") if getattr(returned, name) is not None)
    if returned.order:
        yield replace(returned, order=(), skip=None, limit=None)
    if returned.distinct:
        yield replace(returned, distinct=False)
    if len(returned.items) > 1:
        for place, item in enumerate(returned.items):
            order = tuple(o for o in returned.order if o[0] != item.name)
            yield replace(returned, items=(*returned.items[:place], *returned.items[place + 1 :]), order=order)


def _inside(tree: Any) -> Iterator[Any]:
    """The same tree with one part of it smaller, at any depth."""
    yield from _here(tree)
    if isinstance(tree, tuple):
        for place, one in enumerate(tree):
            for smaller in _inside(one):
                yield (*tree[:place], smaller, *tree[place + 1 :])
    elif dataclasses.is_dataclass(tree):
        for field in dataclasses.fields(tree):
            value = getattr(tree, field.name)
            if isinstance(value, tuple) or dataclasses.is_dataclass(value):
                for smaller in _inside(value):
                    yield replace(tree, **{field.name: smaller})


def _here(one: Any) -> Iterator[Any]:
    if isinstance(one, Match):
        if one.where is not None:
            yield replace(one, where=None)
        if one.optional:
            yield replace(one, optional=False)
        if len(one.paths) > 1:
            for place in range(len(one.paths)):
                yield replace(one, paths=tuple(map(_shown, (*one.paths[:place], *one.paths[place + 1 :]))))
    elif isinstance(one, Path) and len(one.relationships) > 1:
        yield _shown(Path(one.nodes[1:], one.relationships[1:]))
        yield _shown(Path(one.nodes[:-1], one.relationships[:-1]))
    elif isinstance(one, Both):
        yield from (one.left, one.right)
    elif isinstance(one, Not):
        yield one.value
    elif isinstance(one, Node | Relationship) and one.given:
        yield replace(one, given=())
    elif isinstance(one, Relationship) and len(one.types) > 1:
        yield replace(one, types=one.types[:1])
    elif isinstance(one, Relationship) and one.hops:
        yield replace(one, hops=None)
    elif isinstance(one, Aggregate) and one.distinct:
        yield replace(one, distinct=False)
    elif isinstance(one, With):
        yield from (replace(one, where=None) for _ in range(one.where is not None))
        yield from (replace(one, distinct=False) for _ in range(one.distinct))
        yield from (replace(one, order=(), limit=None) for _ in range(one.limit is not None))
        yield from (replace(one, items=tuple(i for i in one.items if i is not gone)) for gone in one.items)
        yield from (replace(one, variables=tuple(v for v in one.variables if v != gone)) for gone in one.variables)


def _shown(path: Path) -> Path:
    """A path that has lost a neighbour: what had implied a node's label may be gone with it."""
    return Path(tuple(replace(node, shown=True) for node in path.nodes), path.relationships)


# -- rows


def _fewer_rows(graph: Graph, query: Query, differs: Differs, deadline: float) -> Graph:
    """Drop halves, quarters, .. of each table's rows, relationships before nodes, as long as it still disagrees."""
    for name in [t.name for t in (*graph.types, *graph.labels)]:
        pieces = 2
        while graph.size(name) and time.monotonic() < deadline:
            size = graph.size(name)
            step = max(1, -(-size // pieces))
            for first in range(0, size, step):
                rows = graph.rows[name]
                fewer = pa.concat_tables([rows.slice(0, first), rows.slice(first + step)]).combine_chunks()
                smaller = graph.with_rows({**graph.rows, name: fewer})
                if time.monotonic() > deadline or differs(smaller, query):
                    graph = smaller if time.monotonic() <= deadline else graph
                    break
            else:
                if step == 1 or pieces > 256:
                    break
                pieces *= 2
    return graph
