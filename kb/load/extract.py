"""From raw files to the snapshot: run loaders, and put what they give into its folders."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa

from kb import files, workers
from kb.errors import InputError
from kb.facts.snapshot import QUARANTINE, LoadReport, SourceFacts, tables_of, write
from kb.load.raw import RawFolder, Report, Watch
from kb.load.register import Source


def extract(
    source: Source, raw_root: Path, *, with_texts: bool = False, watch: Watch | None = None
) -> tuple[SourceFacts, pa.Table]:
    """Run one loader over its raw files. Returns the facts and the quarantined rows.

    ``with_texts`` and ``watch`` are those of :class:`kb.load.raw.RawFolder`; what is shipped is made without texts.
    Raises :class:`InputError` where a file cannot be read as what it should be, or gives fewer facts than declared.
    """
    raw = RawFolder(raw_root / source.raw, source.code, with_texts=with_texts, watch=watch)
    tables = tables_of(source.load(raw))
    raw.report.check()
    facts = sum(t.num_rows for t in tables.values())
    if facts < source.minimum_facts:
        raise InputError(
            f"{source.code} gave {facts} facts of {raw.report.rows} rows, fewer than the {source.minimum_facts} declared"
            + "".join(f"; {q.file}, line {q.line}: {q.reason}" for q in raw.report.quarantined[:1]),
            "the file is cut, or the publisher changed it: get it again, or mend the loader",
        )
    rows = [asdict(q) for q in raw.report.quarantined]
    return SourceFacts(source.code, tables, _report(raw.report, facts)), pa.Table.from_pylist(rows, QUARANTINE)


def make(
    sources: Sequence[Source], raw_root: Path, root: Path, tell: Callable[[str, int, int], None]
) -> list[LoadReport]:
    """Make the folders of these sources anew, by several processes. Returns the reports, in the order of ``sources``.

    All of them are replaced at the end, or none: a file that cannot be read, a full disk or Ctrl-C leaves every folder as
    it was. Raises :class:`kb.errors.HrkbError`.
    """
    reports: dict[str, LoadReport] = {}
    with files.writing(root), files.workspace(root, prefix=".making-") as folder:
        jobs = [(source, raw_root, folder) for source in sources]
        tell("Reading sources", 0, len(jobs))
        for report in workers.run(_make_source, jobs, tell, processes=os.cpu_count() or 1):
            reports[report["source"]] = report
            tell("Reading sources", len(reports), len(jobs))
        for source in sources:
            files.put(folder / source.code, root / source.code)
    return [reports[source.code] for source in sources]


def _make_source(job: tuple[Source, Path, Path], tell: workers.Tell) -> LoadReport:
    """Read one source's raw files and write its folder: the source, where the raw files are, where the folder goes."""
    source, raw_root, root = job
    facts, quarantined = extract(source, raw_root)
    write(facts, quarantined, root)
    return facts.report


def _report(report: Report, facts: int) -> LoadReport:
    found: LoadReport = {
        "source": report.source,
        "rows_in": report.rows,
        "rows_loaded": report.loaded,
        "rows_quarantined": len(report.quarantined),
        "rows_dropped": sum(report.dropped.values()),
        "dropped": dict(sorted(report.dropped.items())),
        "facts": facts,
        "unread_columns": dict(sorted(report.unread_columns.items())),
        "sha256": dict(sorted(report.digests.items())),
    }
    if report.decided:
        found["decisions"] = [f"{n} rows: {said}" for said, n in sorted(report.decided.items())]
    return found
