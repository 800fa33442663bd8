"""Decoupling: how far commitment and practice stand apart."""

from __future__ import annotations

from kb.model.scores.entry import Contrast, Floor, Score, TreatyContrast

_UNIT, _ENDS = "-1 to 1", (-1, 1)
#: Commitment begins in 1966, theta ends in 2021.
_FLOOR = Floor(1966, 2021, 0.95)
_PAIR = "kb.scores.decoupling.percentile_pair"
_INTERVAL = "kb.scores.simulation.interval"
_DISAGREEMENT = "kb.scores.decoupling.disagreement"
_BY_TREATY = "kb.scores.decoupling.by_treaty"

DEFAULT = Contrast(
    name="decoupling",
    label="Decoupling",
    symbol="Δ",
    meaning="pct_commitment minus pct_practice: positive where promises exceed practice",
    formula="pct(C) − pct(P)",
    floor=_FLOOR,
    unit=_UNIT,
    scale=_ENDS,
    inputs=("commitment", "practice_physical"),
    function=_PAIR,
    interval=("decoupling_lo", "decoupling_hi"),
    title="Decoupling (−1 to 1)",
    shown=("map", "compare", "beside", "profile", "ranking", "panel"),
    against="Commitment against physical integrity (Fariss)",
    short="physical integrity",
)
#: The percentiles that the default is the difference of, in the order of its inputs.
PERCENTILES = (
    Score(
        name="pct_commitment",
        label="Commitment, percentile",
        meaning="percentile of commitment among the states with both commitment and practice",
        formula="rank of C among the states with both values",
        floor=_FLOOR,
        unit="percentile 0-1",
        scale=(0, 1),
        inputs=DEFAULT.inputs,
        function=_PAIR,
    ),
    Score(
        name="pct_practice",
        label="Practice, percentile",
        meaning="percentile of practice_physical among the same states",
        formula="rank of P among the same states",
        floor=_FLOOR,
        unit="percentile 0-1",
        scale=(0, 1),
        inputs=DEFAULT.inputs,
        function=_PAIR,
    ),
)
#: The ends of the default's interval.
BOUNDS = (
    Score(
        name="decoupling_lo",
        label="Decoupling, low end",
        meaning="5th percentile of decoupling over 1,000 draws of theta",
        formula="5th percentile of 1,000 draws of θ",
        floor=_FLOOR,
        unit=_UNIT,
        scale=_ENDS,
        inputs=("pct_commitment", "practice_physical", "practice_sd"),
        function=_INTERVAL,
        shown=("panel",),
    ),
    Score(
        name="decoupling_hi",
        label="Decoupling, high end",
        meaning="95th percentile of decoupling over 1,000 draws of theta",
        formula="95th percentile of 1,000 draws of θ",
        floor=_FLOOR,
        unit=_UNIT,
        scale=_ENDS,
        inputs=("pct_commitment", "practice_physical", "practice_sd"),
        function=_INTERVAL,
        shown=("panel",),
    ),
)
VARIANTS = (
    Contrast(
        name="decoupling_breadth",
        label="Decoupling of breadth",
        meaning="decoupling with breadth in place of commitment",
        formula="pct(B) − pct(P)",
        floor=_FLOOR,
        unit=_UNIT,
        scale=_ENDS,
        inputs=("breadth", "practice_physical"),
        function=_PAIR,
        shown=("ranking", "panel"),
        against="Breadth alone against physical integrity (Fariss)",
    ),
    Contrast(
        name="decoupling_civil",
        label="Decoupling, civil liberties",
        meaning="decoupling with practice_civil in place of practice_physical",
        formula="pct(C) − pct(practice_civil)",
        floor=Floor(1966, 2025, 0.85),
        unit=_UNIT,
        scale=_ENDS,
        inputs=("commitment", "practice_civil"),
        function=_PAIR,
        shown=("ranking",),
        against="Commitment against civil liberties (V-Dem)",
        short="civil liberties",
    ),
    Contrast(
        name="decoupling_terror",
        label="Decoupling, terror scale",
        meaning="decoupling with practice_terror in place of practice_physical",
        formula="pct(C) − pct(practice_terror)",
        floor=Floor(1976, 2024, 0.85),
        unit=_UNIT,
        scale=_ENDS,
        inputs=("commitment", "practice_terror"),
        function=_PAIR,
        shown=("ranking",),
        against="Commitment against the Political Terror Scale",
        short="political terror",
    ),
)
CONTRASTS = (DEFAULT, *VARIANTS)
#: Commitment against each measure of practice: what may disagree.
BY_MEASURE = tuple(c for c in CONTRASTS if c.promise == DEFAULT.promise)
SPREAD = Score(
    name="decoupling_spread",
    label="Spread over measures",
    meaning="highest minus lowest decoupling over the practice measures of the year",
    formula="highest − lowest Δ over the practice measures, at least two",
    floor=Floor(1966, 2024, 0.9),
    unit="0 to 2",
    scale=(0, 2),
    inputs=tuple(c.name for c in BY_MEASURE),
    function=_DISAGREEMENT,
    shown=("panel",),
)
CONTESTED = Score(
    name="contested",
    label="Contested",
    meaning="the sign of decoupling depends on the practice measure",
    formula="some Δ above 0, another below",
    floor=Floor(1966, 2024, 0.9),
    type="flag",
    inputs=tuple(c.name for c in BY_MEASURE),
    function=_DISAGREEMENT,
    shown=("panel",),
)


def _treaty(code: str, called: str, subject: str, indicator: str, floor: Floor) -> TreatyContrast:
    """Decoupling in a treaty that has an indicator of its own; its column ends in the treaty's code."""
    return TreatyContrast(
        name=f"decoupling_{code.lower()}",
        label=f"Decoupling, {code}",
        meaning=f"depth in {called} minus the percentile of {subject}, parties only",
        formula=f"d in {code} − pct({indicator}), parties only",
        floor=floor,
        unit=_UNIT,
        scale=_ENDS,
        query="commitment-depth",
        function=_BY_TREATY,
        rests_on=("SIGNED", "RATIFIED", "WITHDREW_FROM", "ENTERED", "QUALIFIES", "OBJECTED_TO", indicator),
        treaty=code,
        indicator=indicator,
    )


BY_TREATY = (
    _treaty("CAT", "CAT", "torture practice", "VDEM-TORTURE", Floor(1990, 2021, 0.4)),
    _treaty("ICCPR", "the ICCPR", "civil liberties", "VDEM-CIVLIB", Floor(1970, 2025, 0.2)),
    _treaty("CEDAW", "CEDAW", "women's civil liberties", "VDEM-GENCL", Floor(1981, 2021, 0.35)),
    _treaty("CRC", "the CRC", "child-labour practice", "CIRI-CHILD-P", Floor(1994, 2019, 0.9)),
    _treaty("ICESCR", "the ICESCR", "economic and social rights", "HRMI-SERF", Floor(2005, 2015, 0.35)),
)
SCORES: tuple[Score, ...] = (*PERCENTILES, DEFAULT, *BOUNDS, *VARIANTS, SPREAD, CONTESTED, *BY_TREATY)
