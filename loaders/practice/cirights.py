"""CIRIGHTS: ordinal measures of rights in practice, and of workers' and women's rights in law beside them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kb.facts.fact import EdgeFact, Fact
from kb.load import lookups, names
from kb.load.raw import RawFolder
from kb.load.rows import Row
from loaders.shared.existence import Existence
from loaders.shared.measures import Measure, indicators, measured

CITATION = "Mark, Cingranelli, Filippov and Richards 2022, CIRIGHTS Data Project, version 1.22.11.25"

#: column: (code without the prefix, name, issue area, highest level)
PRACTICE = {
    "physint_sum": ("PHYSINT", "Physical integrity rights index", "physical integrity", 8),
    "disap": ("DISAP", "Freedom from disappearance", "physical integrity", 2),
    "kill": ("KILL", "Freedom from extrajudicial killing", "physical integrity", 2),
    "polpris": ("POLPRIS", "Freedom from political imprisonment", "physical integrity", 2),
    "tort": ("TORT", "Freedom from torture", "torture", 2),
    "speech": ("SPEECH", "Freedom of speech and the press", "civil liberties", 2),
    "rel_free": ("RELFREE", "Freedom of religion", "civil liberties", 2),
    "dommov": ("DOMMOV", "Freedom of movement within the country", "civil liberties", 2),
    "formov": ("FORMOV", "Freedom of movement abroad", "civil liberties", 2),
    "assn": ("ASSN", "Freedom of assembly and association", "civil liberties", 2),
    "elecsd": ("ELECSD", "Electoral self-determination", "democracy", 2),
    "injud": ("INJUD", "Independence of the judiciary", "rule of law", 2),
    "wopol": ("WOPOL", "Women's political rights", "women", 3),
    "wecon": ("WECON", "Women's economic rights", "women", 3),
}
#: stem of two columns, ``_l`` for the law and ``_p`` for the practice: (name, issue area, highest level)
LAW_AND_PRACTICE = {
    "wosoc": ("Women's social rights", "women", 3),
    "union": ("Right to form unions", "workers", 2),
    "barg": ("Right to bargain collectively", "workers", 2),
    "force": ("Freedom from forced labour", "workers", 2),
    "child": ("Freedom from child labour", "children", 2),
    "wage": ("Minimum wage", "workers", 2),
    "safe": ("Safe and healthy work", "workers", 2),
    "hour": ("Limited working hours", "workers", 2),
    "trafficking": ("Freedom from trafficking", "workers", 2),
    "trial": ("Fair trial", "rule of law", 3),
}
#: States that the file's COW code does not tell.
STATES = lookups.states("cirights_states.csv")


def _measures() -> Iterator[Measure]:
    for column, (code, name, area, top) in PRACTICE.items():
        yield _measure(column, code, name, area, top, "practice")
    for stem, (name, area, top) in LAW_AND_PRACTICE.items():
        yield _measure(f"{stem}_l", f"{stem.upper()}-L", f"{name}: law", area, top, "law")
        yield _measure(f"{stem}_p", f"{stem.upper()}-P", f"{name}: practice", area, top, "practice")


def _measure(column: str, code: str, name: str, area: str, top: int, concept: str) -> Measure:
    return Measure(
        column=column,
        code=f"CIRI-{code}",
        name=name,
        concept=concept,
        issue_area=area,
        unit=f"level 0-{top}",
        lo=0,
        hi=top,
        citation=CITATION,
    )


MEASURES = list(_measures())


def _facts(existence: Existence, row: Row) -> list[EdgeFact]:
    year = row.year("year")
    state = STATES.get(row.need("country"), year) or names.by_code("cow", row.need("cow"), year)
    return measured(row, existence.require(state, year), year, MEASURES)


def load(raw: RawFolder) -> Iterator[Fact]:
    existence = Existence.read(raw)
    yield from indicators(MEASURES)
    yield from raw.csv(
        "cirights_v1.22.11.25.csv",
        partial(_facts, existence),
        ignore=[
            *("iso_a3", "ciri", "polity", "un*", "human_rights_score", "workerrights_*", "bbatrocity*"),
            # A few years only.
            *("NGO_investigate", "indige_*", "discri_*", "prison_*"),
        ],
    )
