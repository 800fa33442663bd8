"""Labels that MEASURED implies are left out of a server's query, and nothing else is."""

from __future__ import annotations

import pytest

from kb.catalogue.queries import catalogue
from kb.engines.neo4j.implied import YEARLY, without_implied_labels


@pytest.mark.parametrize(
    ("query", "sent"),
    [
        (
            "MATCH (:State)-[m:MEASURED]->(i:Indicator) RETURN i.code, avg(m.value)",
            "MATCH (      )-[m:MEASURED]->(i:Indicator) RETURN i.code, avg(m.value)",
        ),
        (
            "MATCH (i:Indicator)<-[:MEASURED]-(s:State) RETURN count(*)",
            "MATCH (i          )<-[:MEASURED]-(s:State) RETURN count(*)",
        ),
        (
            "MATCH (s:State)-[m:MEASURED]->(i:Indicator) WHERE s.region = 'Asia' RETURN i.code",
            "MATCH (s:State)-[m:MEASURED]->(i          ) WHERE s.region = 'Asia' RETURN i.code",
        ),
        (
            "MATCH (s:State)-[m:MEASURED]->(i:Indicator) WHERE i.code = 'LHRS' RETURN s.iso3",
            "MATCH (s      )-[m:MEASURED]->(i:Indicator) WHERE i.code = 'LHRS' RETURN s.iso3",
        ),
        (
            "MATCH (s:State {iso3: $a})-[m:MEASURED]->(i:Indicator) RETURN i.code // all",
            "MATCH (s:State {iso3: $a})-[m:MEASURED]->(i          ) RETURN i.code // all",
        ),
        (
            "MATCH (:Indicator {code: f(1)})<-[a:MEASURED]-(s:State)-[b:MEASURED]->(:Indicator {code: $y}) RETURN 1",
            "MATCH (:Indicator {code: f(1)})<-[a:MEASURED]-(s      )-[b:MEASURED]->(:Indicator {code: $y}) RETURN 1",
        ),
    ],
)
def test_one_of_the_two_labels_goes_and_every_place_stays(query: str, sent: str) -> None:
    assert without_implied_labels(query) == sent


@pytest.mark.parametrize(
    "query",
    [
        "MATCH (s:State {iso3: $a})-[m:MEASURED]->(i:Indicator {code: $b}) RETURN m",
        "MATCH (s:State)-[m:MEASURED]-(i:Indicator) RETURN m",
        "MATCH (s:State)<-[m:MEASURED]-(i:Indicator) RETURN m",
        "MATCH (s:State)<-[m:MEASURED]->(i:Indicator) RETURN m",
        "MATCH (s:Treaty)-[m:MEASURED]->(i:Indicator) RETURN m",
        "MATCH (s:State)-[m:MEASURED]->(i:IO) RETURN m",
        "MATCH (s:State)-[m:MEASURED*1..2]->(i:Indicator) RETURN m",
        "MATCH (s:State)-[m:MEASURED|RATIFIED]->(i:Indicator) RETURN m",
        "MATCH (s:State)-[m:MEASURED {year: 1990}]->(i:Indicator) RETURN m",
        "MATCH (s:State:Indicator)-[m:MEASURED]->(i:Indicator) RETURN m",
        "MATCH (s:State&!Indicator)-[m:MEASURED]->(i:Indicator) RETURN m",
        "MATCH (s:State)-[m:measured]->(i:Indicator) RETURN m",
        "MATCH (s:State)-[m:RATIFIED]->(t:Treaty) RETURN m",
        "RETURN '(:State)-[m:MEASURED]->(i:Indicator)'",
        "MATCH (:State)-[:MEASURED",
        "MEASURED",
        "RETURN ':MEASURED",
    ],
)
def test_everything_else_stays_as_it_is(query: str) -> None:
    assert without_implied_labels(query) == query


def test_only_types_with_a_value_for_every_year_are_touched() -> None:
    assert "MEASURED" in YEARLY and not YEARLY & {"RATIFIED", "MEMBER_OF", "IN_YEAR"}


def test_no_query_of_the_catalogue_grows_or_moves() -> None:
    touched = 0
    for query in catalogue().values():
        sent = without_implied_labels(query.cypher)
        assert len(sent) == len(query.cypher)
        touched += sent != query.cypher
    assert touched > 3
