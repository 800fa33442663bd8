"""Fetching a source: all its files, or the word that none has changed, kept in the local cache by day and time."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import with_config

from kb import files
from kb.errors import FetchError, UsageError
from kb.load.register import Source
from kb.records import Record
from kb.refresh.fetch.answers import as_file
from kb.refresh.fetch.http import Manners, Publisher, Received
from kb.refresh.places import Places, later_name

ANSWERS = "answers.json"
#: Raw editions kept per source: the last good one may be older than the last that was rejected.
KEPT = 5


@with_config({"extra": "forbid"})
@dataclass(frozen=True)
class Answer:
    """What came for one file, and the validators for the next time."""

    address: str
    came_from: str
    retrieved: str
    sha256: str
    length: int
    content_type: str
    etag: str
    last_modified: str


_ANSWERS = Record(dict[str, Answer])


@dataclass(frozen=True)
class Edition:
    """The files of a source that came together: their folder, and the answer for each."""

    folder: Path
    answers: Mapping[str, Answer]

    @property
    def retrieved(self) -> str:
        """When the newest of the files came, UTC, ISO 8601."""
        return max(answer.retrieved for answer in self.answers.values())


def newest(places: Places, source: str) -> Edition | None:
    """The newest complete edition in the cache, or None."""
    for folder in sorted(places.raw(source).glob("[0-9]*"), reverse=True):
        try:
            return Edition(folder, _ANSWERS.read(folder / ANSWERS))
        except (OSError, ValueError):
            continue  # not ours, or damaged: an older one is asked for again
    return None


def fetch(source: Source, places: Places, manners: Manners, now: dt.datetime) -> Edition:
    """Ask the publisher for every file of ``source``. Returns the newest edition, a known one where nothing changed.

    Either all files come or nothing is kept. Raises :class:`FetchError`, :class:`kb.errors.HrkbError` (disk).
    """
    if source.fetch is None:
        raise UsageError(
            f"{source.code} exists only as a dated file", "put a newer file in a folder and refresh with --from"
        )
    known = newest(places, source.code)
    received: dict[str, tuple[Answer, bytes]] = {}
    with Publisher(source.fetch, manners) as publisher:
        for name, address in source.fetch.files.items():
            before = known.answers.get(name) if known and (known.folder / name).is_file() else None
            if before and before.address != address:
                before = None
            answer = publisher.get(address, _validators(before))
            if answer.status == 304 and before is None:
                raise FetchError(f"{address} says 'not modified' to a first request", "try again later")
            if answer.status == 200:
                content = as_file(name, answer.content, answer.headers.get("content-type", ""), address, source.fetch)
                received[name] = _answer(address, answer, content, now), content
    if known and all(name in known.answers for name in source.fetch.files) and _same(known, received):
        return known
    return _keep(source, places, known, received, now)


def _validators(before: Answer | None) -> dict[str, str]:
    found = {}
    if before and before.etag:
        found["If-None-Match"] = before.etag
    if before and before.last_modified:
        found["If-Modified-Since"] = before.last_modified
    return found


def _answer(address: str, received: Received, content: bytes, now: dt.datetime) -> Answer:
    return Answer(
        address=address,
        came_from=received.address,
        retrieved=now.isoformat(timespec="seconds"),
        sha256=hashlib.sha256(content).hexdigest(),
        length=len(content),
        content_type=received.headers.get("content-type", ""),
        etag=received.headers.get("etag", ""),
        last_modified=received.headers.get("last-modified", ""),
    )


def _same(known: Edition, received: Mapping[str, tuple[Answer, bytes]]) -> bool:
    return all(known.answers[name].sha256 == answer.sha256 for name, (answer, _) in received.items())


def _keep(
    source: Source,
    places: Places,
    known: Edition | None,
    received: Mapping[str, tuple[Answer, bytes]],
    now: dt.datetime,
) -> Edition:
    """A new edition in the cache: what came, and the unchanged files of the known one."""
    assert source.fetch is not None
    name = later_name((path.name for path in places.raw(source.code).glob("[0-9]*")), now)
    answers: dict[str, Answer] = {}
    with files.workspace(places.raw(source.code)) as folder:
        for file in source.fetch.files:
            if file in received:
                answers[file], content = received[file]
            else:
                assert known is not None
                answers[file], content = known.answers[file], (known.folder / file).read_bytes()
            files.write(folder / file, content)
        _ANSWERS.write(folder / ANSWERS, answers)
        return Edition(files.put(folder, places.raw(source.code) / name), answers)


def prune(places: Places, source: str) -> None:
    """Remove all but the newest editions of a source from the cache."""
    for folder in sorted(places.raw(source).glob("[0-9]*"))[:-KEPT]:
        shutil.rmtree(folder, ignore_errors=True)


def link_editions(root: Path, editions: Mapping[str, Path], sources: Mapping[str, Source]) -> None:
    """Lay out cached editions as loaders expect raw files: ``root``/<raw folder>/<file>, as links.

    Sources may share a folder, and some loaders read the files of another source beside their own.
    """
    for code, folder in editions.items():
        for file in folder.rglob("*"):
            if file.is_file() and file.name != ANSWERS:
                link = root / sources[code].raw / file.relative_to(folder)
                link.parent.mkdir(parents=True, exist_ok=True)
                if not link.exists():
                    link.symlink_to(file)
