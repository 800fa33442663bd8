"""National human rights institutions and their accreditation: what the two publications of SDG indicator 16.a.1 share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kb.facts.fact import Fact, edge, node

BODY = "GANHRI-SCA"
#: A state whose institution was never given one of these gets no receptor site.
SEEN = frozenset({"A", "B", "C"})


def body() -> Fact:
    """The Sub-Committee on Accreditation of the Global Alliance of National Human Rights Institutions."""
    return node("Body", code=BODY, name="GANHRI Sub-Committee on Accreditation", kind="accreditation")


def site(iso3: str, statuses: Mapping[int, str], country: str | None = None) -> Iterator[Fact]:
    """The institution of a state and its tie to it.

    ``statuses`` are all its statuses by year, at least one of them A, B or C. The foundation is not in the source, so
    ``from_year`` stays missing; ``last_observed`` is the last year in which a status shows that the institution exists.
    ``country`` is the state's name as printed; neither publication names the institution itself.
    """
    key = f"{iso3}-nhri"
    last = max(year for year, status in statuses.items() if status in SEEN)
    name = f"National human rights institution of {country}" if country else None
    yield node("ReceptorSite", id=key, name=name, kind="nhri")
    yield edge("HOSTS", iso3, key, last_observed=last)


def accredited(iso3: str, year: int, status: str) -> Fact:
    """The status at the end of one year; years that the source leaves out stay out."""
    return edge("ACCREDITED", f"{iso3}-nhri", BODY, year=year, status=status)
