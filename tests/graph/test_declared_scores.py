"""One declaration per score: it is complete, it is true of the real graph, and nothing else lists the scores again."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT

from kb.catalogue.expand import MARK, expanded
from kb.catalogue.queries import catalogue, read_query
from kb.cypher.read.tokens import Tokens
from kb.engines.embedded.engine import EmbeddedEngine
from kb.errors import CheckError, InputError
from kb.graph import coverage
from kb.model.graph import MODEL
from kb.model.scores import BY_NAME, COMPONENTS, PANEL, SCORES, commitment, decoupling, integration, practice, shown
from kb.model.scores.entry import Score
from kb.scores import floors
from ui.pages.look import overview

#: Types that say which states are compared, and the one whose indicators are named instead.
_FRAME = {"BELONGS_TO", "MEASURED"}
#: What an act of joining counts until is worked out from these when the graph is put together.
_BEHIND = {"RATIFIED": {"WITHDREW_FROM"}}
NAMED = [score.name for score in SCORES]


@pytest.fixture(scope="module")
def rows(graph: EmbeddedEngine) -> pd.DataFrame:
    return catalogue()["scores-and-components"].run(graph).to_pandas()


# The declaration


def test_the_graph_holds_the_declared_scores_and_no_others() -> None:
    others = {"id", "name", "iso3", "year", "uid", "sources"}

    assert [p.name for p in MODEL.labels["StateYear"].properties if p.name not in others] == NAMED
    assert len(NAMED) == len(set(NAMED)) == len(BY_NAME)


@pytest.mark.parametrize("score", SCORES, ids=NAMED)
def test_a_score_names_only_what_there_is(score: Score) -> None:
    assert score.label and score.meaning and score.formula
    assert {*score.inputs, *(score.interval or ()), *([score.sd] if score.sd else [])} <= BY_NAME.keys()
    assert score.query or (score.inputs and score.function)
    if score.query and not score.function:
        column = catalogue()[score.query].columns[score.column]
        assert column.type in ("real", "integer")
    if score.function:
        module, _, name = score.function.rpartition(".")
        assert callable(getattr(importlib.import_module(module), name))


@pytest.mark.parametrize("score", [s for s in SCORES if s.query], ids=lambda score: score.name)
def test_a_measure_rests_on_what_its_query_reads(score: Score) -> None:
    tokens = Tokens(catalogue()[score.query].cypher).tokens
    types = {t.text for t in tokens if t.kind == "word" and t.text in MODEL.types} - _FRAME
    indicators = {one for one in score.rests_on if one not in MODEL.types}
    literals = {t.text.strip("'\"") for t in tokens if t.kind == "string"}
    if isinstance(score, decoupling.TreatyContrast):
        assert indicators == {score.indicator}
    else:
        assert indicators == literals & _indicators()

    behind = {one for kind in types for one in _BEHIND.get(kind, ())}
    assert types <= set(score.rests_on) <= types | behind | indicators


def _indicators() -> set[str]:
    codes = (ROOT / "docs" / "codes.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| `([^`]+)` \|", codes[codes.index("## Indicators") : codes.index("## States")], re.M))


# The real graph


def test_the_real_graph_is_filled_as_declared(rows: pd.DataFrame) -> None:
    assert floors.holes(rows) == []


@pytest.mark.parametrize("score", SCORES, ids=NAMED)
def test_a_score_that_comes_out_nearly_empty_is_named(rows: pd.DataFrame, score: Score) -> None:
    nearly_empty = rows.assign(**{score.name: rows[score.name].where(rows["iso3"] == "MEX")})
    decades = range(score.floor.first // 10 * 10, score.floor.last + 1, 10)

    found = floors.holes(nearly_empty)

    assert len(found) == 1 and found[0].startswith(f"score {score.name}: ")
    assert all(f"the {decade}s" in found[0] for decade in decades)


def test_an_empty_graph_does_not_pass(tmp_path: Path) -> None:
    with EmbeddedEngine(tmp_path / "graph.duckdb", read_only=False) as engine:
        engine.create_schema()
        with pytest.raises(CheckError, match="the graph has holes"):
            coverage.check(engine)
        none = catalogue()["scores-and-components"].run(engine).to_pandas()
    assert len(floors.holes(none)) == len(SCORES)
    assert (
        "score machinery: filled 0% in the 2000s, 0% in the 2010s, 0% in the 2020s, at least 60% expected"
        in floors.holes(none)
    )


@pytest.mark.parametrize("score", SCORES, ids=NAMED)
def test_no_floor_is_so_low_that_half_of_the_values_would_not_be_missed(rows: pd.DataFrame, score: Score) -> None:
    there = rows[rows["year"].between(score.floor.first, score.floor.last)]
    filled = there[score.name].notna().groupby(there["year"] // 10).mean()

    assert score.floor.share > 0.6 * filled.min()


@pytest.mark.parametrize("score", [s for s in SCORES if s.type != "flag"], ids=lambda score: score.name)
def test_every_value_lies_on_the_declared_scale(rows: pd.DataFrame, score: Score) -> None:
    values = rows[score.name].dropna().astype(float)
    lowest, highest = (np.nan if end is None else end for end in score.scale)

    assert len(values) > 100
    assert not (values < lowest - 1e-12).any() and not (values > highest + 1e-12).any()


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda component: component.name)
def test_a_component_has_values_in_no_year_outside_the_declared_ones(rows: pd.DataFrame, component: Score) -> None:
    years = rows.loc[rows[component.name].notna(), "year"]

    assert (years.min(), years.max()) == (component.floor.first, component.floor.last)


# What follows


def test_queries_that_ask_for_scores_are_plain_cypher_with_every_column() -> None:
    asking = {q.name: q for q in catalogue().values() if re.search(r"^scores:", q.path.read_text(), re.M)}

    assert set(asking) == {"score-panel", "score-history", "scores-and-components"}
    for name, query in asking.items():
        wanted = [s.name for s in (PANEL if name == "score-panel" else SCORES)]
        assert list(query.columns)[-len(wanted) :] == wanted
        assert all(query.columns[one].meaning == BY_NAME[one].meaning for one in wanted)
        assert "/*" not in query.cypher and max(map(len, query.cypher.splitlines())) <= 120
        assert all(f"y.{one} AS {one}" in query.cypher for one in wanted)


@pytest.mark.parametrize(
    ("scores", "body", "says"),
    [
        ("", f"RETURN 1 AS a, {MARK}", "in the header"),
        ("scores: all", f"RETURN 1 AS a, {MARK}", "of: VARIABLE"),
        ("scores: {of: y, set: some}", f"RETURN 1 AS a, {MARK}", "of: VARIABLE"),
        ("scores: {of: y, set: all}", "RETURN 1 AS a", "once in the statement"),
        ("scores: {of: y, set: all}", f"RETURN {MARK}, {MARK}", "once in the statement"),
    ],
)
def test_a_query_that_asks_for_scores_wrongly_is_an_error_that_names_it(
    scores: str, body: str, says: str, tmp_path: Path
) -> None:
    path = tmp_path / "asked.cypher"
    path.write_text(f"/*\ntitle: A\nquestion: B?\ncolumns: {{}}\ntags: []\n{scores}\n*/\n{body}\n")

    with pytest.raises(InputError, match=r"asked\.cypher") as raised:
        read_query(path)
    assert says in str(raised.value)


def test_a_query_that_asks_for_no_scores_stays_as_it_is() -> None:
    assert expanded({"title": "A"}, "RETURN 1\nORDER BY x") == ({"title": "A"}, "RETURN 1\nORDER BY x")


def test_queries_that_choose_scores_choose_declared_ones() -> None:
    ranking, treaties = catalogue()["ranking"], catalogue()["decoupling-by-treaty"]

    assert sorted(ranking.parameters["measure"].choices) == sorted(score.name for score in shown("ranking"))
    for score in shown("ranking"):
        assert f"WHEN '{score.name}' THEN y.{score.name}" in ranking.cypher
        for end in score.interval or ():
            assert f"WHEN '{score.name}' THEN y.{end}" in ranking.cypher
    assert treaties.parameters["treaty"].choices == tuple(score.treaty for score in decoupling.BY_TREATY)
    for score in decoupling.BY_TREATY:
        assert f"WHEN '{score.treaty}' THEN y.{score.name}" in " ".join(treaties.cypher.split())


def test_queries_that_read_indicators_of_practice_read_the_declared_ones() -> None:
    by_treaty, span = catalogue()["practice-by-treaty"].cypher, catalogue()["score-span"].cypher
    pairs = re.findall(r"\{treaty: '([^']+)', indicator: '([^']+)'\}", by_treaty)

    assert pairs == [(score.treaty, score.indicator) for score in decoupling.BY_TREATY]
    measured = dict.fromkeys(code for score in practice.SCORES for code in score.rests_on)
    assert re.findall(r"'([^']+)'", span) == list(measured)


def test_the_overview_draws_columns_that_its_query_has() -> None:
    columns = catalogue()["yearly-overview"].columns

    assert {**overview._COMMITMENT, **overview._PRACTICE}.keys() <= columns.keys()
    assert list(overview._COMMITMENT) == [part.name for part in commitment.PARTS]


# Nothing else lists them


#: Files that may name the components one by one: the declaration, what `make docs` writes, and the text about the scores.
_MAY = {"kb/model/scores/integration.py", "docs/model.md", "docs/queries.md", "docs/scores.md"}


def _files() -> Iterator[Path]:
    for folder in ("kb", "ui", "loaders", "tools", "queries", "docs", "benchmarks", "data"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in (".py", ".cypher", ".md", ".yml", ".csv", ".ipynb") and "snapshot" not in path.parts:
                yield path
    yield from ROOT.glob("*.md")


def lists_components(text: str) -> bool:
    """Whether a text names three components, or the measures of three, as identifiers."""
    named = [
        {score.name for score in found if re.search(rf"(?<![\w-]){score.name}(?![\w-])", text)}
        for found in (COMPONENTS, integration.MEASURES)
    ]
    return any(len(found) >= 3 for found in named)


def test_the_components_are_listed_in_one_place() -> None:
    listing = {path.relative_to(ROOT).as_posix() for path in _files() if lists_components(_identifiers(path))}

    assert listing <= _MAY
    assert "kb/model/scores/integration.py" in listing


def _identifiers(path: Path) -> str:
    """What a file says, without the prose of code: only strings and names can list columns."""
    text = path.read_text(encoding="utf-8")
    return re.sub(r'""".*?"""|#[^\n]*', "", text, flags=re.S) if path.suffix == ".py" else text


def test_a_second_list_would_be_found() -> None:
    assert lists_components('_COMPONENTS = ("igo", "igo_centrality", "ingo", "machinery")')
    assert lists_components("RETURN y.igo AS igo, y.ingo AS ingo, y.machinery AS machinery")
    assert not lists_components("igo-memberships, ingo-counts and machinery")
