"""Articles on human rights in newspapers of the United States, by the country they are about, 1980-2010.

The country was assigned by key words in the article. A country and year without an article have no row; whether that
means none was written cannot be told from the file, so no zero is put there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial

from kb.facts.fact import Fact, edge
from kb.load import lookups, names
from kb.load.raw import RawFolder
from kb.load.rows import Gathered, Row, Unusable
from loaders.shared.existence import Existence
from loaders.shared.measures import Measure, indicators

FILE = "n-country-year.csv"
ARTICLES = Measure(
    column="V1",
    code="TERMAN-ARTICLES",
    name="Articles on human rights in the country, newspapers of the United States",
    concept="condition",
    issue_area="attention",
    unit="articles",
    lo=1,
    better=None,
    citation="Terman, Human rights coverage in US newspapers 1980-2010 (LexisNexis), replication data",
)
#: Codes of the file's own.
STATES = lookups.states("media_coverage_states.csv")


def load(raw: RawFolder) -> Iterator[Fact]:
    """The indicator and its values: articles said to be on Russia and on the Soviet Union are on one state and add up."""
    yield from indicators([ARTICLES])
    articles: Counter[tuple[str, int]] = Counter()
    yield from raw.csv(FILE, partial(_count, Existence.read(raw), articles), ignore=[""])
    for (iso3, year), number in articles.items():
        yield edge("MEASURED", iso3, ARTICLES.code, year=year, value=number)


def _count(existence: Existence, articles: Counter[tuple[str, int]], row: Row) -> Iterator[Fact]:
    code, year = row.need("COUNTRY_CODE"), row.year("YEAR")
    meant = STATES.get(code, year) or code
    number = row.integer(ARTICLES.column)
    if number is None or number < 1:
        raise Unusable("not a number of articles", ARTICLES.column, number)
    iso3 = existence.require(names.by_code("iso3", meant, year), year)
    articles[iso3, year] += number
    raise Gathered
