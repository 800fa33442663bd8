"""CIA World Factbook, last edition: "International organization participation".

The listing is undated and lags, so an edge has neither a first nor a last year: only the year of the edition in which it
was seen. Participation is wider than membership; what is not membership is left out by name, and qualifiers are kept.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from kb.facts.fact import Fact, edge, node
from kb.load import names
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Row, Unusable
from kb.model.shape import OPEN
from loaders.organizations.factbook.organizations import Meaning, meanings
from loaders.organizations.ingo_code import ingo_code

EDITION = 2026
# fmt: off
#: GEC codes of places that are not states. Western Sahara's entry means the territory; the African Union's member is
#: a government.
_TERRITORIES = frozenset((
    "AA", "AQ", "AV", "BD", "CJ", "CK", "CQ", "FK", "FO", "FP", "FS", "GI", "GK", "GL", "GQ", "HK", "IM", "IO", "JE", "KT",
    "MC", "MH", "NC", "NF", "NN", "PC", "RN", "RQ", "SB", "SH", "SV", "SX", "TB", "TK", "TL", "UC", "VI", "VQ", "WF", "WI",
))
# fmt: on
_STATUS = {
    "": "full",
    "2024": "full",
    "Chinese Taipei": "full",
    "associate": "associate",
    "associate member": "associate",
    "associate observer": "observer",
    "associated member": "associate",
    "nonregional member": "full",
    "nonregional members": "full",
    "observer": "observer",
    "regional": "full",
}
#: Qualifiers that say "member, but suspended": first year of the suspension where the cell gives it.
_SUSPENDED = {"suspended": None, "excluded from formal participation since 1962": 1962}
_NO_MEMBERSHIP = {
    "accession candidate": "candidate, not a member",
    "candidate": "candidate, not a member",
    "candidates": "candidate, not a member",
    "candidate country": "candidate, not a member",
    "pending member": "candidate, not a member",
    "cooperating state": "partner, not a member",
    "dialogue member": "partner, not a member",
    "dialogue partner": "partner, not a member",
    "enhanced engagement": "partner, not a member",
    "partner": "partner, not a member",
    "partners": "partner, not a member",
    "sectoral dialogue partner": "partner, not a member",
    "signatory": "signatory, not a member",
    "subbureau": "sub-bureau, not a member",
}


def _abbreviation(row: Row) -> str:
    """The abbreviation without the marks of the web page: ``&nbsp; UNESCO``, ``G- 9``."""
    plain = html.unescape(row.need("organization")).replace("\xa0", " ").strip()
    return re.sub(r"^G- +", "G-", plain)


def _membership(state: str, code: str, qualifier: str) -> Fact:
    if qualifier in _NO_MEMBERSHIP:
        raise Drop(_NO_MEMBERSHIP[qualifier])
    if qualifier in _SUSPENDED:
        since = _SUSPENDED[qualifier]
        return edge(
            "MEMBER_OF", state, code, status="full", last_observed=EDITION, suspended_from=since, suspended_to=OPEN
        )
    status = "associate" if qualifier.startswith("associate member") else _STATUS.get(qualifier)
    if status is None:
        raise Unusable("unknown qualifier", "qualifier", qualifier)
    return edge("MEMBER_OF", state, code, status=status, last_observed=EDITION)


def _tie(state: str, abbreviation: str, ingo: Meaning, qualifier: str) -> Iterator[Fact]:
    kinds = {
        "": ingo.detail,
        "NGOs": "member",
        "national committees": "national_committee",
        "correspondent": "participant",
        "observer": "participant",
        "subscriber": "participant",
    }
    if qualifier == "suspended":
        raise Drop("suspended tie to an INGO")
    if abbreviation == "ICC" and not qualifier:
        raise Unusable("does not say whether the Chamber of Commerce has a national committee", "qualifier", state)
    if qualifier not in kinds:
        raise Unusable("unknown qualifier", "qualifier", qualifier)
    name = ingo.name or abbreviation
    yield node("INGO", code=ingo_code(name), name=name)
    yield edge("TIED_TO", state, ingo_code(name), kind=kinds[qualifier], last_observed=EDITION)


def _facts(row: Row) -> Iterator[Fact]:
    gec, abbreviation, qualifier = row.need("gec").upper(), _abbreviation(row), row.text("qualifier") or ""
    if gec in _TERRITORIES:
        raise Drop("territory")
    meaning = meanings().get(abbreviation)
    if meaning is None:
        raise Unusable("unknown organization", "organization", abbreviation)
    if meaning.reading == "left out":
        raise Drop(meaning.detail)
    state = names.by_code("gec", gec)
    if meaning.reading == "ingo":
        yield from _tie(state, abbreviation, meaning, qualifier)
    else:
        yield node("IO", code=meaning.code, name=meaning.name)
        yield _membership(state, meaning.code, qualifier)


def load(raw: RawFolder) -> Iterator[Fact]:
    yield from raw.csv("participation.csv", _facts, ignore=["country"])
