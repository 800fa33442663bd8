"""The scores: their building blocks, their checks, and a second computation that shares nothing with the first."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from recompute import recompute

from kb.catalogue.queries import query
from kb.engines.embedded.engine import EmbeddedEngine
from kb.errors import CheckError
from kb.facts import snapshot
from kb.graph import assemble
from kb.load.register import register
from kb.model.graph import MODEL
from kb.model.scores import COMPONENTS, decoupling
from kb.scores.centrality import co_membership, eigenvector_centrality
from kb.scores.decoupling import disagreement, percentile_pair
from kb.scores.integration import combine
from kb.scores.panel import align, last_full_year
from kb.scores.percentile import percentile, percentile_by_year
from kb.scores.simulation import interval

VALUES = arrays(float, st.integers(1, 60), elements=st.integers(-5, 5).map(float) | st.just(np.nan))
MEANS = arrays(float, st.integers(2, 30), elements=st.floats(-3, 3))
INCIDENCE = arrays(float, st.tuples(st.integers(3, 12), st.integers(1, 15)), elements=st.integers(0, 1).map(float))


@pytest.fixture(scope="module")
def scores(graph: EmbeddedEngine) -> pd.DataFrame:
    """The materialised scores by state and year."""
    columns = ", ".join(f"y.{p.name} AS {p.name}" for p in MODEL.labels["StateYear"].properties)
    rows = graph.read(f"MATCH (y:StateYear) RETURN {columns}").to_pandas()
    return rows.set_index(["iso3", "year"]).sort_index()


# Building blocks


@given(VALUES)
def test_percentiles_have_mean_one_half_and_lie_between_zero_and_one(values: np.ndarray) -> None:
    present = percentile(values)[~np.isnan(values)]

    assert len(present) == 0 or np.isclose(present.mean(), 0.5)
    assert ((present > 0) & (present < 1)).all()


@given(VALUES)
def test_percentiles_keep_order_ties_and_gaps(values: np.ndarray) -> None:
    result = percentile(values)

    assert (np.isnan(result) == np.isnan(values)).all()
    for a, x in zip(values, result, strict=True):
        for b, y in zip(values, result, strict=True):
            if not np.isnan(a + b):
                assert (a < b) == (x < y) and (a == b) == (x == y)


def test_percentiles_are_within_the_year() -> None:
    result = percentile_by_year(np.array([1.0, 2.0, 5.0]), np.array([1990, 1990, 1991]))

    assert result.tolist() == [0.25, 0.75, 0.5]


@given(INCIDENCE, st.randoms(use_true_random=False))
def test_centrality_does_not_depend_on_the_order_of_states(incidence: np.ndarray, random: object) -> None:
    weights = co_membership(incidence)
    spectrum = np.linalg.eigvalsh(weights)
    order = random.sample(range(len(weights)), len(weights))  # type: ignore[attr-defined]

    if spectrum[-1] - spectrum[-2] > 0.05:  # else two eigenvectors lead, and there is no one answer
        assert np.allclose(eigenvector_centrality(weights)[order], eigenvector_centrality(weights[order][:, order]))


def test_centrality_is_that_of_networkx() -> None:
    incidence = np.array([[1, 1, 0, 1], [1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1.0]])
    other = nx.eigenvector_centrality_numpy(nx.from_numpy_array(co_membership(incidence)), weight="weight")
    expected = np.array(list(other.values())) / max(other.values())

    assert np.allclose(eigenvector_centrality(co_membership(incidence)), expected)


def test_states_without_ties_have_no_centrality() -> None:
    assert eigenvector_centrality(np.zeros((4, 4))).tolist() == [0, 0, 0, 0]
    assert eigenvector_centrality(np.array([[0, 2], [2, 0.0]])).tolist() == [1, 1]


@given(MEANS, st.integers(1966, 2025))
def test_intervals_are_reproducible_and_ordered(mean: np.ndarray, year: int) -> None:
    sd, pct = np.full(len(mean), 0.4), np.full(len(mean), 0.5)

    lo, hi = interval(pct, mean, sd, year)
    again = interval(pct, mean, sd, year)

    assert (lo <= hi).all() and (lo >= -0.5).all() and (hi <= 0.5).all()
    assert (lo == again[0]).all() and (hi == again[1]).all()


def test_without_uncertainty_the_interval_is_the_score() -> None:
    mean, pct = np.array([0.3, -1.0, 2.0]), np.array([0.5, 0.5, 0.5])

    lo, hi = interval(pct, mean, np.full(3, 1e-12), 2000)

    assert np.allclose(lo, pct - percentile(mean)) and np.allclose(hi, lo)


def test_a_state_without_a_published_uncertainty_has_no_interval() -> None:
    lo, hi = interval(np.full(3, 0.5), np.array([0.0, 1.0, 2.0]), np.array([0.3, np.nan, 0.3]), 2000)

    assert np.isnan(lo).tolist() == np.isnan(hi).tolist() == [False, True, False]


def test_integration_needs_two_components_and_leaves_one_out() -> None:
    mean, lo, hi, n = combine(np.array([[0.2, 0.4, 0.9], [0.2, 0.6, np.nan], [0.5, np.nan, np.nan]]))

    assert np.allclose(mean, [0.5, 0.4, np.nan], equal_nan=True)
    assert np.allclose(lo, [0.3, 0.2, np.nan], equal_nan=True)
    assert np.allclose(hi, [0.65, 0.6, np.nan], equal_nan=True)
    assert n.tolist() == [3, 2, 1]


def test_a_score_is_contested_where_measures_disagree_on_its_sign() -> None:
    spread, contested = disagreement(np.array([[0.3, -0.1, 0.2], [0.3, 0.1, np.nan], [0.3, np.nan, np.nan]]))

    assert np.allclose(spread, [0.4, 0.2, np.nan], equal_nan=True)
    assert contested.tolist() == [True, False, pd.NA]


def test_the_pair_of_percentiles_is_taken_among_states_with_both() -> None:
    first, second = percentile_pair(np.array([1.0, 2.0, np.nan]), np.array([5.0, 4.0, 3.0]), np.array([2000] * 3))

    assert np.allclose(first, [0.25, 0.75, np.nan], equal_nan=True)
    assert np.allclose(second, [0.75, 0.25, np.nan], equal_nan=True)


def test_two_values_for_one_state_year_are_an_error() -> None:
    panel = pd.DataFrame({"iso3": ["SWE"], "year": [1990]})
    rows = pd.DataFrame({"iso3": ["SWE", "SWE"], "year": [1990, 1990], "value": [1.0, 2.0]})

    with pytest.raises(CheckError, match="practice-civil gives SWE 1990 twice"):
        align(panel, rows, "practice-civil")


def test_a_page_of_february_speaks_of_the_year_before() -> None:
    assert last_full_year(pd.Timestamp("2026-02-03").date()) == 2025
    assert last_full_year(pd.Timestamp("2025-12-31").date()) == 2025


# The real graph


@pytest.mark.long
def test_a_second_computation_agrees_on_every_state_year(scores: pd.DataFrame) -> None:
    facts = assemble.assemble(list(snapshot.read()), register())
    again = recompute(facts.tables)

    assert scores.index.equals(again.index)
    computed = [
        p.name
        for p in MODEL.labels["StateYear"].properties
        if p.type in ("integer", "real", "flag") and p.name != "year"
    ]
    assert set(computed) <= set(scores.columns)
    for name in computed:
        ours, theirs = scores[name].astype(float), again[name].astype(float)
        assert (ours.isna() == theirs.isna()).all(), name
        assert ((ours - theirs).abs().max()) < 1e-9, name


def test_breadth_is_a_multiple_of_one_treaty(scores: pd.DataFrame) -> None:
    opened = {1966: 3, 1980: 4, 1985: 5, 1990: 7, 2007: 9}
    known = scores["breadth"].dropna().groupby("year")
    assert sorted(known.groups) == list(range(1966, 2026))
    for year, rows in known:
        treaties = max(n for first, n in opened.items() if first <= year)
        joined = rows * treaties
        assert (joined - joined.round()).abs().max() < 1e-9, year
        assert 0 < joined.max() <= treaties, year


def test_there_is_no_commitment_before_the_first_core_treaty(scores: pd.DataFrame) -> None:
    years = scores["commitment"].dropna().index.get_level_values("year")

    assert (years.min(), years.max()) == (1966, 2025)


@pytest.mark.parametrize("name", [score.name for score in (*COMPONENTS, *decoupling.PERCENTILES)])
def test_percentiles_have_mean_one_half_in_every_year(scores: pd.DataFrame, name: str) -> None:
    assert np.allclose(scores[name].dropna().groupby("year").mean(), 0.5)


@pytest.mark.parametrize("name", [score.name for score in decoupling.CONTRASTS])
def test_decoupling_has_mean_zero_in_every_year(scores: pd.DataFrame, name: str) -> None:
    assert np.allclose(scores[name].dropna().groupby("year").mean(), 0)


def test_intervals_are_there_wherever_decoupling_is(scores: pd.DataFrame) -> None:
    scored = scores[scores["decoupling"].notna()]

    assert (scored["decoupling_lo"] <= scored["decoupling_hi"]).all()
    assert (
        (scored["decoupling"] >= scored["decoupling_lo"] - 0.05)
        & (scored["decoupling"] <= scored["decoupling_hi"] + 0.05)
    ).mean() > 0.99


def test_integration_lies_between_its_leave_one_out_values(scores: pd.DataFrame) -> None:
    known = scores[scores["integration"].notna()]

    assert (known["integration_n"] >= 2).all()
    assert (known["integration_lo"] <= known["integration"] + 1e-12).all()
    assert (known["integration_hi"] >= known["integration"] - 1e-12).all()


def test_known_commitments(scores: pd.DataFrame) -> None:
    assert scores.loc[("USA", 2014), "breadth"] == 3 / 9  # ICCPR, ICERD and CAT of the nine
    assert scores.loc[("PRK", 2014), "scrutiny"] < scores.loc[("MEX", 2014), "scrutiny"]


def test_a_predecessors_act_counts_for_the_successor_only_once_the_predecessor_has_ended(scores: pd.DataFrame) -> None:
    breadth = scores["breadth"]

    # Of five core treaties open, the page prints four of 1972-1987 as Yemen's; of three its notes say Democratic Yemen's.
    assert breadth["YEM", 1988] == 1 / 5
    assert breadth["YMD", 1988] == 3 / 5
    assert breadth["YEM", 1990] == 4 / 7


def test_score_panel_has_one_row_per_state_year(graph: EmbeddedEngine, scores: pd.DataFrame) -> None:
    panel = query("score-panel").run(graph).to_pandas()

    assert len(panel) == len(scores)
    assert not panel.duplicated(["iso3", "year"]).any()
