"""World Religion Project, national file: the religion of the majority of a state's people, every fifth year.

A state belongs to a religion's group in a year of observation in which more than half of its people adhere to it; the
years between are not filled in. The share is adherents / population as the file has both. In this copy the headers are
renamed: its column "total" holds the sum of the shares, and the population stands under "population in independent
states". Some people are counted under two religions where that is usual (Japan), so the shares of a state may add up to
more than one.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kb.facts.fact import Fact, edge, node
from kb.load import lookups, names
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Row, Unusable
from loaders.shared.existence import Existence

FILE = "WRP_national.csv"
#: Lines of a divided state beside the united one.
STATES = lookups.states("world_religion_states.csv")
POPULATION = "population in independent states"
RELIGIONS = {
    "total christians": "Christianity",
    "total jews": "Judaism",
    "total muslims": "Islam",
    "total buddhists": "Buddhism",
    "total zoroastrains/parsis": "Zoroastrianism",
    "total hindus": "Hinduism",
    "total sikhs": "Sikhism",
    "total shinto": "Shinto",
    "total baha'i": "Baha'i",
    "total taoists": "Taoism",
    "total jains": "Jainism",
    "total confucists": "Confucianism",
    "total syncretics": "Syncretic religions",
    "total animists": "Animist religions",
    "non religious": "No religion",
    "other religions": "Other religions",
}
_UNREAD = ["name", "chrst*", "jud*", "jdcons", "islm*", "bud*", "sum of religious adherents", "total", "dualrelig"]
_UNREAD += ["datatype", "sourcereliab", "recreliab", "reliabilevel", "Version", "sourcecode"]


def load(raw: RawFolder) -> Iterator[Fact]:
    """One membership per state and year of observation that has a majority religion, with the religion's group."""
    yield from raw.csv(FILE, partial(_majority, Existence.read(raw)), ignore=_UNREAD)


def _majority(existence: Existence, row: Row) -> Iterator[Fact]:
    year, code = row.year("year"), row.need("state")
    iso3 = existence.require(STATES.get(code, year) or names.by_code("cow", code, year), year)
    population = _people(row, POPULATION)
    shares = {religion: _people(row, column) / population for column, religion in RELIGIONS.items()}
    religion = max(shares, key=lambda name: shares[name])
    share = shares[religion]
    if share > 1:
        raise Unusable("more adherents than people", POPULATION, f"{iso3} {year} {religion}")
    if share <= 0.5:
        raise Drop("no religion of a majority")
    yield node("ReferenceGroup", code=f"religion:{religion}", name=religion, kind="religion")
    yield edge("BELONGS_TO", iso3, f"religion:{religion}", from_year=year, to_year=year, share=share)


def _people(row: Row, column: str) -> int:
    """A number of people, of which the copy writes the thousands apart in places."""
    text = row.need(column).replace(",", "")
    if not text.isdigit() or (column == POPULATION and int(text) == 0):
        raise Unusable("not a number of people", column, text)
    return int(text)
