"""Later and corrected memberships: ILO, OSCE and EU lists, and dated events of seven more organizations.

The lists give the latest admission, the events joins, exits, returns and suspensions. A join opens a spell and an exit
closes it; an exit without a join before it is stated as an end only, a suspension as an edge of its own, a reinstatement
as the start of a spell where none is open (Cuba's suspension was lifted, but it did not return: no spell). Then
:mod:`kb.graph.precedence` fits them to the spells of the Correlates of War. A notice of withdrawal is not an exit.

Left to the Correlates of War: China in the ILO (the seat was the Republic of China's until 1971), the founders of the
Organization of American States (members of the Pan American Union, the same organization there, since 1890), and what
followed the Socialist Federal Republic of Yugoslavia in the OSCE (the list gives only its admission of 1973).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from kb.facts.fact import EdgeFact, Fact, edge
from kb.load import lookups, names
from kb.load.lookups import Line, State, Text
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Gathered, Row, Unusable
from kb.model.graph import MODEL
from kb.model.shape import OPEN

KINDS = {
    "join": "join",
    "join_associate": "join_associate",
    "leave": "leave",
    "expelled": "leave",
    "suspend": "suspend",
    "reinstate": "reinstate",
    "suspension_lifted": "lift",
}
#: The year of the articles and lists: the last in which an open membership was seen.
COPIED = 2025


class _Organization(Line, frozen=True):
    """The events' name of an organization, and its code in the Correlates of War list."""

    key: ClassVar[tuple[str, ...]] = ("value",)
    value: Text
    from_year: int | None = None
    to_year: int | None = None
    code: Text


class _Added(Line, frozen=True):
    """An event that the articles leave out."""

    key: ClassVar[tuple[str, ...]] = ("organization", "iso3", "date")
    organization: Text
    iso3: State
    kind: Literal["join", "leave"]
    date: dt.date


class _Exception(Line, frozen=True):
    """A state of one of the lists that is left out by a rule, or whose membership ends with ``last_year``."""

    key: ClassVar[tuple[str, ...]] = ("file", "iso3")
    file: Text
    iso3: State
    last_year: int | None = None
    left_out: Text | None = None


ORGANIZATIONS = lookups.read("igo_events_organizations.csv", _Organization)
ADDED = lookups.read("igo_events_added.csv", _Added)
EXCEPTIONS = {(line.file, line.iso3): line for line in lookups.read("igo_events_exceptions.csv", _Exception)}
MEMBERS, REMOVALS, OSCE = "ilo_members.csv", "ilo_removals.csv", "osce_participating_states.csv"


@dataclass(frozen=True)
class Event:
    """``date`` is written as precisely as the source has it: 2022, 2022-03 or 2022-03-16, so that events sort."""

    organization: str
    iso3: str
    kind: str
    date: str

    @property
    def year(self) -> int:
        return int(self.date[:4])


def load(raw: RawFolder) -> Iterator[Fact]:
    events: list[Event] = [Event(e.organization, e.iso3, e.kind, e.date.isoformat()) for e in ADDED]
    yield from raw.csv("regional_org_membership_events.csv", lambda row: _event(row, events), ignore=_UNREAD)
    yield from raw.csv("eu_members.csv", lambda row: _eu(row, events), ignore=["state", "accession_to_EC_predecessor"])
    yield from raw.csv(MEMBERS, lambda row: _ilo(row, events), ignore=["member", "founder", "notes"])
    stated = list(statements(events))
    admitted = {s.start for s in stated if s.end == "ILO"}
    yield from raw.csv("ilo_withdrawals.csv", lambda row: _ilo_exit(row, "withdrawal", admitted), ignore=["notes"])
    yield from raw.csv(REMOVALS, lambda row: _ilo_exit(row, "removal", admitted), ignore=["notes"])
    yield from raw.csv(OSCE, _osce, ignore=["state", "signed_*"])
    yield from stated


_UNREAD = ["date_precision", "wikipedia_article_file"]


def _event(row: Row, events: list[Event]) -> Iterator[Fact]:
    kind, organization, date = row.need("event"), row.need("org"), row.need("date")
    if kind == "withdraw_notice":
        raise Drop("a notice of withdrawal, not an exit")
    if organization == "OAS" and kind == "join" and row.text("note") == "founder":
        raise Drop("founder of the OAS: a member of its predecessor, which the Correlates of War count with it")
    meanings = [line for line in ORGANIZATIONS if line.value == organization]
    if kind not in KINDS or not meanings:
        raise Unusable(
            "unknown event" if kind not in KINDS else "unknown organization", "event", f"{organization} {kind}"
        )
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", date):
        raise Unusable("not a date", "date", date)
    code = next((line.code for line in meanings if lookups.holds(line, int(date[:4]))), None)
    if code is None:
        raise Unusable("unknown organization", "event", f"{organization} {date}")
    _add(events, Event(code, names.by_code("iso3", row.need("iso3")), KINDS[kind], date))
    raise Gathered


def _eu(row: Row, events: list[Event]) -> Iterator[Fact]:
    _add(events, Event("EU", names.by_code("iso3", row.need("iso3")), "join", str(_year(row, "accession_to_EU"))))
    raise Gathered


def _ilo(row: Row, events: list[Event]) -> Iterator[Fact]:
    iso3 = names.by_code("iso3", row.need("iso3"))
    _check_left_out(MEMBERS, iso3)
    _add(events, Event("ILO", iso3, "join", str(_year(row, "latest_admission"))))
    raise Gathered


def _add(events: list[Event], event: Event) -> None:
    """Keep an event of a year that the model knows, and of a code that means a state then; others are quarantined."""
    MODEL.types["MEMBER_OF"].check({"from_year": event.year})
    names.by_code("iso3", event.iso3, event.year)
    events.append(event)


def _ilo_exit(row: Row, column: str, admitted: set[str]) -> Iterator[Fact]:
    """An exit from the ILO, and the return of a state that no longer exists, which the list of members cannot hold."""
    year, returned = _year(row, column), _year(row, "readmission")
    iso3 = names.by_name(row.need("member"), year)
    if column == "removal":
        _check_left_out(REMOVALS, iso3)
    yield edge("MEMBER_OF", iso3, "ILO", to_year=year, status="full")
    if iso3 not in admitted:
        yield next(_spell("ILO", iso3, "full", returned, OPEN))


def _osce(row: Row) -> Iterator[Fact]:
    iso3, year = names.by_code("iso3", row.need("iso3")), _year(row, "admission")
    _check_left_out(OSCE, iso3)
    said = EXCEPTIONS.get((OSCE, iso3))
    yield from _spell("OSCE", iso3, "full", year, said.last_year if said and said.last_year else OPEN)


def _check_left_out(file: str, iso3: str) -> None:
    """Raises :class:`kb.load.rows.Drop` for a state that a list has and the table leaves out."""
    said = EXCEPTIONS.get((file, iso3))
    if said and said.left_out:
        raise Drop(said.left_out)


def _year(row: Row, column: str) -> int:
    """The year of 19 June 1991, December 1939, 1939 or Founder (1993)."""
    value = row.need(column)
    found = re.fullmatch(r"(?:\d{1,2} )?(?:[A-Z][a-z]+ )?\(?(\d{4})\)?", value)
    if not found:
        raise Unusable("not a date", column, value)
    return int(found[1])


def statements(events: Iterable[Event]) -> Iterator[EdgeFact]:
    """The events of each state in each organization, in the order of their dates, as spells, ends and suspensions."""
    grouped: dict[tuple[str, str], list[Event]] = {}
    for event in events:
        grouped.setdefault((event.organization, event.iso3), []).append(event)
    for (organization, iso3), own in grouped.items():
        own.sort(key=lambda event: event.date)
        yield from _memberships(organization, iso3, own)
        yield from _suspensions(organization, iso3, own)


def _memberships(organization: str, iso3: str, events: list[Event]) -> Iterator[EdgeFact]:
    status, since = "full", None
    for event in events:
        if event.kind in ("suspend", "lift") or (event.kind == "reinstate" and since is not None):
            continue
        if since is not None:
            yield from _spell(organization, iso3, status, since, event.year)
        elif event.kind == "leave":
            yield edge(
                "MEMBER_OF",
                names.by_code("iso3", iso3, event.year),
                organization,
                to_year=event.year,
                status="full",
            )
        since = None if event.kind == "leave" else event.year
        status = "associate" if event.kind == "join_associate" else "full"
    if since is not None:
        yield from _spell(organization, iso3, status, since, OPEN)


def _suspensions(organization: str, iso3: str, events: list[Event]) -> Iterator[EdgeFact]:
    """Each suspension from its year to that of the reinstatement or the exit that ended it."""
    since = None
    for event in [*events, None]:
        if event is not None and event.kind == "suspend":
            since = event.year
        elif since is not None and (event is None or event.kind in ("reinstate", "lift", "leave")):
            yield edge(
                "MEMBER_OF",
                names.by_code("iso3", iso3, since),
                organization,
                status="full",
                suspended_from=since,
                suspended_to=event.year if event else OPEN,
            )
            since = None


def _spell(organization: str, iso3: str, status: str, first: int, last: int) -> Iterator[EdgeFact]:
    """A spell of a state and those before it whose seat it continues: Russia 1954 gives SUN to 1991, then RUS."""
    for piece in names.cut("iso3", iso3, first, last):
        yield edge(
            "MEMBER_OF",
            piece.iso3,
            organization,
            from_year=piece.from_year,
            to_year=piece.to_year,
            status=status,
            last_observed=min(piece.to_year, COPIED),
        )
