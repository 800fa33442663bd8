"""Why is this in the graph? For a fact or a node: who says so, where and since when, in which row, read by which rule."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kb.errors import UsageError
from kb.facts.identity import fact_ids
from kb.facts.snapshot import SNAPSHOT, SourceFacts
from kb.load.register import Source
from kb.model.graph import MODEL
from kb.refresh.judge.compare import TEXTS, identity
from kb.refresh.places import Places
from kb.refresh.publish.generation import Good
from kb.refresh.record import history, origins
from kb.refresh.record.history import Run


@dataclass(frozen=True)
class Account:
    """What one source states, and how we know.

    ``address`` is where the file came from, or the publisher's page where it was not fetched by us; ``origins`` are the
    rows that gave the fact, none where the source was never refreshed here or the fact was put together from many rows.
    """

    source: str
    name: str
    publisher: str
    licence: str
    address: str
    as_of: str
    retrieved: str
    table: str
    identity: tuple[str, ...]
    fact: int | None
    values: Mapping[str, Any]
    loader: str
    origins: tuple[origins.Origin, ...]
    load: str
    first_seen: str
    last_seen: str


def why(root: Path, about: Sequence[str], sources: Mapping[str, Source], shipped: Path = SNAPSHOT) -> list[Account]:
    """Every statement about a fact (``["1234"]``, the ``fact`` of an edge) or a node (``["Treaty", "CAT"]``).

    Raises :class:`UsageError` where the last good facts hold no such thing.
    """
    places = Places(root)
    good = Good(places, history.state(places), shipped)
    runs = list(history.runs(places))
    deltas = history.changes(places)
    found = [
        _statement(sources[facts.source], facts, table, row, fact, good, runs, deltas)
        for facts in (good.read(code) for code in good.sources() if code in sources)
        if facts is not None
        for table, row, fact in _matches(facts, about)
    ]
    if not found:
        raise UsageError(
            f"no source states anything about {' '.join(about)}",
            "give the `fact` of an edge, as queries return it, or a label and a key: `hrkb why Treaty CAT`",
        )
    return found


def _matches(facts: SourceFacts, about: Sequence[str]) -> Iterator[tuple[str, dict[str, Any], int | None]]:
    if len(about) == 2:
        label, key = about
        if label not in MODEL.labels:
            raise UsageError(f"there is no label {label!r}", f"the labels are {', '.join(MODEL.labels)}")
        table = facts.tables.get(label)
        if table is not None:
            for row in table.filter(pc.equal(table[MODEL.labels[label].key], key)).to_pylist():
                yield label, row, None
        return
    wanted = _number(about[0])
    for name, table in facts.tables.items():
        if name in MODEL.types and table.num_rows:
            ids = fact_ids(MODEL.types[name], facts.source, table)
            for row in table.filter(pc.equal(ids, pa.scalar(wanted, pa.int64()))).to_pylist():
                yield name, row, wanted


def _number(text: str) -> int:
    if not text.isdigit():
        raise UsageError(f"{text!r} is not the number of a fact", "give the `fact` of an edge, or a label and a key")
    return int(text)


def _statement(
    source: Source,
    facts: SourceFacts,
    table: str,
    row: dict[str, Any],
    fact: int | None,
    good: Good,
    runs: list[Run],
    deltas: pa.Table,
) -> Account:
    key = identity(table, row)
    rows = tuple(origins.find(good.places.origins(source.code), table, key))
    known = good.state.sources.get(source.code)
    load = known.good if known else None
    addresses = load.addresses if load else {}
    first, last = _seen(source.code, table, key, runs, deltas)
    return Account(
        source=source.code,
        name=source.name,
        publisher=source.publisher,
        licence=source.licence,
        address=next((addresses[o.file] for o in rows if o.file in addresses), source.url),
        as_of=load.as_of if load else source.as_of,
        retrieved=load.retrieved if load else "",
        table=table,
        identity=key,
        fact=fact,
        values={k: v for k, v in row.items() if v is not None and k not in TEXTS},
        loader=f"loaders.{source.loader}",
        origins=rows,
        load=known.good_run if known and known.good else "the shipped snapshot",
        first_seen=first,
        last_seen=last,
    )


def _seen(source: str, table: str, key: tuple[str, ...], runs: list[Run], deltas: pa.Table) -> tuple[str, str]:
    """The runs in which a fact was seen first and last; before the first run there is the shipped snapshot."""
    wanted = json.dumps(key)
    of_fact = deltas.filter(
        (pc.field("source") == source) & (pc.field("table") == table) & (pc.field("identity") == wanted)
    ).to_pylist()
    added = [row["run"] for row in of_fact if row["kind"] == "added"]
    seen = [r.id for r in runs for load in r.loads if load.source == source and load.outcome in ("loaded", "unchanged")]
    first = added[-1] if added else "the shipped snapshot"
    return first, seen[-1] if seen else first


def as_json(statement: Account) -> dict[str, Any]:
    return dataclasses.asdict(statement)
