"""WINGO (Lall 2023): a sample of 2,614 INGOs of the Yearbook of International Organizations and their headquarters.

The country of the headquarters is read from its name: from line 2,362 on, the column of COW codes counts upwards where
the country stays the same (USA 2, 3, 4 ...). The source states where the headquarters is, not since when: the tie has no
``from_year``, and it ends with the organization.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.facts.fact import Fact, edge, node
from kb.load import lookups, names
from kb.load.raw import RawFolder
from kb.load.rows import Row
from loaders.shared.ingo_code import ingo_code

HUMAN_RIGHTS = "Human Rights Organizations"
#: Places that are no states: the organization is kept, without a tie.
STATES = lookups.states("wingo_states.csv")
#: Somebody replaced every "usa" in the file, within words too: "SiracUnited States of America" was Siracusa.
_REPLACED = re.compile(r"(?<=\w)United States of America|(?<=')United States of America(?=\w)")


def _name(printed: str) -> str:
    return _REPLACED.sub("usa", printed)


def _facts(row: Row) -> Iterator[Fact]:
    name, dissolved = _name(row.need("name")), row.integer("dissolved")
    members, types = row.integer("member_countries"), row.need("type3").split(", ")
    code = ingo_code(name)
    yield node(
        "INGO",
        code=code,
        name=name,
        founded=row.integer("founded"),
        dissolved=dissolved,
        field=row.text("issue"),
        human_rights=HUMAN_RIGHTS in types,
        # The file prints 0 for bodies without members and for bodies whose members nobody counted.
        member_countries=members or None,
    )
    for country in row.need("country").split("; "):
        said = STATES.line(country, dissolved)
        if said is None or said.iso3:
            state = said.iso3 if said and said.iso3 else names.by_name(country, dissolved)
            yield edge("TIED_TO", state, code, kind="headquarters", to_year=dissolved)


def load(raw: RawFolder) -> Iterator[Fact]:
    unread = ["subject", "StateAbb", "region", "ccode", "city", "acronym", "type1", "type2", "staff_*", "links"]
    ignore = [*unread, "member_regions"]
    yield from raw.csv("wingo_v1.1.csv", _facts, missing=["NA"], ignore=ignore)
