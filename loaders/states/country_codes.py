"""countrycode: names, United Nations M49 codes, regions and subregions of the states.

The list has no time dimension. What it lacks stands in the project's own table ``data/lookups/states.csv``: the names of former
states and the subregion in which they lay (that of their successors), shorter names, the participants of treaties that
are no member of either state system. Territories are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from kb.facts.fact import Fact, edge, node
from kb.load import lookups
from kb.load.lookups import Line, State, Text
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Row


class Entry(Line, frozen=True):
    """One line of ``data/lookups/states.csv``; empty where the list of codes is to be believed."""

    key: ClassVar[tuple[str, ...]] = ("iso3",)
    iso3: State
    name: Text
    m49: int | None = None
    subregion: str = ""


def own_entries() -> dict[str, Entry]:
    """The project's own table, by code."""
    return {entry.iso3: entry for entry in lookups.read("states.csv", Entry)}


def short_name(name: str) -> str:
    """The list's abbreviations written out: ``St. Kitts & Nevis`` gives ``Saint Kitts and Nevis``."""
    return name.replace(" & ", " and ").replace("St. ", "Saint ")


class _Places:
    """Regions and the states in them, gathered while the list is read."""

    def __init__(self) -> None:
        self.own = own_entries()
        self.region_of: dict[str, str] = {}
        self.seen: set[str] = set()

    def parse(self, row: Row) -> Iterator[Fact]:
        iso3, region, subregion = row.text("iso3c"), row.text("un.region.name"), row.text("un.regionsub.name")
        in_a_system = row.text("cown") is not None or row.text("gwn") is not None
        name, m49 = row.need("country.name.en"), row.integer("un")
        if region and subregion:
            self.region_of[subregion] = region
        if iso3 is None:
            raise Drop("no ISO code: a former state or a part of one")
        if not in_a_system and iso3 not in self.own:
            raise Drop("a territory, not a state")
        own = self.own.get(iso3)
        self.seen.add(iso3)
        yield from self.place(
            iso3, own.name if own else short_name(name), m49, subregion or (own.subregion if own else "")
        )

    def place(self, iso3: str, name: str, m49: int | None, subregion: str) -> Iterator[Fact]:
        region = self.region_of.get(subregion)
        yield node("State", iso3=iso3, name=name, m49=m49, region=region, subregion=subregion)
        for kind, group in (("region", region), ("subregion", subregion)):
            if group:
                yield node("ReferenceGroup", code=f"{kind}:{group}", name=group, kind=kind)
                yield edge("BELONGS_TO", iso3, f"{kind}:{group}")

    def rest(self) -> Iterator[Fact]:
        """The entries of the project's own table that the list does not hold."""
        for entry in self.own.values():
            if entry.iso3 not in self.seen:
                yield from self.place(entry.iso3, entry.name, entry.m49, entry.subregion)


_UNREAD = [
    "ar5",
    "cctld",
    "continent",
    "country.name.d*",
    "country.name.en.regex",
    "country.name.es*",
    "country.name.f*",
    "country.name.it*",
    "cow.name",
    "cowc",
    "currency",
    "dhs",
    "ecb",
    "eu28",
    "euro*",
    "fao",
    "fips",
    "gaul",
    "genc*",
    "gwc",
    "icao.region",
    "imf",
    "ioc",
    "iso.*",
    "iso2c",
    "iso3n",
    "iso4217*",
    "p4*",
    "p5*",
    "region",
    "region23",
    "telephone",
    "un.name*",
    "un.region.code",
    "un.regionintermediate*",
    "un.regionsub.code",
    "unhcr*",
    "unicode.symbol",
    "unpd",
    "vdem*",
    "wb*",
    "wvs",
]


def load(raw: RawFolder) -> Iterator[Fact]:
    places = _Places()
    yield from raw.csv("codelist_nocldr.csv", places.parse, ignore=_UNREAD)
    yield from places.rest()
