"""Articles on human rights in newspapers of the United States."""

from __future__ import annotations

import csv
from pathlib import Path

from loading import changed, edges, load, load_real

SOURCE = "terman-coverage"


def test_known_values(raw_root: Path) -> None:
    facts, _ = load_real(SOURCE, raw_root)
    articles = {(e.start, e.values["year"]): e.values["value"] for e in edges(facts, "MEASURED")}

    assert (articles["ARG", 1980], articles["BOL", 1980], articles["USA", 2004]) == (5, 1, 158)


def test_articles_on_russia_and_on_the_soviet_union_add_up(raw_root: Path) -> None:
    path = raw_root / "media-coverage" / "n-country-year.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["YEAR"] == "1986" and r["COUNTRY_CODE"] in ("SVU", "RUS")]
    facts, _ = load_real(SOURCE, raw_root)

    [union] = [e for e in edges(facts, "MEASURED") if e.start == "SUN" and e.values["year"] == 1986]

    assert len(rows) == 2
    assert union.values["value"] == sum(int(r["V1"]) for r in rows)


def test_a_year_without_an_article_has_no_value_and_no_zero(raw_root: Path) -> None:
    facts, report = load_real(SOURCE, raw_root)

    assert min(e.values["value"] for e in edges(facts, "MEASURED")) == 1
    assert (report.rows, report.loaded, sum(report.dropped.values()), report.quarantined) == (1419, 1370, 49, [])


def test_a_number_that_is_none_is_set_aside(raw_root: Path, tmp_path: Path) -> None:
    folder = changed(
        SOURCE,
        raw_root,
        tmp_path,
        "n-country-year.csv",
        lambda c: c.replace(b'"ARG",5', b'"ARG",0', 1).replace(b"ARG,5", b"ARG,0", 1),
    )
    (tmp_path / "state-system-cow-gw").symlink_to(raw_root / "state-system-cow-gw")

    _, report = load(SOURCE, folder)

    assert [(q.reason, q.value) for q in report.quarantined] == [("not a number of articles", "0")]
