"""Parameters with which the queries of the catalogue are asked: those of their examples, and others drawn at random."""

from __future__ import annotations

import random
from typing import Any

from kb.catalogue.queries import Query
from kb.engines.embedded.engine import EmbeddedEngine

_TREATIES = ("CAT", "CEDAW", "CRC", "ICCPR", "ICESCR", "CERD")


def examples(query: Query) -> dict[str, Any]:
    """The example of every parameter that has no default."""
    return {name: p.example for name, p in query.parameters.items() if p.default is None}


def drawn(query: Query, seed: int, graph: EmbeddedEngine) -> dict[str, Any]:
    """Another year, state, treaty, choice or number than the default; the same ones for a seed, so that a failure can be repeated."""
    chance = random.Random(f"{query.name}-{seed}")
    states = graph.read("MATCH (y:StateYear {year: 2014}) RETURN y.iso3 AS code ORDER BY code")["code"].to_pylist()
    values: dict[str, Any] = {}
    for name, parameter in query.parameters.items():
        if parameter.choices:
            values[name] = chance.choice(parameter.choices)
        elif "year" in name:
            values[name] = chance.randint(1970, 2015)
        elif parameter.type == "text" and ("iso3" in name or "state" in name):
            values[name] = chance.choice(states)
        elif parameter.type == "text" and "treaty" in name:
            values[name] = chance.choice(_TREATIES)
        elif parameter.default is None:
            values[name] = parameter.example
    return values
