"""The scores of every state-year: integration, commitment, practice, decoupling.

Measures that a query can state live in ``queries/``, one file each; here is what Cypher cannot do well: percentiles, which
the simulation needs a thousand times a year, eigenvector centrality, and the simulation itself. Each
definition stands in the header of its query or beside its function.
"""

from __future__ import annotations

import pyarrow as pa

from kb.engines.base import Engine
from kb.facts.schema import stored_schema
from kb.model.graph import MODEL
from kb.scores import decoupling, integration
from kb.scores.panel import read_panel


def compute(engine: Engine) -> pa.Table:
    """One row per state in the system and year from 1946, with the columns of the label StateYear.

    Sorted by year and state. Raises :class:`kb.errors.CheckError` where a measure gives two values for one state-year.
    """
    panel, treaty_depth, treaty_practice = read_panel(engine)
    integration.add(panel, engine)
    decoupling.add(panel, treaty_depth, treaty_practice)
    panel["id"] = panel["iso3"] + "-" + panel["year"].astype(str)
    schema = stored_schema(MODEL.labels["StateYear"])
    columns = [
        pa.array(panel[field.name], from_pandas=True).cast(field.type)
        if field.name in panel
        else pa.nulls(len(panel), field.type)
        for field in schema
    ]
    return pa.table(columns, schema=schema)
