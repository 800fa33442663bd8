"""The statements and objections of all pages, read once for the tests that look at them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kb.facts.fact import EdgeFact, Fact, NodeFact
from kb.load.raw import RawFolder, Report
from loaders.treaties import untc


@cache
def read(raw_root: Path) -> tuple[tuple[Fact, ...], Report]:
    """All facts of the source and the account of its rows."""
    raw = RawFolder(raw_root / "untc-2026-02-03", "untc-2026")
    facts = tuple(untc.load(raw))
    return facts, raw.report


def ruds(raw_root: Path) -> dict[str, NodeFact]:
    """The RUDs by identifier."""
    return {f.key: f for f in read(raw_root)[0] if isinstance(f, NodeFact) and f.label == "RUD"}


def edges(raw_root: Path, type: str) -> list[EdgeFact]:
    """The edges of one type."""
    return [f for f in read(raw_root)[0] if isinstance(f, EdgeFact) and f.type == type]
