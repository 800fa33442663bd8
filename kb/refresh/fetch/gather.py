"""Getting the raw files of a source for one run, from its publisher, the cache or a folder, and seeing what is new."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kb.errors import FetchError
from kb.load.fingerprint import fingerprint
from kb.load.register import Source
from kb.refresh.fetch.files import Edition, fetch, link_editions, newest
from kb.refresh.fetch.http import Manners
from kb.refresh.places import Places
from kb.refresh.record.history import Load
from kb.settings import settings

#: Not data: our own word on where a folder's files come from.
_NOTE = "SOURCE.md"


@dataclass(frozen=True)
class Gathered:
    """Raw files ready to be read: the folder that holds one folder per source, when they came, and from where."""

    root: Path
    retrieved: str
    addresses: Mapping[str, str]


def from_folder(folder: Path, source: Source, now: dt.datetime) -> Gathered:
    """Files already at hand. Raises :class:`FetchError` where the folder has none of this source."""
    if not (folder / source.raw).is_dir():
        raise FetchError(f"{folder} has no folder {source.raw}", "put the publisher's files there")
    return Gathered(folder, now.isoformat(timespec="seconds"), {})


def from_publisher(source: Source, places: Places, manners: Manners, now: dt.datetime) -> Edition:
    """The newest files of the publisher. Raises :class:`FetchError`."""
    return fetch(source, places, manners, now)


def from_cache(source: Source, places: Places) -> Edition:
    """The files fetched last. Raises :class:`FetchError` where none have been."""
    found = newest(places, source.code)
    if found is None:
        raise FetchError(f"no files of {source.code} are in the cache", "refresh once without --offline")
    return found


def lay_out(source: Source, edition: Edition, places: Places, sources: Mapping[str, Source], root: Path) -> Gathered:
    """Put an edition, and behind it those of the other sources, where loaders look for raw files: under ``root``.

    Loaders that read the files of another source beside their own find them in the cache, or in ``HRKB_RAW``.
    """
    others = {code: found for code in sources if (found := newest(places, code)) and code != source.code}
    folders = {source.code: edition.folder, **{code: found.folder for code, found in others.items()}}
    link_editions(root, folders, sources)
    beside = settings().hrkb_raw
    for folder in beside.glob("*") if beside else ():
        if not (root / folder.name).exists():
            (root / folder.name).symlink_to(folder.absolute())
    return Gathered(root, edition.retrieved, {name: answer.came_from for name, answer in edition.answers.items()})


def listing(folder: Path) -> tuple[str, ...]:
    """The names of all files in a source's folder."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return tuple(sorted(name for name in found if name != _NOTE))


def as_before(source: Source, good: Load, folder: Path) -> bool:
    """Are the files in ``folder`` those that the last good load read, and is what reads them the same?"""
    if good.code != fingerprint(source) or tuple(good.listing) != listing(folder):
        return False
    return all(_digest(folder / name) == digest for name, digest in good.files.items())


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
