"""For which years an act of becoming bound counts: ``counted_from``/``counted_to`` on RATIFIED, and the facts that say so.

An act counts from its own year. Where a predecessor's act of the same day is printed as the state's own (Democratic
Yemen's as Yemen's), it counts from the year in which the predecessor ended, if that is later; ``taken_over`` is then the
predecessor's fact. It counts until the year before the first withdrawal after it; ``ended_by`` is the fact of that
withdrawal. A notice without effect, or one that was taken back by joining again at once, ends nothing. An act that was
ended before it could count has no years.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from kb.model.shape import OPEN

#: What a withdrawal has to be to end something; one whose effect is not stated does.
_ENDING = (None, "denounced", "ended")
_ADDED = ("counted_from", "counted_to", "taken_over", "ended_by")


def count_ratifications(acts: pa.Table, withdrawals: Iterable[Mapping[str, Any]], ended: Mapping[str, int]) -> pa.Table:
    """The RATIFIED table with its four derived columns filled; rows, order and other columns as they came.

    Parameters
    ----------
    acts: one row per edge, with ``start``, ``end``, ``year``, ``date``, ``continued_from`` and ``fact``.
    withdrawals: rows of WITHDREW_FROM.
    ended: the last year in the state system by state, where it is known.
    """
    rows = acts.select(["start", "end", "year", "date", "continued_from", "fact"]).to_pylist()
    continued = defaultdict(list)
    for row in rows:
        if row["continued_from"] is not None and row["date"] is not None:
            continued[row["continued_from"], row["end"], row["date"]].append(row)
    left = defaultdict(list)
    for row in withdrawals:
        if row["effect"] in _ENDING and row["year"] is not None:
            left[row["start"], row["end"]].append(row)
    found = []
    for row in rows:
        before = continued[row["start"], row["end"], row["date"]] if row["date"] is not None else []
        found.append(_years(row, before, left[row["start"], row["end"]], ended))
    result = acts.drop_columns([name for name in _ADDED if name in acts.column_names])
    for name, values in zip(_ADDED, zip(*found, strict=True) if found else [()] * len(_ADDED), strict=True):
        result = result.append_column(name, pa.array(values, pa.int64()))
    return result


def _years(
    act: Mapping[str, Any],
    before: Iterable[Mapping[str, Any]],
    left: Iterable[Mapping[str, Any]],
    ended: Mapping[str, int],
) -> tuple[int | None, int | None, int | None, int | None]:
    """First and last year, the predecessor's fact and the withdrawal's, of one act."""
    if act["year"] is None:
        return None, None, None, None
    year, taken_over = act["year"], None
    predecessors = [(max(act["year"], ended.get(one["start"]) or 0), one["fact"]) for one in before]
    if predecessors:
        year, taken_over = min(predecessors)
    ends = [(one["year"], one["fact"]) for one in left if _after(one, act)]
    if not ends:
        return year, OPEN, taken_over, None
    gone, ended_by = min(ends)
    return (year, gone - 1, taken_over, ended_by) if year < gone else (None, None, taken_over, ended_by)


def _after(withdrawal: Mapping[str, Any], act: Mapping[str, Any]) -> bool:
    """Was the withdrawal after the act? In one year their days decide; where one has none, it was."""
    if withdrawal["year"] != act["year"]:
        return bool(withdrawal["year"] > act["year"])
    return withdrawal["date"] is None or act["date"] is None or bool(withdrawal["date"] > act["date"])
