"""CIA World Factbook, last edition: "International organization participation".

The listing is undated and lags, so an edge has neither a first nor a last year: only the year of the edition in which it
was seen. Participation is wider than membership; what is not membership is left out by name, and qualifiers are kept.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from kb.facts.fact import Fact, edge, node
from kb.load import lookups, names
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Row, Unusable
from kb.model.shape import OPEN
from loaders.organizations.factbook.organizations import MEANINGS, QUALIFIERS, TIES, Meaning
from loaders.shared.ingo_code import ingo_code

EDITION = 2026
#: GEC codes of places that are not states.
STATES = lookups.states("factbook_states.csv")


def _abbreviation(row: Row) -> str:
    """The abbreviation without the marks of the web page: ``&nbsp; UNESCO``, ``G- 9``."""
    plain = html.unescape(row.need("organization")).replace("\xa0", " ").strip()
    return re.sub(r"^G- +", "G-", plain)


def _membership(state: str, code: str, qualifier: str) -> Fact:
    said = QUALIFIERS.get(qualifier)
    if said and said.left_out:
        raise Drop(said.left_out)
    if said and said.status == "suspended":
        since = said.suspended_from
        return edge(
            "MEMBER_OF", state, code, status="full", last_observed=EDITION, suspended_from=since, suspended_to=OPEN
        )
    status = "associate" if qualifier.startswith("associate member") else said.status if said else None
    if qualifier and status is None:
        raise Unusable("unknown qualifier", "qualifier", qualifier)
    return edge("MEMBER_OF", state, code, status=status or "full", last_observed=EDITION)


def _tie(state: str, abbreviation: str, ingo: Meaning, qualifier: str) -> Iterator[Fact]:
    kinds = {**TIES, "": ingo.detail}
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
    own = STATES.get(gec)
    meaning = MEANINGS.get(abbreviation)
    if meaning is None:
        raise Unusable("unknown organization", "organization", abbreviation)
    if meaning.reading == "left out":
        raise Drop(meaning.detail)
    state = own or names.by_code("gec", gec)
    if meaning.reading == "ingo":
        yield from _tie(state, abbreviation, meaning, qualifier)
    else:
        yield node("IO", code=meaning.code, name=meaning.name)
        yield _membership(state, meaning.code, qualifier)


def load(raw: RawFolder) -> Iterator[Fact]:
    yield from raw.csv("participation.csv", _facts, ignore=["country"])
