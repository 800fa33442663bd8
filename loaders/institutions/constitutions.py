"""Comparative Constitutions Project: the year of the constitution in force, and five rights as snapshots of 1995-2005.

The first is timing only: a constitution amended out of recognition keeps its year, and a state without one has no value.
The second says whether the text has the provision, not whether it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kb.facts.fact import EdgeFact, Fact
from kb.load import lookups, names
from kb.load.raw import RawFolder
from kb.load.rows import Row
from loaders.shared.existence import Existence
from loaders.shared.measures import Measure, indicators, measured

SYSTEMS = "ccp_system_year_wdr2025.csv.gz"
RIGHTS = "ccp_due_process_rights_1995_2005.csv"
CITATION = "Elkins and Ginsburg, Comparative Constitutions Project"
IN_FORCE = Measure(
    column="systyear",
    code="CCP-CONSTITUTION-YEAR",
    name="Year of the constitution in force",
    concept="law",
    issue_area="constitution",
    unit="year",
    better=None,
    citation=f"{CITATION}, version 5",
)


def _right(column: str, code: str, name: str) -> Measure:
    return Measure(
        column=column,
        code=code,
        name=f"Constitution: {name}",
        concept="law",
        issue_area="constitution",
        unit="0 no, 1 yes",
        lo=0,
        hi=1,
        citation=f"{CITATION}; compiled by Beger (2018)",
    )


PROVISIONS = (
    _right("torture", "CCP-TORTURE-BAN", "prohibits torture"),
    _right("prerel", "CCP-PRETRIAL-RELEASE", "right to release before trial"),
    _right("habcorp", "CCP-HABEAS-CORPUS", "right to be brought before a court when detained"),
    _right("dueproc", "CCP-DUE-PROCESS", "right to due process"),
    _right("speedtri", "CCP-SPEEDY-TRIAL", "right to a speedy trial"),
)
#: The project's own codes of places that no list of states has.
STATES = lookups.states("constitutions_states.csv")
#: The project's one code of Yugoslavia, Serbia and Montenegro, and Serbia, which only the name tells apart.
_YUGOSLAV = "340"


def load(raw: RawFolder) -> Iterator[Fact]:
    """The indicators and their values."""
    existence = Existence.read(raw)
    yield from indicators([IN_FORCE, *PROVISIONS])
    yield from raw.csv(
        SYSTEMS,
        partial(_system, existence),
        ignore=["country_code", "type_constitution", "systid", "evntid", "evnttype", "merit", "region"],
    )
    yield from raw.csv(RIGHTS, partial(_rights, existence), ignore=["date"])


def _system(existence: Existence, row: Row) -> list[EdgeFact]:
    year, code, country = row.year("year"), str(row.integer("cowcode")), row.need("country")
    own = STATES.get(code, year)
    iso3 = own or (names.by_name(country, year) if code == _YUGOSLAV else names.by_code("cow", code, year))
    return measured(row, existence.require(iso3, year), year, [IN_FORCE])


def _rights(existence: Existence, row: Row) -> list[EdgeFact]:
    year = row.year("year")
    iso3 = names.by_code("gw", str(row.integer("gwcode")), year)
    return measured(row, existence.require(iso3, year), year, PROVISIONS)
