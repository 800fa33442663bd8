"""The first queries that a new user writes: two relationships of one state, in every way of writing them, against pandas."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import small
from app_pages import assert_fine, open_page

from kb.console import console
from kb.engines import tables
from kb.engines.embedded.engine import EmbeddedEngine
from kb.model.graph import MODEL
from kb.versions import home
from ui.pages.ask.query.console import read_examples

BOTH = "WHERE a.year = b.year RETURN count(*) AS n"
#: How people write "this and that of the same state"; {0} and {1} are relationships with the end they lead to.
WAYS = {
    "two matches": "MATCH (s:State){0} MATCH (s){1} ",
    "a comma": "MATCH (s:State){0}, (s){1} ",
    "one path": "MATCH {2}(s:State){1} ",
    "a barrier": "MATCH (s:State){0} WITH * MATCH (s){1} ",
}
MEASURED = ("-[a:MEASURED]->(:Indicator {code: $x})", "-[b:MEASURED]->(:Indicator {code: $y})")
BACK = "(:Indicator {code: $x})<-[a:MEASURED]-"
MEMBERS = ("-[:MEMBER_OF]->(:IO {code: $x})", "-[:MEMBER_OF]->(:IO {code: $y})")
MEMBERS_BACK = "(:IO {code: $x})<-[:MEMBER_OF]-"


@pytest.fixture(scope="module")
def edges(graph: EmbeddedEngine) -> dict[str, pd.DataFrame]:
    """The relationships of two types, and the years of the scores."""
    names = {"MEASURED": MODEL.types["MEASURED"], "MEMBER_OF": MODEL.types["MEMBER_OF"]}
    found = {name: tables.read_table(graph, declared).to_pandas() for name, declared in names.items()}
    found["StateYear"] = tables.read_table(graph, MODEL.labels["StateYear"]).to_pandas()
    return found


def leading_to(rows: pd.DataFrame, end: str) -> pd.DataFrame:
    return rows[rows["end"] == end]


def answered(cypher: str, hrkb_home: Path, **parameters: str) -> int:
    """The one number of a query, asked as a user asks."""
    [[n]] = console.run(cypher, parameters).rows
    return int(n)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("x", "y"), [("LHRS", "PTS-A"), ("LHRS", "VDEM-CIVLIB")])
def test_two_measures_of_a_state_in_one_year(
    x: str, y: str, way: str, edges: dict[str, pd.DataFrame], hrkb_home: Path
) -> None:
    measured = edges["MEASURED"]
    expected = len(leading_to(measured, x).merge(leading_to(measured, y), on=["start", "year"]))

    assert answered(WAYS[way].format(*MEASURED, BACK) + BOTH, hrkb_home, x=x, y=y) == expected > 5000


@pytest.mark.parametrize("way", ["two matches", "a comma", "a barrier"])
def test_a_measure_beside_the_scores(way: str, edges: dict[str, pd.DataFrame], hrkb_home: Path) -> None:
    years = edges["StateYear"].rename(columns={"iso3": "start"})
    expected = len(leading_to(edges["MEASURED"], "LHRS").merge(years, on=["start", "year"]))

    cypher = WAYS[way].format(MEASURED[0], "-[:IN_YEAR]->(b:StateYear)") + BOTH
    assert answered(cypher, hrkb_home, x="LHRS") == expected > 11_000


@pytest.mark.parametrize("way", WAYS)
def test_members_of_two_organizations(way: str, edges: dict[str, pd.DataFrame], hrkb_home: Path) -> None:
    members = edges["MEMBER_OF"]
    expected = len(leading_to(members, "UN").merge(leading_to(members, "ILO"), on="start"))

    cypher = WAYS[way].format(*MEMBERS, MEMBERS_BACK) + "RETURN count(*) AS n"
    assert answered(cypher, hrkb_home, x="UN", y="ILO") == expected > 1000


@pytest.mark.parametrize(("one", "other"), [("MLT", "HND"), ("TUR", "NOR"), ("MEX", "BRA")])
def test_organizations_in_common(one: str, other: str, graph: EmbeddedEngine, hrkb_home: Path) -> None:
    _, _, cypher = read_examples()["organizations-in-common"]
    members = tables.read_table(graph, MODEL.types["MEMBER_OF"]).to_pandas()
    bodies = tables.read_table(graph, MODEL.labels["IO"]).to_pandas()
    standing = members[(members["to_year"] == 9999) & (members["status"] == "full")]
    standing = standing[standing["end"].isin(bodies[bodies["can_suspend"].fillna(False).astype(bool)]["code"])]
    expected = len(standing[standing["start"] == one].merge(standing[standing["start"] == other], on="end"))

    answer = console.run(cypher, {"one": one, "other": other})

    assert len(answer.rows) == expected > 0


def test_the_command_line_and_the_app_say_the_same(edges: dict[str, pd.DataFrame], hrkb_home: Path) -> None:
    members = edges["MEMBER_OF"]
    expected = len(leading_to(members, "UN").merge(leading_to(members, "ILO"), on="start"))
    cypher = (
        "MATCH (s:State)-[:MEMBER_OF]->(:IO {code: 'UN'}), (s)-[:MEMBER_OF]->(:IO {code: 'ILO'}) RETURN count(*) AS n"
    )

    done = small.hrkb(home.home(), "cypher", cypher, "--csv")
    app = open_page("query", part="console", cypher=cypher)

    assert done.stdout.split() == ["n", str(expected)]
    assert_fine(app)
    assert app.dataframe[0].value["n"].tolist() == [expected]
