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

from kb.facts.fact import Fact, edge, node
from kb.load import names
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Gathered, Row, Unusable
from loaders.organizations.ingo_code import ingo_code

FILE = "participation_spells_1990_2025.csv.gz"
#: The file's label, the organization, and the kind of tie that a listing without qualifier means.
_ORGANIZATIONS = {
    "GCTU": ("General Confederation of Trade Unions", "member"),
    "ICC (Int. Chamber of Commerce)": ("International Chamber of Commerce", "participant"),
    "ICRM": ("International Red Cross and Red Crescent Movement", "member"),
    "IFRCS": ("International Federation of Red Cross and Red Crescent Societies", "member"),
    "IOC": ("International Olympic Committee", "national_committee"),
    "ISO": ("International Organization for Standardization", "member"),
    "ITUC/ICFTU": ("International Trade Union Confederation", "member"),
    "WCL": ("World Confederation of Labour", "member"),
    "WFTU": ("World Federation of Trade Unions", "member"),
}
#: One label stands for two organizations: the second was made from the first in November 2006, and the editions have it
#: from 2007 on; four listings of the first after 2006 cannot be told from those of the second.
_BEFORE = {"ITUC/ICFTU": ("International Confederation of Free Trade Unions", 2006)}
_KINDS = {
    "NGOs": "member",
    "national committees": "national_committee",
    "associate": "participant",
    "correspondent": "participant",
    "observer": "participant",
    "subscriber": "participant",
}
#: The file has the editions on a predecessor under its successor: COW codes, whose table knows when they changed hands.
_MERGED = {"RUS": 365, "SCG": 345}
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
        if kind != "ingo" or label == "IPU":
            raise Drop("membership of an intergovernmental organization")
        if place in _NO_STATE or iso3 in ("ANT", "ESH"):
            raise Drop("territory")
        if qualifier == "suspended":
            raise Drop("suspended tie to an INGO")
        if label not in _ORGANIZATIONS or qualifier not in ("", *_KINDS):
            raise Unusable("unknown organization or qualifier", "organization", f"{label} {qualifier}")
        plain = _ORGANIZATIONS[label][1]
        for state, begin, end in _states(iso3, gec, first, last):
            for name, since, until in _organizations(label, begin, end):
                self.runs[state, name, _KINDS.get(qualifier, plain)].append((since, until))
        raise Gathered

    def facts(self) -> Iterator[Fact]:
        for name in sorted({name for _, name, _ in self.runs}):
            yield node("INGO", code=ingo_code(name), name=name)
        for (state, name, kind), runs in self.runs.items():
            for first, last in joined(runs):
                yield edge("TIED_TO", state, ingo_code(name), kind=kind, first_observed=first, last_observed=last)


def _states(iso3: str | None, gec: str, first: int, last: int) -> Iterator[tuple[str, int, int]]:
    if iso3 in _MERGED:
        for piece in names.cut("cow", _MERGED[iso3], first, last):
            yield piece.iso3, piece.from_year, piece.to_year
    else:
        yield names.by_code("iso3", iso3) if iso3 else names.by_code("gec", gec), first, last


def _organizations(label: str, first: int, last: int) -> Iterator[tuple[str, int, int]]:
    name, until = _BEFORE.get(label, ("", 0))
    if first <= until:
        yield name, first, min(last, until)
    if last > until:
        yield _ORGANIZATIONS[label][0], max(first, until + 1), last


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
