"""Lexical Index of Electoral Democracy: how many of the conditions of an electoral democracy hold, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kb.facts.fact import EdgeFact, Fact
from kb.load import names
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Row
from loaders.shared.existence import Existence
from loaders.shared.measures import Measure, indicators, measured

INDEX = Measure(
    column="lexical_index",
    code="LIED",
    name="Lexical index of electoral democracy",
    concept="condition",
    issue_area="democracy",
    unit="level 0-6",
    lo=0,
    hi=6,
    citation="Skaaning, Gerring and Bartusevičius 2015, Comparative Political Studies 48(12), 1491-1525",
)


def _facts(existence: Existence, row: Row) -> list[EdgeFact]:
    year, code, cow = row.year("year"), row.need("lied_cow"), row.integer("cown")
    if cow is None:
        raise Drop("a territory, not a state")
    # The index's own code tells the two Viet Nams apart; the code beside it does not.
    state = names.by_code("cow", code.removesuffix(".0"), year)
    return measured(row, existence.require(state, year), year, [INDEX])


def load(raw: RawFolder) -> Iterator[Fact]:
    existence = Existence.read(raw)
    yield from indicators([INDEX])
    yield from raw.csv(
        "LIED_1946on.csv.gz",
        partial(_facts, existence),
        ignore=[
            *("lied_country", "vdem", "region", "male_suffrage", "female_suffrage", "exselec", "legselec"),
            *("opposition", "competition", "political_liberties", "lexical_index_*", "democratic_*", "transition_type"),
            *("breakdown_type", "turnover_*", "two_turnover_period", "sovereign", "extended_country_name"),
            *("GWn", "in_GW_system"),
        ],
    )
