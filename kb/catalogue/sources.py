"""Which sources an answer rests on, asked of the graph that gives it: those that state what the query's patterns find.

A score is stated by no source: it rests on what the queries rest on that measure it, and on its inputs' sources.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from kb.catalogue.queries import Query, catalogue
from kb.catalogue.slices import Described, Slice, slices
from kb.engines.base import Engine
from kb.facts.snapshot import SNAPSHOT
from kb.model.scores import BY_NAME
from kb.model.scores.entry import TreatyContrast

#: The source of an edge that leads to scores.
_SCORES = "scores"
_STATES = "score-years"
_INDICATOR = "MATCH (:State)-[m:MEASURED]->(i:Indicator) WHERE i.code = $indicator RETURN DISTINCT m.source AS source"
#: Answers already known, by version of the graph and question, so that a page or a notebook asks each but once.
_KNOWN: dict[tuple[str, ...], frozenset[str]] = {}
_MOST_KNOWN = 5000


def rests_on(engine: Engine, query: Query, parameters: Mapping[str, Any] | None = None) -> list[str]:
    """The codes of the sources that an answer rests on, sorted; without ``parameters``, any answer to the query.

    Where nothing states what the query asks for, they are those that state anything of the kind. Raises
    :class:`kb.errors.UsageError` for parameters that do not fit, :class:`kb.errors.EngineError`.
    """
    given = None if parameters is None else query.arguments(engine, **parameters)
    return sorted(_of_query(engine, query, given))


def of_scores(engine: Engine, names: Iterable[str]) -> list[str]:
    """The codes of the sources that scores, by their columns of StateYear, rest on, sorted."""
    return sorted(_of_scores(engine, set(names)))


def _of_query(engine: Engine, query: Query, given: Mapping[str, Any] | None) -> frozenset[str]:
    key = (engine.name, engine.data_version, query.cypher, json.dumps(given, default=str, sort_keys=True))
    if key in _KNOWN:
        return _KNOWN[key]
    cut = slices(query.cypher, given=given is not None)
    found = frozenset().union(*(_of_slice(engine, one, given or {}) for one in cut.questions))
    if not found:
        found = frozenset().union(*(_codes(engine.read(one.anyway), one.about) for one in cut.questions))
    computed = set(cut.computed)
    if _SCORES in found:
        computed |= BY_NAME.keys()
    found = found - {_SCORES} | _of_scores(engine, computed)
    if engine.data_version:  # a scratch graph has no version, and may change
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[key] = found
    return found


def _of_slice(engine: Engine, one: Slice, given: Mapping[str, Any]) -> frozenset[str]:
    found = _codes(engine.read(one.cypher, {name: given[name] for name in one.parameters}), one.about)
    return found if found or not one.required else _codes(engine.read(one.anyway), one.about)


def _of_scores(engine: Engine, names: set[str]) -> frozenset[str]:
    """The sources behind properties of state-years: the states that have any, and what the scores are made from."""
    if not names:
        return frozenset()
    every, rest = set(), names & BY_NAME.keys()
    while rest:
        every |= rest
        rest = {one for name in rest for one in BY_NAME[name].inputs} - every
    asked: dict[tuple[str, str], None] = {(_STATES, ""): None}
    found: frozenset[str] = frozenset()
    for name in sorted(every):
        score = BY_NAME[name]
        if isinstance(score, TreatyContrast):
            asked[score.query, score.treaty] = None
            found |= _codes(engine.read(_INDICATOR, {"indicator": score.indicator}))
        elif score.query:
            asked[score.query, ""] = None
    for query, treaty in asked:
        one = catalogue()[query]
        bound = one.as_cypher(one.bind({"treaty": treaty} if treaty else {}))
        found |= _of_query(engine, one, bound)
    return found


def _codes(answer: pa.Table, about: tuple[Described | None, ...] = (None,)) -> frozenset[str]:
    """The codes in the columns of an answer, which hold texts and lists of texts, of sources that state what it is about."""
    found: set[str] = set()
    for column, described in zip(answer.columns, about, strict=True):
        codes: set[str] = set()
        for value in column.to_pylist():
            codes.update([value] if isinstance(value, str) else value or [])
        if described:
            stated = _stated(described.label)
            codes = {code for code in codes if code not in stated or stated[code] & described.properties}
        found |= codes
    return frozenset(found)


@cache
def _stated(label: str) -> Mapping[str, frozenset[str]]:
    """The properties of a label that each source of the shipped snapshot states. A graph does not keep them apart."""
    found = {}
    for path in SNAPSHOT.glob(f"*/{label}.parquet"):
        rows = pq.read_table(path)
        found[path.parent.name] = frozenset(n for n in rows.column_names if rows[n].null_count < rows.num_rows)
    return found
