"""The Python door on the real graph: types, dates, nothing cut, networks and panels against the tables, errors that help."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import hrkb
from kb.catalogue.queries import catalogue
from kb.engines.base import Engine
from kb.engines.tables import read_table
from kb.model.graph import MODEL
from kb.versions.home import Version

MEASURED = "MATCH (s:State)-[m:MEASURED]->(i:Indicator) RETURN s.iso3 AS iso3, i.code AS code, m.year AS year, m.value AS value"


@pytest.fixture(scope="module")
def kb(built: Version) -> Iterator[hrkb.KnowledgeBase]:
    with hrkb.open(built.folder.parent.parent) as opened:
        yield opened


@pytest.fixture(scope="module")
def tables(graph: Engine) -> dict[str, pd.DataFrame]:
    """The graph's tables in pandas, read one by one: no join of the engine is in them."""
    wanted = (
        "State",
        "StateYear",
        "MEMBER_OF",
        "BORDERS",
        "RECOMMENDED",
        "OBJECTED_TO",
        "ENTERED",
        "MEASURED",
        "Source",
    )
    return {name: read_table(graph, MODEL.table(name)).to_pandas() for name in wanted}


def test_open_goes_by_the_environment(hrkb_home: Path, built: Version) -> None:
    with hrkb.open() as kb:
        assert kb.data_version == built.name
        assert built.name in repr(kb)


def test_open_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(hrkb.GraphMissing, match="hrkb build"):
        hrkb.open(tmp_path)
    with pytest.raises(hrkb.UsageError, match="both home and uri"):
        hrkb.open(tmp_path, uri="bolt://localhost")
    with pytest.raises(hrkb.UsageError, match="without uri"):
        hrkb.open(password="secret")


def test_a_question_gives_its_declared_types(kb: hrkb.KnowledgeBase) -> None:
    ranking, treaties = kb.query("ranking", year=2014), kb.treaties

    assert (ranking["rank"].dtype, ranking["value"].dtype, ranking["contested"].dtype) == (
        "Int64",
        "float64",
        "boolean",
    )
    assert treaties["in_force"].dtype == "datetime64[s]" and treaties["opened"].dtype == "Int64"
    cat = treaties.set_index("code").loc["CAT"]
    assert cat["in_force"] == pd.Timestamp("1987-06-26") and bool(cat["core"])


def test_every_question_says_what_it_is_made_of(kb: hrkb.KnowledgeBase, tmp_path: Path) -> None:
    told = kb.query("ranking", year=2014).attrs

    assert told["parameters"] == {"year": 2014, "measure": "integration", "region": "all"}
    assert told["columns"]["value"] == {"type": "real", "unit": "unit of the score", "meaning": "score"}
    assert told["data_version"] == kb.data_version and told["data_date"] == kb.data_date
    assert json.loads(json.dumps(told)) == told
    objections = kb.query("objections-until", year=2014)
    assert list(objections.attrs["sources"]) == ["untc-2026"]
    objections.to_parquet(tmp_path / "kept.parquet")
    assert pd.read_parquet(tmp_path / "kept.parquet").attrs["query"] == "objections-until"


def test_sources_of_an_answer_are_those_that_its_rows_name(kb: hrkb.KnowledgeBase) -> None:
    rows = kb.query("neighbours", iso3="MEX")

    assert list(kb.sources(rows)["code"]) == sorted(rows["source"].unique())
    assert list(kb.sources("recommendations-until")["code"]) == ["upr-recommendations-2008-2014-terman"]
    assert len(kb.sources()) > 30 and set(kb.sources("ranking")["code"]) < set(kb.sources()["code"])
    assert {"untc-2026", "fariss-lhrs-402", "cow-igo"} <= set(kb.sources("ranking")["code"])
    with pytest.raises(hrkb.UsageError, match="does not say"):
        kb.sources(pd.DataFrame())


def test_a_panel_names_the_sources_of_its_columns(kb: hrkb.KnowledgeBase) -> None:
    promised = {"untc-2026", "cow-states", "un-members"}

    assert set(kb.panel(["breadth"], years=2010).attrs["sources"]) == promised
    assert set(kb.panel(["breadth", "LHRS"], years=2010).attrs["sources"]) == {*promised, "fariss-lhrs-402"}
    assert set(kb.panel(["LHRS"], years=2010).attrs["sources"]) == {"fariss-lhrs-402"}


def test_cypher_gives_real_dates_and_whole_numbers(kb: hrkb.KnowledgeBase) -> None:
    found = kb.cypher(
        "MATCH (s:State)-[r:RATIFIED]->(t:Treaty {code: $t}) RETURN s.iso3 AS iso3, r.date AS date, r.year AS year, "
        "s.former AS former, sum(r.year) AS total, collect(t.code) AS codes ORDER BY iso3",
        t="CAT",
    )

    mexico = found.set_index("iso3").loc["MEX"]
    assert mexico["date"] == pd.Timestamp("1986-01-23") and mexico["total"] == 1986 and mexico["codes"] == ["CAT"]
    kinds = {"date": "datetime64[s]", "year": "Int64", "former": "boolean", "total": "Int64", "codes": "object"}
    assert {name: str(found[name].dtype) for name in kinds} == kinds
    assert (found["date"].dropna().dt.year == found.loc[found["date"].notna(), "year"]).all()


def test_days_may_be_older_than_nanoseconds_reach(kb: hrkb.KnowledgeBase) -> None:
    found = kb.cypher("UNWIND [$a, $b] AS day RETURN day", a=dt.date(1648, 10, 24), b=dt.date(9999, 12, 31))

    assert list(found["day"]) == [pd.Timestamp("1648-10-24"), pd.Timestamp("9999-12-31")]


def test_nodes_edges_and_paths_are_maps(kb: hrkb.KnowledgeBase) -> None:
    row = kb.cypher(
        "MATCH p = (s:State {iso3: 'MEX'})-[r:RATIFIED]->(t:Treaty {code: 'CAT'}) RETURN s, r, t, p, {day: r.date} AS map"
    ).iloc[0]

    assert (row["s"]["kind"], row["s"]["label"], row["s"]["properties"]["name"]) == ("node", "State", "Mexico")
    assert row["r"]["properties"]["date"] == dt.date(1986, 1, 23)
    assert (row["r"]["start"], row["r"]["end"]) == (row["s"]["id"], row["t"]["id"])
    assert row["p"] == {"kind": "path", "nodes": [row["s"], row["t"]], "edges": [row["r"]]}
    assert row["map"] == {"day": dt.date(1986, 1, 23)}


@pytest.mark.long
def test_nothing_is_cut(kb: hrkb.KnowledgeBase, tables: dict[str, pd.DataFrame]) -> None:
    with pytest.raises(hrkb.UsageError, match="more rows than the limit of 1,000") as refusal:
        kb.cypher(MEASURED, limit=1000)

    assert "limit=None" in refusal.value.remedy and "stream" in refusal.value.remedy
    assert len(tables["MEASURED"]) > 100_000
    assert len(kb.cypher(MEASURED, limit=None)) == len(tables["MEASURED"])
    states = len(tables["State"])
    assert len(kb.cypher("MATCH (s:State) RETURN s.iso3 AS iso3", limit=states)) == states
    with pytest.raises(hrkb.UsageError):
        kb.cypher("MATCH (s:State) RETURN s.iso3 AS iso3", limit=states - 1)


def test_a_stream_gives_every_row_once_and_keeps_its_types(
    kb: hrkb.KnowledgeBase, tables: dict[str, pd.DataFrame]
) -> None:
    query = "MATCH (s:State)-[m:MEASURED]->(i:Indicator) WHERE i.code = $code RETURN m.fact AS fact, m.sd AS sd, m.year AS year"

    batches = list(kb.stream(query, code="LHRS", size=1000))

    facts = [fact for batch in batches for fact in batch["fact"]]
    rows = tables["MEASURED"]
    assert sorted(facts) == sorted(rows[rows["end"] == "LHRS"]["fact"])
    assert {len(batch) for batch in batches[:-1]} == {1000} and 0 < len(batches[-1]) <= 1000
    assert {tuple(map(str, batch.dtypes)) for batch in batches} == {("Int64", "float64", "Int64")}
    arrow = list(kb.stream(query, code="LHRS", size=5000, arrow=True))
    assert sum(table.num_rows for table in arrow) == len(facts) and isinstance(arrow[0], pa.Table)


def test_a_column_keeps_its_type_where_a_batch_has_no_value(kb: hrkb.KnowledgeBase) -> None:
    query = "UNWIND range(1, 4) AS n RETURN CASE WHEN n < 3 THEN n END AS small ORDER BY n"

    assert [str(batch["small"].dtype) for batch in kb.stream(query, size=2)] == ["Int64", "Int64"]


def test_a_stream_may_be_left_early(kb: hrkb.KnowledgeBase) -> None:
    for _ in range(3):
        assert len(next(iter(kb.stream(MEASURED, size=10)))) == 10

    assert len(kb.states) > 200


@pytest.mark.parametrize(
    "query", ["CREATE (n:State)", "MATCH (s:State) SET s.name = 'x'", "LOAD FROM '/etc/passwd' RETURN *"]
)
def test_writes_and_files_are_refused(kb: hrkb.KnowledgeBase, query: str) -> None:
    with pytest.raises(hrkb.QueryRefused, match="refused"):
        kb.cypher(query)
    with pytest.raises(hrkb.QueryRefused, match="refused"):
        next(iter(kb.stream(query)))


def test_what_the_engine_refuses_is_shown_in_its_place(kb: hrkb.KnowledgeBase) -> None:
    with pytest.raises(hrkb.QueryRefused) as refusal:
        kb.cypher("MATCH (s:State) RETURN s.nam AS name")

    assert "nam" in refusal.value.problem and "^" in refusal.value.problem


def test_time_runs_out_and_the_next_question_is_answered(kb: hrkb.KnowledgeBase) -> None:
    with pytest.raises(hrkb.EngineError, match=r"stopped after 0\.5 s"):
        kb.cypher(
            "MATCH (a:State), (b:State), (c:State), (d:State) RETURN count(a.cow + b.cow + c.cow + d.cow)", timeout=0.5
        )

    assert len(kb.cypher("MATCH (s:State) RETURN s.iso3 AS iso3")) == len(kb.states)
    with pytest.raises(hrkb.UsageError, match="make no sense"):
        kb.cypher("RETURN 1 AS one", timeout=-1)


def test_parameters_may_come_from_pandas(kb: hrkb.KnowledgeBase) -> None:
    codes = pd.Series(["SWE", "NOR"])
    query = "MATCH (s:State) WHERE s.iso3 IN $codes AND s.system_from > $year RETURN s.iso3 AS iso3 ORDER BY iso3"

    assert list(kb.cypher(query, codes=codes, year=np.int64(1900))["iso3"]) == ["NOR"]
    assert list(kb.cypher(query, {"codes": {"SWE"}, "year": 1800})["iso3"]) == ["SWE"]
    assert kb.cypher("RETURN $limit AS given", {"limit": 3})["given"].tolist() == [3]


def test_a_parameter_that_cannot_be_handed_on_is_said(kb: hrkb.KnowledgeBase) -> None:
    with pytest.raises(hrkb.HrkbError):
        kb.cypher("RETURN $what AS what", what=object())


def test_an_answer_without_rows_has_its_columns(kb: hrkb.KnowledgeBase) -> None:
    found = kb.cypher("MATCH (s:State {iso3: 'ZZZ'}) RETURN s.iso3 AS iso3, s.cow AS cow")

    assert list(found.columns) == ["iso3", "cow"] and found.empty


def test_unknown_names_are_answered_with_the_nearest(kb: hrkb.KnowledgeBase) -> None:
    with pytest.raises(hrkb.UsageError, match="ranking"):
        kb.query("rankings")
    with pytest.raises(hrkb.UsageError, match="measure"):
        kb.query("ranking", measur="depth")
    with pytest.raises(hrkb.UsageError, match="did you mean integration"):
        kb.panel(["integraton"])
    with pytest.raises(hrkb.UsageError, match="LHRS"):
        kb.panel(["lhrs"])
    with pytest.raises(hrkb.UsageError, match="organizations"):
        kb.network(2014, "organisations")
    with pytest.raises(hrkb.UsageError, match="MEX"):
        kb.panel(states=["Mexiko City"])


def test_words_and_other_names_are_taken_as_on_the_command_line(kb: hrkb.KnowledgeBase) -> None:
    assert ("Treaty", "CAT") in set(
        kb.query("find", text="torture")[["label", "code"]].itertuples(index=False, name=None)
    )
    assert kb.query("neighbours", iso3="Mexico").equals(kb.query("neighbours", iso3="MEX"))


def test_the_catalogue_is_listed_completed_and_asked(kb: hrkb.KnowledgeBase) -> None:
    questions = kb.catalogue

    assert set(questions) == set(catalogue()) and "score_panel" in dir(questions)
    assert "ranking" in questions._ipython_key_completions_()
    assert str(questions.ranking.__signature__) == "(*, year=2014, measure='integration', region='all')"
    assert questions.ranking(year=2014).equals(kb.query("ranking", year=2014))
    assert "objection-pairs" in set(questions.find("objects statements")["name"])
    with pytest.raises(AttributeError, match="ranking"):
        _ = questions.rankin
    assert list(questions["ranking"].columns["column"]) == list(catalogue()["ranking"].columns)


def test_jupyter_shows_tables_and_nothing_unescaped(kb: hrkb.KnowledgeBase) -> None:
    assert "<table>" in kb._repr_html_() and f"{len(kb.states)}" in kb._repr_html_()
    shown = kb.catalogue["parties-of-a-year"]._repr_html_()
    assert "-[r:RATIFIED]-&gt;" in shown and "->" not in shown


def test_a_panel_of_two_indicators_is_their_join(kb: hrkb.KnowledgeBase, tables: dict[str, pd.DataFrame]) -> None:
    panel = kb.panel(["LHRS", "PTS-A"], uncertainty=True)

    values = tables["MEASURED"].set_index("end")
    wide = [
        values.loc[code].rename(columns={"start": "iso3", "value": code})[["iso3", "year", code]]
        for code in ("LHRS", "PTS-A")
    ]
    system = tables["StateYear"][["iso3", "year"]]
    expected = wide[0].merge(wide[1], on=["iso3", "year"]).merge(system, on=["iso3", "year"])
    both = panel.dropna(subset=["LHRS", "PTS-A"])
    assert len(both) == len(expected) > 5000
    compared = both.merge(expected, on=["iso3", "year"], suffixes=("", "_expected"))
    assert (compared["LHRS"] == compared["LHRS_expected"]).all() and (
        compared["PTS-A"] == compared["PTS-A_expected"]
    ).all()
    assert panel["LHRS_sd"].notna().sum() == panel["LHRS"].notna().sum()
    assert len(panel) == len(system) and not panel.duplicated(["iso3", "year"]).any()


def test_of_two_editions_the_panel_takes_the_one_believed_first(
    kb: hrkb.KnowledgeBase, tables: dict[str, pd.DataFrame]
) -> None:
    panel = kb.panel(["VDEM-POLYARCHY"], years=(1990, 2000)).set_index(["iso3", "year"])["VDEM-POLYARCHY"]

    rank = tables["Source"].set_index("code")["precedence"]
    values = tables["MEASURED"].query("end == 'VDEM-POLYARCHY' and 1990 <= year <= 2000").copy()
    values["rank"] = values["source"].map(rank)
    first = values.sort_values("rank").groupby(["start", "year"])["value"].first()
    there = panel.dropna()
    assert len(there) > 1500
    assert (there == first.reindex(there.index)).all()


def test_a_panel_is_cut_by_columns_years_and_states(kb: hrkb.KnowledgeBase) -> None:
    panel = kb.panel(["integration", "PTS-A"], years=[1990, 2000], states=["Mexico", "SWE"])

    assert list(panel.columns) == ["iso3", "name", "region", "year", "integration", "PTS-A"]
    assert list(zip(panel["iso3"], panel["year"], strict=True)) == list(itertools.product(["MEX", "SWE"], [1990, 2000]))
    assert set(panel.attrs["columns"]) == set(panel.columns)
    assert panel.attrs["columns"]["PTS-A"]["unit"]
    assert set(kb.panel("integration", years=2000)["year"]) == {2000}


def test_organizations_shared_are_those_of_the_memberships(
    kb: hrkb.KnowledgeBase, tables: dict[str, pd.DataFrame]
) -> None:
    network = kb.network(2014)

    spells = tables["MEMBER_OF"].query("status == 'full' and counted_from <= 2014 and counted_to >= 2014")
    members = spells.groupby("end")["start"].unique()
    pairs = Counter(pair for states in members for pair in itertools.combinations(sorted(states), 2))
    assert {tuple(sorted((a, b))): told["weight"] for a, b, told in network.edges(data=True)} == dict(pairs)
    assert network.nodes["SWE"]["name"] == "Sweden" and 0 <= network.nodes["SWE"]["integration"] <= 1
    assert set(tables["StateYear"].query("year == 2014")["iso3"]) <= set(network)


def test_borders_objections_and_recommendations_are_those_of_the_tables(
    kb: hrkb.KnowledgeBase, tables: dict[str, pd.DataFrame]
) -> None:
    borders, objections, recommended = (kb.network(2010, kind) for kind in ("borders", "objections", "recommendations"))

    there = tables["BORDERS"].query("from_year <= 2010 and to_year >= 2010")
    assert {frozenset(pair) for pair in borders.edges} == {
        frozenset(pair) for pair in zip(there["start"], there["end"], strict=True)
    }
    made = tables["OBJECTED_TO"].query("year <= 2010").merge(tables["ENTERED"], on="end", suffixes=("", "_target"))
    counted = made.groupby(["start", "start_target"])["end"].nunique()
    assert {(a, b): told["weight"] for a, b, told in objections.edges(data=True)} == counted.to_dict()
    sent = tables["RECOMMENDED"].query("year <= 2010").groupby(["start", "end"])["n"].sum()
    assert {(a, b): told["weight"] for a, b, told in recommended.edges(data=True)} == sent.to_dict()
    assert isinstance(objections, nx.DiGraph) and not isinstance(borders, nx.DiGraph)


@pytest.mark.long
@pytest.mark.parametrize("kind", hrkb.NETWORKS)
def test_every_network_can_be_written_as_graphml(kb: hrkb.KnowledgeBase, kind: str, tmp_path: Path) -> None:
    network = kb.network(2012, kind)

    nx.write_graphml(network, tmp_path / "network.graphml")

    again = nx.read_graphml(tmp_path / "network.graphml")
    assert (again.number_of_nodes(), again.number_of_edges()) == (network.number_of_nodes(), network.number_of_edges())
    assert network.graph["kind"] == kind and network.graph["data_version"] == kb.data_version


def test_communities_and_ties_are_those_of_the_network_of_shared_organizations(kb: hrkb.KnowledgeBase) -> None:
    found = kb.communities(2014)
    network = kb.network(2014)

    groups = [set(rows["iso3"]) for _, rows in found.groupby("community")]
    tied = {state for state, degree in network.degree() if degree}
    assert set().union(*groups) == tied and sum(map(len, groups)) == len(tied)
    assert [len(group) for group in groups] == sorted(map(len, groups), reverse=True)
    assert 0 < found.attrs["modularity"] < 1 and found.attrs["data_version"] == kb.data_version

    steps = kb.tie("Norway", "turkey", 2014)
    assert (steps["from"].iloc[0], steps["to"].iloc[-1]) == ("Norway", "Türkiye")
    members = kb.query("memberships-of-a-year", year=2014).groupby("io")["iso3"].agg(set)
    codes = kb.states.set_index("name")["iso3"]
    for step in steps.to_dict("records"):
        assert {codes[step["from"]], codes[step["to"]]} <= members[step["organization"]]
    inside = kb.query("scores-and-components", from_year=2014, to_year=2014)["iso3"]
    sizes = members.map(lambda states: len(states & set(inside)))
    assert steps.attrs["length"] == sum(sizes[io] - 1 for io in steps["organization"])

    with pytest.raises(hrkb.UsageError, match="no state is called"):
        kb.tie("Norway", "Atlantis", 2014)
    with pytest.raises(hrkb.UsageError, match="no state in the system in 1800"):
        kb.communities(1800)


def test_many_threads_may_ask_at_once(kb: hrkb.KnowledgeBase) -> None:
    years = range(1990, 2010)
    query = "MATCH (y:StateYear) WHERE y.year = $year RETURN y.iso3 AS iso3, y.integration AS value ORDER BY iso3"
    one_by_one = [(kb.query("ranking", year=year), kb.cypher(query, year=year)) for year in years]

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda year: (kb.query("ranking", year=year), kb.cypher(query, year=year)), years))

    for (ranking, cypher), (same_ranking, same_cypher) in zip(one_by_one, together, strict=True):
        assert ranking.equals(same_ranking) and cypher.equals(same_cypher)
