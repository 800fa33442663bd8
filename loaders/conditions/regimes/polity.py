"""Polity5: the combined regime score and the constraints on the executive."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kb.facts.fact import EdgeFact, Fact
from kb.load import lookups, names
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Row
from loaders.shared.existence import Existence
from loaders.shared.measures import Measure, indicators, measured

CITATION = "Marshall and Gurr 2020, Polity5, Center for Systemic Peace"
REGIME = Measure(
    column="polity2",
    code="POLITY2",
    name="Polity2: combined regime score, from autocracy to democracy",
    concept="condition",
    issue_area="democracy",
    unit="score -10 to 10",
    lo=-10,
    hi=10,
    citation=CITATION,
)
CONSTRAINTS = Measure(
    column="xconst",
    code="POLITY-XCONST",
    name="Constraints on the executive",
    concept="condition",
    issue_area="rule of law",
    unit="level 1-7",
    lo=1,
    hi=7,
    citation=CITATION,
)
#: Foreign interruption, interregnum and transition: no level of constraint.
STANDARDIZED = ["-66", "-66.0", "-77", "-77.0", "-88", "-88.0"]
#: Polity's own codes where the code of the Correlates of War beside them does not tell two states apart, and the regimes
#: that it closes in the year of a change of territory.
STATES = lookups.states("polity_states.csv")


def _facts(existence: Existence, row: Row) -> list[EdgeFact]:
    year, own, cow = row.year("year"), row.integer("polity_annual_ccode"), row.integer("cown")
    if own is None or cow is None:
        raise Drop("no state code")
    state = STATES.get(own, year) or names.by_code("cow", cow, year)
    return measured(row, existence.require(state, year), year, [REGIME, CONSTRAINTS])


def load(raw: RawFolder) -> Iterator[Fact]:
    existence = Existence.read(raw)
    yield from indicators([REGIME, CONSTRAINTS])
    yield from raw.csv(
        "polity5_1946on.csv.gz",
        partial(_facts, existence),
        missing=STANDARDIZED,
        ignore=[
            *("p5", "cyear", "scode", "polity_annual_country", "flag", "fragment", "democ", "autoc", "polity"),
            *("durable", "xr*", "xopen", "parreg", "parcomp", "exrec", "exconst", "polcomp", "prior", "interim"),
            *("emonth", "eday", "eyear", "eprec", "bmonth", "bday", "byear", "bprec", "post", "change", "d5", "sf"),
            *("regtrans", "extended_country_name", "GWn", "in_GW_system"),
        ],
    )
