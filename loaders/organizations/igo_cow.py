"""Correlates of War intergovernmental organizations, v3: the 534 organizations and the spells of membership, 1816-2014.

The matrix has a row per state-year and a column per organization: 1 full, 2 associate, 3 observer, 0 no member, -1 the
organization did not exist, -9 missing. A spell is a run of years with one status.

- Missing years inside a run are bridged: a gap in the record, not an exit. Missing years before the first observation or
  between the last one and a coded 0 are not membership.
- A run that reaches 2014, the last year of the matrix, in an organization that still lives is open: ``to_year`` 9999,
  ``last_observed`` the last year in which the matrix says so (earlier than 2014 where the last years are missing).
- Years in which COW counts the state out of the system (occupation) have no row; the run breaks there.
- Before 1965 the memberships were coded in steps of five years and filled in by COW; how exact they are is stated per
  organization in ``accuracy_before_1965``.
- The year of change of a shared code goes to one state only (see :mod:`kb.load.names`), so COW's SFR Yugoslavia of 1992 shows
  as a last year of ``SCG``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb.errors import InputError
from kb.facts.fact import Fact, edge, node
from kb.load import names
from kb.load.raw import RawFolder
from kb.load.rows import Gathered, Row, Unusable
from kb.model.shape import OPEN

DIRECTORY = "igo_directory_534.csv"
MATRIX = "state_year_format3.csv.gz"
STATUS = {1: "full", 2: "associate", 3: "observer"}
MISSING = -9
#: The cells of the matrix as they stand; those that say nothing about a membership map to None.
_CELLS = {"0": None, "-1": None, "-9": MISSING, "1": 1, "2": 2, "3": 3}
_ACCURACY = {
    "Completely accurate": "exact",
    "Completely accurate, except a few minor uncertainties": "exact but for minor uncertainties",
    "Within 5 years": "within 5 years",
}
#: The directory cuts names off at this length.
_CUT_AT = 80

Series = dict[int, int]


@dataclass(frozen=True)
class Organization:
    code: str
    name: str
    founded: int | None
    ended: int | None
    accuracy: str | None


@dataclass(frozen=True)
class Run:
    """A run of years with one status; ``last`` was observed, ``reaches`` includes missing years after it."""

    status: int
    first: int
    last: int
    reaches: int


def load(raw: RawFolder) -> Iterator[Fact]:
    organizations: dict[str, Organization] = {}
    series: dict[tuple[str, str], Series] = {}
    yield from raw.csv(DIRECTORY, lambda row: _organization(row, organizations), ignore=_UNREAD)
    yield from raw.csv(MATRIX, lambda row: _state_year(row, organizations, series), ignore=["state"])
    if not series:
        raise InputError(f"{raw.folder / MATRIX} holds no membership", "get the file again")
    final = max(max(years) for years in series.values())
    living = {code for (_, code), years in series.items() if years.get(final) in STATUS}
    for organization in organizations.values():
        ended = organization.ended if organization.code not in living else None
        yield _node(organization, ended)
        living |= {organization.code} if ended is None else set()
    for (iso3, code), years in series.items():
        yield from _spells(iso3, code, years, final if code in living else None)


_UNREAD = [
    *("ionum", "dead", "integrated", "replaced", "political", "social", "economic"),
    "sourcesandnotes",
]


def _organization(row: Row, found: dict[str, Organization]) -> Iterator[Fact]:
    code, short, long = row.need("ioname"), row.need("orgname"), row.need("longorgname")
    accuracy = _ACCURACY.get(row.text("accuracyofpre1965membershipdates") or "")
    name = (short if len(long) >= _CUT_AT else long).rstrip("Ê ")
    found[code.lower()] = Organization(code, name, row.integer("sdate"), row.integer("deaddate"), accuracy)
    raise Gathered


def _node(organization: Organization, ended: int | None) -> Fact:
    """An end that the matrix contradicts (it codes members in its last year) is not stated."""
    return node(
        "IO",
        code=organization.code,
        name=organization.name,
        founded=organization.founded,
        ended=ended,
        accuracy_before_1965=organization.accuracy,
    )


def _state_year(
    row: Row, organizations: Mapping[str, Organization], series: dict[tuple[str, str], Series]
) -> Iterator[Fact]:
    year = row.year("year")
    iso3 = names.by_code("cow", row.need("ccode"), year)
    seen = {}
    for (column, organization), cell in zip(organizations.items(), row.raws(organizations), strict=True):
        try:
            value = _CELLS[cell]
        except KeyError:
            raise Unusable("not a code of the matrix", column, cell) from None
        if value is not None:
            seen[organization.code] = value
    for code, value in seen.items():
        series.setdefault((iso3, code), {})[year] = value
    raise Gathered


def runs(years: Series) -> list[Run]:
    """The runs of one status in a series of years; missing years inside a run are bridged."""
    result: list[Run] = []
    for year in sorted(years):
        status = years[year]
        last = result[-1] if result and result[-1].reaches == year - 1 else None
        if last and status == MISSING:
            result[-1] = Run(last.status, last.first, last.last, year)
        elif last and status == last.status:
            result[-1] = Run(status, last.first, year, year)
        elif status != MISSING:
            result.append(Run(status, year, year, year))
    return result


def _spells(iso3: str, code: str, years: Series, final: int | None) -> Iterator[Fact]:
    """The spells of one state in one organization; those that reach ``final``, the present, are open."""
    for run in runs(years):
        yield edge(
            "MEMBER_OF",
            iso3,
            code,
            from_year=run.first,
            to_year=OPEN if run.reaches == final else run.last,
            status=STATUS[run.status],
            last_observed=run.last,
        )
