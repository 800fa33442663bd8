"""Latent judicial independence, with the model's uncertainty."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kb.facts.fact import EdgeFact, Fact
from kb.load import lookups, names
from kb.load.raw import RawFolder
from kb.load.rows import Row
from loaders.shared.existence import Existence
from loaders.shared.measures import Measure, indicators, measured

INDEPENDENCE = Measure(
    column="LJI",
    sd_column="post.sd",
    code="LJI",
    name="Latent judicial independence",
    concept="condition",
    issue_area="rule of law",
    unit="posterior mean 0-1",
    lo=0,
    hi=1,
    citation="Linzer and Staton 2015, Journal of Law and Courts 3(2), 223-256; estimates of 22 April 2014",
)
#: Codes of the file's own, and the years in which the divided or the united state counts.
STATES = lookups.states("lji_states.csv")


def _facts(existence: Existence, row: Row) -> list[EdgeFact]:
    year, code = row.year("year"), row.need("ccode")
    state = existence.require(STATES.get(code, year) or names.by_code("cow", code, year), year)
    return measured(row, state, year, [INDEPENDENCE])


def load(raw: RawFolder) -> Iterator[Fact]:
    existence = Existence.read(raw)
    yield from indicators([INDEPENDENCE])
    yield from raw.csv(
        "LJI-estimates-20140422.csv",
        partial(_facts, existence),
        encoding="latin-1",
        ignore=["country", "abbr"],
    )
