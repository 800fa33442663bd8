"""What a graph says of itself: counts, sources, the date of its data, engine and version."""

from __future__ import annotations

from typing import Any

from kb.catalogue.queries import catalogue
from kb.engines.base import Engine
from kb.engines.tables import count
from kb.model.graph import MODEL
from kb.settings import settings
from kb.versions import home


def data_date(engine: Engine) -> str | None:
    """The day of the treaty status pages, ISO 8601: the date that a graph of the regime is known by."""
    day = catalogue()["score-span"].run(engine)["treaties_as_of"][0].as_py()
    return day.isoformat() if day else None


def graph_status(engine: Engine) -> dict[str, Any]:
    """Counts per label and relationship type, the data's date, the engine and the version, and the sources."""
    counts = count(engine)
    return {
        "engine": engine.version,
        "version": engine.data_version,
        "data_date": data_date(engine),
        "where": settings().neo4j_uri or str(home.home()),
        "labels": {n: c for n, c in counts.items() if n in MODEL.labels},
        "relationships": {n: c for n, c in counts.items() if n in MODEL.types},
        "sources": catalogue()["sources"].run(engine).to_pylist(),
    }
