"""Commitment: what a state has promised."""

from __future__ import annotations

from kb.model.scores.entry import Floor, Score

#: The year in which the first core treaties were opened for signature; before it nothing could be promised.
FIRST_YEAR = 1966
_FLOOR = Floor(FIRST_YEAR, 2025, 1.0)
_JOINING = ("RATIFIED", "WITHDREW_FROM")

PARTS = (
    Score(
        name="breadth",
        label="Breadth",
        symbol="B",
        meaning="share of the open core treaties the state is party to",
        formula="treaties joined / treaties open",
        floor=_FLOOR,
        unit="share 0-1",
        scale=(0, 1),
        query="commitment-breadth",
        rests_on=_JOINING,
        title="Commitment: breadth (share 0 to 1)",
        shown=("map", "beside", "ranking", "panel"),
    ),
    Score(
        name="depth",
        label="Depth",
        symbol="D",
        meaning="mean depth of commitment over the open core treaties, net of reservations",
        formula="mean of d over the treaties open",
        floor=_FLOOR,
        unit="share 0-1",
        scale=(0, 1),
        query="commitment-depth",
        rests_on=("SIGNED", *_JOINING, "ENTERED", "QUALIFIES", "OBJECTED_TO"),
        title="Commitment: depth (share 0 to 1)",
        shown=("map", "beside", "ranking", "panel"),
    ),
    Score(
        name="scrutiny",
        label="Scrutiny",
        symbol="S",
        meaning="share of the available optional procedures accepted",
        formula="procedures accepted / available",
        floor=_FLOOR,
        unit="share 0-1",
        scale=(0, 1),
        query="commitment-scrutiny",
        rests_on=(*_JOINING, "ACCEPTED"),
        title="Commitment: scrutiny (share 0 to 1)",
        shown=("map", "beside", "ranking", "panel"),
    ),
)
COMMITMENT = Score(
    name="commitment",
    label="Commitment",
    symbol="C",
    meaning="mean of breadth, depth and scrutiny",
    formula=f"({' + '.join(part.symbol for part in PARTS)}) / {len(PARTS)}",
    floor=_FLOOR,
    unit="share 0-1",
    scale=(0, 1),
    inputs=tuple(part.name for part in PARTS),
    function="kb.scores.panel.mean_of_parts",
    title="Commitment (share 0 to 1)",
    shown=("map", "compare", "beside", "profile", "ranking", "panel"),
)
SCORES = (*PARTS, COMMITMENT)
