"""Ties between states, on networks small enough to compute by hand."""

from __future__ import annotations

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.network.chains import chains, nearest, shortest
from kb.network.communities import communities, typical
from kb.network.ego import ego
from kb.network.shared import shared
from ui.charts import layout, stack

#: A and B share a club of two; B, C and D a ring of three; all four a league.
EDGES = pd.DataFrame(
    [("A", "club"), ("B", "club"), ("B", "ring"), ("C", "ring"), ("D", "ring")]
    + [(state, "league") for state in "ABCD"],
    columns=["iso3", "io"],
)


def test_a_small_circle_ties_closer_than_a_large_one() -> None:
    graph = shared(EDGES, "io")

    assert graph["A"]["B"]["shared"] == 2
    assert graph["A"]["B"]["strength"] == pytest.approx(1 / 1 + 1 / 3)
    assert graph["A"]["C"]["strength"] == pytest.approx(1 / 3)
    assert graph["A"]["B"]["likeness"] == pytest.approx(2 / 3)


def test_the_shortest_chain_goes_through_small_organizations() -> None:
    tie = shortest(chains(EDGES), "A", "C")

    # Through the club (1) and the ring (2), or through the league (3): both ways are as long.
    assert tie is not None
    assert tie.length == pytest.approx(3)
    assert tie.states[0] == "A" and tie.states[-1] == "C"
    assert len(tie.organizations) == len(tie.states) - 1


def test_without_a_chain_there_is_no_shortest_one() -> None:
    graph = chains(pd.DataFrame({"iso3": ["A", "B"], "io": ["one", "another"]}))

    assert shortest(graph, "A", "B") is None
    assert nearest(graph, "A", 5) == []


def test_the_nearest_come_first() -> None:
    found = nearest(chains(EDGES), "A", 5)

    assert [tie.states[-1] for tie in found] == ["B", "C", "D"]
    assert [tie.length for tie in found] == sorted(tie.length for tie in found)


def test_an_ego_network_holds_the_strongest_ties_only() -> None:
    near = ego(shared(EDGES, "io"), "A", 1, "strength")

    assert set(near) == {"A", "B"}
    assert len(ego(nx.Graph(), "A", 5, "strength")) == 0


def test_two_groups_without_a_tie_are_two_communities() -> None:
    rows = [(state, "east") for state in "ABC"] + [(state, "west") for state in "XYZ"]
    found, modularity = communities(shared(pd.DataFrame(rows, columns=["iso3", "io"]), "io"))

    assert found == [["A", "B", "C"], ["X", "Y", "Z"]]
    assert modularity == pytest.approx(0.5)


def test_a_community_is_named_after_the_organization_most_like_it() -> None:
    assert typical(EDGES, ["A", "B"], 1) == ["club"]


members = st.lists(
    st.tuples(st.sampled_from("ABCDEFG"), st.sampled_from("uvwxyz")), min_size=2, max_size=30, unique=True
)


@given(members)
def test_ties_are_those_of_counting_one_by_one(rows: list[tuple[str, str]]) -> None:
    held: dict[str, set[str]] = {}
    for state, org in rows:
        held.setdefault(state, set()).add(org)

    graph = shared(pd.DataFrame(rows, columns=["iso3", "io"]), "io")

    for one in held:
        for other in held:
            if one < other:
                both = held[one] & held[other]
                assert graph.has_edge(one, other) == bool(both)
                if both:
                    assert graph[one][other]["shared"] == len(both)


@given(members)
def test_no_detour_is_shorter_than_the_shortest_chain(rows: list[tuple[str, str]]) -> None:
    graph = chains(pd.DataFrame(rows, columns=["iso3", "io"]))
    states = sorted({state for state, _ in rows} & set(graph))

    for one in states:
        for tie in nearest(graph, one, 10):
            direct = shortest(graph, one, tie.states[-1])
            assert direct is not None and direct.length == pytest.approx(tie.length)


def test_a_network_is_placed_the_same_again() -> None:
    graph = nx.gnm_random_graph(90, 120, seed=1)

    first, second = layout.place(graph), layout.place(graph)

    pd.testing.assert_frame_equal(first, second)
    assert first[["x", "y"]].abs().max().max() <= 1


def test_a_line_ends_at_its_points() -> None:
    graph = nx.DiGraph()
    graph.add_edge("A", "B", n=3)
    places = layout.place(graph)

    line = layout.lines(graph, places, "n").iloc[0]

    at = places.set_index("code")
    assert (line["x"], line["y"]) == tuple(at.loc["A"])
    assert (line["x2"], line["y2"]) == tuple(at.loc["B"])
    assert line["weight"] == 3


def test_a_year_without_a_count_is_none_not_a_gap() -> None:
    counts = pd.Series({(1990, "full"): 2, (1992, "full"): 1, (1992, "observer"): 4})

    rows = stack.filled(counts, "states").set_index(["year", "category"])["states"]

    assert rows[1991, "full"] == 0 and rows[1990, "observer"] == 0 and rows[1992, "observer"] == 4
