"""Reading measured values back from the shipped snapshot, and running a loader over a part of the real files."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Callable
from functools import cache
from pathlib import Path

from kb.facts.fact import EdgeFact
from kb.facts.snapshot import SNAPSHOT, read_source
from kb.load import register
from kb.load.raw import RawFolder, Report
from loaders.shared.existence import LISTS

Key = tuple[str, str, int]
Numbers = dict[str, float | None]


@cache
def shipped(source: str) -> dict[Key, Numbers]:
    """The values in the snapshot by state, indicator and year."""
    rows = read_source(SNAPSHOT / source).tables["MEASURED"].to_pylist()
    return {(r["start"], r["end"], r["year"]): {k: r[k] for k in ("value", "sd", "lo", "hi")} for r in rows}


def value(source: str, state: str, indicator: str, year: int) -> float | None:
    """One shipped value, or None where there is none."""
    numbers = shipped(source).get((state, indicator, year))
    return None if numbers is None else numbers["value"]


def indicators(source: str) -> dict[str, dict[str, object]]:
    """The shipped indicators by code."""
    return {r["code"]: r for r in read_source(SNAPSHOT / source).tables["Indicator"].to_pylist()}


class Excerpt:
    """A folder that holds a part of a source's real files, for its loader to run over."""

    def __init__(self, raw_root: Path, folder: Path, source: str) -> None:
        self.source = register.source(source)
        self.real = raw_root / self.source.raw
        self.folder = folder / self.source.raw
        self.folder.mkdir()
        for path in LISTS.values():
            target = (self.real / path).resolve()
            (folder / target.parent.name).mkdir(exist_ok=True)
            (folder / target.parent.name / target.name).write_bytes(target.read_bytes())

    def take(
        self,
        file: str,
        keep: Callable[[dict[str, str]], bool],
        edit: Callable[[dict[str, str]], dict[str, str]] = dict,
        delimiter: str = ",",
    ) -> None:
        """Copy the rows of ``file`` that ``keep`` accepts, each changed by ``edit``."""
        content = (self.real / file).read_bytes()
        text = (gzip.decompress(content) if file.endswith(".gz") else content).decode("utf-8-sig")
        rows = [edit(row) for row in csv.DictReader(io.StringIO(text), delimiter=delimiter) if keep(row)]
        assert rows, f"no row of {file} is kept"
        out = io.StringIO()
        writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
        encoded = out.getvalue().encode()
        (self.folder / file).write_bytes(gzip.compress(encoded) if file.endswith(".gz") else encoded)

    def load(self) -> tuple[dict[Key, float], Report]:
        """The values that the loader makes of the excerpt, and what became of its rows."""
        raw = RawFolder(self.folder, self.source.code)
        facts = [fact for fact in self.source.load(raw) if isinstance(fact, EdgeFact)]
        raw.report.check()
        return {(f.start, f.end, f.values["year"]): f.values["value"] for f in facts}, raw.report
