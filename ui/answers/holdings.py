"""What a version holds beyond its answers: counts, rows set aside, what refreshes changed, and the whole graph as files."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from kb.engines.tables import count
from kb.export import files
from kb.facts import snapshot
from kb.model.graph import MODEL
from kb.refresh.places import Places
from kb.refresh.publish.generation import Good
from kb.refresh.record import history
from kb.refresh.record.history import Run
from kb.refresh.report.freshness import freshness
from kb.versions import home
from ui.view import graph
from ui.view.graph import Graph


def places() -> Places:
    """Where the refresh of this installation keeps its records."""
    return Places(home.home())


@st.cache_data(max_entries=2, show_spinner="Counting …")
def counts(now: Graph) -> pd.DataFrame:
    """Rows of every label and relationship type: ``kind name meaning rows``."""
    found = count(graph.engine_of(now))
    rows = [
        {
            "kind": "label" if name in MODEL.labels else "relationship type",
            "name": name,
            "meaning": MODEL.table(name).meaning,
            "rows": n,
        }
        for name, n in found.items()
        if n
    ]
    return pd.DataFrame(rows)


@st.cache_data(max_entries=2, show_spinner="Reading what was set aside …")
def quarantine(now: Graph) -> pd.DataFrame:
    """Every row set aside, of the last good load of every source: ``source file line reason column value``."""
    good = Good(places(), history.state(places()), snapshot.SNAPSHOT)
    tables = [snapshot.read_quarantine(good.folder(code)) for code in good.sources()]
    rows: pd.DataFrame = pa.concat_tables(tables).to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)
    return rows


def with_age(sources: pd.DataFrame, today: dt.date) -> pd.DataFrame:
    """The sources with how old they are: ``age`` in years of 365.25 days, and ``status`` (see :mod:`kb.refresh.report.freshness`)."""
    found = [freshness(row["as_of"], row["cadence"], today) for row in sources.to_dict("records")]
    return sources.assign(
        age=pd.array([None if f.days is None else round(f.days / 365.25, 2) for f in found], "Float64"),
        status=[f.status for f in found],
    )


def troubles() -> dict[str, str]:
    """The sources whose last load was rejected or failed, each with what happened and why."""
    known = history.state(places()).sources
    return {
        code: f"{one.last.outcome}, {one.last.reason}"
        for code, one in sorted(known.items())
        if one.last.outcome in ("rejected", "failed")
    }


def runs() -> list[Run]:
    """The refreshes on record, newest first."""
    return list(reversed(list(history.runs(places()))))


@st.cache_data(max_entries=4, show_spinner="Reading the changes …")
def changes(run: str) -> pd.DataFrame:
    """What one run added, changed and removed, in the columns of :data:`kb.refresh.judge.deltas.SCHEMA`."""
    table = history.changes(places())
    rows: pd.DataFrame = table.filter(pc.equal(table["run"], run)).to_pandas()
    return rows


# One archive per format and version: making one costs up to a minute of a processor.
@st.cache_data(max_entries=len(files.FORMATS), show_spinner=False)
def archive(now: Graph, name: str) -> bytes:
    """The whole graph as a ZIP file in one of :data:`kb.export.files.FORMATS`."""
    content = files.read(graph.engine_of(now), lambda stage, done, total: None)
    return files.archive(content, name, lambda stage, done, total: None)
