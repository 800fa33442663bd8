"""V-Dem version 16 as Our World in Data prints it: one file per index, to 2025, without uncertainty.

Our World in Data carries many states back before their birth with the values of the state that they were part of; those
rows are dropped. The code of a present state that stands for its predecessor (CZE before 1993) means the predecessor.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from kb.facts.fact import EdgeFact, Fact
from kb.load import lookups, names
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Row
from loaders.conditions.regimes.vdem import CIVLIB, FREEXP, LIBDEM, POLYARCHY, REGIME, RULE, since_first
from loaders.shared.existence import Existence
from loaders.shared.measures import Measure, indicators, measured

#: file: (column, measure)
FILES = {
    "owid_human-rights-index-vdem.csv.gz": ("Human Rights Index", CIVLIB),
    "owid_freedom-of-expression-index.csv.gz": ("Freedom of expression index", FREEXP),
    "owid_rule-of-law-index.csv.gz": ("Rule of Law index", RULE),
    "owid_electoral-democracy-index.csv.gz": ("Electoral democracy index", POLYARCHY),
    "owid_liberal-democracy-index.csv.gz": ("Liberal democracy index", LIBDEM),
    "owid_political-regime.csv.gz": ("Political regime", REGIME),
}
#: Codes that Our World in Data made up for what is no state; other rows of that kind have no code.
STATES = lookups.states("owid_vdem_states.csv")


def _facts(existence: Existence, measure: Measure, row: Row) -> list[EdgeFact]:
    year, code = since_first(row.year("Year")), row.text("Code")
    if code is None:
        raise Drop("a region or a territory, not a state")
    state = STATES.get(code, year) or names.by_code("owid" if code.startswith("OWID_") else "iso3", code, year)
    return measured(row, existence.require(state, year), year, [measure])


def load(raw: RawFolder) -> Iterator[Fact]:
    existence = Existence.read(raw)
    yield from indicators(measure for _, measure in FILES.values())
    for file, (column, declared) in FILES.items():
        measure = replace(declared, column=column, sd_column=None, lo_column=None, hi_column=None)
        parse = partial(_facts, existence, measure)
        yield from raw.csv(file, parse, ignore=["Entity", "World region according to OWID"])
