"""A small graph for tests that write: four states, a treaty, ratifications and borders of two sources."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa

from kb.facts.identity import fact_ids
from kb.facts.schema import stored_schema
from kb.model.graph import MODEL


def states(*codes: str) -> pa.Table:
    rows = [{"iso3": code, "name": f"State of {code}", "former": False, "sources": ["first"]} for code in codes]
    return pa.Table.from_pylist(rows, stored_schema(MODEL.labels["State"]))


def edges(name: str, source: str, *rows: dict[str, Any]) -> pa.Table:
    """Edges of one source with their fact identifiers."""
    declared = MODEL.types[name]
    table = pa.Table.from_pylist([{"source": source, **row} for row in rows], stored_schema(declared))
    at = table.schema.get_field_index("fact")
    return table.set_column(at, "fact", fact_ids(declared, source, table))


def graph() -> dict[str, pa.Table]:
    treaty = [{"code": "CAT", "title": "A convention", "opened": 1984, "sources": ["first"]}]
    ratified = edges(
        "RATIFIED",
        "first",
        {"start": "SWE", "end": "CAT", "year": 1986, "date": dt.date(1986, 1, 8), "action": "ratification"},
        {"start": "NOR", "end": "CAT", "year": 1986, "date": dt.date(1986, 7, 9), "action": "ratification"},
        {"start": "FIN", "end": "CAT", "year": 1989, "action": "accession"},
    )
    borders = edges("BORDERS", "second", *({"start": "SWE", "end": end, "kind": "land"} for end in ("NOR", "FIN")))
    return {
        "State": states("SWE", "NOR", "FIN", "DNK"),
        "Treaty": pa.Table.from_pylist(treaty, stored_schema(MODEL.labels["Treaty"])),
        "RATIFIED": ratified,
        "BORDERS": borders,
    }
