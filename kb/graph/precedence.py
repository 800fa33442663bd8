"""Which of two sources counts where both state a fact; the rank of each stands in ``data/sources.yml``.

Of two editions of an indicator the one of best rank is current (:func:`current_editions`). Of memberships, raw
statements stay, and ``counted_from``/``counted_to`` decide.

The rule, for all MEMBER_OF edges of one state and one organization:

1. The source of best precedence that states whole spells (``from_year`` known) is believed: its spells count, and no
   spell of another source does.
2. An edge that states only an end (``to_year`` without ``from_year``) cuts the believed spell that covers that year, if
   that spell's source is of worse precedence. Where the end, or a suspension, lies before the first believed spell, the
   years up to it are left to the next best source that states whole spells, cut in the same way: an organization's own
   list gives the latest admission and the withdrawals, an older compilation the first spell.
3. A suspension (``suspended_from`` without spell) is a property, not an exit. Where the believed source codes it as an
   exit, the suspension's edge counts for the years left out between the spell before and the spell after.
4. An edge that states neither a spell nor a suspension (a listing without dates) never counts.

A spell whose end is not stated (``to_year`` missing) counts to its last observation. Spells of one source and status that
share a year count it once, in the later spell's favour. Year ``y`` counts if ``counted_from <= y <= counted_to``; the
year of an exit counts, because the state was a member for part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kb.model.shape import OPEN

COLUMNS = (
    "start",
    "end",
    "from_year",
    "to_year",
    "status",
    "last_observed",
    "suspended_from",
    "suspended_to",
    "source",
)


@dataclass(frozen=True)
class Membership:
    """What one edge says: ``row`` is its place in the table, ``rank`` the precedence of its source, 1 is best."""

    row: int
    rank: int
    status: str | None
    first: int | None
    last: int | None
    suspended_from: int | None = None
    suspended_to: int | None = None


@dataclass(frozen=True)
class Counted:
    """The years, both included, for which the edge in ``row`` counts."""

    row: int
    status: str | None
    first: int
    last: int


def count_memberships(members: pa.Table, precedence: Mapping[str, int]) -> pa.Table:
    """The MEMBER_OF table with ``counted_from`` and ``counted_to`` filled; rows, order and other columns as they came.

    Parameters
    ----------
    members: one row per edge, with the columns :data:`COLUMNS`; years are integers or null.
    precedence: rank of each source code, 1 is believed first. Raises KeyError for a source without a rank.
    """
    pairs: dict[tuple[str, str], list[Membership]] = {}
    for number, values in enumerate(members.select(list(COLUMNS)).to_pylist()):
        statement = _statement(number, values, precedence[values["source"]])
        pairs.setdefault((values["start"], values["end"]), []).append(statement)
    first: list[int | None] = [None] * members.num_rows
    last: list[int | None] = [None] * members.num_rows
    for statements in pairs.values():
        for counted in count(statements):
            first[counted.row], last[counted.row] = counted.first, counted.last
    kept = [name for name in members.column_names if name not in ("counted_from", "counted_to")]
    result = members.select(kept)
    result = result.append_column("counted_from", pa.array(first, pa.int64()))
    return result.append_column("counted_to", pa.array(last, pa.int64()))


def current_editions(measured: pa.Table, precedence: Mapping[str, int]) -> tuple[pa.Table, pa.Table]:
    """The MEASURED table cut in two: the values of each indicator's current edition, and those of all others.

    Current are the sources of best rank among those that state anything of the indicator (``end``); whole series are
    chosen, never years, because editions are scaled anew. Sources of one rank are taken to complete each other, and
    :func:`kb.graph.checks.check_tables` refuses them where they do not. Raises KeyError for a source without a rank.
    """
    ranks = pc.cast(pc.index_in(measured["source"], pa.array(list(precedence))), pa.int64())
    if ranks.null_count:
        raise KeyError(measured.filter(pc.is_null(ranks))["source"][0].as_py())
    ranks = pa.array(list(precedence.values()), pa.int64()).take(ranks)
    best = pa.table({"end": measured["end"], "rank": ranks}).group_by("end").aggregate([("rank", "min")])
    place = pc.index_in(measured["end"], best["end"].combine_chunks())
    current = pc.equal(ranks, best["rank_min"].take(place))
    return measured.filter(current), measured.filter(pc.invert(current))


def _statement(number: int, values: Mapping[str, Any], rank: int) -> Membership:
    first, last = values["from_year"], values["to_year"]
    if first is not None and last is None:
        last = max(first, values["last_observed"] or first)
    return Membership(number, rank, values["status"], first, last, values["suspended_from"], values["suspended_to"])


def count(statements: Iterable[Membership]) -> list[Counted]:
    """The years that count among all statements about one state and one organization."""
    ordered = sorted(statements, key=lambda s: (s.rank, s.row))
    whole = [s for s in ordered if s.first is not None]
    ends = [s for s in ordered if s.first is None and s.last not in (None, OPEN)]
    if not whole:
        return []
    best = whole[0].rank
    counted = [_cut(s, ends) for s in whole if s.rank == best]
    counted += _earlier(whole, ordered, best, min(c.first for c in counted))
    counted = _apart(counted)
    for suspension in (s for s in ordered if s.first is None and s.last is None and s.suspended_from is not None):
        bridge = _bridge(suspension, counted)
        counted += [bridge] if bridge else []
    return counted


def _cut(spell: Membership, ends: Iterable[Membership]) -> Counted:
    """The spell up to the first end that a better source states within it."""
    assert spell.first is not None and spell.last is not None
    within = [
        e.last for e in ends if e.rank < spell.rank and e.last is not None and spell.first <= e.last <= spell.last
    ]
    return Counted(spell.row, spell.status, spell.first, min([spell.last, *within]))


def _earlier(whole: list[Membership], ordered: list[Membership], best: int, floor: int) -> list[Counted]:
    """What the next best source says of the years up to an end or a suspension before the believed spells begin."""
    ends = [s for s in ordered if s.first is None and s.last not in (None, OPEN)]
    marks = [s.suspended_from if s.last is None else s.last for s in ordered if s.first is None and s.rank <= best]
    before = [year for year in marks if year is not None and year <= floor]
    if not before:
        return []
    limit = min(max(before), floor - 1)
    older = [s for s in whole if s.rank > best and s.first is not None and s.first <= limit]
    cut = [_cut(s, ends) for s in older if s.rank == older[0].rank]
    return [replace(c, last=min(c.last, limit)) for c in cut]


def _apart(counted: Iterable[Counted]) -> list[Counted]:
    """Spells of one status made disjoint: where two share years, the one that begins later keeps them."""
    result: list[Counted] = []
    nearest: dict[str | None, int] = {}
    for spell in sorted(counted, key=lambda c: (c.first, c.last, c.row), reverse=True):
        last = min(spell.last, nearest.get(spell.status, spell.last + 1) - 1)
        if last >= spell.first:
            result.append(replace(spell, last=last))
            nearest[spell.status] = spell.first
    return result


def _bridge(suspension: Membership, counted: Iterable[Counted]) -> Counted | None:
    """The years of a suspension that the counted spells leave out, if a spell leads up to it."""
    assert suspension.suspended_from is not None
    start = suspension.suspended_from
    end = start if suspension.suspended_to is None else suspension.suspended_to
    spells = [c for c in counted if c.status == suspension.status]
    before = [c.last for c in spells if c.first <= start and c.last >= start - 1]
    if not before:
        return None
    first = max(before) + 1
    after = [c.first for c in spells if c.first >= first]
    last = min([end, *(year - 1 for year in after)])
    return Counted(suspension.row, suspension.status, first, last) if first <= last else None
