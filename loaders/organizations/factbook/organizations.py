"""What the Factbook's abbreviations and qualifiers stand for; what these tables do not hold is quarantined.

``factbook_organizations.csv`` has one line per abbreviation. ``reading`` is ``io`` (``code`` is that of the Correlates of
War project, or the common one where that project leaves the organization out, and then ``name`` is given), ``ingo``
(``detail`` is the kind of tie that a plain listing means) or ``left out`` (``detail`` is the rule). ICC is the Criminal
Court in the Correlates of War list and the Chamber of Commerce here.
"""

from __future__ import annotations

from typing import ClassVar, Literal

import pydantic

from kb.load import lookups
from kb.load.lookups import Line, Text


class Meaning(Line, frozen=True):
    """What one abbreviation stands for."""

    key: ClassVar[tuple[str, ...]] = ("abbreviation",)
    abbreviation: Text
    reading: Literal["io", "ingo", "left out"]
    code: str = ""
    name: Text | None = None
    detail: str = ""

    @pydantic.model_validator(mode="after")
    def _whole(self) -> Meaning:
        if (self.reading == "io") != bool(self.code):
            raise ValueError("`code` belongs to io, and only to it")
        if (self.reading == "io") == bool(self.detail):
            raise ValueError("`detail` belongs to ingo and left out, and only to them")
        return self


class Qualifier(Line, frozen=True):
    """What a qualifier says of a membership: its status, that it is suspended, or that there is none."""

    key: ClassVar[tuple[str, ...]] = ("qualifier",)
    qualifier: Text
    status: Literal["full", "associate", "observer", "suspended"] | None = None
    suspended_from: int | None = None
    left_out: Text | None = None

    @pydantic.model_validator(mode="after")
    def _one_of_both(self) -> Qualifier:
        if (self.status is None) == (self.left_out is None):
            raise ValueError("either status or left_out is filled, not both")
        return self


class Tie(Line, frozen=True):
    """What a qualifier says of a tie to an INGO."""

    key: ClassVar[tuple[str, ...]] = ("qualifier",)
    qualifier: Text
    kind: Literal["member", "national_committee", "participant"]


MEANINGS = {line.abbreviation: line for line in lookups.read("factbook_organizations.csv", Meaning)}
QUALIFIERS = {line.qualifier: line for line in lookups.read("factbook_qualifiers.csv", Qualifier)}
TIES = {line.qualifier: line.kind for line in lookups.read("factbook_ties.csv", Tie)}
