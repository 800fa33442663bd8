"""Women, Business and the Law: what the law says, by report year. A report describes the law of the year before it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kb.facts.fact import EdgeFact, Fact
from kb.load import names
from kb.load.raw import RawFolder
from kb.load.rows import Row
from loaders.shared.existence import Existence
from loaders.shared.measures import Measure, indicators, measured

CITATION = "Hyland, Djankov and Goldberg 2020, American Economic Review: Insights 2(4); World Bank data"
#: column: (code, name)
SCORES = {
    "WBL_index": ("WBL-INDEX", "Women, Business and the Law index"),
    "GR1_mobility": ("WBL-MOBILITY", "Women, Business and the Law: mobility"),
    "GR2_workplace": ("WBL-WORKPLACE", "Women, Business and the Law: workplace"),
    "GR3_pay": ("WBL-PAY", "Women, Business and the Law: pay"),
    "GR4_marriage": ("WBL-MARRIAGE", "Women, Business and the Law: marriage"),
    "GR5_parenthood": ("WBL-PARENTHOOD", "Women, Business and the Law: parenthood"),
    "GR6_entrep": ("WBL-ENTREPRENEURSHIP", "Women, Business and the Law: entrepreneurship"),
    "GR7_assets": ("WBL-ASSETS", "Women, Business and the Law: assets"),
    "GR8_pension": ("WBL-PENSION", "Women, Business and the Law: pension"),
}
MEASURES = [
    Measure(
        column=column,
        code=code,
        name=name,
        concept="law",
        issue_area="women",
        unit="score 0-100",
        lo=0,
        hi=100,
        citation=CITATION,
    )
    for column, (code, name) in SCORES.items()
]


def _facts(existence: Existence, row: Row) -> list[EdgeFact]:
    year = row.year("WBL Report Year") - 1
    state = names.by_code("iso3", row.need("countrycode"), year)
    return measured(row, existence.require(state, year), year, MEASURES)


def load(raw: RawFolder) -> Iterator[Fact]:
    existence = Existence.read(raw)
    yield from indicators(MEASURES)
    yield from raw.csv(
        "wbl_panel_1971_2020.csv.gz",
        partial(_facts, existence),
        ignore=["economy", "Region", "Income group", "gr*"],
    )
