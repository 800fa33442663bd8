"""What the tests of the refresh share: five sources by their small files, requests for them, and a home after a first refresh."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import fixture_facts

from kb.load.register import Fetch, Source
from kb.refresh.fetch.http import Manners
from kb.refresh.run import Request, Result, refresh
from kb.versions import home

#: Small, and all of them may be passed on, so that a graph of only open sources has them.
SMALL = ("cow-states", "gw-states", "country-codes", "human-rights-council", "io-events")
COUNCIL = "human-rights-council"
TERMS = "unhrc_terms_2006_2027.csv"
#: The terms in the Council's small file.
TERMS_AT_FIRST = len(fixture_facts.kept(COUNCIL)["facts"]["SEATED_ON"])
NOW = dt.datetime(2026, 3, 1, 3, 30, tzinfo=dt.UTC)
#: Children are forked from a process that has everything imported, so that a kill seldom hits an import.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["refreshing", "kb.refresh.run"])


def small(**addresses: str) -> Mapping[str, Source]:
    """The entries of the small sources, for their small files; ``terms`` is an address to fetch the Council's terms from."""
    found = {code: fixture_facts.source(code) for code in SMALL}
    if "terms" in addresses:
        fetch = Fetch(files={TERMS: addresses["terms"]}, every_days=1, pause_seconds=0)
        found[COUNCIL] = found[COUNCIL].model_copy(update={"fetch": fetch})
    return found


@dataclass(frozen=True)
class Desk:
    """A home of its own, an empty shipped snapshot, and raw files that a test may change."""

    root: Path

    @property
    def home(self) -> Path:
        return self.root / "home"

    @property
    def raw(self) -> Path:
        return self.root / "raw"

    @property
    def terms(self) -> Path:
        return self.raw / "unhrc-membership-wikipedia" / TERMS

    def request(self, *codes: str, **more: object) -> Request:
        given = Request(
            self.home,
            codes,
            folder=self.raw,
            only_open=True,
            shipped=self.root / "shipped",
            sources=small(),
            manners=Manners(attempts=2, sleep=lambda seconds: None),
        )
        return replace(given, **more)  # type: ignore[arg-type]

    def refresh(self, *codes: str, now: dt.datetime = NOW, **more: object) -> Result:
        return refresh(self.request(*codes, **more), lambda stage, done, total: None, now)

    @property
    def version(self) -> str:
        return home.current(self.home).name

    def copy(self, to: Path) -> Desk:
        shutil.copytree(self.root, to, copy_function=shutil.copy, symlinks=True)
        return Desk(to)


def new_desk(folder: Path) -> Desk:
    """A desk with copies of the small raw files of the small sources."""
    desk = Desk(folder)
    (folder / "shipped").mkdir(parents=True)
    for source in small().values():
        target = desk.raw / source.raw
        if not target.exists():
            shutil.copytree(fixture_facts.RAW / source.raw, target, copy_function=shutil.copyfile)
    return desk


def outcome(result: Result, source: str = COUNCIL) -> tuple[str, str]:
    """What became of a source, and why."""
    return next((load.outcome, load.reason) for load in result.run.loads if load.source == source)
