"""Where built graphs live: ``HRKB_HOME/versions/<version>/`` each with its graph and its record, and a pointer.

A version is made beside the others and becomes current by replacing the pointer file, one atomic step. Readers open the
version that the pointer names and keep it as long as they like; a new one shows on their next request.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs
from pydantic import with_config
from typing_extensions import TypedDict

from kb import files
from kb.engines.embedded.engine import VERSION, EmbeddedEngine
from kb.errors import GraphMissing, HrkbError
from kb.facts.snapshot import LoadReport
from kb.model.graph import MODEL
from kb.records import Record
from kb.settings import settings
from kb.versions import canaries

#: Versions kept for readers that still have one open, and for going back.
KEPT = 3
GRAPH, RECORD, POINTER = "graph.duckdb", "record.json", "current"
_REMEDY = "free the disk, or set HRKB_HOME elsewhere"


@with_config({"extra": "allow"})
class VersionRecord(TypedDict, total=False):
    """What is written beside a graph when it is built, and may be missing where an older version of the project built it."""

    version: str
    built: str
    data_date: str | None
    only_open: bool
    #: What made the graph: the engine, digests of the model, of the code, and of all that goes into a graph.
    engine: str
    model: str
    code: str
    fingerprint: str
    #: Rows by label and type, digests of the tables of facts, edges left out because they lost an end.
    counts: dict[str, int]
    tables: dict[str, str]
    left_out: dict[str, int]
    loads: list[LoadReport]
    instruments_compared: int
    #: Of :func:`kb.versions.canaries.truths`.
    canaries: list[dict[str, Any]]


RECORDS = Record(VersionRecord)

#: Versions whose engine has answered the known questions rightly in this process.
_PROVEN: set[Path] = set()


@dataclass(frozen=True)
class Version:
    """One built graph: its folder and what its record says (version, built, data_date, counts, sources ...)."""

    folder: Path
    record: VersionRecord

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def known_answers(self) -> list[dict[str, Any]]:
        """What :func:`kb.versions.canaries.truths` computed when the graph was built."""
        return list(self.record.get("canaries", []))

    def open(self) -> EmbeddedEngine:
        """The graph, read-only. Raises :class:`GraphMissing` where another version of the project made it, and
        :class:`kb.errors.WrongAnswer` where the engine gives wrong rows.
        """
        wanted = {"model": MODEL.digest, "engine": VERSION}
        for key, value in wanted.items():
            if self.record.get(key) != value:
                raise GraphMissing(
                    f"the graph in {self.folder} was made with {key} {self.record.get(key)}, this is {value}",
                    "run `hrkb build` (or `make build`): graphs are rebuilt, not migrated",
                )
        engine = EmbeddedEngine(self.folder / GRAPH, data_version=self.name)
        try:
            self.prove(engine)
        except BaseException:
            engine.close()
            raise
        return engine

    def file(self) -> Path:
        """The graph's file, for a process that opens it by itself; proven as by :meth:`open`."""
        if self.folder not in _PROVEN:
            self.open().close()
        return self.folder / GRAPH

    def prove(self, engine: EmbeddedEngine) -> None:
        """Ask the engine, once in a process, for what is known of this graph. Raises :class:`kb.errors.WrongAnswer`."""
        if self.folder not in _PROVEN:
            canaries.prove(engine, self.known_answers)
            _PROVEN.add(self.folder)


def home() -> Path:
    """The folder named by ``HRKB_HOME``, else one in the user's data directory."""
    return settings().hrkb_home or platformdirs.user_data_path("hrkb")


def versions(root: Path | None = None) -> list[Version]:
    """Every complete version, oldest first."""
    found = []
    for folder in sorted(((root or home()) / "versions").glob("*")):
        try:
            found.append(Version(folder, RECORDS.read(folder / RECORD)))
        except (OSError, ValueError):
            continue  # being built, or left by a build that was killed: the next build removes it
    return found


def current(root: Path | None = None) -> Version:
    """The version that the pointer names. Raises :class:`GraphMissing` where there is none."""
    root = root or home()
    try:
        name = (root / POINTER).read_text(encoding="utf-8").strip()
        record = RECORDS.read(root / "versions" / name / RECORD)
    except FileNotFoundError:
        raise GraphMissing(
            f"there is no graph in {root} yet", "run `hrkb build` (or `make build`); it takes about a minute"
        ) from None
    except (OSError, ValueError) as error:
        raise GraphMissing(f"the graph in {root} cannot be read: {error}", "run `hrkb build` again") from error
    return Version(root / "versions" / name, record)


def make_folder(root: Path, name: str) -> Path:
    """An empty folder for a version to be built in. Raises :class:`HrkbError` where nothing can be written."""
    folder = root / "versions" / name
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise HrkbError(
            f"{folder} cannot be made: {error.strerror}", "set HRKB_HOME to a folder you may write to"
        ) from error
    return folder


def publish(version: Version, root: Path) -> None:
    """Write the record, then make the version current in one step, then drop versions too old to keep."""
    RECORDS.write(version.folder / RECORD, version.record, _REMEDY)
    point_to(version.name, root)
    prune(root)


def discard_unpublished(folder: Path, root: Path) -> None:
    """Remove a version that a build did not bring to its end; one that the pointer names stays."""
    try:
        published = (root / POINTER).read_text(encoding="utf-8").strip() == folder.name
    except FileNotFoundError:
        published = False
    if not published:
        shutil.rmtree(folder, ignore_errors=True)


def point_to(name: str, root: Path) -> None:
    """Make a version the current one."""
    files.write(root / POINTER, name + "\n", remedy=_REMEDY)


def prune(root: Path) -> None:
    """Remove all but the newest versions and the current one, and what killed builds left behind.

    A reader that still has a removed version open keeps it: the file system frees it when the last one closes.
    """
    keep = {current(root).name, *(v.name for v in versions(root)[-KEPT:])}
    for folder in (root / "versions").glob("*"):
        if folder.name not in keep:
            shutil.rmtree(folder, ignore_errors=True)
