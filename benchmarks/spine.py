"""The spine's speed and memory, as ratios measured in one run: loading, scores, queries, and how they grow.

Run with ``make bench`` or ``python benchmarks/spine.py [--sizes 1,10,100]``; it needs nothing but the shipped snapshot. Every
size runs in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.recompute import recompute

from kb.catalogue.queries import Query, catalogue
from kb.engines.base import Engine
from kb.engines.embedded.engine import EmbeddedEngine
from kb.facts import snapshot
from kb.facts.snapshot import SourceFacts
from kb.graph import assemble, checks
from kb.graph.make import in_year
from kb.load.register import register
from kb.model.graph import MODEL
from kb.scores import compute as scores

#: Rows written one at a time; the rate is projected from these.
SAMPLE = 2_000
#: What the enlarged graph has more of: the key of an organization, and the end of a tie to one.
ENLARGED = {"IO": "code", "INGO": "code", "MEMBER_OF": "end", "TIED_TO": "end"}
#: Queries in a round; the best of so many rounds counts, because other work disturbs.
ROUNDS = 3


def timed(what: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds that a call takes, and its result."""
    started = time.perf_counter()
    result = what()
    return time.perf_counter() - started, result


def enlarged(facts: Sequence[SourceFacts], factor: int) -> list[SourceFacts]:
    """The same facts with every organization and every tie to one ``factor`` times, under keys of their own."""
    return [replace(one, tables={n: _copies(n, t, factor) for n, t in one.tables.items()}) for one in facts]


def _copies(name: str, table: pa.Table, factor: int) -> pa.Table:
    if name not in ENLARGED or factor == 1:
        return table
    place = table.schema.get_field_index(ENLARGED[name])
    keys = table.column(place)
    copies = [table.set_column(place, table.schema.field(place), _numbered(keys, n)) for n in range(1, factor)]
    return pa.concat_tables([table, *copies]).combine_chunks()


def _numbered(keys: pa.ChunkedArray, number: int) -> pa.ChunkedArray:
    return pc.binary_join_element_wise(keys, f"copy {number}", " ")


def load(engine: Engine, facts: Sequence[SourceFacts]) -> dict[str, pa.Table]:
    """All of a build but reading the snapshot and the scores: put together, check, write, check. Returns the tables."""
    tables = assemble.assemble(facts, register()).tables
    checks.check_tables(tables, minimum=False)
    copy(engine, tables)
    checks.check_engine(engine, tables)
    checks.check_printed_totals(engine)
    return tables


def copy(engine: Engine, tables: dict[str, pa.Table]) -> None:
    """The bare COPY of every table."""
    engine.create_schema()
    for table in (t for t in MODEL if t.name in tables):
        engine.write(table.name, tables[table.name])


def row_by_row(engine: Engine, rows: pa.Table) -> None:
    """Memberships written one statement at a time, as a program without bulk loading would."""
    names = [p.name for p in MODEL.types["MEMBER_OF"].properties]
    stated = ", ".join(f"{name}: ${name}" for name in names)
    statement = f"MATCH (s:State {{iso3: $state}}), (o:IO {{code: $organization}}) CREATE (s)-[:MEMBER_OF {{{stated}}}]->(o) RETURN 1 AS n"
    for row in rows.to_pylist():
        given = {name: row[name] for name in names}
        engine.read(statement, {"state": row["start"], "organization": row["end"], **given})


def queries(engine: Engine) -> list[tuple[float, str, int]]:
    """Seconds and rows of every query of the catalogue, with its defaults and examples; the slowest first."""
    found = []
    for query in catalogue().values():
        given = {n: p.example for n, p in query.parameters.items() if p.default is None}
        runs = [timed(lambda q=query, g=given: _ask(q, engine, g)) for _ in range(ROUNDS)]
        found.append((min(seconds for seconds, _ in runs), query.name, runs[0][1]))
    return sorted(found, reverse=True)


def _ask(query: Query, engine: Engine, given: dict[str, Any]) -> int:
    return int(query.run(engine, **given).num_rows)


def one_size(factor: int, everything: bool) -> dict[str, Any]:
    """Every measurement of the graph enlarged ``factor`` times; the comparisons only where ``everything`` is asked."""
    facts = enlarged(list(snapshot.read()), factor)
    with tempfile.TemporaryDirectory() as place:
        with EmbeddedEngine(Path(place) / "loaded", read_only=False) as engine:
            seconds, tables = timed(lambda: load(engine, facts))
            answer: dict[str, Any] = {"load": seconds}
            answer["scores"], panel = timed(lambda: scores.compute(engine))
            answer["rows"] = sum(t.num_rows for t in tables.values())
            answer["organizations and ties"] = sum(tables[name].num_rows for name in ENLARGED)
            answer["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
            engine.write("StateYear", panel)
            engine.write("IN_YEAR", in_year(panel))
            if everything:
                answer["queries"] = queries(engine)
        with EmbeddedEngine(Path(place) / "copied", read_only=False) as engine:
            answer["copy"], _ = timed(lambda: copy(engine, tables))
            if everything:
                answer["bulk"] = _bulk_rate(Path(place), tables)
                sample = tables["MEMBER_OF"].slice(0, SAMPLE)
                answer["single"] = timed(lambda: row_by_row(engine, sample))[0] / sample.num_rows
        if everything:
            answer["pandas"], _ = timed(lambda: recompute(tables))
    return answer


def _bulk_rate(place: Path, tables: dict[str, pa.Table]) -> float:
    """Seconds per membership written in bulk."""
    with EmbeddedEngine(place / "bulk", read_only=False) as engine:
        copy(engine, {name: tables[name] for name in ("State", "IO")})
        seconds, _ = timed(lambda: engine.write("MEMBER_OF", tables["MEMBER_OF"]))
    return seconds / tables["MEMBER_OF"].num_rows


def exponent(results: dict[int, dict[str, Any]], cost: str) -> float:
    """The slope of log cost over log size between the two largest sizes, where fixed costs hide the least."""
    small, large = sorted(results)[-2:]
    size = "organizations and ties"
    return math.log(results[large][cost] / results[small][cost]) / math.log(results[large][size] / results[small][size])


def report(results: dict[int, dict[str, Any]]) -> None:
    """Print every ratio beside its target."""
    real = results[1]
    print(f"Loading with checks: {real['load']:.1f} s, {real['load'] / real['copy']:.1f} times bare COPY (target 3)")
    print(
        f"All scores: {real['scores']:.1f} s (target 5); plain pandas takes {real['pandas'] / real['scores']:.1f} times as long"
    )
    print(f"Row-at-a-time writing takes {real['single'] / real['bulk']:.0f} times as long as bulk")
    slow = [name for seconds, name, _ in real["queries"] if seconds >= 1]
    print(f"{len(real['queries'])} queries, {len(slow)} of them over the target of 1 s: {', '.join(slow) or 'none'}")
    for seconds, name, rows in real["queries"]:
        print(f"  {seconds * 1000:8.0f} ms  {rows:8,} rows  {name}")
    for factor, one in sorted(results.items()):
        print(
            f"{factor:4} times: {one['organizations and ties']:10,} organizations and ties, {one['rows']:10,} rows; load {one['load']:.1f} s"
            f" ({one['load'] / one['copy']:.1f} times COPY), scores {one['scores']:.1f} s, peak memory {one['memory'] / 1e9:.2f} GB (target 2)"
        )
    if len(results) > 1:
        growth = ", ".join(f"{cost} {exponent(results, cost):.2f}" for cost in ("load", "copy", "scores"))
        print(f"Exponents between the two largest sizes (target 1.1): {growth}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--sizes", default="1,10,100", help="how many times the real organizations and ties; 1 is always run"
    )
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        json.dump(one_size(given.one, everything=given.one == 1), sys.stdout)
        return
    results = {}
    for size in sorted({1, *map(int, given.sizes.split(","))}):
        command = [sys.executable, __file__, "--one", str(size)]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
        if answer.returncode == 0:
            results[size] = json.loads(answer.stdout)
        else:
            print(f"{size} times: not loaded\n{answer.stderr}")
    report(results)


if __name__ == "__main__":
    main()
