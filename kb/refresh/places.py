"""Where the refresh keeps its things.

``HRKB_HOME/refresh/``::

    raw/<source>/<day and time>/  answers as they came, with answers.json: address, validators, digest, length
    generations/<run>/<source>/   the facts that a run made current, laid out as the shipped snapshot
    origins/<source>.parquet      which row of which file gave which fact
    runs/<run>.json, .parquet     what a run did, and the facts it added, changed and removed
    state.json                    per source: when it was last asked, and what is good; made from runs/ when lost
    changes.atom                  the feed
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import filelock

from kb.errors import Busy


@dataclass(frozen=True)
class Places:
    """The folders of the refresh under ``home``, which is ``HRKB_HOME``."""

    home: Path

    @property
    def root(self) -> Path:
        return self.home / "refresh"

    @property
    def runs(self) -> Path:
        return self.root / "runs"

    @property
    def generations(self) -> Path:
        return self.root / "generations"

    @property
    def state(self) -> Path:
        return self.root / "state.json"

    @property
    def feed(self) -> Path:
        return self.root / "changes.atom"

    def raw(self, source: str) -> Path:
        return self.root / "raw" / source

    def origins(self, source: str) -> Path:
        return self.root / "origins" / f"{source}.parquet"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock of the refresh; the system frees it when its holder dies. Raises :class:`Busy` where it is held."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            with filelock.FileLock(self.root / "lock", timeout=0):
                yield
        except filelock.Timeout:
            raise Busy("another refresh is running", "wait until it is done; `hrkb refresh --health` shows") from None


def later_name(taken: Iterable[str], now: dt.datetime) -> str:
    """A name made of the time that sorts after all those taken, even where the clock has gone back."""
    name, newest = f"{now:%Y-%m-%dT%H%M%S}", max(taken, default="")
    if newest < name:
        return name
    stem, _, number = newest.partition("+")
    return f"{stem}+{int(number or 0) + 1:04d}"


def sweep(folder: Path) -> None:
    """Remove what a killed run left half written in ``folder``; only the holder of the lock may call this."""
    for path in folder.glob(".*") if folder.is_dir() else ():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
