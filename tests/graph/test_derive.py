"""Names, aliases and identifiers that are filled in when the graph is put together, and what they are found by."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from kb.catalogue import keys
from kb.catalogue.queries import catalogue
from kb.cli import hrkb
from kb.engines.embedded.engine import EmbeddedEngine
from kb.engines.tables import read_table
from kb.errors import InputError, UsageError
from kb.export import files
from kb.facts.snapshot import SNAPSHOT
from kb.graph import derive
from kb.load import names
from kb.model.graph import MODEL

SILENT = lambda *_: None  # noqa: E731


@pytest.mark.parametrize("label", [node.name for node in MODEL.nodes])
def test_every_node_has_a_name(graph: EmbeddedEngine, label: str) -> None:
    named = read_table(graph, MODEL.labels[label])["name"]

    assert named.null_count == 0
    assert all(named.to_pylist())


@pytest.mark.parametrize(
    ("label", "key", "name"),
    [
        ("StateYear", "MEX-1990", "Mexico 1990"),
        ("Treaty", "CRC", "Convention on the Rights of the Child"),
        ("ReceptorSite", "MEX-nhri", "National human rights institution of Mexico"),
    ],
)
def test_a_name_says_what_the_node_is(graph: EmbeddedEngine, label: str, key: str, name: str) -> None:
    declared = MODEL.labels[label]

    assert graph.read(
        f"MATCH (n:{label}) WHERE n.{declared.key} = $key RETURN n.name AS name, n.uid AS uid", {"key": key}
    ).to_pylist() == [{"name": name, "uid": f"{label}:{key}"}]


def test_a_statement_is_named_by_its_state_kind_treaty_and_year(graph: EmbeddedEngine) -> None:
    rows = graph.read(
        "MATCH (s:State)-[:ENTERED]->(r:RUD)-[:QUALIFIES]->(t:Treaty) "
        "RETURN r.name AS name, s.name AS state, r.kind AS kind, t.code AS treaty, r.year AS year, r.id AS id"
    ).to_pylist()

    assert len(rows) > 800
    under = {row["id"] for row in rows if row["name"].startswith(f"{row['state']}: ")}
    assert under == {row["id"] for row in rows}
    for row in rows:
        kind = "statement" if row["kind"] == "unstated" else row["kind"]
        year = f", {row['year']}" if row["year"] else ""
        assert row["name"].endswith(f": {kind} to {row['treaty']}{year}"), row["id"]
    assert {row["name"] for row in rows if row["id"] == "CAT-RUS-1"} == {"Russia: reservation to CAT, 1987"}


def test_nothing_derived_is_stored_in_the_snapshot() -> None:
    paths = [path for path in SNAPSHOT.glob("*/*.parquet") if path.stem in MODEL.labels]
    derived = {path: {p.name for p in MODEL.labels[path.stem].properties if p.derived} for path in paths}
    assert len(set().union(*derived.values())) > 1
    for path, names_of in derived.items():
        assert not names_of & set(pq.read_schema(path).names), path


def test_keys_repeat_between_labels_and_uids_do_not(graph: EmbeddedEngine) -> None:
    states, organizations = (read_table(graph, MODEL.labels[label]) for label in ("State", "IO"))
    assert {"GEO", "NAM"} <= set(states["iso3"].to_pylist()) & set(organizations["code"].to_pylist())

    uids = graph.read("MATCH (n) RETURN n.uid AS uid")["uid"]

    assert uids.null_count == 0
    assert pc.count_distinct(uids).as_py() == len(uids)


def test_the_whole_network_of_memberships_projects_into_one_namespace(graph: EmbeddedEngine) -> None:
    rows = graph.read(
        "MATCH (s:State)-[m:MEMBER_OF]->(o:IO) RETURN DISTINCT s.uid AS source, o.uid AS target"
    ).to_pandas()
    ends = read_table(graph, MODEL.types["MEMBER_OF"]).select(["start", "end"]).to_pandas().drop_duplicates()

    network = nx.from_pandas_edgelist(rows, "source", "target", create_using=nx.DiGraph)

    assert network.number_of_edges() == len(ends) > 10_000
    assert network.number_of_nodes() == ends["start"].nunique() + ends["end"].nunique()
    assert nx.is_bipartite(network.to_undirected())  # with bare keys, Georgia would be a member of itself
    assert network.out_degree("State:GEO") > 0
    assert network.out_degree("IO:GEO") == 0 < network.in_degree("IO:GEO")


def test_graphml_has_the_same_identifiers(graph: EmbeddedEngine, tmp_path: Path) -> None:
    tables = {name: read_table(graph, MODEL.table(name)) for name in ("State", "IO", "MEMBER_OF", "Load", "Source")}
    content = files.Content("a-version", None, tables, catalogue()["sources"].run(graph))

    read = nx.read_graphml(files.write(content, "graphml", tmp_path, SILENT) / "graph.graphml")

    uids = [uid for label in ("State", "IO", "Load", "Source") for uid in tables[label]["uid"].to_pylist()]
    assert set(read) == set(uids)
    assert all(read.nodes[uid]["uid"] == uid for uid in uids)
    [first] = tables["Load"].slice(0, 1).to_pylist()
    assert read.nodes[first["uid"]]["started"] == first["started"].isoformat()


@pytest.mark.parametrize("label", ["Treaty", "IO", "Indicator"])
def test_every_alias_belongs_to_a_node_and_finds_it(graph: EmbeddedEngine, label: str) -> None:
    kind = next(kind for kind, of in keys.LABELS.items() if of == label)
    known = set(read_table(graph, MODEL.labels[label])[MODEL.labels[label].key].to_pylist())

    aliases = derive.read_aliases()[label]
    assert aliases and any(aliases.values())
    for code, others in aliases.items():
        assert code in known
        for other in others:
            assert names.fold(other) not in {names.fold(key) for key in known - {code}}, f"{other} is a key"
            assert keys.key(graph, kind, other) == code


@pytest.mark.parametrize(
    ("kind", "given", "key"),
    [
        ("treaty", "OPCAT", "CAT-OP"),
        ("treaty", "op-cat", "CAT-OP"),
        ("treaty", "CERD", "ICERD"),
        ("treaty", "CMW", "ICMW"),
        ("treaty", "ICPPED", "CPED"),
        ("treaty", "crc-opac", "CRC-OP-AC"),
        ("treaty", "Convention on the Rights of the Child", "CRC"),
        ("state", "MX", "MEX"),
        ("state", "mex", "MEX"),
        ("state", "Suisse", "CHE"),
        ("state", "COW 70", "MEX"),
        ("state", "M49 70", "BIH"),
        ("state", "turkiye", "TUR"),
        ("state", "Russia", "RUS"),
        ("state", "Yugoslavia", "YUG"),
        ("organization", "CoE", "COE"),
        ("organization", "International Organization for Migration", "IOMig"),
        ("indicator", "v2x_polyarchy", "VDEM-POLYARCHY"),
    ],
)
def test_codes_and_names_in_use_are_understood(graph: EmbeddedEngine, kind: str, given: str, key: str) -> None:
    assert keys.key(graph, kind, given) == key


@pytest.mark.parametrize(
    ("kind", "given", "near"),
    [
        ("treaty", "CEDW", "CEDAW"),
        ("state", "Norwey", "NOR"),
        ("indicator", "LHRZ", "LHRS"),
        ("organization", "UNESKO", "UNESCO"),
    ],
)
def test_an_unknown_one_is_answered_with_the_nearest(graph: EmbeddedEngine, kind: str, given: str, near: str) -> None:
    with pytest.raises(UsageError) as error:
        keys.key(graph, kind, given)

    assert given in error.value.problem
    assert near in error.value.remedy


def test_an_alias_gives_the_same_answer_as_the_code(graph: EmbeddedEngine) -> None:
    parties = catalogue()["parties"]

    assert parties.run(graph, treaty="OPCAT").equals(parties.run(graph, treaty="CAT-OP"))
    assert parties.run(graph, treaty="OPCAT").num_rows == 1
    assert catalogue()["state-trail"].run(graph, states="Mexico, no")["iso3"].unique().to_pylist() == ["MEX", "NOR"]


@pytest.mark.usefixtures("hrkb_home")
@pytest.mark.parametrize("command", ["query parties --treaty OPCAT", "treaty OPCAT", "find op-cat"])
def test_the_command_line_understands_an_alias(command: str) -> None:
    answer = CliRunner().invoke(hrkb, [*command.split(), "--json"])

    assert answer.exit_code == 0
    assert "CAT-OP" in answer.output


def test_an_alias_of_two_codes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "aliases.csv"
    path.write_text("label,code,alias,reason\nTreaty,CAT,X-1,a\nTreaty,CRC,x 1,a\n", encoding="utf-8")

    with pytest.raises(InputError, match="x 1 stands for CAT and CRC"):
        derive.read_aliases(path)


@pytest.mark.parametrize(
    ("text", "label", "code", "matched"),
    [
        ("cote d'ivoire", "State", "CIV", "whole"),
        ("CÔTE D’IVOIRE", "State", "CIV", "whole"),
        ("Turkiye", "State", "TUR", "whole"),
        ("mex", "State", "MEX", "code"),
        ("opcat", "Treaty", "CAT-OP", "whole"),
        ("torture", "Treaty", "CAT", "beginning"),
        ("torture committee", "Body", "CAT", "words"),
        ("amnesty", "INGO", "amnesty-international", "beginning"),
        ("institution mexico human", "ReceptorSite", "MEX-nhri", "words"),
        ("v2x_polyarchy", "Indicator", "VDEM-POLYARCHY", "whole"),
        ("americas", "ReferenceGroup", "region:Americas", "whole"),
        ("Organization of American States", "IO", "OAS", "whole"),
    ],
)
def test_find(graph: EmbeddedEngine, text: str, label: str, code: str, matched: str) -> None:
    rows = catalogue()["find"].run(graph, text=text, limit=1000).to_pylist()

    assert (label, code, matched) in [(row["label"], row["code"], row["matched"]) for row in rows]
    assert [row["rank"] for row in rows] == sorted(row["rank"] for row in rows)


@pytest.mark.parametrize("text", ["torture zzz", "ortur", "mexicoo"])
def test_find_needs_every_word_from_its_beginning(graph: EmbeddedEngine, text: str) -> None:
    assert catalogue()["find"].run(graph, text=text).num_rows == 0


def test_find_without_a_word_says_what_to_give(graph: EmbeddedEngine) -> None:
    with pytest.raises(UsageError, match="a text with letters or digits"):
        catalogue()["find"].run(graph, text="--")
