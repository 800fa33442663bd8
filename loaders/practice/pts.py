"""Political Terror Scale: three readings of a year's reports, by Amnesty International, Human Rights Watch and the US."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kb.facts.fact import EdgeFact, Fact
from kb.load import lookups, names
from kb.load.raw import RawFolder
from kb.load.rows import Row
from loaders.shared.existence import Existence
from loaders.shared.measures import Measure, indicators, measured

CITATION = "Gibney, Cornett, Wood, Haschke, Arnon et al., The Political Terror Scale 1976-2024"
READINGS = {
    "A": "Amnesty International",
    "H": "Human Rights Watch",
    "S": "US Department of State",
}
SCALES = [
    Measure(
        column=f"PTS_{letter}",
        code=f"PTS-{letter}",
        name=f"Political Terror Scale from the reports of {reporter}",
        issue_area="physical integrity",
        unit="level 1-5",
        lo=1,
        hi=5,
        better="low",
        citation=CITATION,
    )
    for letter, reporter in READINGS.items()
]
#: States that the file gives no COW code, or one code to two of them in the year of the change; and what is no state.
STATES = lookups.states("pts_states.csv")


def _facts(existence: Existence, row: Row) -> list[EdgeFact]:
    year, country = row.year("Year"), row.need("Country")
    state = STATES.get(country, year) or names.by_code("cow", row.need("COW_Code_N"), year)
    return measured(row, existence.require(state, year), year, SCALES)


def load(raw: RawFolder) -> Iterator[Fact]:
    existence = Existence.read(raw)
    yield from indicators(SCALES)
    yield from raw.csv(
        "PTS-2025.csv",
        partial(_facts, existence),
        delimiter=";",
        missing=["NA"],
        ignore=["Country_OLD", "COW_Code_A", "WordBank_Code_A", "UN_Code_N", "Region", "NA_Status_*"],
    )
