"""Files and folders are there whole or not at all, whatever stops the writer."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kb import files
from kb.errors import HrkbError


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """As on a full disk: no file of this process may be longer than ``size`` bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


def folder(place: Path, **content: str) -> Path:
    place.mkdir()
    for name, text in content.items():
        (place / name).write_text(text)
    return place


def held(place: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in place.iterdir()}


@pytest.fixture(params=["in one step", "in two"])
def steps(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a system where two folders can change places, and on one where they cannot."""
    if request.param == "in two":
        monkeypatch.setattr(files, "_exchange", lambda one, other: False)


def test_a_file_is_replaced_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    for text in ("old", "new"):
        files.write(tmp_path / "deep" / "file", text)

    assert held(tmp_path / "deep") == {"file": "new"}


@pytest.mark.parametrize(("mode", "found"), [(0o600, 0o600), (0o444, 0o444), (None, 0o640)])
def test_a_file_has_the_permissions_asked_for(mode: int | None, found: int, tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        files.write(tmp_path / "file", "old", mode=mode)
        files.write(tmp_path / "file", "new", mode=mode)
    finally:
        os.umask(before)

    assert (tmp_path / "file").stat().st_mode & 0o777 == found


def test_on_a_full_disk_the_old_file_stays(tmp_path: Path) -> None:
    files.write(tmp_path / "file", "old")

    with largest_file(100), pytest.raises(HrkbError, match="file cannot be written: File too large") as error:
        files.write(tmp_path / "file", "new" * 1000, remedy="buy a disk")

    assert error.value.remedy == "buy a disk"
    assert held(tmp_path) == {"file": "old"}


def test_a_folder_takes_the_place_of_another(tmp_path: Path, steps: None) -> None:
    place = folder(tmp_path / "place", a="old", b="old")

    with files.workspace(tmp_path) as work:
        files.put(folder(work / "fresh", a="new"), place)

    assert held(place) == {"a": "new"}
    assert [path.name for path in tmp_path.iterdir()] == ["place"]


def test_a_workspace_itself_can_be_put_in_place(tmp_path: Path, steps: None) -> None:
    for text in ("old", "new"):
        with files.workspace(tmp_path) as work:
            (work / "a").write_text(text)
            files.put(work, tmp_path / "place")

    assert held(tmp_path / "place") == {"a": "new"}
    assert (tmp_path / "place").stat().st_mode & 0o777 == 0o755
    assert [path.name for path in tmp_path.iterdir()] == ["place"]


def test_a_folder_that_cannot_be_moved_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place, fresh = folder(tmp_path / "place", a="old"), folder(tmp_path / "fresh", a="new")
    move = os.replace

    def refuses(source: Path, target: Path) -> None:
        if source == fresh:
            raise OSError(5, "Input/output error")
        move(source, target)

    monkeypatch.setattr(files, "_exchange", lambda one, other: False)
    monkeypatch.setattr(os, "replace", refuses)
    with pytest.raises(HrkbError, match="place cannot be written: Input/output error"):
        files.put(fresh, place)

    assert held(place) == {"a": "old"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fresh", "place"]


def test_a_workspace_is_gone_whatever_happens_in_it(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), files.workspace(tmp_path) as work:
        (work / "half").write_text("")
        raise ZeroDivisionError

    assert list(tmp_path.iterdir()) == []


#: Writes one file and one folder over and over, all of its content the same number.
ENDLESS = """
import itertools, sys
from pathlib import Path
from kb import files
root = Path(sys.argv[1])
for n in itertools.count(int(sys.argv[2])):
    files.write(root / "file", f"{n}\\n" * 5000)
    with files.workspace(root) as work:
        fresh = work / "fresh"
        fresh.mkdir()
        for name in "ab":
            (fresh / name).write_text(f"{n}\\n" * 5000)
        files.put(fresh, root / "folder")
"""


def test_a_writer_that_is_killed_leaves_file_and_folder_whole(tmp_path: Path) -> None:
    seen = set()
    for attempt in range(8):
        command = [sys.executable, "-c", ENDLESS, str(tmp_path), str(1000 * (attempt + 1))]
        process = subprocess.Popen(command, cwd=Path(files.__file__).parents[1])
        before = (tmp_path / "folder").stat().st_ino if (tmp_path / "folder").exists() else 0
        while not (tmp_path / "folder").exists() or (tmp_path / "folder").stat().st_ino == before:
            assert process.poll() is None
            time.sleep(0.001)
        time.sleep(0.007 * attempt)
        process.kill()
        process.wait()
        lines = (tmp_path / "file").read_text().split("\n")
        pair = held(tmp_path / "folder")

        assert (len(lines), len(set(lines[:-1]))) == (5001, 1)
        assert pair["a"] == pair["b"] and pair["a"].count("\n") == 5000
        seen.add(pair["a"][:4])
    assert len(seen) == 8
