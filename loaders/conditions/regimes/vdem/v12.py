"""V-Dem version 12, selected columns to 2021: torture, physical violence, women's liberties, civil society."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kb.facts.fact import Fact
from kb.load.raw import RawFolder
from loaders.conditions.regimes.vdem import CLPHY, CSPART, GENCL, TORTURE, by_cow
from loaders.shared.existence import Existence
from loaders.shared.measures import indicators

MEASURES = [TORTURE, CLPHY, GENCL, CSPART]


def load(raw: RawFolder) -> Iterator[Fact]:
    yield from indicators(MEASURES)
    yield from raw.csv(
        "vdem_v12_selected_1946_2021.csv.gz",
        partial(by_cow, Existence.read(raw), "COWcode", MEASURES),
        ignore=["country_name", "v2x_polyarchy", "v2ju*", "v2xpe_exlgender", "v2x_gender", "e_*"],
    )
