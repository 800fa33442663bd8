"""Stata files (format 118, Stata 14 and newer): labels for data, variables and values, and notes.

pandas writes everything but the notes, which Stata keeps as characteristics of the data and of the variables.
"""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from pandas.io.stata import StataWriterUTF8  # type: ignore[attr-defined]  # the stubs leave it out

from kb.export import frames

#: The longest label of data or a variable, in characters.
_LABEL = 80
#: Bytes of a name in a characteristic, with the zeros that fill it up.
_NAME = 129
_DAY_ORIGIN = "1960-01-01"


class _Writer(StataWriterUTF8):  # type: ignore[misc]
    """The writer of pandas with notes: ``notes`` by variable, those of the whole data under ``_dta``."""

    notes: Mapping[str, Sequence[str]] = {}

    def _write_characteristics(self) -> None:
        self._update_map("characteristics")
        entries = b"".join(
            _entry(name, label, text)
            for name, notes in self.notes.items()
            # note0 is how many there are, note1 the first.
            for label, text in [("note0", str(len(notes))), *((f"note{n}", t) for n, t in enumerate(notes, start=1))]
        )
        self._write_bytes(self._tag(entries, "characteristics"))


def _entry(variable: str, name: str, text: str) -> bytes:
    names = b"".join(part.encode().ljust(_NAME, b"\0") for part in (variable, name))
    content = names + text.encode() + b"\0"
    return b"<ch>" + struct.pack("<I", len(content)) + content + b"</ch>"


def write(
    path: Path,
    rows: pd.DataFrame,
    *,
    title: str,
    labels: Mapping[str, str],
    notes: Sequence[str],
    categories: Sequence[str] = (),
    values: Mapping[str, Mapping[int, str]] | None = None,
) -> None:
    """Write ``rows`` to ``path``; their columns are names that Stata takes.

    ``labels`` say what variables mean; one that is too long is cut, and stands in full in the variable's notes. Flags
    become 0 no, 1 yes; the texts of ``categories`` numbers with value labels, as ``values`` gives numbers theirs; days
    Stata's days; times and lists texts. A text has no missing value in Stata: it is empty.
    """
    long = {name: [label] for name, label in labels.items() if len(label) > _LABEL}
    data, value_labels, days = _ready(rows, categories)
    writer = _Writer(
        path,
        data,
        write_index=False,
        byteorder="<",
        data_label=cut(title),
        variable_labels={name: cut(label) for name, label in labels.items()},
        value_labels={**value_labels, **{name: dict(told) for name, told in (values or {}).items()}},
        version=118,
    )
    assert list(writer.varlist) == list(data.columns), "a name that Stata does not take"
    writer.notes = {"_dta": list(notes), **long}
    # Days are written as Stata counts them; only the display format says that they are days.
    writer.fmtlist = [
        "%td" if name in days else format for name, format in zip(data.columns, writer.fmtlist, strict=True)
    ]
    writer.write_file()


def cut(text: str) -> str:
    """A text as a label: at most 80 characters, cut between words."""
    if len(text) <= _LABEL:
        return text
    return text[: _LABEL - 3].rsplit(" ", 1)[0].rstrip(" ,:;") + " .."


def _ready(rows: pd.DataFrame, categories: Sequence[str]) -> tuple[pd.DataFrame, dict[str, dict[int, str]], set[str]]:
    """Columns of types that Stata has, the value labels, and which columns are days."""
    columns: dict[str, Any] = {}
    value_labels: dict[str, dict[int, str]] = {}
    days: set[str] = set()
    for name, column in rows.items():
        key = str(name)
        if pd.api.types.is_bool_dtype(column):
            columns[key], value_labels[key] = column.astype("Int8"), {0: "no", 1: "yes"}
        elif column.dtype == frames.DAY:
            columns[key] = (column - pd.Timestamp(_DAY_ORIGIN)).dt.days.astype("Int32")
            days.add(key)
        elif pd.api.types.is_numeric_dtype(column):
            columns[key] = column
        elif key in categories:
            names = sorted(column.dropna().unique())
            value_labels[key] = dict(enumerate(names, start=1))
            columns[key] = column.map({text: n for n, text in value_labels[key].items()}).astype("Int16")
        else:
            columns[key] = column.map(_text).astype(object)
    return pd.DataFrame(columns, index=rows.index), value_labels, days


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if value is None or value is pd.NA or value != value:
        return ""
    return value.isoformat() if isinstance(value, dt.datetime) else str(value)
