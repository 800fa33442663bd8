"""Integrity checks: a graph that fails one is not published.

Edges have both ends by construction (:mod:`kb.graph.assemble`); what is left to check is that keys are unique, that numbers are
finite and years possible, that enough rows are there (``data/expected.yml``; of values, :mod:`kb.graph.coverage` says it), that the
engine holds what it was given, and that counted parties and signatories equal the totals the depositary prints on its own pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import yaml

from kb.catalogue.queries import catalogue
from kb.engines.base import Engine
from kb.engines.tables import count
from kb.errors import CheckError
from kb.model.graph import MODEL
from kb.settings import ROOT

EXPECTED = ROOT / "data" / "expected.yml"


def check_tables(tables: Mapping[str, pa.Table], *, minimum: bool = True) -> None:
    """Keys present and unique, values possible, and no fewer rows than expected. Raises :class:`CheckError`.

    ``minimum`` is off where a part of the sources was left out on purpose.
    """
    for label, declared in MODEL.labels.items():
        if label in tables:
            keys = tables[label][declared.key]
            if keys.null_count or pc.count_distinct(keys).as_py() != len(keys):
                raise CheckError(
                    f"{label} has rows without a {declared.key}, or two with the same",
                    "a loader gives a wrong key: see the rows of that label in data/snapshot",
                )
    for name, table in tables.items():
        _check_finite(name, table)
    if "MEASURED" in tables:
        _check_one_value(tables["MEASURED"])
    if "BORDERS" in tables:
        _check_one_way(tables["BORDERS"])
    for edge, year, label, bound, after in _ORDER:
        if edge in tables and label in tables:
            _check_order(tables[edge], edge, year, tables[label], label, bound, after)
    if minimum:
        check_minimum({name: table.num_rows for name, table in tables.items()})


#: Which year of an edge cannot lie before (with True: after) which year of the node it leads to.
_ORDER = (
    ("SIGNED", "year", "Treaty", "opened", False),
    ("RATIFIED", "year", "Treaty", "opened", False),
    ("WITHDREW_FROM", "year", "Treaty", "opened", False),
    ("ACCEPTED", "year", "Treaty", "opened", False),
    ("DEROGATED_FROM", "year", "Treaty", "opened", False),
    ("MEMBER_OF", "from_year", "IO", "founded", False),
    ("MEMBER_OF", "from_year", "IO", "ended", True),
)


def _check_finite(name: str, table: pa.Table) -> None:
    """No number is infinite or not a number."""
    for column in table.schema:
        if pa.types.is_floating(column.type):
            wrong = table.filter(pc.invert(pc.is_finite(table[column.name])))
            if wrong.num_rows:
                raise CheckError(
                    f"{wrong.num_rows} {name} have a {column.name} that is no finite number, e.g. {_named(name, wrong)}",
                    "make the snapshot again from the raw files, which refuses such numbers",
                )


def _check_one_value(measured: pa.Table) -> None:
    """One value for a state, indicator and year, so that a plain average is right."""
    counted = measured.group_by(["start", "end", "year"]).aggregate([("source", "count")])
    twice = counted.filter(pc.greater(counted["source_count"], 1))
    if twice.num_rows:
        row = twice.slice(0, 1).to_pylist()[0]
        named = (
            (pc.field("start") == row["start"]) & (pc.field("end") == row["end"]) & (pc.field("year") == row["year"])
        )
        sources = " and ".join(sorted(measured.filter(named)["source"].to_pylist()))
        of = ", ".join(sorted(set(twice["end"].to_pylist())))
        raise CheckError(
            f"{twice.num_rows} state-years of {of} have two values, e.g. {row['start']} {row['year']} from {sources}",
            "give the edition that is current the better precedence in data/sources.yml, or mend its loader",
        )


def _check_one_way(borders: pa.Table) -> None:
    """Each pair of states is stored in one direction, and no state borders itself."""
    pairs = set(zip(borders["start"].to_pylist(), borders["end"].to_pylist(), strict=True))
    wrong = sorted((start, end) for start, end in pairs if start == end or (end, start) in pairs)
    if wrong:
        raise CheckError(
            f"{len(wrong)} pairs of BORDERS are stored both ways, e.g. {wrong[0][0]} -> {wrong[0][1]}",
            "a border has no direction: the loader must state each pair once",
        )


def _check_order(edges: pa.Table, edge: str, year: str, nodes: pa.Table, label: str, bound: str, after: bool) -> None:
    """No edge's ``year`` lies before the ``bound`` of the node it leads to, or ``after`` it; missing years pass."""
    place = pc.index_in(edges["end"], value_set=nodes[MODEL.labels[label].key])
    limit = nodes[bound].take(place)
    wrong = edges.filter((pc.greater if after else pc.less)(edges[year], limit))
    if wrong.num_rows:
        raise CheckError(
            f"{wrong.num_rows} {edge} with a {year} {'after' if after else 'before'} {label}.{bound}, e.g. {_named(edge, wrong)}",
            "one of the two dates is wrong: look the fact up in its source, and correct it in data/decisions.csv",
        )


def _named(name: str, rows: pa.Table) -> str:
    """The first row in words: an edge by its ends, year and source, a node by its key."""
    row = rows.slice(0, 1).to_pylist()[0]
    if name in MODEL.labels:
        return str(row[MODEL.labels[name].key])
    year = row.get("year") or row.get("from_year") or ""
    return f"{row['start']} -> {row['end']} {year} ({row['source']})"


def expected(path: Path = EXPECTED) -> dict[str, int]:
    """The fewest rows expected of each label and type."""
    counts: dict[str, int] = yaml.safe_load(path.read_text(encoding="utf-8"))
    unknown = [name for name in counts if name not in MODEL.labels and name not in MODEL.types]
    if unknown:
        raise CheckError(f"{path} speaks of {', '.join(unknown)}, which the model does not have", "mend the file")
    return counts


def check_minimum(counts: Mapping[str, int]) -> None:
    """At least as many rows of every label and type as expected. Raises :class:`CheckError`."""
    have = {name: counts.get(name, 0) for name in expected()}
    short = [f"{have[name]:,} {name}, expected at least {n:,}" for name, n in expected().items() if have[name] < n]
    if short:
        raise CheckError(
            f"the graph holds too little (data/expected.yml): {'; '.join(short)}",
            "a source is missing or was cut: make the snapshot again, or change the expectation with its reason",
        )


def check_engine(engine: Engine, tables: Mapping[str, pa.Table]) -> dict[str, int]:
    """The engine holds as many rows of every table as it was given. Returns the counts; raises :class:`CheckError`."""
    counts = count(engine)
    for name, table in tables.items():
        if counts[name] != table.num_rows:
            raise CheckError(
                f"the engine holds {counts[name]:,} {name}, it was given {table.num_rows:,}",
                "build again; if it happens twice, report it with the engine's version",
            )
    return counts


def check_printed_totals(engine: Engine) -> int:
    """Counted parties and signatories equal the printed ones. Returns how many instruments were compared.

    Raises :class:`CheckError` naming every instrument that differs.
    """
    compared, wrong = 0, []
    for row in catalogue()["parties"].run(engine).to_pylist():
        if row["printed_parties"] is None:
            continue
        compared += 1
        for kind in ("parties", "signatories"):
            if row[kind] != row[f"printed_{kind}"]:
                wrong.append(f"{row['code']}: {row[kind]} {kind} counted, {row[f'printed_{kind}']} printed")
    if wrong:
        raise CheckError(
            "counted and printed totals differ: " + "; ".join(wrong),
            "the depositary's page changed shape, or its table was misread: see `hrkb quarantine`",
        )
    return compared
