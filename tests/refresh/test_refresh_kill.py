"""Kill -9 at random moments of a refresh, with readers running: they never see an error, nor a half-made graph."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from refreshing import COUNCIL, NOW, PROCESSES, TERMS_AT_FIRST, Desk, new_desk

from kb.load.extract import extract
from kb.refresh.places import Places
from kb.refresh.publish.generation import Good
from kb.refresh.record import history
from kb.versions import home
from kb.versions.opening import open_engine

#: Fifty refreshes are killed.
pytestmark = pytest.mark.long
KILLS = 50
SEATS = "MATCH (s:State)-[r:SEATED_ON]->(b:Body {code: 'HRC'}) RETURN count(r) AS n"


def seats(root: Path) -> int:
    """The terms that a reader of the current graph counts."""
    os.environ.pop("NEO4J_URI", None)
    os.environ["HRKB_HOME"] = str(root)
    with open_engine() as engine:
        return int(engine.read(SEATS)["n"][0].as_py())


def read_until(stop: Path, root: Path, seen: Path, tester: int) -> None:
    """A reader: opens the current graph again and again, and writes down every count, or the error and its end."""
    with seen.open("a", encoding="utf-8") as out:
        while not stop.exists() and Path(f"/proc/{tester}").exists():
            try:
                out.write(f"{seats(root)}\n")
            except Exception as error:
                out.write(f"{error!r}\n")
                raise
            finally:
                out.flush()
            time.sleep(0.2)


@contextmanager
def readers(root: Path, folder: Path) -> Iterator[list[Path]]:
    """Two readers for the time of a ``with`` block; the files in which they write what they saw."""
    stop = folder / "stop"
    files = [folder / f"seen-{number}" for number in range(2)]
    processes = [PROCESSES.Process(target=read_until, args=(stop, root, file, os.getpid())) for file in files]
    for process in processes:
        process.start()
    try:
        yield files
    finally:
        stop.touch()
        for process in processes:
            process.join()


def refresh_in_own_group(root: Path) -> None:
    os.setsid()
    Desk(root).refresh(COUNCIL)


def begin(desk: Desk) -> multiprocessing.process.BaseProcess:
    child = PROCESSES.Process(target=refresh_in_own_group, args=(desk.root,))
    child.start()
    return child


def kill(child: multiprocessing.process.BaseProcess) -> None:
    """End the refresh and the build that it started, both at once, unless they are done."""
    assert child.pid is not None
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        child.kill()  # done already, or not yet in a group of its own
    child.join()


def add_term(desk: Desk, number: int) -> None:
    states = ("AND", "LIE", "MCO", "SMR", "TUV", "NRU", "PLW", "KIR", "VUT", "FSM")
    line = f"A state,WEOG,{2030 + number // 10},{2032 + number // 10},{states[number % 10]},\n"
    with desk.terms.open("a", encoding="utf-8") as file:
        file.write(line)


@pytest.fixture
def no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEO4J_URI", raising=False)
    monkeypatch.setenv("HRKB_HOME", "")  # so that what `seats` sets is undone


def test_a_killed_refresh_leaves_the_old_graph_or_the_new_and_the_next_one_does_the_rest(
    tmp_path: Path, no_server: None
) -> None:
    desk = new_desk(tmp_path / "desk")
    desk.refresh()

    terms = kill_and_kill(desk, KILLS, tmp_path)

    assert_as_never_killed(desk, terms)


def kill_and_kill(desk: Desk, kills: int, folder: Path) -> int:
    """Kill refreshes of an ever longer file until ``kills`` were hit before their end, then let one end.

    Returns the number of terms added beside the first.
    """
    places, chance = Places(desk.home), random.Random(50)
    terms, killed = 0, 0
    started = time.monotonic()
    add_term(desk, terms)
    begin(desk).join()
    whole = time.monotonic() - started
    recorded = len(list(history.runs(places)))
    assert recorded == 2, "the refresh that nobody disturbed did not come to its end"
    terms += 1
    add_term(desk, terms)
    with readers(desk.home, folder) as files:
        while killed < kills:
            child = begin(desk)
            child.join(chance.uniform(0, whole))
            killed += child.is_alive()
            kill(child)
            assert seats(desk.home) in (TERMS_AT_FIRST + terms, TERMS_AT_FIRST + 1 + terms), (
                "neither the old graph nor the new"
            )
            assert history.state(places).run == max(path.stem for path in places.runs.glob("*.json"))
            if len(list(history.runs(places))) > recorded:  # it came to its end, or was hit just after
                recorded, terms = len(list(history.runs(places))), terms + 1
                add_term(desk, terms)
        last = desk.refresh()
    assert last.run.outcome in ("loaded", "unchanged")
    for file in files:
        counts = file.read_text(encoding="utf-8").split()
        assert counts and all(count.isdigit() for count in counts), counts[-20:]
        assert counts == sorted(counts), "a reader saw the graph go back"
    return terms


def assert_as_never_killed(desk: Desk, terms: int) -> None:
    """The graph, the facts and the folders are those of a refresh that nobody disturbed."""
    places = Places(desk.home)
    state = history.state(places)
    facts, _ = extract(desk.request().sources[COUNCIL], desk.raw)
    good = Good(places, state, desk.root / "shipped").read(COUNCIL)
    assert good is not None
    assert seats(desk.home) == TERMS_AT_FIRST + 1 + terms
    assert state.version == desk.version
    assert all(good.tables[name].equals(table) for name, table in facts.tables.items())
    desk.refresh(now=NOW)
    left = [p for folder in (places.root, places.generations, places.runs) for p in folder.glob(".*")]
    assert left == []
    assert len(home.versions(desk.home)) <= home.KEPT + 1
