"""Answers as pandas frames: whole numbers and flags stay so beside missing values, days are dates, nothing is a text in disguise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import pandas as pd
import pyarrow as pa

_NULLABLE = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
#: Of days: those before 1677, and after 2262, do not fit pandas' nanoseconds; in seconds all of them do.
DAY: Literal["datetime64[s]"] = "datetime64[s]"


def of_table(table: pa.Table) -> pd.DataFrame:
    """An Arrow table as a frame: Int64, float64, boolean, str, ``datetime64[s]`` for days, lists as Python lists."""
    return pd.DataFrame({name: _column(table[name]) for name in table.column_names}, columns=table.column_names)


def _column(values: pa.ChunkedArray) -> pd.Series[Any]:
    if pa.types.is_nested(values.type) or pa.types.is_null(values.type):
        return pd.Series(values.to_pylist(), dtype=object)
    made: pd.Series[Any] = values.to_pandas(types_mapper=_NULLABLE.get, date_as_object=False)
    return made.astype(DAY) if pa.types.is_date(values.type) else made


class Frames:
    """Batches of rows as frames, each column of the same type in every batch from its first value on."""

    def __init__(self, columns: Sequence[str]) -> None:
        self.columns = list(columns)
        self._types: dict[int, Any] = {}

    def frame(self, rows: Sequence[Sequence[Any]]) -> pd.DataFrame:
        """``rows`` as a frame, types found from the values; a column of maps, lists or mixed values is of type object."""
        columns = zip(*rows, strict=True) if rows else [()] * len(self.columns)
        made = pd.DataFrame({at: self._series(at, list(values)) for at, values in enumerate(columns)})
        made.columns = pd.Index(self.columns)
        return made

    def _series(self, at: int, values: list[Any]) -> pd.Series[Any]:
        if all(value is None for value in values):
            empty: pd.Series[Any] = pd.Series(values, dtype=self._types.get(at, object))
            return empty
        made = _inferred(values)
        self._types.setdefault(at, made.dtype)
        return made


def _inferred(values: list[Any]) -> pd.Series[Any]:
    if not {dict, list}.isdisjoint({type(value) for value in values}):
        return pd.Series(values, dtype=object)
    try:
        return _column(pa.chunked_array([pa.array(values)]))
    except (pa.ArrowException, TypeError, OverflowError):  # numbers beside texts, or beyond 64 bits
        return pd.Series(values, dtype=object)
