"""Kill -9 while a refresh brings a server up to date, with readers running.

The embedded engine changes versions in one step (``tests/refresh/test_refresh_kill.py``). A server is changed in place, and promises
less, row by row: what the old and the new version both hold can be read at any moment, what neither holds never, and new
rows are there before those that they replace are gone. The server names the old version until all is done, and the next
run does what a killed one left undone.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest
from refreshing import COUNCIL, PROCESSES, Desk, new_desk

from kb.engines import tables
from kb.engines.base import Engine
from kb.engines.neo4j.address import Address
from kb.engines.neo4j.engine import Neo4jEngine
from kb.errors import EngineError
from kb.versions import home
from kb.versions.home import Version
from kb.versions.push import bring_up_to_date

KILLS, READERS = 10, 3
TERMS = "MATCH (:State)-[r:SEATED_ON]->(:Body {code: $body}) RETURN r.fact AS fact"
Facts = frozenset[object]


def terms(engine: Engine) -> Facts:
    """The terms on the Human Rights Council, by their facts."""
    return frozenset(engine.read(TERMS, {"body": "HRC"})["fact"].to_pylist())


def replace_last_term(desk: Desk, state: str) -> None:
    """The file's last term is another state's now: one fact comes and one goes."""
    lines = desk.terms.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("A state,")]
    desk.terms.write_text("".join([*kept, f"A state,WEOG,2030,2032,{state},\n"]), encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A home with two versions of a small graph, and no server yet."""
    monkeypatch.delenv("NEO4J_URI", raising=False)
    made = new_desk(tmp_path / "desk")
    replace_last_term(made, "AND")
    made.refresh()
    replace_last_term(made, "LIE")
    made.refresh(COUNCIL)
    return made


@contextmanager
def readers(address: Address) -> Iterator[list[Facts | EngineError]]:
    """Readers for the time of a ``with`` block, and what they saw: the terms, each time anew, or an error."""
    stop, seen = threading.Event(), list[Facts | EngineError]()

    def look() -> None:
        with Neo4jEngine(address) as reader:
            while not stop.is_set():
                try:
                    seen.append(terms(reader))
                except EngineError as error:
                    seen.append(error)

    threads = [threading.Thread(target=look) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def push_and_tell(version: Version, begun: Event) -> None:
    bring_up_to_date(version, lambda stage, done, total: begun.set())


def begin_push(version: Version) -> BaseProcess:
    """The server's part of a refresh in a process of its own, come so far that the server is being changed."""
    begun = PROCESSES.Event()
    process = PROCESSES.Process(target=push_and_tell, args=(version, begun))
    process.start()
    while not begun.wait(0.02):
        assert process.is_alive(), "the push did not begin"
    return process


def kill_pushes(old: Version, new: Version, kills: int) -> None:
    """Push the two versions in turn, and kill the pushes at random moments, until so many were hit before their end."""
    chance, killed, longest = random.Random(10), 0, 5.0
    while killed < kills:
        process = begin_push(new)
        started = time.monotonic()
        process.join(chance.uniform(0, longest))
        if process.is_alive():
            process.kill()
            process.join()
            killed += 1
        else:
            assert process.exitcode == 0
            # Most are to be hit, so none is given more time than one was seen to need.
            longest = min(longest, time.monotonic() - started)
            old, new = new, old


def test_killed_pushes_leave_every_fact_readable_and_the_next_refresh_does_the_rest(
    desk: Desk, server: Neo4jEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("URI", "USER", "PASSWORD"):
        monkeypatch.setenv(f"NEO4J_{name}", getattr(server.address, name.lower()))
    monkeypatch.delenv("NEO4J_PASSWORD_FILE", raising=False)
    old, new = home.versions(desk.home)
    bring_up_to_date(old, lambda stage, done, total: None)
    with old.open() as before, new.open() as after:
        one, other = terms(before), terms(after)
    assert len(one ^ other) == 2

    with readers(server.address) as seen:
        kill_pushes(old, new, KILLS)

    errors = [answer for answer in seen if isinstance(answer, EngineError)]
    assert errors == []
    assert set(seen) <= {one, other, one | other}, "a reader met a gap"
    assert {one, other} <= set(seen)
    replace_last_term(desk, "MCO")
    desk.refresh(COUNCIL)
    assert server.need_graph() == desk.version
    assert_like_the_current_version(server, desk)


def assert_like_the_current_version(server: Neo4jEngine, desk: Desk) -> None:
    with home.current(desk.home).open() as embedded:
        expected = dict(tables.read_tables(embedded))
    for name, rows in tables.read_tables(server):
        by = "fact" if "fact" in rows.column_names else rows.column_names[0]
        assert rows.sort_by(by).equals(expected[name].sort_by(by)), name
