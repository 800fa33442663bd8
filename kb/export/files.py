"""The whole graph as files: Parquet, Stata and a panel for analysis, CSV for ``neo4j-admin``, GraphML for networks.

Every format goes into a folder of its own with the graph, ``sources.csv`` (licence and citation of every source) and
``README.md`` (version, day of the data, counts). A folder appears when it is complete, or not at all.
"""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from kb import files
from kb.catalogue.queries import catalogue
from kb.catalogue.sources import of_scores
from kb.engines.base import Engine
from kb.engines.neo4j import bulk_import
from kb.engines.tables import identity, read_table
from kb.errors import UsageError
from kb.export import field, graphml
from kb.export.content import Content, Progress
from kb.facts import snapshot
from kb.graph import make
from kb.model.graph import MODEL
from kb.model.scores import BY_NAME
from kb.refresh.places import Places
from kb.refresh.publish import generation
from kb.refresh.publish.generation import Good
from kb.refresh.record import history
from kb.versions import home
from kb.versions.opening import open_engine
from kb.versions.status import data_date


def _parquet(content: Content, folder: Path, progress: Progress) -> None:
    for done, (name, rows) in enumerate(content.tables.items()):
        progress("Writing Parquet", done, len(content.tables))
        pq.write_table(rows, folder / f"{name}.parquet", compression="zstd")


def _neo4j(content: Content, folder: Path, progress: Progress) -> None:
    progress("Writing CSV for neo4j-admin", 0, 1)
    arguments = bulk_import.write_files(content.tables, content.version, folder)
    # The importer is run in the folder, wherever it was moved to.
    lines = [argument.replace(f"{folder}{os.sep}", "") for argument in arguments]
    (folder / "import.args").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _graphml(content: Content, folder: Path, progress: Progress) -> None:
    with (folder / "graph.graphml").open("w", encoding="utf-8") as file:
        graphml.write(content.tables, file, lambda done, total: progress("Writing GraphML", done, total))


@dataclass(frozen=True)
class Format:
    """One way to write the graph: what to call it, how to open it, and what writes it into an empty folder."""

    title: str
    use: str
    write: Callable[[Content, Path, Progress], None]


FORMATS: Mapping[str, Format] = {
    "parquet": Format(
        "Parquet",
        "one file per label and relationship type: `pandas.read_parquet`, R's `arrow`, DuckDB; an edge's ends are `start` and `end`",
        _parquet,
    ),
    "neo4j": Format(
        "CSV for Neo4j",
        "in this folder, with the server stopped: `neo4j-admin database import full neo4j @import.args`",
        _neo4j,
    ),
    "graphml": Format(
        "GraphML",
        "Gephi, Cytoscape, igraph, `networkx.read_graphml`; a node's id is `Label:key`, days are texts",
        _graphml,
    ),
    "stata": Format(
        "Stata",
        "Stata 14 and newer: `use panel`, then `notes`; `panel.dta` has a row per state and year, the other files are the "
        "graph's tables; `pandas.read_stata`, R's `haven`",
        field.write_stata,
    ),
    "panel": Format(
        "State-year panel",
        "`panel.csv` in anything; `codebook.md` (and `.csv`) says what every variable means",
        field.write_panel,
    ),
}


def read(engine: Engine, progress: Progress) -> Content:
    """Everything an open graph holds. Raises :class:`kb.errors.EngineError`."""
    tables = {}
    total = len(MODEL.nodes) + len(MODEL.edges)
    for done, declared in enumerate(MODEL):
        progress("Reading the graph", done, total)
        rows = read_table(engine, declared)
        if rows.num_rows:
            tables[declared.name] = rows.sort_by(identity(declared))
    behind = {name: tuple(of_scores(engine, [name])) for name in BY_NAME}
    return Content(engine.data_version, data_date(engine), tables, catalogue()["sources"].run(engine), behind)


def write(content: Content, name: str, root: Path, progress: Progress) -> Path:
    """Write one of :data:`FORMATS` into ``root/<name>`` and return that folder.

    Raises :class:`UsageError` for an unknown format or where something is there already, :class:`HrkbError` where
    nothing can be written.
    """
    if name not in FORMATS:
        raise UsageError(f"there is no format {name!r}", f"there are {', '.join(FORMATS)}")
    final = root / name
    if final.exists():
        raise UsageError(f"{final} is there already", "name another folder, or remove it")
    remedy = "free the disk, or name another folder"
    with files.writing(final, remedy), files.workspace(root, f".{name}-", remedy) as fresh:
        FORMATS[name].write(content, fresh, progress)
        pa.csv.write_csv(content.sources, fresh / "sources.csv")
        (fresh / "README.md").write_text(_readme(content, FORMATS[name]), encoding="utf-8")
        return files.put(fresh, final, remedy)


def _readme(content: Content, format: Format) -> str:
    counts = "\n".join(f"| {name} | {rows.num_rows:,} |" for name, rows in content.tables.items())
    return f"""# The human-rights regime as a graph: {format.title}

Version {content.version}, treaty status pages of {content.data_date or "an unstated day"}.

How to open it: {format.use}.

The figures belong to their sources. `sources.csv` says for each one its licence, whether it may be passed on, and how to
cite it; every node names its `sources` and every relationship its `source`.

| label or type | rows |
|---|---:|
{counts}
"""


def archive(content: Content, name: str, progress: Progress) -> bytes:
    """One of :data:`FORMATS` as a ZIP file, for a download."""
    with tempfile.TemporaryDirectory() as place:
        folder = write(content, name, Path(place), progress)
        packed = Path(place) / f"{name}.zip"
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as file:
            for path in sorted(folder.iterdir()):
                file.write(path, f"{name}/{path.name}")
        return packed.read_bytes()


@contextmanager
def opened(only_open: bool, progress: Progress) -> Iterator[Engine]:
    """The current graph; with ``only_open`` one built for the occasion from the sources that may be passed on.

    A node's properties come from several sources and a score from many, so leaving rows out of a finished graph would
    still pass on what may not be: the open graph is built from open facts alone.
    """
    if not only_open:
        with open_engine() as engine:
            yield engine
        return
    places = Places(home.home())
    with tempfile.TemporaryDirectory() as place:
        facts = Path(place) / "facts"
        generation.fill(facts, Good(places, history.state(places), snapshot.SNAPSHOT), {})
        version, _ = make.build(make.Plan(facts, Path(place), only_open=True), progress)
        with version.open() as engine:
            yield engine
