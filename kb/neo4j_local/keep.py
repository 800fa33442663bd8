"""Keep a server with the current graph in a folder: fill it, bring it up to date, and stop it when it is time.

The data stay in the folder between runs. An empty one is filled by ``neo4j-admin``'s import, which is the fastest; later
only what changed is written.
"""

from __future__ import annotations

import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import filelock
import pyarrow as pa

from kb.engines.neo4j.bulk_import import write_files
from kb.engines.neo4j.engine import Neo4jEngine
from kb.engines.neo4j.load import Written, load
from kb.engines.tables import read_tables
from kb.errors import Busy, EngineError
from kb.neo4j_local import server as servers
from kb.neo4j_local.jars import CACHE, missing
from kb.neo4j_local.settings import Ports
from kb.versions.home import Version

#: Where the server and its data are kept unless somebody names another folder.
HOME = CACHE / "home"
#: Called with the stage's name, and how far it is: done and total steps.
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Kept:
    """A server that holds the current graph; ``change`` is what this start wrote, ``orphan`` whom it stopped first."""

    server: servers.Server
    change: Written
    imported: bool
    orphan: int | None


@contextmanager
def kept(version: Version, home: Path, ports: Ports, tell: Tell, *, gds: bool = False) -> Iterator[Kept]:
    """A server with the graph of ``version`` for the time of a ``with`` block; its data and password stay in ``home``.

    Raises :class:`Busy` where another run has the folder, :class:`EngineError` where Java or Maven are missing, a port is
    taken, or the server does not start.
    """
    lacking = missing()
    if lacking:
        raise EngineError(f"{lacking} is not there, which the Neo4j server needs", f"install {lacking}, or use Docker")
    home = home.resolve()
    with _alone(home):
        orphan = servers.stop_orphan(home)
        tell("Preparing", 0, 1)
        address = servers.prepare(home, ports, gds=gds)
        imported = not _filled(home)
        with version.open() as engine:
            graph = dict(read_tables(engine))
        if imported:
            _import(graph, version.name, home, tell)
        tell("Starting", 0, 1)
        server = servers.start(home, address)
        try:
            with Neo4jEngine(address) as engine:
                change = load(
                    engine, graph, version.name, progress=lambda name, done, total: tell("Loading", done, total)
                )
            del graph
            yield Kept(server, change, imported, orphan)
        finally:
            servers.stop(server)


def _marker(home: Path) -> Path:
    """There while an import is under way: one that was cut off is begun anew."""
    return home / "run" / "importing"


def _filled(home: Path) -> bool:
    return (home / "data" / "databases" / "neo4j").exists() and not _marker(home).exists()


def _import(graph: Mapping[str, pa.Table], version: str, home: Path, tell: Tell) -> None:
    """Fill an empty store."""
    _marker(home).touch()
    with tempfile.TemporaryDirectory(dir=home / "import") as folder:
        tell("Writing files", 0, 1)
        arguments = write_files(graph, version, Path(folder))
        tell("Importing", 0, 1)
        servers.admin(home, "database", "import", "full", "neo4j", *arguments)
    _marker(home).unlink()


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One run at a time in a folder. The lock goes with the process, however it ends."""
    home.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(home / "lock", timeout=0)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise Busy(
            f"a server is running in {home} already", "use it, stop it with Ctrl-C, or name another folder"
        ) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def ending_like_ctrl_c() -> Iterator[None]:
    """SIGTERM and SIGHUP (a closed terminal) end the work as Ctrl-C does; the earlier handlers come back afterwards."""
    before = {number: signal.signal(number, signal.default_int_handler) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
