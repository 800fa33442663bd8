"""Random patterns: paths over a graph's types, and how many rows they make on the way."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from .graphs import Graph, Table
from .tree import Expression, Match, Name, Node, Path, Relationship, Value


class Patterns:
    """Makes patterns; every name it gives is new until :meth:`restart`."""

    def __init__(self, graph: Graph, rng: random.Random) -> None:
        self._graph, self._rng = graph, rng
        self._full = [t for t in graph.types if graph.size(t.name)] or list(graph.types)
        self.restart()

    def restart(self) -> None:
        self._made = 0

    def new(self, kind: str) -> str:
        self._made += 1
        return f"{kind}{self._made}"

    def match(self, nodes: Mapping[str, str], names: Mapping[str, str], hops: int, *, tight: bool) -> Match:
        """A MATCH of at most so many hops over what is bound; ``tight`` anchors more ends."""
        rng = self._rng
        number = 1 if hops == 1 else rng.choice((1, 1, 2, 2, min(3, hops)))
        known = dict(nodes)
        if hops > 1 and rng.random() < 0.35:
            paths = self._meeting(known, rng.random() < 0.5)
        else:
            paths = []
            for place in range(number):
                left = hops - sum(len(p.relationships) for p in paths) - (number - place - 1)
                length = left if place == number - 1 and rng.random() < 0.7 else rng.randint(1, max(1, left))
                paths.append(self._path(known, length, 0.5 if tight else 0.25, first=not known))
                known |= {n.name: n.label for n in paths[-1].nodes if not n.anonymous}
        return self._hidden(self._named(self._longer(Match(tuple(paths))), names))

    def _longer(self, match: Match) -> Match:
        """Now and then, several hops where a type stands alone in the match and leads from a label to itself."""
        named = Counter(kind for r in match.relationships for kind in r.types)
        paths = []
        for path in match.paths:
            edges = []
            for one in path.relationships:
                kind = self._graph.table(one.types[0])
                alone = len(one.types) == 1 and named[kind.name] == 1 and kind.start == kind.end and not one.given
                if alone and self._rng.random() < 0.15:
                    hops = self._rng.choice(((0, 1), (1, 2), (2, 2), (1, 3), (2, 3)))
                    one = replace(one, name=self.new("_r"), hops=hops)
                edges.append(one)
            paths.append(Path(path.nodes, tuple(edges)))
        return Match(tuple(paths))

    def _meeting(self, known: Mapping[str, str], as_path: bool) -> list[Path]:
        """Two relationships that meet in one node, their other ends anchored: the shape of "A against B"."""
        rng = self._rng
        kind = rng.choice(self._full)
        shared, away = (kind.start, kind.end) if rng.random() < 0.5 else (kind.end, kind.start)
        others = [t for t in self._full if shared in (t.start, t.end)]
        second = kind if rng.random() < 0.5 else rng.choice(others)
        far = second.end if second.start == shared else second.start
        bound = [v for v, label in known.items() if label == shared]
        middle = Node(rng.choice(bound), shared) if bound and rng.random() < 0.7 else Node(self.new("a"), shared)
        ends = [self._anchored(Node(self._maybe("b"), label), 0.75) for label in (away, far)]
        forward = [">" if t.start == shared else "<" for t in (kind, second)]
        edges = [Relationship(self.new("r"), (t.name,), d) for t, d in zip((kind, second), forward, strict=True)]
        if as_path:
            turned = replace(edges[0], direction=_turned(edges[0].direction))
            return [Path((ends[0], middle, ends[1]), (turned, edges[1]))]
        return [Path((middle, end), (edge,)) for edge, end in zip(edges, ends, strict=True)]

    def _path(self, known: Mapping[str, str], length: int, anchor: float, *, first: bool) -> Path:
        rng = self._rng
        starts = [(v, label) for v, label in known.items() if self._around(label)]
        if starts and (not first) and rng.random() < 0.85:
            name, label = rng.choice(starts)
            nodes = [Node(name, label, shown=rng.random() < 0.3)]
        else:
            label = rng.choice(self._full).start if rng.random() < 0.6 else rng.choice(self._full).end
            nodes = [self._anchored(Node(self._maybe("a"), label), anchor)]
        edges: list[Relationship] = []
        here = {**known, **{n.name: n.label for n in nodes}}
        for place in range(length):
            edge, label = self._edge(nodes[-1].label)
            edges.append(edge)
            again = [v for v, named in here.items() if named == label and not v.startswith("_")]
            if again and rng.random() < 0.2:
                nodes.append(Node(rng.choice(again), label, shown=rng.random() < 0.5))
            else:
                weight = anchor * 1.6 if place == length - 1 else anchor / 2
                nodes.append(self._anchored(Node(self._maybe("b"), label), weight))
            here |= {nodes[-1].name: label}
        return Path(tuple(nodes), tuple(edges))

    def _around(self, label: str) -> list[Table]:
        return [t for t in self._full if label in (t.start, t.end)]

    def _edge(self, label: str) -> tuple[Relationship, str]:
        """A relationship that leaves a label, and the label at its other end."""
        rng = self._rng
        around = self._around(label)
        if not around:
            raise LookupError(label)
        kind = rng.choice(around)
        forward = kind.start == label and (kind.end != label or rng.random() < 0.5)
        far = kind.end if forward else kind.start
        same = [t.name for t in self._full if t is not kind and (t.start, t.end) == (kind.start, kind.end)]
        types = (
            (kind.name, *same[:1]) if same and rng.random() < 0.12 and self._agree(kind.name, same[0]) else (kind.name,)
        )
        direction = "-" if rng.random() < 0.15 else ">" if forward else "<"
        given: tuple[tuple[str, Expression], ...] = ()
        if rng.random() < 0.08 and (own := [n for n, k in kind.properties.items() if k in ("integer", "text")]):
            name = rng.choice(own)
            if values := self._graph.values(kind.name, name, rng, 1):
                given = ((name, Value(values[0])),)
        return Relationship(self._maybe("r", 0.75), types, direction, given if len(types) == 1 else ()), far

    def _agree(self, one: str, other: str) -> bool:
        """Have the properties that two types share the same kinds?"""
        a, b = self._graph.table(one).properties, self._graph.table(other).properties
        return all(a[name] == b[name] for name in a.keys() & b.keys())

    def _maybe(self, kind: str, chance: float = 0.7) -> str:
        return self.new(kind if self._rng.random() < chance else f"_{kind}")

    def _anchored(self, node: Node, chance: float) -> Node:
        rng, table = self._rng, self._graph.table(node.label)
        if rng.random() >= chance:
            return node
        name = table.key
        plain = [n for n, k in table.properties.items() if k in ("text", "integer") and n != name]
        if plain and rng.random() < 0.12:
            name = rng.choice(plain)
        values = self._graph.values(node.label, name, rng, 1)
        return replace(node, given=((name, Value(values[0])),)) if values else node

    def _named(self, match: Match, names: Mapping[str, str]) -> Match:
        """Where UNWIND has named keys, a node is found by them."""
        for name, kind in names.items():
            for i, path in enumerate(match.paths):
                for j, node in enumerate(path.nodes):
                    key = self._graph.table(node.label).key
                    if (
                        name.startswith("x")
                        and self._graph.table(node.label).properties[key] == kind
                        and self._rng.random() < 0.5
                    ):
                        nodes = [*path.nodes]
                        nodes[j] = replace(node, given=((key, Name(name, kind)),))
                        paths = [*match.paths]
                        paths[i] = Path(tuple(nodes), path.relationships)
                        return Match(tuple(paths))
        return match

    def _hidden(self, match: Match) -> Match:
        """Leave out labels that a directed relationship beside the node implies."""
        paths = []
        for path in match.paths:
            nodes = []
            for place, node in enumerate(path.nodes):
                beside = path.relationships[max(0, place - 1) : place + 1]
                implied = any(r.direction != "-" for r in beside)
                shown = (
                    node.shown
                    if implied and not node.shown
                    else not (implied and not node.given and self._rng.random() < 0.25)
                )
                nodes.append(replace(node, shown=shown))
            paths.append(Path(tuple(nodes), path.relationships))
        return Match(tuple(paths))

    def inner(self, nodes: Mapping[str, str], hops: int, *, bare: bool) -> Match | None:
        """A path that begins at something bound; ``bare`` names nothing new, for a pattern as a condition."""
        starts = {v: label for v, label in nodes.items() if self._around(label)}
        if not starts:
            return None
        path = self._path(starts, hops, 0.3, first=False)
        if path.nodes[0].name not in nodes:
            return None
        if bare:
            kept = [n if n.name in nodes else replace(n, name=self.new("_c")) for n in path.nodes]
            path = Path(tuple(kept), tuple(replace(r, name=self.new("_d")) for r in path.relationships))
        return self._hidden(Match((path,)))


def _turned(direction: str) -> str:
    return {">": "<", "<": ">", "-": "-"}[direction]


def cost(graph: Graph, match: Match, rows: float, bound: set[str]) -> tuple[float, float]:
    """The rows that a match makes, at most on its way and in the end, for ``rows`` rows before it: an estimate.

    Conditions on relationships are not counted, because an engine may test them last.
    """
    known, peak = set(bound), rows
    for path in match.paths:
        turned = Path(
            path.nodes[::-1], tuple(replace(r, direction=_turned(r.direction)) for r in path.relationships[::-1])
        )
        ways = [_along(graph, way, rows, known) for way in (path, turned)]
        most, rows = min(ways)
        peak = max(peak, most)
        known |= {n.name for n in path.nodes}
    return peak, rows


def _along(graph: Graph, path: Path, rows: float, known: set[str]) -> tuple[float, float]:
    seen = set(known)

    def chosen(node: Node) -> float:
        """The share of a label's nodes that a node can be."""
        size = max(1, graph.size(node.label))
        return 1 / size if node.name in seen or any(n == graph.table(node.label).key for n, _ in node.given) else 1.0

    first = path.nodes[0]
    rows *= 1 if first.name in seen else chosen(first) * graph.size(first.label)
    seen.add(first.name)
    peak = rows
    for one, node in zip(path.relationships, path.nodes[1:], strict=True):
        degree = 0.0
        for kind in one.types:
            ends = {">": ("start",), "<": ("end",), "-": ("start", "end")}[one.direction]
            degree += max(graph.degrees[kind, end] for end in ends) * len(
                ends if graph.table(kind).start == graph.table(kind).end else ends[:1]
            )
        reached = rows * (degree if one.hops is None else max(1.0, degree) ** one.hops[1] * 2)
        rows = reached * chosen(node)
        peak = max(peak, rows if chosen(node) < 1 else reached)
        seen.add(node.name)
    return peak, max(rows, 1)
