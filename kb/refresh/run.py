"""One refresh: every source that is due is gathered, read, judged and compared; what is good is published and recorded."""

from __future__ import annotations

import dataclasses
import datetime as dt
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pyarrow as pa

from kb import files
from kb.errors import FetchError, HrkbError, UsageError
from kb.facts import snapshot
from kb.facts.snapshot import SNAPSHOT, SourceFacts
from kb.graph.make import Progress
from kb.load.extract import extract
from kb.load.fingerprint import fingerprint
from kb.load.register import Source, register
from kb.refresh.fetch import gather
from kb.refresh.fetch.files import newest, prune
from kb.refresh.fetch.http import Manners
from kb.refresh.judge import deltas
from kb.refresh.judge.accept import examine
from kb.refresh.places import Places
from kb.refresh.publish import generation
from kb.refresh.publish.generation import Good
from kb.refresh.publish.version import Publishing
from kb.refresh.record import history
from kb.refresh.record.history import Known, Load, Run, State
from kb.refresh.record.origins import Watcher
from kb.refresh.report import feed

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Request:
    """What to refresh, and how.

    ``codes`` names sources, empty means all that are due; ``folder`` holds raw files at hand, one folder per source;
    ``offline`` reads what was fetched last; ``dry_run`` publishes and records nothing; ``accept`` is a person's reason
    for taking a load that the bounds reject.
    """

    home: Path
    codes: tuple[str, ...] = ()
    folder: Path | None = None
    offline: bool = False
    dry_run: bool = False
    accept: str = ""
    only_open: bool = False
    shipped: Path = SNAPSHOT
    sources: Mapping[str, Source] = field(default_factory=register)
    manners: Manners = field(default_factory=Manners)

    @property
    def how(self) -> Literal["fetch", "folder", "offline"]:
        return "folder" if self.folder else "offline" if self.offline else "fetch"


@dataclass(frozen=True)
class Result:
    """A run, the facts it changed (:data:`kb.refresh.judge.deltas.SCHEMA`), and whether that was recorded."""

    run: Run
    deltas: pa.Table
    recorded: bool


def refresh(request: Request, tell: Progress, now: dt.datetime | None = None) -> Result:
    """Refresh; one at a time. ``now`` is the time, UTC, by the system's clock unless given.

    A source that fails or is rejected is recorded with its reason and keeps its last good facts. Raises
    :class:`HrkbError` where nothing can be recorded: another refresh is running, the disk is full, the build fails.
    """
    kept = Places(request.home)
    with kept.locked():
        state = history.state(kept)
        generation.clean(kept, state)
        work = _Work(request, kept, state, now or dt.datetime.now(dt.UTC))
        with files.workspace(kept.generations) as folder:
            return work.run(folder, tell)


def due(sources: Mapping[str, Source], state: State, now: dt.datetime) -> list[str]:
    """The sources to ask now: never asked, failed last time, or asked longer ago than their entry says."""
    found = []
    for code, source in sources.items():
        known = state.sources.get(code)
        if source.fetch and (known is None or _is_due(known, source.fetch.every_days, now)):
            found.append(code)
    return found


def _is_due(known: Known, every_days: int, now: dt.datetime) -> bool:
    asked = dt.datetime.fromisoformat(known.last.started)
    # Asked in the future means that the clock has gone back: ask now rather than wait for that day.
    return known.last.outcome == "failed" or asked > now or now - asked >= dt.timedelta(days=every_days, hours=-1)


@dataclass(frozen=True)
class Candidate:
    """A judged load; without facts where the files are those of the last good load."""

    load: Load
    old: SourceFacts | None = None
    facts: SourceFacts | None = None
    quarantined: pa.Table | None = None
    watcher: Watcher | None = None


class _Work:
    """One run in progress."""

    def __init__(self, request: Request, kept: Places, state: State, now: dt.datetime) -> None:
        self.request, self.places, self.state, self.now = request, kept, state, now
        self.good = Good(kept, state, request.shipped)
        self.watchers: dict[str, Watcher] = {}
        self.deltas: dict[str, pa.Table] = {}

    def run(self, folder: Path, tell: Progress) -> Result:
        codes = self._chosen()
        loads: dict[str, Load] = {}
        for done, code in enumerate(codes):
            tell("Reading sources", done, len(codes))
            loads[code] = self._load(self.request.sources[code], folder)
        accepted = {code: folder / "accepted" / code for code, load in loads.items() if load.outcome == "loaded"}
        run = Run(history.next_id(self.places, self.now), _stamp(self.now), "", self.request.how, ())
        if accepted and not self.request.dry_run:
            publishing = Publishing(self.request.home, self.good, folder, self.request.only_open)
            published = publishing.publish(run.id, accepted, tell)
            for code, reason in published.refused.items():
                loads[code] = dataclasses.replace(loads[code], outcome="rejected", reason=reason)
            run = dataclasses.replace(run, generation=published.generation, version=published.version)
        run = dataclasses.replace(run, loads=tuple(loads.values()), finished=_stamp(dt.datetime.now(dt.UTC)))
        changed = [self.deltas[code] for code, load in loads.items() if load.outcome == "loaded"]
        found = pa.concat_tables([deltas.SCHEMA.empty_table(), *changed])
        if not self.request.dry_run:
            self._record(run, found)
        return Result(run, found, not self.request.dry_run)

    def _chosen(self) -> list[str]:
        request = self.request
        unknown = [code for code in request.codes if code not in request.sources]
        if unknown:
            raise UsageError(f"there is no source {unknown[0]!r}", "`hrkb status` lists the sources")
        if request.accept and len(request.codes) != 1:
            raise UsageError("--accept is about one source", "name it with --source")
        if request.codes:
            return list(request.codes)
        if request.folder:
            return [code for code, source in request.sources.items() if (request.folder / source.raw).is_dir()]
        if request.offline:
            return [code for code in request.sources if newest(self.places, code)]
        return due(request.sources, self.state, self.now)

    def _load(self, source: Source, folder: Path) -> Load:
        """One source, from its files to a judged candidate in ``folder``/accepted."""
        load = Load(source.code, "failed", _stamp(self.now), "")
        try:
            found = self._gather(source, folder / "raw" / source.code)
        except FetchError as error:
            log.warning("%s: %s", source.code, error.problem)
            return dataclasses.replace(load, reason=error.problem, finished=_stamp(dt.datetime.now(dt.UTC)))
        load = dataclasses.replace(load, retrieved=found.retrieved, addresses=found.addresses)
        try:
            candidate = self._judge(source, found, load)
            load = candidate.load
        except HrkbError as error:
            load = dataclasses.replace(load, outcome="rejected", reason=error.problem)
        except Exception as error:
            # A loader that stumbles over an unforeseen file must not stop the other sources of an unattended run.
            log.exception("the loader of %s failed", source.code)
            load = dataclasses.replace(load, outcome="rejected", reason=f"the loader failed: {error!r}")
        if load.outcome == "rejected":
            log.warning("%s rejected: %s", source.code, load.reason)
        elif candidate.facts is not None:
            load = self._keep(source, candidate, folder / "accepted")
        return dataclasses.replace(load, finished=_stamp(dt.datetime.now(dt.UTC)))

    def _gather(self, source: Source, root: Path) -> gather.Gathered:
        if self.request.folder:
            return gather.from_folder(self.request.folder, source, self.now)
        if self.request.offline:
            edition = gather.from_cache(source, self.places)
        else:
            edition = gather.from_publisher(source, self.places, self.request.manners, self.now)
        return gather.lay_out(source, edition, self.places, self.request.sources, root)

    def _judge(self, source: Source, found: gather.Gathered, load: Load) -> Candidate:
        """Read the files, and hold them against the last good facts. Raises :class:`HrkbError` where they do not fit."""
        known = self.state.sources.get(source.code)
        folder = found.root / source.raw
        if known and known.good and gather.as_before(source, known.good, folder):
            same = known.good
            return Candidate(
                dataclasses.replace(
                    load, outcome="unchanged", files=same.files, listing=same.listing, code=same.code, as_of=same.as_of
                )
            )
        watcher = Watcher()
        facts, quarantined = extract(source, found.root, with_texts=True, watch=watcher)
        load = dataclasses.replace(
            load,
            files=facts.report["sha256"],
            listing=gather.listing(folder),
            code=fingerprint(source),
            as_of=_as_of(source, facts),
            rows={name: n for name, n in facts.report.items() if isinstance(n, int)},
        )
        old = self.good.read(source.code)
        return Candidate(self._weigh(source, old, facts, load), old, facts, quarantined, watcher)

    def _weigh(self, source: Source, old: SourceFacts | None, facts: SourceFacts, load: Load) -> Load:
        """Reject what the bounds do not allow, unless a person said why it is right; keep the warnings."""
        today = max(self.now.date(), *(self._days_known()))
        findings = examine(source, old, facts, today)
        reasons = [f.text for f in findings if f.kind == "rejection"]
        known = self.state.sources.get(source.code)
        if known and load.edition in known.refused:
            reasons.append("a rollback set these files aside")
        elif known and load.edition in known.earlier and known.good and known.good.edition != load.edition:
            reasons.append("an earlier edition came back")
        warnings = [f.text for f in findings if f.kind == "warning"]
        if reasons and not self.request.accept:
            return dataclasses.replace(load, outcome="rejected", reason="; ".join(reasons), warnings=tuple(warnings))
        if reasons:
            warnings.append(f"accepted ({self.request.accept}) although {'; '.join(reasons)}")
        return dataclasses.replace(load, outcome="loaded", warnings=tuple(warnings))

    def _days_known(self) -> list[dt.date]:
        """Days that have begun, whatever the clock says now: those of earlier runs."""
        return [dt.datetime.fromisoformat(k.last.started).date() for k in self.state.sources.values()] or [dt.date.min]

    def _keep(self, source: Source, candidate: Candidate, accepted: Path) -> Load:
        """Compare accepted facts with the last good ones, and write them to ``accepted`` unless they are the same."""
        facts, quarantined = candidate.facts, candidate.quarantined
        assert facts is not None and quarantined is not None and candidate.watcher is not None
        self.watchers[source.code] = candidate.watcher
        if candidate.old is not None and _same(candidate.old, facts):
            return dataclasses.replace(candidate.load, outcome="unchanged")
        known = self.state.sources.get(source.code)
        as_of = known.good.as_of if known and known.good else source.as_of
        self.deltas[source.code] = deltas.compare(candidate.old, facts, as_of)
        snapshot.write(facts, quarantined, accepted)
        n = deltas.counts(self.deltas[source.code])
        return dataclasses.replace(candidate.load, added=n["added"], changed=n["changed"], removed=n["removed"])

    def _record(self, run: Run, found: pa.Table) -> None:
        for load in run.loads:
            if load.outcome in ("loaded", "unchanged") and load.source in self.watchers:
                self.watchers[load.source].write(self.places, load.source)
        history.record(self.places, self.state, run, found)
        if run.outcome in ("loaded", "rejected") or not self.places.feed.exists():
            feed.write(self.places, self.request.sources)
        for load in run.loads:
            prune(self.places, load.source)
        log.info("run %s: %s", run.id, run.outcome)


def _stamp(when: dt.datetime) -> str:
    return when.isoformat(timespec="seconds")


def _same(old: SourceFacts, new: SourceFacts) -> bool:
    """The same facts and the same account of the rows; the files themselves may differ, as by the hour of a page."""
    told = [{k: v for k, v in one.report.items() if k != "sha256"} for one in (old, new)]
    return (
        told[0] == told[1]
        and old.tables.keys() == new.tables.keys()
        and all(old.tables[name].equals(table) for name, table in new.tables.items())
    )


def _as_of(source: Source, facts: SourceFacts) -> str:
    """The day that the facts speak of: that of the newest status page, else what the register says."""
    if "Treaty" in facts.tables:
        days = [day for day in facts.tables["Treaty"]["as_of"].to_pylist() if day is not None]
        if days:
            return str(max(days))
    return source.as_of
