"""Human Rights Measurement Initiative, first release: economic and social rights, and a pilot on civil and political."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from kb.facts.fact import EdgeFact, Fact
from kb.load import lookups, names
from kb.load.raw import RawFolder
from kb.load.rows import Row
from loaders.shared.existence import Existence
from loaders.shared.measures import Measure, indicators, measured

CITATION = "Human Rights Measurement Initiative 2018, first release"
SERF = "Index of Social and Economic Rights Fulfillment, core countries"
#: column: (code, name)
SOCIAL = {
    "SERF Index": ("HRMI-SERF", SERF),
    "Right to Food Index": ("HRMI-FOOD", "Right to food"),
    "Right to Housing Index": ("HRMI-HOUSING", "Right to housing"),
    "Right to Health Index": ("HRMI-HEALTH", "Right to health"),
    "Right to Education Index": ("HRMI-EDUCATION", "Right to education"),
    "Right to Work Index": ("HRMI-WORK", "Right to work"),
}
#: stem of four columns: (code, name, issue area). ``execution`` is left out: it repeats ``exkill`` or ``dpex``.
CIVIL = {
    "arrest": ("HRMI-ARREST", "Freedom from arbitrary arrest", "physical integrity"),
    "disap": ("HRMI-DISAP", "Freedom from disappearance", "physical integrity"),
    "dpex": ("HRMI-DPEX", "Freedom from the death penalty", "physical integrity"),
    "exkill": ("HRMI-EXKILL", "Freedom from extrajudicial execution", "physical integrity"),
    "tort": ("HRMI-TORT", "Freedom from torture", "torture"),
    "assem": ("HRMI-ASSEM", "Freedom of assembly", "civil liberties"),
    "assoc": ("HRMI-ASSOC", "Freedom of association", "civil liberties"),
    "assem_assoc": ("HRMI-ASSEM-ASSOC", "Freedom of assembly and association", "civil liberties"),
    "express": ("HRMI-EXPRESS", "Freedom of opinion and expression", "civil liberties"),
    "polpart": ("HRMI-POLPART", "Right to participate in government", "democracy"),
}
#: The year that the pilot asked its experts about; the file has no column for it.
PILOT_YEAR = 2017
#: Codes of the file that belong to no state.
STATES = lookups.states("hrmi_states.csv")

ECONOMIC_MEASURES = [
    Measure(
        column=column,
        code=code,
        name=name,
        issue_area="economic and social",
        unit="score 0-100",
        lo=0,
        hi=100,
        citation=CITATION,
    )
    for column, (code, name) in SOCIAL.items()
]
CIVIL_MEASURES = [
    Measure(
        column=f"{stem}_mean",
        sd_column=f"{stem}_sd",
        lo_column=f"{stem}_10",
        hi_column=f"{stem}_90",
        code=code,
        name=name,
        issue_area=area,
        unit="posterior mean; bounds are the 10 and 90 % quantiles",
        citation=CITATION,
    )
    for stem, (code, name, area) in CIVIL.items()
]


def _economic(existence: Existence, row: Row) -> list[EdgeFact]:
    year, code = row.year("Year"), row.need("Country Code")
    state = existence.require(STATES.get(code, year) or names.by_code("iso3", code, year), year)
    return measured(row, state, year, ECONOMIC_MEASURES)


def _civil(row: Row) -> list[EdgeFact]:
    # The file writes names as one word: NewZealand.
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", row.need("country"))
    return measured(row, names.by_name(name, PILOT_YEAR), PILOT_YEAR, CIVIL_MEASURES)


def load(raw: RawFolder) -> Iterator[Fact]:
    existence = Existence.read(raw)
    yield from indicators([*ECONOMIC_MEASURES, *CIVIL_MEASURES])
    yield from raw.csv(
        "esr_core.csv",
        partial(_economic, existence),
        ignore=[
            *("Country", "Region", "High Income Country", "OECD Country", "Income per Person"),
            *("Children Nourishment Score", "Improved Sanitation Score", "Improved Rural Water Score"),
            *("Child Survival Score", "Age 65 Survival Score", "Contraceptive Use Score"),
            *("Combined School Enrollment Score", "Primary School Completion Score", "Not Absolutely Poor Score"),
        ],
    )
    yield from raw.csv("cpr.csv", _civil, ignore=["countrycode", "execution_*"])
