"""Ill-Treatment and Torture: the level of torture that Amnesty International alleged in a year, a word made a level."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kb.facts.fact import EdgeFact, Fact, edge
from kb.load import names
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Row, Unusable
from loaders.shared.existence import Existence
from loaders.shared.measures import Measure, indicators

TORTURE = Measure(
    column="LoT",
    code="ITT-LOT",
    name="Level of torture alleged by Amnesty International, from no allegation to systematic",
    issue_area="torture",
    unit="level 0-5",
    lo=0,
    hi=5,
    better="low",
    citation="Conrad, Haglund and Moore 2013, International Studies Perspectives 14(2), 199-220",
)
#: The order of the source's scale.
LEVELS = {"No Allegations": 0, "Infrequent": 1, "Several": 2, "Routinely": 3, "Widespread": 4, "Systematic": 5}
#: A comparison with the year before, without a level of its own.
COMPARISONS = frozenset({"Continued", "Improved", "Increased/Worsening"})


def _facts(existence: Existence, row: Row) -> list[EdgeFact]:
    year, level = row.year("year"), row.text("LoT")
    if level is None:
        raise Drop("no value")
    if level in COMPARISONS or level == "Allegation, No LoT":
        raise Drop("an allegation without a level")
    if level not in LEVELS:
        raise Unusable("no such level", "LoT", level)
    state = existence.require(names.by_code("cow", row.need("cowccode"), year), year)
    return [edge("MEASURED", state, TORTURE.code, year=year, value=LEVELS[level])]


def load(raw: RawFolder) -> Iterator[Fact]:
    existence = Existence.read(raw)
    yield from indicators([TORTURE])
    yield from raw.csv(
        "ITT_CY.csv",
        partial(_facts, existence),
        missing=["-777", "-999"],
        ignore=["iso3numeric", "iso3alpha", "RstrctAccess"],
    )
