"""What a graph can hold, as the compiler asks for it: labels, types, their ends and the types of their properties."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from kb.engines.embedded.sql.ground.types import OF_PROPERTY, Type
from kb.model.shape import Model

#: Identities are 64-bit numbers: the place of the table in the model, then the row.
ROW_BITS = 40


@dataclass(frozen=True, eq=False)
class Schema:
    """A model, seen by the compiler. Two are the same only if they are one object."""

    model: Model

    @cached_property
    def tables(self) -> tuple[str, ...]:
        """Every label and type, in the order in which their identities begin."""
        return tuple(table.name for table in self.model)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The place of every label and type; the high bits of the identities of its rows."""
        return {name: place for place, name in enumerate(self.tables, start=1)}

    @cached_property
    def labels(self) -> frozenset[str]:
        return frozenset(self.model.labels)

    @cached_property
    def types(self) -> frozenset[str]:
        return frozenset(self.model.types)

    @cached_property
    def _properties(self) -> dict[str, dict[str, Type]]:
        return {table.name: {p.name: OF_PROPERTY[p.type] for p in table.properties} for table in self.model}

    def properties(self, table: str) -> dict[str, Type]:
        """The properties of a label or type, with their types."""
        return self._properties[table]

    def ends(self, type: str) -> tuple[str, str]:
        """The labels at the start and the end of a relationship type."""
        edge = self.model.types[type]
        return edge.start, edge.end

    def like(self, name: str, known: Iterable[str]) -> str:
        """A mend for a name that is not known."""
        known = sorted(known)
        near = difflib.get_close_matches(name.lower(), [k.lower() for k in known], n=3, cutoff=0.5)
        meant = [k for k in known if k.lower() in near]
        return f"did you mean {' or '.join(meant)}?" if meant else f"there are {', '.join(known[:40])}"
