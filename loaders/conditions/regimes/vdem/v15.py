"""V-Dem version 15: the two democracy indices with the uncertainty that the version 16 copy leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kb.facts.fact import Fact
from kb.load.raw import RawFolder
from loaders.conditions.regimes.vdem import LIBDEM, POLYARCHY, by_cow
from loaders.shared.existence import Existence
from loaders.shared.measures import indicators

MEASURES = [POLYARCHY, LIBDEM]


def load(raw: RawFolder) -> Iterator[Fact]:
    yield from indicators(MEASURES)
    yield from raw.csv(
        "vdem_v15_highlevel_1946_2024.csv.gz",
        partial(by_cow, Existence.read(raw), "vdem_cowcode", MEASURES),
        ignore=[
            *("vdem_country_name", "country_text_id", "country_id", "GWn", "cown", "in_GW_system"),
            *("v2x_partipdem", "v2x_delibdem", "v2x_egaldem", "v2x_mpi"),
        ],
    )
