"""Running a loader over a copy of a source's real files, changed as a test says."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable
from pathlib import Path

from kb.facts.fact import EdgeFact, Fact
from kb.load import register
from kb.load.raw import RawFolder, Report


def load(source: str, folder: Path) -> tuple[list[Fact], Report]:
    """The facts that the loader of ``source`` makes of the files in ``folder``, and what became of the rows."""
    raw = RawFolder(folder, source)
    facts = list(register.source(source).load(raw))
    raw.report.check()
    return facts, raw.report


def load_real(source: str, raw_root: Path) -> tuple[list[Fact], Report]:
    return load(source, raw_root / register.source(source).raw)


def changed(source: str, raw_root: Path, tmp_path: Path, file: str, change: Callable[[bytes], bytes]) -> Path:
    """A copy of the source's folder in which the content of ``file`` is ``change(content)``."""
    folder = tmp_path / register.source(source).raw
    shutil.copytree(raw_root / folder.name, folder, copy_function=shutil.copyfile)
    path = folder / file
    packed = file.endswith(".gz")
    before = gzip.decompress(path.read_bytes()) if packed else path.read_bytes()
    after = change(before)
    assert after != before, f"the change left {file} as it was"
    path.write_bytes(gzip.compress(after) if packed else after)
    return folder


def edges(facts: list[Fact], kind: str) -> list[EdgeFact]:
    return [fact for fact in facts if isinstance(fact, EdgeFact) and fact.type == kind]
