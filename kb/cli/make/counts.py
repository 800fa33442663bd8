"""What became of a source's rows, as it is printed."""

from __future__ import annotations

from typing import Any

from kb.facts.snapshot import LoadReport


def load_row(report: LoadReport) -> dict[str, Any]:
    """One source's counts as they are printed."""
    return {
        "source": report["source"],
        "rows": report["rows_in"],
        "loaded": report["rows_loaded"],
        "dropped": report["rows_dropped"],
        "quarantined": report["rows_quarantined"],
        "facts": report["facts"],
    }
