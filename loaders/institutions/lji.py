"""Latent judicial independence, with the model's uncertainty."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kb.facts.fact import EdgeFact, Fact
from kb.load import names
from kb.load.existence import Existence
from kb.load.measures import Measure, indicators, measured
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Row

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
#: The file's own code of the Soviet Union, and the code that the Correlates of War give it.
SOVIET, RUSSIA = "364", "365"
#: No code of the Correlates of War.
HONG_KONG = "711"
#: The file carries united Germany back to 1980 and has two rows for Yemen in 1990: the years that count, by COW code.
DIVIDED_UNTIL = {"260": 1989, "678": 1989}
UNITED_FROM = {"255": 1990, "679": 1990}


def _facts(existence: Existence, row: Row) -> list[EdgeFact]:
    year, code = row.year("year"), row.need("ccode")
    if code == HONG_KONG:
        raise Drop("a territory, not a state")
    if year > DIVIDED_UNTIL.get(code, year) or year < UNITED_FROM.get(code, year):
        raise Drop("counted under the other of the divided and the united state")
    code = RUSSIA if code == SOVIET else code
    state = existence.require(names.by_code("cow", code, year), year)
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
