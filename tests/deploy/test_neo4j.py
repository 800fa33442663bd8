"""The Neo4j engine where no server is needed: addresses, versions, refusals, the statements made from the model."""

from __future__ import annotations

import socket
from pathlib import Path

import pyarrow as pa
import pytest

from kb.engines.neo4j.address import Address
from kb.engines.neo4j.engine import Neo4jEngine, _supported, insert_statement, schema_statements
from kb.engines.neo4j.load import compare
from kb.errors import EngineError
from kb.facts.schema import stored_schema
from kb.model.graph import MODEL
from kb.versions.opening import open_engine

VARIABLES = ("NEO4J_URI", "NEO4J_USER", "NEO4J_PASSWORD", "NEO4J_PASSWORD_FILE", "NEO4J_DATABASE")


@pytest.fixture(autouse=True)
def no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


def test_address_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("from a file\n", encoding="utf-8")
    monkeypatch.setenv("NEO4J_URI", "neo4j+s://example.org")
    monkeypatch.setenv("NEO4J_PASSWORD", "from the environment")
    monkeypatch.setenv("NEO4J_PASSWORD_FILE", str(secret))

    assert Address.from_environment() == Address("neo4j+s://example.org", "neo4j", "from a file", "neo4j")


def test_password_never_shows() -> None:
    assert "hidden" not in repr(Address("bolt://x", password="hidden"))


def test_password_file_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://x")
    monkeypatch.setenv("NEO4J_PASSWORD_FILE", str(tmp_path / "nope"))

    with pytest.raises(EngineError, match="nope cannot be read"):
        Address.from_environment()


def test_server_that_is_down_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("NEO4J_URI", f"bolt://127.0.0.1:{port}")

    with pytest.raises(EngineError, match="cannot be reached") as refusal:
        open_engine()

    assert "NEO4J_URI" in refusal.value.remedy


@pytest.mark.parametrize("uri", ["http://localhost:7474", "localhost:7687", "file:///etc/passwd"])
def test_address_of_another_protocol_is_said(uri: str) -> None:
    with pytest.raises(EngineError, match="not an address of the Bolt protocol"):
        Neo4jEngine(Address(uri))


@pytest.mark.parametrize("agent", ["Neo4j/5.7.0", "Neo4j/5.26.30", "Neo4j/2025.06.0"])
def test_supported_versions(agent: str) -> None:
    assert _supported(agent) == agent.removeprefix("Neo4j/")


@pytest.mark.parametrize("agent", ["Neo4j/4.4.40", "Neo4j/5.6.0", "Neo4j/3.5.1", "Memgraph/2.0", ""])
def test_other_servers_are_refused(agent: str) -> None:
    with pytest.raises(EngineError, match="does not support") as refusal:
        _supported(agent)

    assert "5.26" in refusal.value.remedy


def test_every_label_and_type_of_the_model_has_its_constraint() -> None:
    statements = "\n".join(schema_statements())

    for node in MODEL.nodes:
        assert f"FOR (n:{node.name}) REQUIRE n.{node.key} IS UNIQUE" in statements
    for edge in MODEL.edges:
        assert f"FOR ()-[r:{edge.name}]-() REQUIRE r.fact IS UNIQUE" in statements


@pytest.mark.parametrize("declared", list(MODEL), ids=lambda declared: declared.name)
def test_values_only_ever_travel_as_parameters(declared: object) -> None:
    statement = insert_statement(declared)  # type: ignore[arg-type]

    assert statement.startswith("UNWIND $rows AS row ")
    assert "'" not in statement and '"' not in statement


def test_rows_are_compared_by_key_and_value() -> None:
    declared = MODEL.labels["State"]
    rows = [{"iso3": code, "name": code.title()} for code in ("FIN", "NOR", "SWE")]
    wanted = pa.Table.from_pylist(rows, stored_schema(declared))
    there = {"FIN": {"iso3": "FIN", "name": "Fin"}, "NOR": {"iso3": "NOR", "name": "old"}, "DDR": {"iso3": "DDR"}}

    new, changed, gone = compare(declared, wanted, there)

    assert new["iso3"].to_pylist() == ["SWE"]
    assert changed["iso3"].to_pylist() == ["NOR"]
    assert gone == ["DDR"]
