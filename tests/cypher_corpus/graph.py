"""The graph that the corpus asks about: six states, two treaties, two organizations, two indicators, some of it missing.

It has what queries go wrong on: parallel edges, a loop of borders, missing values, a day, a flag, a list, a state without edges.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa
from on_server.small_graph import edges

from kb.facts.schema import stored_schema
from kb.model.graph import MODEL

_STATES = (
    ("SWE", "Sweden", 380, "Europe", 1946, False),
    ("NOR", "Norway", 385, "Europe", 1945, False),
    ("FIN", "Finland", 375, "Europe", 1955, False),
    ("DNK", "Denmark", 390, "Europe", 1945, False),
    ("YUG", "Yugoslavia", None, "Europe", 1945, True),
    ("MEX", "Mexico", 70, "Americas", None, False),
)
_MEASURED = (
    ("SWE", "LHRS", 1990, 3.5, 0.25),
    ("SWE", "LHRS", 1991, 3.75, None),
    ("SWE", "PTS", 1990, 1.0, None),
    ("SWE", "PTS", 1991, 1.0, None),
    ("NOR", "LHRS", 1990, 4.0, 0.5),
    ("NOR", "PTS", 1990, 2.0, None),
    ("MEX", "LHRS", 1990, -0.5, 0.125),
    ("MEX", "LHRS", 1990, -0.25, 0.125),
    ("MEX", "PTS", 1990, 4.0, None),
    ("MEX", "PTS", 1992, 3.0, None),
)


def _nodes(label: str, *rows: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), stored_schema(MODEL.labels[label]))


def _measured() -> pa.Table:
    names = ("start", "end", "year", "value", "sd")
    rows = [dict(zip(names, row, strict=True)) for row in _MEASURED]
    table = edges("MEASURED", "third", *rows)
    at = table.schema.get_field_index("fact")  # two editions state the same: each is a fact of its own
    return table.set_column(at, "fact", pa.array(range(1, len(rows) + 1), pa.int64()))


def graph() -> dict[str, pa.Table]:
    """The tables by label and type, as an engine's ``write`` takes them."""
    names = ("iso3", "name", "cow", "region", "un_member_from", "former")
    states = [dict(zip(names, row, strict=True), sources=["first", "second"]) for row in _STATES]
    land = [("SWE", "NOR"), ("SWE", "FIN"), ("NOR", "FIN"), ("FIN", "SWE")]
    return {
        "State": _nodes("State", *states),
        "Treaty": _nodes(
            "Treaty",
            {"code": "CAT", "title": "Against torture", "opened": 1984, "core": True, "sources": ["first"]},
            {"code": "CEDAW", "title": "Women", "opened": 1979, "core": True, "sources": ["first", "second"]},
        ),
        "IO": _nodes(
            "IO",
            {"code": "UN", "name": "United Nations", "founded": 1945, "kind": "universal", "sources": ["first"]},
            {"code": "NC", "name": "Nordic Council", "founded": 1952, "kind": "regional", "sources": ["first"]},
        ),
        "Indicator": _nodes(
            "Indicator",
            {"code": "LHRS", "name": "Latent score", "concept": "practice", "sources": ["third"]},
            {"code": "PTS", "name": "Terror scale", "concept": "practice", "lo": 1.0, "hi": 5.0, "sources": ["third"]},
        ),
        "RATIFIED": edges(
            "RATIFIED",
            "first",
            {"start": "SWE", "end": "CAT", "year": 1986, "date": dt.date(1986, 1, 8), "action": "ratification"},
            {"start": "NOR", "end": "CAT", "year": 1986, "date": dt.date(1986, 7, 9), "action": "ratification"},
            {"start": "FIN", "end": "CAT", "year": 1989, "action": "accession"},
            {"start": "SWE", "end": "CEDAW", "year": 1980, "date": dt.date(1980, 7, 2), "action": "ratification"},
            {"start": "MEX", "end": "CEDAW", "year": 1981, "date": dt.date(1981, 3, 23), "action": "ratification"},
        ),
        "SIGNED": edges(
            "SIGNED",
            "first",
            {"start": "SWE", "end": "CAT", "year": 1985},
            {"start": "DNK", "end": "CAT", "year": 1985},
        ),
        "MEMBER_OF": edges(
            "MEMBER_OF",
            "first",
            {"start": "SWE", "end": "UN", "from_year": 1946, "to_year": 9999, "status": "full"},
            {"start": "NOR", "end": "UN", "from_year": 1945, "to_year": 9999, "status": "full"},
            {"start": "SWE", "end": "NC", "from_year": 1952, "to_year": 1960, "status": "full"},
            {"start": "SWE", "end": "NC", "from_year": 1961, "to_year": 9999, "status": "full"},
            {"start": "NOR", "end": "NC", "from_year": 1952, "to_year": 9999, "status": "full"},
            {"start": "FIN", "end": "NC", "from_year": 1955, "to_year": 9999, "status": "observer"},
        ),
        "BORDERS": edges("BORDERS", "second", *({"start": a, "end": b, "kind": "land"} for a, b in land)),
        "MEASURED": _measured(),
    }
