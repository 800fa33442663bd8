"""One current value for a state, indicator and year; earlier editions are history, and can still be explained."""

from __future__ import annotations

from pathlib import Path

import pyarrow.compute as pc
import pytest

from kb.catalogue.queries import catalogue
from kb.engines.embedded.engine import EmbeddedEngine
from kb.engines.tables import read_table
from kb.facts.snapshot import SNAPSHOT, read_source
from kb.load.register import register
from kb.model.graph import MODEL
from kb.refresh.report.why import why

TWICE = ("VDEM-LIBDEM", "VDEM-POLYARCHY")


@pytest.mark.parametrize("indicator", TWICE)
def test_a_plain_average_is_that_of_the_current_edition(graph: EmbeddedEngine, indicator: str) -> None:
    stated = read_source(SNAPSHOT / "vdem-v16").tables["MEASURED"]
    stated = stated.filter((pc.field("end") == indicator) & (pc.field("year") == 2010))

    [found] = graph.read(
        "MATCH (:State)-[m:MEASURED]->(i:Indicator) WHERE i.code = $code AND m.year = 2010 "
        "RETURN avg(m.value) AS mean, count(m.fact) AS n",
        {"code": indicator},
    ).to_pylist()

    assert found["n"] == stated.num_rows > 150
    assert found["mean"] == pytest.approx(pc.mean(stated["value"]).as_py(), abs=1e-12)


def test_only_these_indicators_have_an_earlier_edition_and_no_value_is_lost(graph: EmbeddedEngine) -> None:
    current, before = (read_table(graph, MODEL.types[name]) for name in ("MEASURED", "MEASURED_BEFORE"))
    stated = [t["MEASURED"].num_rows for t in (read_source(f).tables for f in SNAPSHOT.glob("*/")) if "MEASURED" in t]

    assert sorted(before["end"].unique().to_pylist()) == list(TWICE)
    assert before["source"].unique().to_pylist() == ["vdem-v15"]
    assert current.num_rows + before.num_rows == sum(stated)
    assert len(set(current["fact"].to_pylist()) | set(before["fact"].to_pylist())) == sum(stated)


def test_the_two_editions_stand_side_by_side(graph: EmbeddedEngine) -> None:
    rows = catalogue()["editions"].run(graph, indicator="v2x_polyarchy", from_year=1900).to_pandas()

    assert len(rows) == 11_361
    assert rows["difference"].abs().max() == pytest.approx(0.094)
    assert (rows["source"] == "vdem-v16").all() and (rows["source_before"] == "vdem-v15").all()


def test_an_earlier_value_can_still_be_explained(graph: EmbeddedEngine, tmp_path: Path) -> None:
    row = catalogue()["editions"].run(graph, to_year=2000).slice(0, 1).to_pylist()[0]

    [statement] = why(tmp_path, [str(row["fact_before"])], register())
    [source] = catalogue()["sources-of-an-edge"].run(graph, fact=row["fact_before"]).to_pylist()

    assert (statement.source, statement.values["value"]) == ("vdem-v15", row["value_before"])
    assert (source["type"], source["source"]) == ("MEASURED_BEFORE", "vdem-v15")


def test_ties_to_ingos_of_a_year_are_dated_or_said_to_be_undated(graph: EmbeddedEngine) -> None:
    rows = catalogue()["ingo-ties-of-a-year"].run(graph, year=2000).to_pandas()
    dated, undated = rows[~rows["undated"]], rows[rows["undated"]]

    assert len(dated) > 900
    assert ((dated["first_observed"] <= 2000) & (dated["last_observed"] >= 2000)).all()
    assert undated[["from_year", "first_observed"]].isna().all(axis=None)
    olympic = dated[(dated["iso3"] == "NOR") & (dated["ingo"] == "international-olympic-committee")]
    assert olympic["first_observed"].tolist() == [1991]
    # A tie that one source dates is not listed again from one that does not.
    assert not set(zip(dated["iso3"], dated["ingo"], strict=True)) & set(
        zip(undated["iso3"], undated["ingo"], strict=True)
    )
    before = catalogue()["ingo-ties-of-a-year"].run(graph, year=1989).to_pandas()
    assert before["undated"].all()
    assert "amnesty-international" in set(before["ingo"])


def test_borders_are_stored_one_way_and_asked_without_an_arrow(graph: EmbeddedEngine) -> None:
    stored = read_table(graph, MODEL.types["BORDERS"])
    pairs = set(zip(stored["start"].to_pylist(), stored["end"].to_pylist(), strict=True))
    assert len(pairs) > 500 and not {(end, start) for start, end in pairs} & pairs

    found = catalogue()["neighbours"].run(graph, iso3="DEU", year=2010)

    land = found.filter(pc.field("kind") == "land")["iso3"].to_pylist()
    assert land == ["AUT", "BEL", "CHE", "CZE", "DNK", "FRA", "LUX", "NLD", "POL"]
