"""Files and folders that are there whole or not at all: made beside their place and moved into it in one step.

Whatever stops a writer, an error, a full disk, Ctrl-C or a kill, what was there before stays. What a killed writer leaves has a
name that begins with a dot.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.errors import HrkbError

REMEDY = "free the disk or mend the permissions, then do the same again"
#: Of Linux's renameat2: paths from the working folder on, and the two change places.
_HERE, _EXCHANGE = -100, 2


@contextmanager
def writing(place: Path, remedy: str = REMEDY) -> Iterator[None]:
    """Turn what the disk refuses into :class:`HrkbError` that names ``place`` and says what to do."""
    try:
        yield
    except OSError as fault:
        raise HrkbError(f"{place} cannot be written: {fault.strerror or fault}", remedy) from fault


def write(path: Path, content: str | bytes, *, mode: int | None = None, remedy: str = REMEDY) -> None:
    """Write a file whole or not at all, with the permissions ``mode``, or the usual ones. Raises :class:`HrkbError`."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    with writing(path, remedy):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            fresh.unlink(missing_ok=True)
            opened = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666 if mode is None else 0o600)
            with os.fdopen(opened, "wb") as file:
                file.write(content.encode() if isinstance(content, str) else content)
                file.flush()
                if mode is not None:
                    os.fchmod(opened, mode)
                os.fsync(opened)
            os.replace(fresh, path)
            _sync(path.parent)
        finally:
            fresh.unlink(missing_ok=True)


@contextmanager
def workspace(parent: Path, prefix: str = ".work-", remedy: str = REMEDY) -> Iterator[Path]:
    """A new folder in ``parent`` for the time of the block; :func:`put` may give it, or one in it, a lasting name."""
    with writing(parent, remedy):
        parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
    try:
        yield fresh
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def put(fresh: Path, place: Path, remedy: str = REMEDY) -> Path:
    """Move a finished folder to its place on the same disk, and what may be there to where the fresh one was.

    Returns the place. Where anything fails, both stay where they were. Raises :class:`HrkbError`.
    """
    with writing(place, remedy):
        for path in (*fresh.rglob("*"), fresh):
            _sync(path)
        fresh.chmod(0o755)
        if not place.exists():
            os.replace(fresh, place)
        elif not _exchange(fresh, place):
            _replace_in_steps(fresh, place)
        _sync(place.parent)
    return place


def _sync(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system or the file system cannot."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    return rename is not None and rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0


def _replace_in_steps(fresh: Path, place: Path) -> None:
    aside = place.with_name(f".{place.name}.{os.getpid()}")
    os.replace(place, aside)
    try:
        os.replace(fresh, place)
    except BaseException:
        os.replace(aside, place)
        raise
    os.replace(aside, fresh)
