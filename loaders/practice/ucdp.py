"""Armed conflict: the intensity of a state's worst conflict in a year, and the civilians its government killed.

A state without a row has no conflict of 25 deaths in the year; the absence is left as it is, not made a zero.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from functools import partial

from kb.facts.fact import EdgeFact, Fact, edge
from kb.load import names
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Row, Unusable
from loaders.shared.existence import Existence
from loaders.shared.measures import Measure, indicators, measured

CONFLICTS = "ucdp_acd_251_gw.csv"
#: Minor conflict and war, as the file writes them.
LEVELS = frozenset({"1.0", "2.0"})
INTENSITY = Measure(
    column="intensity_level",
    code="UCDP-INTENSITY",
    name="Highest intensity of the armed conflicts in which the government is a primary party",
    concept="condition",
    issue_area="armed conflict",
    unit="1 minor conflict, 2 war",
    lo=1,
    hi=2,
    better="low",
    citation="Gleditsch et al. 2002, Journal of Peace Research 39(5); UCDP/PRIO Armed Conflict Dataset 25.1",
)
ONE_SIDED = Measure(
    column="best_fatality_estimate",
    lo_column="low_fatality_estimate",
    hi_column="high_fatality_estimate",
    code="UCDP-ONESIDED",
    name="Civilians killed by the government in one-sided violence",
    issue_area="physical integrity",
    unit="deaths",
    lo=0,
    better="low",
    citation="Eck and Hultman 2007, Journal of Peace Research 44(2); UCDP One-sided Violence Dataset 23.1",
)
Worst = Mapping[tuple[str, str], str]


def _worst(text: str) -> Worst:
    """The highest intensity level by Gleditsch-Ward code and year, as the file writes all three."""
    worst: dict[tuple[str, str], str] = {}
    for row in csv.DictReader(io.StringIO(text), restval=""):
        year, level = row.get("year", ""), row.get("intensity_level", "")
        for code in {row.get("gwno_a", ""), row.get("gwno_b", "")} - {""}:
            worst[code, year] = max(worst.get((code, year), ""), level)
    return worst


def _conflict(existence: Existence, worst: Worst, row: Row) -> list[EdgeFact]:
    """The worst conflict of the year for each side; a row about a lesser one adds nothing and counts as a repeat."""
    year = row.year("year")
    facts = []
    for side in ("gwno_a", "gwno_b"):
        code = row.text(side)
        if code is None:
            continue
        state = names.by_code("gw", code.removesuffix(".0"), year)
        if existence.has(state, year):
            level = worst.get((code, row.need("year")), "")
            if level not in LEVELS:
                raise Unusable("unknown intensity level", "intensity_level", level)
            facts.append(edge("MEASURED", state, INTENSITY.code, year=year, value=float(level)))
    if not facts:
        raise Drop("no such state in that year")
    INTENSITY.value(row)
    return facts


def _killing(existence: Existence, row: Row) -> list[EdgeFact]:
    year, code = row.year("year"), row.text("gwnoa")
    if row.need("is_government_actor") != "1":
        raise Drop("not a government")
    if code is None:
        raise Drop("two governments together")
    return measured(row, existence.require(names.by_code("gw", code, year), year), year, [ONE_SIDED])


def load(raw: RawFolder) -> Iterator[Fact]:
    existence = Existence.read(raw)
    yield from indicators([INTENSITY, ONE_SIDED])
    yield from raw.csv(
        CONFLICTS,
        partial(_conflict, existence, _worst(raw.text(CONFLICTS))),
        ignore=["conflict_id", "gwno_*", "incompatibility", "type_of_conflict", "start_*", "ep_*"],
    )
    yield from raw.csv(
        "ucdp-onesided-231.csv",
        partial(_killing, existence),
        ignore=[
            "conflict_id",
            "dyad_id",
            "actor_*",
            "coalition_components",
            "location",
            "gwno_location",
            "region",
            "version",
        ],
    )
