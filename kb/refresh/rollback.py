"""Going back to an earlier version: its graph, its facts, and a word to the next refresh not to undo it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from kb import home
from kb.errors import GraphMissing, HrkbError, UsageError
from kb.refresh import deltas, generation, history
from kb.refresh.history import Run
from kb.refresh.places import Places
from kb.server import bring_up_to_date


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
        target = _target(root, version)
        made_by = [run.id for run in history.runs(kept) if run.version == target and run.how != "rollback"]
        # A version that no refresh made is one of `hrkb build`: the shipped facts, before the first run.
        back_to = made_by[-1] if made_by else ""
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


def _target(root: Path, version: str | None) -> str:
    names = [v.name for v in home.versions(root)]
    if version is not None:
        if version not in names:
            raise UsageError(f"there is no version {version!r}", f"there are {', '.join(names) or 'none'}")
        return version
    current = home.current(root).name
    older = [name for name in names if name < current]
    if not older:
        raise GraphMissing("there is no earlier version to go back to", "`hrkb status` shows the current one")
    return older[-1]
