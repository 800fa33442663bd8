"""What is filled in when the graph is put together: names where sources state none, aliases, text to search, and ``uid``.

All of it follows from the facts, from ``data/aliases.csv`` and from the two tables of states, so none of it is stored in
the snapshot. Which label has which of these properties, the model says.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kb.errors import InputError
from kb.load import names
from kb.model.graph import MODEL
from kb.model.shape import NodeType
from kb.settings import DATA

ALIASES = DATA / "aliases.csv"


def read_aliases(path: Path = ALIASES) -> dict[str, dict[str, list[str]]]:
    """Aliases by label and code. Raises :class:`InputError` where one alias stands for two codes of a label."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    meant: dict[tuple[str, str], str] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                label, code, alias = row["label"], row["code"], row["alias"]
                if "aliases" not in MODEL.labels[label].by_name or not row["reason"]:
                    raise InputError(f"{path}: {alias} of {label} {code} has no reason", "state one")
                if meant.setdefault((label, names.fold(alias)), code) != code:
                    other = meant[label, names.fold(alias)]
                    raise InputError(f"{path}: {alias} stands for {other} and {code}", "leave one of them")
                found[label][code].append(alias)
    except (OSError, KeyError, UnicodeDecodeError) as error:
        raise InputError(f"{path} is no table of aliases: {error}", "mend the file") from error
    return found


@cache
def aliases() -> Mapping[str, Mapping[str, list[str]]]:
    """The project's own aliases by label and key, those of states from their two tables."""
    return {**read_aliases(), "State": names.aliases()}


def complete(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """The tables of a graph with every derived property of their nodes filled in; edges as they came.

    The columns are those of :func:`kb.facts.schema.stored_schema`. Names are made from the tables of the same graph, so
    those of statements and state-years need State, and those of loads need Source.
    """
    done = dict(tables)
    for declared in MODEL.nodes:
        if declared.name in done:
            done[declared.name] = _complete(declared, done)
    return done


def _complete(declared: NodeType, tables: Mapping[str, pa.Table]) -> pa.Table:
    table = tables[declared.name]
    keys = table[declared.key]
    table = _with(table, "uid", pc.binary_join_element_wise(declared.name, keys, ":"))
    if "name" in declared.by_name and declared.by_name["name"].derived:
        table = _with(table, "name", pa.array(_named(declared.name, tables), pa.string()))
    if "aliases" in declared.by_name:
        others = aliases().get(declared.name, {})
        given = [others.get(key) or None for key in keys.to_pylist()]
        table = _with(table, "aliases", pa.array(given, pa.list_(pa.string())))
    if "search" in declared.by_name:
        table = _with(table, "search", pa.array(_searched(declared, table), pa.string()))
    return table


def _with(table: pa.Table, name: str, column: pa.Array | pa.ChunkedArray) -> pa.Table:
    return table.set_column(table.schema.get_field_index(name), table.schema.field(name), column)


def _searched(declared: NodeType, table: pa.Table) -> list[str]:
    """Key, name, title and aliases, folded, each between bars: ``| opcat | op cat | optional protocol to ... |``."""
    called = [name for name in ("title", "name") if name in declared.by_name]
    columns = [table[name].to_pylist() for name in (declared.key, *called)]
    others = table["aliases"].to_pylist() if "aliases" in declared.by_name else [None] * table.num_rows
    return [phrases([*row, *(more or ())]) for *row, more in zip(*columns, others, strict=True)]


def phrases(called: Iterable[str | None]) -> str:
    """Texts as ``search`` holds them. One that is written in pieces is found in one piece too: OP-CAT as opcat."""
    folded = [names.fold(text) for text in called if text]
    joined = [text.replace(" ", "") for text in folded if len(text) <= _SHORT]
    return (
        f"{names.BAR} " + "".join(f"{text} {names.BAR} " for text in dict.fromkeys([*folded, *joined]) if text).rstrip()
    )


#: Longest folded text taken for a code, which may be written with or without its hyphens.
_SHORT = 16


def _named(label: str, tables: Mapping[str, pa.Table]) -> list[str]:
    """The names of all nodes of a label whose sources state none."""
    rows = tables[label].to_pylist()
    if label == "Treaty":
        return [row["title"] or row["code"] for row in rows]
    if label == "Load":
        sources = _lookup(tables, "Source")
        return [f"{sources.get(row['source'], row['source'])}, loaded {row['started']:%Y-%m-%d}" for row in rows]
    states = _lookup(tables, "State")
    if label == "StateYear":
        return [f"{states.get(row['iso3'], row['iso3'])} {row['year']}" for row in rows]
    treaties = _ends(tables, "QUALIFIES", "start", "end")
    return [_statement(row, states, treaties.get(row["id"], "")) for row in rows]


def _statement(row: Mapping[str, Any], states: Mapping[str, str], treaty: str) -> str:
    """``Mexico: declaration to CEDAW, 1981``; a kind or year that is not stated is left out.

    A statement that a predecessor made and a successor maintains was entered by both: it is named, as in its key, by the
    state under which the depositary prints it.
    """
    state = row["id"].removeprefix(f"{treaty}-").rsplit("-", 1)[0]
    kind = "statement" if row["kind"] in (None, "unstated") else row["kind"]
    return f"{states.get(state, state)}: {kind} to {treaty}" + (f", {row['year']}" if row["year"] else "")


def _lookup(tables: Mapping[str, pa.Table], label: str) -> dict[str, str]:
    """Names by key."""
    if label not in tables:
        return {}
    table = tables[label]
    return dict(zip(table[MODEL.labels[label].key].to_pylist(), table["name"].to_pylist(), strict=True))


def _ends(tables: Mapping[str, pa.Table], edge: str, of: str, to: str) -> dict[str, str]:
    """One end of each edge by the other."""
    if edge not in tables:
        return {}
    return dict(zip(tables[edge][of].to_pylist(), tables[edge][to].to_pylist(), strict=True))
