"""V-Dem version 12, selected columns to 2021: torture, physical violence, women's liberties, civil society."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kb import names
from kb.existence import Existence
from kb.facts import EdgeFact, Fact
from kb.intake import RawFolder
from kb.measures import indicators, measured
from kb.rows import Drop, Row
from loaders.vdem import CLPHY, CSPART, GENCL, TORTURE, since_first

MEASURES = [TORTURE, CLPHY, GENCL, CSPART]


def _facts(existence: Existence, row: Row) -> list[EdgeFact]:
    year, code = since_first(row.year("year")), row.integer("COWcode")
    if code is None:
        raise Drop("a territory, not a state")
    return measured(row, existence.require(names.by_code("cow", code, year), year), year, MEASURES)


def load(raw: RawFolder) -> Iterator[Fact]:
    existence = Existence.read(raw)
    yield from indicators(MEASURES)
    yield from raw.csv(
        "vdem_v12_selected_1946_2021.csv.gz",
        partial(_facts, existence),
        ignore=["country_name", "v2x_polyarchy", "v2ju*", "v2xpe_exlgender", "v2x_gender", "e_*"],
    )
