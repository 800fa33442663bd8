"""V-Dem version 15: the two democracy indices with the uncertainty that the version 16 copy leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kb import names
from kb.existence import Existence
from kb.facts import EdgeFact, Fact
from kb.intake import RawFolder
from kb.measures import indicators, measured
from kb.rows import Drop, Row
from loaders.vdem import LIBDEM, POLYARCHY, since_first

MEASURES = [POLYARCHY, LIBDEM]


def _facts(existence: Existence, row: Row) -> list[EdgeFact]:
    year, code = since_first(row.year("year")), row.integer("vdem_cowcode")
    if code is None:
        raise Drop("a territory, not a state")
    return measured(row, existence.require(names.by_code("cow", code, year), year), year, MEASURES)


def load(raw: RawFolder) -> Iterator[Fact]:
    existence = Existence.read(raw)
    yield from indicators(MEASURES)
    yield from raw.csv(
        "vdem_v15_highlevel_1946_2024.csv.gz",
        partial(_facts, existence),
        ignore=[
            *("vdem_country_name", "country_text_id", "country_id", "GWn", "cown", "in_GW_system"),
            *("v2x_partipdem", "v2x_delibdem", "v2x_egaldem", "v2x_mpi"),
        ],
    )
