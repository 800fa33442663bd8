"""What is taken away: the tables of a graph, and what a file must say about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa

#: Called with the stage's name, and how far it is: done and total steps.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Content:
    """What is written: the tables by label and type in the columns of :func:`kb.facts.schema.stored_schema`, and about them."""

    version: str
    data_date: str | None
    tables: Mapping[str, pa.Table]
    sources: pa.Table
    #: Of every score the codes of the sources that it rests on.
    behind: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
