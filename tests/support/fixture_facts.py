"""What the loaders make of the small files in ``tests/fixtures/raw``, in a form that a person can read and compare.

``tests/fixtures/facts/<source>.yml`` keeps it: how many rows there are, what became of them, and every fact in one line.
After a change of a fixture or a loader write it anew and look at the difference before you commit it::

    python tests/support/fixture_facts.py [SOURCE ...]
"""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from kb.facts.fact import Fact, NodeFact
from kb.load import register
from kb.load.raw import RawFolder, Report

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
RAW = FIXTURES / "raw"
FACTS = FIXTURES / "facts"


def read(code: str, root: Path = RAW) -> tuple[list[Fact], Report]:
    """The facts of one source from its fixture, with its report, in which every row is accounted for."""
    declared = register.source(code)
    raw = RawFolder(root / declared.raw, code)
    facts = list(declared.load(raw))
    raw.report.check()
    return facts, raw.report


def source(code: str) -> register.Source:
    """The entry of the register for a source whose files are the small ones: they must give what they gave."""
    stated = sum(len(facts) for facts in kept(code)["facts"].values())
    return register.source(code).model_copy(update={"minimum_facts": stated})


def described(facts: list[Fact], report: Report) -> dict[str, Any]:
    """Facts and report as plain values: rows, loaded, dropped by rule, quarantined rows, unread columns, facts by type.

    Of a node that is stated several times the last and fullest version counts, as in the snapshot.
    """
    latest = {fact.identity: fact for fact in facts}
    by_type: dict[str, list[str]] = {}
    for fact in sorted(latest.values(), key=lambda fact: fact.identity):
        by_type.setdefault(fact.label if isinstance(fact, NodeFact) else fact.type, []).append(line(fact))
    return {
        "rows": report.rows,
        "loaded": report.loaded,
        "dropped": dict(sorted(report.dropped.items())),
        "quarantined": [f"{q.file}, line {q.line}: {q.reason} | {q.column} | {q.value}" for q in report.quarantined],
        "unread_columns": report.unread_columns,
        "facts": by_type,
    }


def line(fact: Fact) -> str:
    """One fact in one line: its ends or its key, then what is stated of it."""
    what = fact.key if isinstance(fact, NodeFact) else f"{fact.start} -> {fact.end}"
    stated = [(name, value) for name, value in fact.values.items() if value is not None]
    if isinstance(fact, NodeFact):
        stated = [(name, value) for name, value in stated if value != fact.key]
    said = ", ".join(f"{name} {shown(value)}" for name, value in stated)
    return f"{what}: {said}" if said else what


def shown(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    return " / ".join(value) if isinstance(value, tuple | list) else str(value)


def kept(code: str) -> dict[str, Any]:
    """What ``tests/fixtures/facts`` says of a source."""
    found: dict[str, Any] = yaml.safe_load((FACTS / f"{code}.yml").read_text(encoding="utf-8"))
    return found


def write(code: str) -> None:
    text = yaml.safe_dump(described(*read(code)), allow_unicode=True, sort_keys=False, width=10_000)
    (FACTS / f"{code}.yml").write_text(text, encoding="utf-8")


def reasons(report: Report) -> Counter[str]:
    """Every rule by which a row was dropped and every reason for which one was quarantined, with the number of rows."""
    return Counter(report.dropped) + Counter(q.reason for q in report.quarantined)


if __name__ == "__main__":
    FACTS.mkdir(exist_ok=True)
    for code in sys.argv[1:] or sorted(register.register()):
        write(code)
