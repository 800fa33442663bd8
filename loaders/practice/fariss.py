"""Latent human-rights protection scores, version 4.02: physical integrity with the model's uncertainty."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kb.facts.fact import EdgeFact, Fact
from kb.load import lookups, names
from kb.load.raw import RawFolder
from kb.load.rows import Row
from loaders.shared.existence import Existence
from loaders.shared.measures import Measure, indicators, measured

THETA = Measure(
    column="theta_mean",
    sd_column="theta_sd",
    lo_column="theta_q025",
    hi_column="theta_q975",
    code="LHRS",
    name="Latent human rights protection score (physical integrity)",
    issue_area="physical integrity",
    unit="theta, posterior mean; bounds are the 2.5 and 97.5 % quantiles",
    citation="Fariss, Kenwick and Reuning 2020, Journal of Peace Research 57(6), 801-814; version 4.02",
)
#: What the model was fed with: measures of their own, which the sources that publish them state.
INPUTS = [
    *("CIRI", "DISAP", "KILL", "POLPRIS", "TORT", "Amnesty", "State", "HRW", "hathaway", "ITT", "genocide", "rummel"),
    *("massive_repression", "executions", "negative_sanctions", "mass_killing", "killing_*"),
]

#: Where the file's COW code does not mean that state, or the year is counted under another.
STATES = lookups.states("fariss_states.csv")


def _facts(existence: Existence, row: Row) -> list[EdgeFact]:
    year, code = row.year("YEAR"), row.need("COW")
    state = STATES.get(code, year) or names.by_code("cow", code, year)
    return measured(row, existence.require(state, year), year, [THETA])


def load(raw: RawFolder) -> Iterator[Fact]:
    existence = Existence.read(raw)
    yield from indicators([THETA])
    yield from raw.csv(
        "LHRS-v4.02-2021_names.csv",
        partial(_facts, existence),
        ignore=[*INPUTS, "COW_YEAR", "id", "country_name"],
    )
