"""Names beside the marks of a scatter: put where they cover neither each other nor, as far as can be, a mark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

#: Points that a letter takes across and a line of letters up, and how far a mark reaches from its middle.
_LETTER, _LINE, _MARK = 6.3, 14.0, 5.0
#: How far from its mark a name may stand, in points; beyond :data:`_NEAR` a line leads to it.
_RINGS = (8.0, 18.0, 30.0, 44.0, 60.0, 80.0)
_NEAR = 12.0
#: What covering another name, leaving the picture and covering a mark cost, in points of distance.
_ON_NAME, _OUTSIDE, _ON_MARK = 2000.0, 1000.0, 30.0
#: Readers look for a name on the right of its mark; elsewhere it costs so many points, and names keep a gap between them.
_ELSEWHERE, _GAP = 5.0, 6.0


class Frame(NamedTuple):
    """A picture's size in points and the values at its ends."""

    width: float
    height: float
    x: tuple[float, float]
    y: tuple[float, float]


class _Box(NamedTuple):
    left: float
    middle: float
    width: float

    def covers(self, x: np.ndarray, y: np.ndarray, room: float = 0.0) -> np.ndarray:
        across = (x > self.left - room) & (x < self.left + self.width + room)
        found: np.ndarray = across & (np.abs(y - self.middle) < _LINE / 2 + room)
        return found

    def meets(self, other: _Box) -> bool:
        across = self.left < other.left + other.width + _GAP and other.left < self.left + self.width + _GAP
        return across and abs(self.middle - other.middle) < _LINE


def beside(marks: pd.DataFrame, names: pd.Series, frame: Frame) -> pd.DataFrame:
    """Where the names of some marks stand.

    ``marks`` has columns ``x`` and ``y``; ``names`` holds the name of each, empty for one without. Returns a row per name:
    ``name``, its mark ``x``, ``y``, the left middle of the name ``label_x``, ``label_y``, and ``tip_x``, ``tip_y``, where a
    line from the mark ends (on the mark itself where the name is near enough without one). Every name takes, from the
    highest mark down, the cheapest of some places around its mark; the same marks give the same places.
    """
    across = frame.width / (frame.x[1] - frame.x[0])
    up = frame.height / (frame.y[1] - frame.y[0])
    x = (marks["x"].to_numpy("float64") - frame.x[0]) * across
    y = (marks["y"].to_numpy("float64") - frame.y[0]) * up
    named = np.flatnonzero(names.to_numpy() != "")
    taken: list[_Box] = []
    rows = []
    for i in sorted(named, key=lambda i: (-y[i], x[i])):
        name = str(names.iloc[i])
        places = list(_places(x[i], y[i], len(name) * _LETTER))
        aside = [0.0 if box.left > x[i] and box.middle == y[i] else _ELSEWHERE for _, box in places]
        costs = [far + extra + _cost(box, taken, x, y, frame) for (far, box), extra in zip(places, aside, strict=True)]
        far, box = places[int(np.argmin(costs))]
        taken.append(box)
        tip = (min(max(x[i], box.left), box.left + box.width), box.middle) if far > _NEAR else (x[i], y[i])
        values = (x[i], y[i], box.left, box.middle, *tip)
        ends = [v / (across, up)[k % 2] + (frame.x, frame.y)[k % 2][0] for k, v in enumerate(values)]
        rows.append((name, *ends))
    return pd.DataFrame(rows, columns=["name", "x", "y", "label_x", "label_y", "tip_x", "tip_y"])


def _places(x: float, y: float, width: float) -> Iterator[tuple[float, _Box]]:
    """The places around a mark, each with its distance: beside it first, then above and below, then in the corners."""
    for far in _RINGS:
        yield far, _Box(x + far, y, width)
        yield far, _Box(x - far - width, y, width)
        for rise in (far + _LINE / 2, -far - _LINE / 2):
            yield far, _Box(x - width / 2, y + rise, width)
            yield far, _Box(x + far / 2, y + rise, width)
            yield far, _Box(x - far / 2 - width, y + rise, width)


def _cost(box: _Box, taken: list[_Box], x: np.ndarray, y: np.ndarray, frame: Frame) -> float:
    inside = (
        box.left >= 0 and box.left + box.width <= frame.width and _LINE / 2 <= box.middle <= frame.height - _LINE / 2
    )
    cost = 0.0 if inside else _OUTSIDE
    cost += _ON_NAME * sum(box.meets(other) for other in taken)
    return cost + _ON_MARK * float(box.covers(x, y, _MARK).sum())
