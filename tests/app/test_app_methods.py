"""The page Methods: the definitions, a score worked through by hand, and how to cite."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
import yaml
from app_pages import assert_fine, open_page, texts

from kb.catalogue import queries
from kb.engines.embedded.engine import EmbeddedEngine
from kb.model.scores import SCORES, integration
from kb.scores import simulation
from kb.settings import ROOT
from ui.answers import citation
from ui.view.graph import Graph

TEXT = (ROOT / "docs" / "scores.md").read_text(encoding="utf-8")
GRAPH = Graph("20261121T000000000-abcdef", "duckdb", "/somewhere", "2026-02-03")


@pytest.mark.parametrize("part", ["definitions", "steps", "indicators", "cite"])
def test_every_part_draws(part: str, hrkb_home: Path) -> None:
    app = open_page("methods", part=part)

    assert_fine(app)
    assert app.dataframe


def test_the_definitions_are_the_text_of_the_docs(hrkb_home: Path) -> None:
    shown = texts(open_page("methods"))

    headings = re.findall(r"^## .+$", TEXT, re.MULTILINE)
    assert len(headings) > 3
    assert [heading for heading in headings if heading not in shown] == []


def test_the_text_names_only_queries_that_exist() -> None:
    named = re.findall(r"`([a-z-]+)`", " ".join(re.findall(r"^Quer(?:y|ies): .+$", TEXT, re.MULTILINE)))

    assert len(named) > 10
    assert set(named) <= set(queries.catalogue())


def test_the_text_gives_the_numbers_that_the_code_uses() -> None:
    assert f"drawn {simulation.DRAWS:,} times" in TEXT
    assert f"seed {simulation.SEED} and the year" in TEXT
    assert (simulation.LOWER, simulation.UPPER) == (0.05, 0.95)
    assert {c.name for c in integration.COMPONENTS} <= set(re.findall(r"^\| `(\w+)` \|", TEXT, re.MULTILINE))
    assert integration.FEWEST == 2


def test_the_text_gives_the_years_in_which_the_core_treaties_opened(graph: EmbeddedEngine) -> None:
    stated = {
        code: int(year)
        for codes, year in re.findall(
            r"([A-Z, and]+) \((\d{4})\)", TEXT[TEXT.index("Nine treaties") :].split(". Let")[0]
        )
        for code in re.findall(r"[A-Z]{3,}", codes)
    }

    rows = queries.query("treaties").run(graph).to_pylist()
    assert stated == {row["code"]: row["opened"] for row in rows if row["core"]}


def test_a_score_can_be_worked_out_from_the_steps(hrkb_home: Path, graph: EmbeddedEngine) -> None:
    app = open_page("methods", part="steps", state="MEX", year="2014")

    steps = app.dataframe[0].value.set_index("step")["value"]
    assert steps["Commitment C"] == pytest.approx((steps["Breadth B"] + steps["Depth D"] + steps["Scrutiny S"]) / 3)
    assert steps["Decoupling Δ"] == pytest.approx(steps["pct(C)"] - steps["pct(P)"])
    history = queries.query("score-history").run(graph, iso3="MEX").to_pylist()
    assert steps["Decoupling Δ"] == next(row["decoupling"] for row in history if row["year"] == 2014)


def test_the_mean_of_the_components_in_the_steps_is_the_score(hrkb_home: Path) -> None:
    app = open_page("methods", part="steps", state="MEX", year="2014")

    steps = app.dataframe[0].value.set_index("step")["value"]
    components = steps[[c.label for c in integration.COMPONENTS]].dropna()
    assert steps["Integration I"] == pytest.approx(components.mean())
    assert steps["Lowest"] == pytest.approx((components.sum() - components.max()) / (len(components) - 1))


def test_the_definitions_end_in_a_table_of_every_declared_column(hrkb_home: Path) -> None:
    app = open_page("methods")

    assert list(app.dataframe[0].value["column"]) == [score.name for score in SCORES]
    assert "| `igo_count` |" not in texts(app) and "| `igo_centrality` |" in texts(app)


def test_the_definitions_show_no_notes_to_editors(hrkb_home: Path) -> None:
    assert "<!--" in TEXT
    assert "<!--" not in texts(open_page("methods"))


def test_a_state_without_scores_has_gaps_and_no_zeroes(hrkb_home: Path) -> None:
    app = open_page("methods", part="steps", state="MEX", year="1950")

    steps = app.dataframe[0].value.set_index("step")["value"]
    assert steps[["Breadth B", "Commitment C", "Decoupling Δ"]].isna().all()
    assert steps["IGO ties"] > 0


def test_a_citation_names_version_and_days() -> None:
    today = dt.date(2026, 11, 21)

    for text in (citation.sentence(GRAPH, today), citation.bibtex(GRAPH, today)):
        assert GRAPH.version in text
        assert "2026-02-03" in text
        assert "2026-11-21" in text
        assert yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["title"] in text
