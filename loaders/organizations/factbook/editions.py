"""CIA World Factbook, editions of 1990 to 2025: which INGOs each edition lists a state in. The only ties by name with years.

The file gives runs of editions. A run says when the tie was seen, not when it began: the list lags, was cleaned up in
some years and frozen from 2018 to 2021, so an edge has ``first_observed`` and ``last_observed``, and neither a first nor
a last year. Runs that differ only in how the edition writes the tie are one. What the file says of intergovernmental
organizations is left out: dated sources and the Correlates of War list say it better.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar, Literal

import pydantic

from kb.facts.fact import Fact, edge, node
from kb.load import lookups, names
from kb.load.lookups import Line, State, Text
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Gathered, Row, Unusable
from loaders.organizations.factbook.organizations import TIES
from loaders.shared.ingo_code import ingo_code

FILE = "participation_spells_1990_2025.csv.gz"


class _Organization(Line, frozen=True):
    """The file's label, the organization, and the kind of tie that a listing without qualifier means."""

    key: ClassVar[tuple[str, ...]] = ("value",)
    value: Text
    from_year: int | None = None
    to_year: int | None = None
    name: Text
    kind: Literal["member", "national_committee", "participant"] | None = None
    left_out: Text | None = None

    @pydantic.model_validator(mode="after")
    def _one_of_both(self) -> _Organization:
        if (self.kind is None) == (self.left_out is None):
            raise ValueError("either kind or left_out is filled, not both")
        return self


class _Merged(Line, frozen=True):
    """A state under which the file has the editions on its predecessors too."""

    key: ClassVar[tuple[str, ...]] = ("iso3",)
    iso3: State


ORGANIZATIONS = lookups.read("factbook_editions_organizations.csv", _Organization)
MERGED = frozenset(line.iso3 for line in lookups.read("factbook_editions_merged.csv", _Merged))
#: The file's own codes of places that are no states.
STATES = lookups.states("factbook_editions_states.csv")
#: Kinds of place in the file that are no states.
_NO_STATE = frozenset({"territory", "special_admin"})


@dataclass
class _Gatherer:
    """Collects the runs of editions by state, organization and kind of tie."""

    runs: dict[tuple[str, str, str], list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))

    def __call__(self, row: Row) -> Iterator[Fact]:
        kind, label, qualifier = row.need("org_kind"), row.need("organization"), row.text("qualifier") or ""
        place, iso3, gec = row.need("entity_type"), row.text("iso3"), row.need("gec")
        first, last = row.year("first_edition"), row.year("last_edition")
        if kind != "ingo":
            raise Drop("membership of an intergovernmental organization")
        meanings = [line for line in ORGANIZATIONS if line.value == label]
        if rule := next((line.left_out for line in meanings if line.left_out), None):
            raise Drop(rule)
        if place in _NO_STATE:
            raise Drop("territory")
        own = STATES.get(iso3) if iso3 else None
        if qualifier == "suspended":
            raise Drop("suspended tie to an INGO")
        if not meanings or qualifier not in ("", *TIES):
            raise Unusable("unknown organization or qualifier", "organization", f"{label} {qualifier}")
        for state, begin, end in _states(own or iso3, gec, first, last):
            for meaning, since, until in _organizations(meanings, begin, end):
                self.runs[state, meaning.name, TIES.get(qualifier) or meaning.kind or ""].append((since, until))
        raise Gathered

    def facts(self) -> Iterator[Fact]:
        for name in sorted({name for _, name, _ in self.runs}):
            yield node("INGO", code=ingo_code(name), name=name)
        for (state, name, kind), runs in self.runs.items():
            for first, last in joined(runs):
                yield edge("TIED_TO", state, ingo_code(name), kind=kind, first_observed=first, last_observed=last)


def _states(iso3: str | None, gec: str, first: int, last: int) -> Iterator[tuple[str, int, int]]:
    if iso3 and iso3 in MERGED:
        for piece in names.cut("iso3", iso3, first, last):
            yield piece.iso3, piece.from_year, piece.to_year
    else:
        yield names.by_code("iso3", iso3) if iso3 else names.by_code("gec", gec), first, last


def _organizations(meanings: list[_Organization], first: int, last: int) -> Iterator[tuple[_Organization, int, int]]:
    """What a label stands for over a run of years, cut where it passes from one organization to another."""
    for meaning in meanings:
        since = max(first, meaning.from_year or first)
        until = min(last, meaning.to_year or last)
        if since <= until:
            yield meaning, since, until


def joined(runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs of years, both ends included, with those joined that overlap or follow each other at once."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(runs):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def load(raw: RawFolder) -> Iterator[Fact]:
    gather = _Gatherer()
    unread = ["country", "n_editions", "left_censored", "right_censored"]
    yield from raw.csv(FILE, gather, ignore=unread)
    yield from gather.facts()
