"""How intergovernmental organizations are made: reach and mandate (DIGO), accession and suspension (MIA).

Both are about organizations of the Correlates of War list and use its abbreviations; where they do not,
``data/lookups/igo_design_codes.csv`` says which organization is meant. Organizations outside that list are left out.

MIA scores, per organization and year, the share of a decision that is delegated to a body other than the member states,
and the share that members pool by deciding with less than unanimity. The latest year coded is used.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from kb.facts.fact import Fact, node
from kb.load import lookups
from kb.load.lookups import Line, Text
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Gathered, Row, Unusable

COW_DIRECTORY = "../cow-igo-v3/igo_directory_534.csv"
DIGO = "digo_did_1.0_igo_directory.csv"
MIA = "mia_delegation_pooling_may2021.csv.gz"

_REGIONAL = frozenset({"Africa", "Americas", "Asia", "Europe", "MiddleEast", "OceaniaAntartica"})
_REACH = {"Global": "universal", "InterRegional": "other", **dict.fromkeys(_REGIONAL, "regional")}


class _Code(Line, frozen=True):
    """An abbreviation of one of the two files, and that of the Correlates of War for the same organization."""

    key: ClassVar[tuple[str, ...]] = ("file", "value")
    file: Literal["digo_did_1.0_igo_directory.csv", "mia_delegation_pooling_may2021.csv.gz"]
    value: Text
    code: Text


def codes(file: str) -> dict[str, str]:
    """The abbreviation of the Correlates of War by that of one of the two files, where they differ."""
    return {line.value: line.code for line in lookups.read("igo_design_codes.csv", _Code) if line.file == file}


@dataclass(frozen=True)
class Authority:
    """MIA's scores of one organization in one year, each a share from 0 to 1."""

    year: int
    accession_delegation: float
    accession_pooling: float
    suspension: float

    def rule(self) -> str:
        """The accession rule in words."""
        members = "members decide by vote" if self.accession_pooling > 0 else "every member must agree"
        body = "a body of the organization takes part" if self.accession_delegation > 0 else "no other body takes part"
        return f"{members}; {body}"


def load(raw: RawFolder) -> Iterator[Fact]:
    known = _cow_codes(raw)
    latest: dict[str, Authority] = {}
    reach: dict[str, tuple[str | None, bool | None]] = {}
    yield from raw.csv(DIGO, lambda row: _digo(row, known, reach), encoding="latin-1", ignore=_UNREAD_DIGO)
    yield from raw.csv(MIA, lambda row: _mia(row, known, latest), ignore=_UNREAD_MIA)
    for code in sorted(reach.keys() | latest.keys()):
        kind, human_rights = reach.get(code, (None, None))
        authority = latest.get(code)
        yield node(
            "IO",
            code=code,
            kind=kind,
            human_rights=human_rights,
            can_suspend=authority.suspension > 0 if authority else None,
            accession_rule=authority.rule() if authority else None,
            accession_delegation=authority.accession_delegation if authority else None,
            accession_pooling=authority.accession_pooling if authority else None,
        )


def _cow_codes(raw: RawFolder) -> frozenset[str]:
    """The abbreviations of the Correlates of War directory, which lies beside this source."""
    return frozenset(row["ioname"] for row in csv.DictReader(raw.text(COW_DIRECTORY).splitlines()))


def _code(row: Row, known: frozenset[str], aliases: Mapping[str, str]) -> str:
    name = row.need("ioname")
    code = aliases.get(name, name)
    if code not in known:
        raise Drop("an organization outside the Correlates of War list")
    return code


def _digo(row: Row, known: frozenset[str], reach: dict[str, tuple[str | None, bool | None]]) -> Iterator[Fact]:
    """Reach from the region coded; the human-rights flag only where the mandate names human rights."""
    code, region = _code(row, known, codes(DIGO)), row.need("region_c")
    if region not in _REACH:
        raise Unusable("unknown region", "region_c", region)
    named = "human rights" in (row.text("Mandate/Function") or "").casefold()
    reach[code] = (_REACH[region], True if named else None)
    raise Gathered


def _mia(row: Row, known: frozenset[str], latest: dict[str, Authority]) -> Iterator[Fact]:
    code, year = _code(row, known, codes(MIA)), row.year("year")
    shares = {name: row.real(name) for name in ("delaccess", "poolaccess", "delsuspens", "poolsuspens")}
    for column, share in shares.items():
        if share is None or not 0 <= share <= 1:
            raise Unusable("not a share from 0 to 1", column, share)
    found = {name: share for name, share in shares.items() if share is not None}
    if code not in latest or latest[code].year < year:
        suspension = max(found["delsuspens"], found["poolsuspens"])
        latest[code] = Authority(year, found["delaccess"], found["poolaccess"], suspension)
    raise Gathered


_UNREAD_DIGO = [
    *("orgname", "sdate", "ddate", "region", "memb_form", "members_censor", "Living", "Scope", "Fate/death_reason"),
    *("function_c", "scope_c", "lifespan", "event*", "life_1", "WW*", "full_membership*", "asso_membership*"),
    *("observer_*", "missing_data*", ""),
]
_UNREAD_MIA = [
    *("acronym", "ionumber", "inception", "initial", "end", "typeI", "contract", "DIMENSIONS", "delegation", "pooling"),
    *("DS_*", "COMPONENTS", "delconstit", "delbudget", "delcompliance", "delpolicy", "del_*", "poolconstit"),
    *("poolbudget", "poolcompliance", "poolpolicy", "poolagenda", "poolfinal", "coverage*", "thirdparty*"),
    *("tribunal*", "binding*", "nonstate*", "remedy*", "preliminary*"),
]
