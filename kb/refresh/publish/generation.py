"""The last good facts: the shipped snapshot, and in its place what a refresh has accepted since, source by source."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kb import files
from kb.errors import InputError
from kb.facts import snapshot
from kb.facts.snapshot import SourceFacts
from kb.refresh.judge.compare import TEXTS
from kb.refresh.places import Places, sweep
from kb.refresh.record.history import State
from kb.versions import home


@dataclass(frozen=True)
class Good:
    """Where the last good facts of each source are. A source never loaded by a refresh is as ``shipped``."""

    places: Places
    state: State
    shipped: Path

    def folder(self, source: str) -> Path:
        """The folder of a source's facts; it may not exist."""
        if source in self.state.local and self.state.generation:
            return self.places.generations / self.state.generation / source
        return self.shipped / source

    def read(self, source: str) -> SourceFacts | None:
        """The last good facts of a source; None where there are none yet.

        Facts of a refresh that an older version of the project wrote in another shape give way to the shipped ones.
        """
        for folder in (self.folder(source), self.shipped / source):
            if folder.is_dir():
                try:
                    return snapshot.read_source(folder)
                except InputError:
                    if folder == self.shipped / source:
                        raise
        return None

    def sources(self) -> list[str]:
        """The codes of all sources that have facts."""
        shipped = {path.name for path in self.shipped.glob("[!.]*") if path.is_dir()}
        return sorted({*shipped, *self.state.local})


def fill(folder: Path, good: Good, accepted: Mapping[str, Path]) -> None:
    """Lay out a whole snapshot in ``folder``: the ``accepted`` sources, and of all others the last good facts.

    Files are linked where the file system allows it; nobody changes them in place. Raises :class:`kb.errors.HrkbError`.
    """
    with files.writing(folder):
        for source in sorted({*good.sources(), *accepted}):
            origin = accepted.get(source) or good.folder(source)
            shutil.copytree(origin, folder / source, copy_function=_link)


def _link(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:  # another file system
        shutil.copyfile(source, target)
    return target


def clean(places: Places, state: State) -> None:
    """Remove what killed runs left behind, and generations too old to go back to."""
    for folder in (places.root, places.runs, places.generations, places.root / "origins"):
        sweep(folder)
    for folder in (places.root / "raw").glob("*"):
        sweep(folder)
    recorded = {path.stem for path in places.runs.glob("[0-9]*.json")}
    made = sorted(path.name for path in places.generations.glob("[0-9]*"))
    # A generation has the name of the run that made it.
    keep = {*[name for name in made if name in recorded][-(home.KEPT + 1) :], state.generation}
    for name in made:
        if name not in keep:
            shutil.rmtree(places.generations / name, ignore_errors=True)
    for path in places.runs.glob("[0-9]*.parquet"):
        if path.stem not in recorded:
            path.unlink(missing_ok=True)


def export(good: Good, target: Path) -> list[str]:
    """Write the last good facts as a snapshot that may be shipped: without any text of a source. Returns the codes."""
    for code in good.sources():
        facts = good.read(code)
        assert facts is not None
        tables = {}
        for name, table in facts.tables.items():
            for column in TEXTS & set(table.column_names):
                index = table.column_names.index(column)
                blank = [None] * table.num_rows
                table = table.set_column(index, table.schema.field(column), [blank])
            tables[name] = table
        quarantined = snapshot.read_quarantine(good.folder(code))
        snapshot.write(SourceFacts(code, tables, facts.report), quarantined, target)
    return good.sources()
