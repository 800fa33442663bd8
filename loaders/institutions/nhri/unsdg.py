"""United Nations SDG database, series SG_NHR_*: accreditation of institutions, 2000, 2005, 2010, 2015-2019.

One file per status, one row per area and year. It tells status C from no institution, which the UNDP page does not. Areas
are given by M49 code only; names of states are those of the UNDP page, so that both sources name a site alike.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping

from kb.facts.fact import Fact
from kb.load import lookups, names
from kb.load.raw import Parse, RawFolder
from kb.load.rows import Drop, Row, Unusable
from loaders.institutions.nhri import SEEN, accredited, body, site

_SERIES = {"sg_nhr_impln": "A", "sg_nhr_intexstn": "B", "sg_nhr_nostusn": "C", "sg_nhr_noappln": "none"}
#: Areas of the United Nations' list that are not states.
STATES = lookups.states("unsdg_nhri_states.csv")

#: Names of states by ISO code, beside the folder of this source.
NAMES = "../undp-sdg16-nhri/nhri_status_undp_wide.csv"

Statuses = Mapping[str, Mapping[int, list[str]]]


def _file(series: str) -> str:
    return f"ddf--datapoints--{series}--by--geo_area--nature--units--year.csv"


def _survey(raw: RawFolder) -> Statuses:
    """Every status of every area by year: whether an area ever had an institution takes all four files to know."""
    found: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for series, status in _SERIES.items():
        for record in csv.DictReader(io.StringIO(raw.text(_file(series)))):
            area, year = record.get("geo_area"), record.get("year") or ""
            if area and year.isdigit():
                found[area][int(year)].append(status)
    return found


def _printed_names(raw: RawFolder) -> dict[str, str]:
    return {record["iso3"]: record["country"] for record in csv.DictReader(io.StringIO(raw.text(NAMES)))}


def _parser(series: str, status: str, survey: Statuses, printed: Mapping[str, str]) -> Parse:
    def facts(row: Row) -> Iterator[Fact]:
        area, year = row.need("geo_area"), row.year("year")
        if row.integer(series) != 1:
            raise Unusable("the count should be 1", series, row.raw(series))
        iso3 = STATES.get(area, year) or names.by_code("m49", area, year)
        statuses = survey[area]
        if len(set(statuses[year])) > 1:
            raise Unusable("two statuses in one year", series, f"{iso3} {year} {'/'.join(statuses[year])}")
        single = {each: values[0] for each, values in statuses.items()}
        if not SEEN & set(single.values()):
            raise Drop("no institution in any year")
        yield from site(iso3, single, printed.get(iso3))
        yield accredited(iso3, year, status)

    return facts


def load(raw: RawFolder) -> Iterator[Fact]:
    yield body()
    survey, printed = _survey(raw), _printed_names(raw)
    for series, status in _SERIES.items():
        yield from raw.csv(_file(series), _parser(series, status, survey, printed), ignore=["nature", "units"])
