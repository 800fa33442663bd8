"""Going back to an earlier version: its graph, its facts, and a word to the next refresh not to undo it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from kb.errors import GraphMissing, HrkbError, UsageError
from kb.refresh.judge import deltas
from kb.refresh.places import Places
from kb.refresh.publish import generation
from kb.refresh.record import history
from kb.refresh.record.history import Run
from kb.versions import home
from kb.versions.push import bring_up_to_date


def rollback(root: Path, version: str | None = None, reason: str = "", now: dt.datetime | None = None) -> Run:
    """Make an earlier version current, the one before the current one unless named. Returns the run that says so.

    The files that were loaded since are refused from now on, until the publisher changes them or a person accepts them.
    Raises :class:`UsageError` for an unknown version, :class:`GraphMissing` where there is none to go back to.
    """
    kept = Places(root)
    now = now or dt.datetime.now(dt.UTC)
    with kept.locked():
        state = history.state(kept)
        generation.clean(kept, state)
        found = _target(root, version)
        target = found.name
        back_to = _run_behind(kept, found)
        facts = history.fold(run for run in history.runs(kept) if run.id <= back_to).generation
        if facts and not (kept.generations / facts).is_dir():
            raise HrkbError(f"the facts of version {target} are not kept any more", "choose a newer version")
        stamp = now.isoformat(timespec="seconds")
        run = Run(
            history.next_id(kept, now), stamp, stamp, "rollback", (), facts, target, back_to=back_to, reason=reason
        )
        home.point_to(target, root)
        bring_up_to_date(home.current(root), lambda stage, done, total: None)
        history.record(kept, state, run, deltas.SCHEMA.empty_table())
    return run


def _run_behind(kept: Places, version: home.Version) -> str:
    """The run whose facts a version holds: that which made it, else, for one of `hrkb build`, the last before it, if any."""
    runs = list(history.runs(kept))
    made_by = [run.id for run in runs if run.version == version.name and run.how != "rollback"]
    before = [run.id for run in runs if run.started <= version.record["built"]]
    return (made_by or before or [""])[-1]


def _target(root: Path, version: str | None) -> home.Version:
    known = {v.name: v for v in home.versions(root)}
    if version is not None:
        if version not in known:
            raise UsageError(f"there is no version {version!r}", f"there are {', '.join(known) or 'none'}")
        return known[version]
    current = home.current(root).name
    older = [v for name, v in known.items() if name < current]
    if not older:
        raise GraphMissing("there is no earlier version to go back to", "`hrkb status` shows the current one")
    return older[-1]
