"""The facts that a build rests on when nobody names a snapshot: the last good ones, else those that are shipped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb import files
from kb.facts.snapshot import SNAPSHOT
from kb.refresh.places import Places
from kb.refresh.publish.generation import Good, fill
from kb.refresh.record import history


@contextmanager
def standing(root: Path, shipped: Path = SNAPSHOT) -> Iterator[Path]:
    """A whole snapshot of the last good facts under ``root`` (``HRKB_HOME``), for the time of the block.

    That is ``shipped`` itself until a refresh has loaded something. Raises :class:`kb.errors.Busy` where a refresh is
    under way, which is about to change what is good.
    """
    kept = Places(root)
    if not history.state(kept).generation:
        yield shipped
        return
    with kept.locked(), files.workspace(kept.generations) as folder:
        fill(folder / "facts", Good(kept, history.state(kept), shipped), {})
        yield folder / "facts"
