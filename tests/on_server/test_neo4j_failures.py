"""What can go wrong on the way to a server: each is said in one sentence, with what to do about it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from kb.engines.neo4j.address import Address
from kb.engines.neo4j.engine import Neo4jEngine
from kb.errors import EngineError, GraphMissing
from kb.neo4j_local.server import Server

ENDLESS = "UNWIND range(1, 1000000000) AS x UNWIND range(1, 1000) AS y RETURN sum(x * y) AS n"


def test_empty_server_is_said(server: Neo4jEngine) -> None:
    with pytest.raises(GraphMissing, match="holds no graph"):
        server.need_graph()


def test_wrong_password_is_said(empty_server: Server) -> None:
    with pytest.raises(EngineError, match="refuses the user or the password") as refusal:
        Neo4jEngine(replace(empty_server.address, password="mistaken"))

    assert "NEO4J_PASSWORD" in refusal.value.remedy
    assert "mistaken" not in str(refusal.value)


def test_user_locked_after_wrong_passwords_is_said(server: Neo4jEngine) -> None:
    server.run("CREATE USER visitor SET PASSWORD $password CHANGE NOT REQUIRED", {"password": "long enough"})
    mistaken = replace(server.address, user="visitor", password="mistaken")
    for _ in range(3):
        with pytest.raises(EngineError, match="refuses the user"):
            Neo4jEngine(mistaken)

    with pytest.raises(EngineError, match="has locked the user") as refusal:
        Neo4jEngine(replace(mistaken, password="long enough"))
    server.run("DROP USER visitor")

    assert "wait a minute" in refusal.value.remedy


def test_wrong_database_is_said(empty_server: Server) -> None:
    with pytest.raises(EngineError, match="no such database"):
        Neo4jEngine(replace(empty_server.address, database="nope"))


def test_write_in_a_reading_session_is_refused_by_the_server(server: Neo4jEngine) -> None:
    with pytest.raises(EngineError, match="refused a write"):
        server.read("CREATE (n:State {iso3: 'ZZZ'}) RETURN n")


@contextmanager
def relay(address: Address) -> Iterator[tuple[Address, Callable[[], None]]]:
    """The same server behind a relay, and a function that cuts every connection through it and takes no new one."""
    there = urlsplit(address.uri)
    door = socket.create_server(("127.0.0.1", 0))
    ends: list[socket.socket] = []

    def pass_on(one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):  # the cut
            while piece := one.recv(65536):
                other.sendall(piece)

    def accept() -> None:
        with suppress(OSError):  # the door is shut
            while True:
                pair = door.accept()[0], socket.create_connection((there.hostname, there.port))
                ends.extend(pair)
                for one, other in (pair, pair[::-1]):
                    threading.Thread(target=pass_on, args=(one, other), daemon=True).start()

    def cut() -> None:
        for end in (door, *ends):
            with suppress(OSError):  # closed already
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield replace(address, uri=f"bolt://127.0.0.1:{door.getsockname()[1]}"), cut
    finally:
        cut()


@pytest.mark.parametrize("query", ["read", "rows"])
def test_connection_lost_in_mid_read_is_said(empty_server: Server, monkeypatch: pytest.MonkeyPatch, query: str) -> None:
    monkeypatch.setattr("kb.engines.neo4j.engine.RETRY", 0.1)
    with relay(empty_server.address) as (address, cut), Neo4jEngine(address) as engine:
        assert engine.read("RETURN 1 AS one")["one"].to_pylist() == [1]
        threading.Timer(0.5, cut).start()

        with pytest.raises(EngineError, match=r"cannot be reached|closed the connection") as refusal:
            getattr(engine, query)(ENDLESS)

    assert refusal.value.remedy


def test_console_says_that_the_connection_is_lost(empty_server: Server) -> None:
    with relay(empty_server.address) as (address, cut), Neo4jEngine(address) as engine:
        threading.Timer(0.5, cut).start()

        with pytest.raises(EngineError, match=r"cannot be reached|closed the connection"):
            engine.ask_once(ENDLESS, {}, limit=10, timeout=60)
