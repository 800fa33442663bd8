"""Governments that the end notes name as the authors of acts, ``data/lookups/untc_governments.csv``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import ClassVar, Literal

from kb.load import lookups
from kb.load.lookups import Line, State, Text


class _Government(Line, frozen=True):
    """A government, the state it acted for, and how a note tells of it: by its own act, or as the author of the table's."""

    key: ClassVar[tuple[str, ...]] = ("name", "told_by")
    name: Text
    told_by: Literal["its own act", "the table's act"]
    iso3: State


_LINES = lookups.read("untc_governments.csv", _Government)
#: States by the name of a former state whose own acts only the notes tell.
FORMER = {line.name: line.iso3 for line in _LINES if line.told_by == "its own act"}
#: States by the name of a government that did an act which the table prints under another name.
ACTED = {line.name: line.iso3 for line in _LINES if line.told_by == "the table's act"}


def either(names: Iterable[str]) -> str:
    """A pattern for any of the names."""
    return "|".join(map(re.escape, names))
