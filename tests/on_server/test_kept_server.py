"""``hrkb neo4j``: a server that keeps its data and password, stops when it is told to, and is looked into with a browser."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import need

from kb.engines.neo4j.address import Address
from kb.engines.neo4j.engine import Neo4jEngine
from kb.errors import Busy, EngineError
from kb.neo4j_local import jars, server
from kb.neo4j_local.keep import kept
from kb.neo4j_local.settings import Ports
from kb.versions.home import Version
from tools import served

#: It starts servers of its own.
pytestmark = pytest.mark.server

ROOT = Path(__file__).resolve().parent.parent.parent
#: Seconds that a start may take before the test gives up: no bound on speed.
PATIENCE = 600


class Place(NamedTuple):
    """A folder with the ports that every start in it uses."""

    folder: Path
    ports: Ports

    def address(self) -> Address:
        password = server.password_file(self.folder).read_text(encoding="utf-8")
        return Address(f"bolt://127.0.0.1:{self.ports.bolt}", password=password)


@contextmanager
def command(place: Place, home: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """``hrkb neo4j`` at work, and the process id of its server; killed at the end if it still runs."""
    program = "import sys; from kb.cli import main; sys.argv = ['hrkb', *sys.argv[1:]]; main()"
    ports = ["--bolt-port", str(place.ports.bolt), "--http-port", str(place.ports.http)]
    process = subprocess.Popen(
        [sys.executable, "-c", program, "neo4j", *ports, "--folder", str(place.folder)],
        cwd=ROOT,
        env={**os.environ, "HRKB_HOME": str(home)},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        said = ""
        for line in process.stderr:
            said += line
            if "Ctrl-C stops" in line:
                break
        else:
            pytest.fail(said)
        yield process, server.pid_in(place.folder) or 0
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def wait_until_gone(pid: int, folder: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while server.is_server(pid, folder):
        assert time.monotonic() < deadline, f"process {pid} is still there"
        time.sleep(0.2)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, hrkb_root: Path) -> Place:
    """A folder in which the command was run once, with an empty store, and stopped by SIGTERM."""
    need(jars.available(), "Java 17 with Maven, for a Neo4j server,")
    made = Place(tmp_path_factory.mktemp("kept"), Ports(Ports.free().bolt, Ports.free().bolt))
    with command(made, hrkb_root) as (process, pid):
        with Neo4jEngine(made.address()) as engine:
            engine.need_graph()
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
        wait_until_gone(pid, made.folder)
    return made


@pytest.fixture(scope="module")
def hrkb_root(built: Version) -> Path:
    return built.folder.parent.parent


def test_a_second_start_stops_what_was_left_behind_and_writes_nothing(place: Place, built: Version) -> None:
    before = place.address()
    left_behind = server.start(place.folder, before)

    def tell(stage: str, done: int, total: int) -> None:
        stages.append((stage, done, total))

    stages: list[tuple[str, int, int]] = []
    with kept(built, place.folder, place.ports, tell) as it:
        assert it.orphan == left_behind.process.pid
        assert left_behind.process.wait(PATIENCE) is not None
        assert (it.imported, it.change.written, it.change.removed) == (False, 0, 0)
        assert it.server.address == before
        assert ("Loading", 1, stages[-1][2]) in stages, "no progress while it loads"
        with Neo4jEngine(before) as engine:
            assert engine.need_graph() == built.name
        with pytest.raises(Busy, match="running in"), kept(built, place.folder, place.ports, tell):
            pass
        _look_into_it(place)

    wait_until_gone(it.server.process.pid, place.folder)


def _look_into_it(place: Place) -> None:
    """Neo4j Browser connects, takes the style sheet and draws a state with its treaties."""
    need(served.chromium() is not None, "Chromium")
    with served.browser() as chromium:
        page = chromium.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.goto(f"http://127.0.0.1:{place.ports.http}/browser/")
        assert page.input_value("[data-testid=boltaddress]") == f"127.0.0.1:{place.ports.bolt}"
        page.fill("[data-testid=username]", "neo4j")
        page.fill("input[type=password]", place.address().password)
        page.click("[data-testid=connect]")
        page.wait_for_selector("text=You are connected as user")
        style = (ROOT / "docs" / "neo4j.grass").read_text(encoding="utf-8")
        dropped = page.evaluate_handle(
            "t => { const d = new DataTransfer(); d.items.add(new File([t], 'neo4j.grass')); return d }", style
        )
        for event in ("dragenter", "dragover", "drop"):
            page.evaluate(
                "([d, e]) => document.elementFromPoint(innerWidth / 2, innerHeight / 2).dispatchEvent("
                "new DragEvent(e, {dataTransfer: d, bubbles: true, cancelable: true}))",
                [dropped, event],
            )
        page.wait_for_selector("text=node.ReceptorSite {")
        page.click("[data-testid=activeEditor]")
        page.keyboard.type("MATCH p = (:State {iso3: 'MEX'})-[:RATIFIED]->(:Treaty {code: 'CAT'}) RETURN p")
        page.keyboard.press("Control+Enter")
        circle = page.wait_for_selector("svg g.node circle[fill='#0072B2' i]", state="attached")
        assert circle is not None, "the state is not drawn in the colour of the style sheet"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a server that its starter was killed")
def test_a_run_that_is_killed_leaves_no_server(place: Place, hrkb_root: Path) -> None:
    with command(place, hrkb_root) as (process, pid):
        assert server.is_server(pid, place.folder)
        process.kill()
        wait_until_gone(pid, place.folder)


def test_a_number_that_another_process_has_taken_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "server.json").write_text(f'{{"pid": {os.getpid()}}}', encoding="utf-8")

    assert server.stop_orphan(tmp_path) is None
    assert not server.is_server(os.getpid(), tmp_path)


def test_without_java_the_command_says_what_to_install(
    built: Version, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(EngineError, match="Java 17"), kept(built, tmp_path, Ports.free(), lambda *_: None):
        pass
