"""Golden answers: what every query of ``queries/`` is known to answer, small enough to be read in a review.

``tests/query/golden/<query>.yml`` holds a few cases each: the parameters, how many rows come, the first rows and the last one,
a digest of all values but reals, and for each column of reals how many are known, the least, the mean, the greatest and a
checksum that a swap between rows changes. ``leave_out`` names columns that bear the time of the build. ``make golden`` asks
every case again, writes what is answered now and prints what changed: read that before you commit it. A case is added by
writing its ``parameters`` and running the command.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml
from asked import drawn, examples

from kb.catalogue.queries import QUERIES, catalogue
from kb.console import console
from kb.engines.base import Engine
from kb.engines.embedded.engine import EmbeddedEngine
from kb.errors import HrkbError
from kb.settings import ROOT
from kb.versions import home
from ui.pages.ask.query.cells import text
from ui.pages.ask.query.console import read_examples

FOLDER = ROOT / "tests" / "query" / "golden"
#: Reals are equal that differ by no more than this, relative to the greater (or to 1).
NEAR = 1e-9
_FIRST, _LAST = 2, 1
Case = dict[str, Any]


def names() -> list[str]:
    """Every query there is, as its file under ``queries/`` is called; examples of the console are ``console/NAME``."""
    return sorted(path.relative_to(QUERIES).with_suffix("").as_posix() for path in QUERIES.rglob("*.cypher"))


def written() -> list[str]:
    """Every query that has golden answers."""
    return sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.yml"))


def cases(name: str) -> list[Case]:
    """The golden answers of a query, one per set of parameters."""
    found: list[Case] = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    return found


def ask(name: str, parameters: dict[str, Any], engine: Engine, graph: Path | None) -> pa.Table:
    """The answer of a query. ``graph`` is the file of an embedded engine, for the console opens its own.

    Of an example of the console, which need not order its rows: every value as the page writes it, sorted.
    """
    if not name.startswith("console/"):
        return catalogue()[name].run(engine, **parameters)
    cypher = read_examples()[name.removeprefix("console/")][2]
    answer = console.run(cypher, parameters, limit=10_000, graph=graph)
    rows = sorted([text(value) for value in row] for row in answer.rows)
    return pa.table({column: [row[at] for row in rows] for at, column in enumerate(answer.columns)})


def summary(answer: pa.Table, leave_out: list[str]) -> Case:
    """What is kept of an answer. Raises KeyError for a column to leave out that is not there."""
    answer = answer.drop_columns(leave_out)
    reals = [field.name for field in answer.schema if pa.types.is_floating(field.type)]
    rest = [_plain(row) for row in answer.drop_columns(reals).to_pylist()]
    shown = [_plain(row) for row in answer.to_pylist()]
    lines = sorted(json.dumps(row, sort_keys=True, ensure_ascii=False) for row in rest)
    found: Case = {"rows": len(shown), "first": shown[:_FIRST]}
    if len(shown) > _FIRST:
        found["last"] = shown[max(_FIRST, len(shown) - _LAST) :]
    found["digest"] = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
    if reals:
        weights = [_weight(row) for row in rest]
        found["reals"] = {name: _numbers(answer[name].to_pylist(), weights) for name in reals}
    return found


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _written(value) for name, value in row.items()}


def _written(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    return round(value, 12) + 0.0 if isinstance(value, float) else value  # + 0.0: no minus before a nought


def _weight(row: dict[str, Any]) -> float:
    """A number between 0 and 1 that only this row has."""
    line = json.dumps(row, sort_keys=True, ensure_ascii=False)
    return int.from_bytes(hashlib.sha256(line.encode()).digest()[:6], "big") / 2**48


def _numbers(values: list[float | None], weights: list[float]) -> dict[str, Any]:
    pairs = [(value, weight) for value, weight in zip(values, weights, strict=True) if value is not None]
    if not pairs:
        return {"known": 0}
    known = [value for value, _ in pairs]
    mean, checksum = math.fsum(known) / len(known), math.fsum(v * w for v, w in pairs) / len(known)
    numbers = {"known": len(known), "least": min(known), "mean": mean, "most": max(known), "checksum": checksum}
    return _plain(numbers)


def differences(expected: Any, actual: Any, place: str = "") -> Iterator[str]:
    """Each place in which two summaries differ, with what was expected and what came; reals are equal to ``NEAR``."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        for name in [*expected, *(n for n in actual if n not in expected)]:
            yield from differences(expected.get(name), actual.get(name), f"{place}.{name}" if place else str(name))
    elif isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        for at, (one, other) in enumerate(zip(expected, actual, strict=True)):
            yield from differences(one, other, f"{place}[{at}]")
    elif not _equal(expected, actual):
        yield f"{place}: {expected!r} -> {actual!r}"


def _equal(expected: Any, actual: Any) -> bool:
    if isinstance(expected, float) and isinstance(actual, float):
        return math.isclose(expected, actual, rel_tol=NEAR, abs_tol=NEAR)
    return type(expected) is type(actual) and bool(expected == actual)


def mistakes(name: str, engine: Engine, graph: Path | None = None) -> list[str]:
    """In what the engine answers otherwise than is written; empty where nothing differs."""
    found = []
    for case in cases(name):
        now = summary(ask(name, case["parameters"], engine, graph), case.get("leave_out", []))
        kept = {key: value for key, value in case.items() if key not in ("parameters", "leave_out")}
        found += [f"{name} {case['parameters']}: {line}" for line in differences(kept, now)]
    return found


def _asked_of(name: str, engine: EmbeddedEngine) -> list[Case]:
    """The cases in the file of a query; for one without a file its example, and the first other draw that finds rows."""
    if (FOLDER / f"{name}.yml").exists():
        return cases(name)
    if name.startswith("console/"):
        return [{"parameters": json.loads(read_examples()[name.removeprefix("console/")][1])}]
    query = catalogue()[name]
    found = [examples(query)]
    draws = (drawn(query, seed, engine) for seed in range(20 if query.parameters else 0))
    found += [next((d for d in draws if d != found[0] and query.run(engine, **d).num_rows), found[0])]
    return [{"parameters": p} for p in (found if found[0] != found[1] else found[:1])]


def update(engine: EmbeddedEngine, graph: Path) -> Iterator[str]:
    """Write every golden answer anew; says what changed."""
    for gone in sorted(set(written()) - set(names())):
        (FOLDER / f"{gone}.yml").unlink()
        yield f"{gone}: removed, there is no such query"
    for name in names():
        path = FOLDER / f"{name}.yml"
        new, old = not path.exists(), _asked_of(name, engine)
        changed = [f"{name}: new"] if new else []
        found = []
        for case in old:
            asked = {key: case[key] for key in ("parameters", "leave_out") if key in case}
            now = asked | summary(ask(name, case["parameters"], engine, graph), case.get("leave_out", []))
            told = list(differences(case, now))
            changed += [] if new else [f"{name} {case['parameters']}: {line}" for line in told]
            found.append(now if told else case)
        if changed:
            path.parent.mkdir(parents=True, exist_ok=True)
            words = yaml.safe_dump(found, sort_keys=False, allow_unicode=True, default_flow_style=None, width=1000)
            path.write_text(words, encoding="utf-8")
        yield from changed


def main() -> None:
    """Update the golden answers from the graph in ``HRKB_HOME``; the exit code is 0 whether or not any changed."""
    try:
        version = home.current()
        with version.open() as engine:
            lines = list(update(engine, version.file()))
    except HrkbError as error:
        sys.exit(f"{error}: {error.remedy}")
    print("\n".join(lines) or "Every golden answer is what the graph answers.")


if __name__ == "__main__":
    main()
