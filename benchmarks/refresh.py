"""What a refresh costs beside a full build from the raw files: ``python benchmarks/refresh.py RAW [SOURCE]``.

Prints, as JSON, processor seconds (this process and its children, which a busy machine does not change) and peak memory
of: a full load and build; a refresh in which nothing changed; one in which one source did (its last row left out).
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from kb.facts import snapshot
from kb.graph.make import Plan, build
from kb.load.extract import extract
from kb.load.register import register
from kb.refresh.run import Request, refresh


def silent(stage: str, done: int, total: int) -> None:
    """No progress: it would be measured too."""


def processor_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def cost(work: Callable[[], object]) -> float:
    before = processor_seconds()
    work()
    return round(processor_seconds() - before, 2)


def full(raw: Path, folder: Path) -> None:
    """Every source from its raw files, then the graph."""
    for source in register().values():
        if (raw / source.raw).is_dir():
            snapshot.write(*extract(source, raw), folder / "snapshot")
    build(Plan(folder / "snapshot", folder / "home"), silent)


def without_last_row(path: Path) -> None:
    lines = path.read_bytes().rstrip(b"\n").split(b"\n")
    path.write_bytes(b"\n".join(lines[:-1]) + b"\n")


def measure(raw: Path, code: str) -> dict[str, float]:
    """The three costs, and the peak memory of the refreshing process and of the largest child, MB."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy = folder / "raw"
        shutil.copytree(raw, copy, copy_function=shutil.copyfile)
        found = {"full load and build": cost(lambda: full(copy, folder))}
        request = Request(folder / "home", folder=copy, shipped=folder / "snapshot")
        refresh(request, silent)  # the first refresh takes note of the files
        found["nothing changed"] = cost(lambda: refresh(request, silent))
        source = register()[code]
        without_last_row(next((copy / source.raw).glob("*.csv")))
        result = refresh(Request(folder / "home", (code,), copy, dry_run=True, shipped=folder / "snapshot"), silent)
        assert result.run.outcome == "loaded", result.run.loads
        found["one source changed"] = cost(lambda: refresh(request, silent))
    for who, meaning in ((resource.RUSAGE_SELF, "refresh"), (resource.RUSAGE_CHILDREN, "build")):
        found[f"peak memory of the {meaning}, MB"] = round(resource.getrusage(who).ru_maxrss / 1024)
    return found


if __name__ == "__main__":
    print(
        json.dumps(measure(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "human-rights-council"), indent=1)
    )
