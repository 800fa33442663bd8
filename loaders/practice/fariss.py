"""Latent human-rights protection scores, version 4.02: physical integrity with the model's uncertainty."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kb.facts.fact import EdgeFact, Fact
from kb.load import names
from kb.load.existence import Existence
from kb.load.measures import Measure, indicators, measured
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Row

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

#: COW codes of West Germany and North Yemen: in 1990 the file has a row for each, and one for the united state.
UNITED_1990 = frozenset({"260", "678"})
#: COW codes of the Czech Republic and Czechoslovakia. The file has no row under 315 and one under 316 for each year from
#: 1946. Until 1992 those were fed with the codings of Czechoslovakia: the Political Terror Scale and CIRIGHTS agree with
#: them in every year.
CZECH, CZECHOSLOVAK, LAST_CZECHOSLOVAK_YEAR = "316", "315", 1992


def _facts(existence: Existence, row: Row) -> list[EdgeFact]:
    year, code = row.year("YEAR"), row.need("COW")
    if code == CZECH and year <= LAST_CZECHOSLOVAK_YEAR:
        code = CZECHOSLOVAK
    if year == 1990 and code in UNITED_1990:
        raise Drop("year of unification, counted under the united state")
    state = names.by_code("cow", code, year)
    return measured(row, existence.require(state, year), year, [THETA])


def load(raw: RawFolder) -> Iterator[Fact]:
    existence = Existence.read(raw)
    yield from indicators([THETA])
    yield from raw.csv(
        "LHRS-v4.02-2021_names.csv",
        partial(_facts, existence),
        ignore=[*INPUTS, "COW_YEAR", "id", "country_name"],
    )
