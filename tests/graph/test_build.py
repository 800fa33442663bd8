"""Whatever stops a build, the last good graph stays, nothing half-made does, and the reason is said."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import small

from kb import workers
from kb.engines import tables
from kb.engines.embedded.engine import EmbeddedEngine
from kb.errors import Busy, CheckError, EngineError, HrkbError, InputError
from kb.graph.make import Plan, build
from kb.model.graph import MODEL
from kb.versions import home
from kb.versions.home import Version

pytestmark = pytest.mark.long

BUILD = ("build", "--only-open", "--force", "--snapshot")


def quiet(stage: str, done: int, total: int) -> None:
    assert 0 <= done <= total, stage


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Version:
    """A good small graph, built once."""
    folder = tmp_path_factory.mktemp("first")
    version, fresh = build(Plan(small.snapshot(folder / "snapshot"), folder / "home", only_open=True), quiet)
    assert fresh
    return version


@pytest.fixture
def plan(first: Version, tmp_path: Path) -> Plan:
    """A home of its own with the good graph as the current one, and a snapshot to damage."""
    shutil.copytree(first.folder.parents[1], tmp_path / "home")
    return Plan(small.snapshot(tmp_path / "snapshot"), tmp_path / "home", only_open=True)


def only_the_first_is_there(first: Version, plan: Plan) -> bool:
    """The pointer names the first version, no other is there, and it opens."""
    assert [v.name for v in home.current(plan.home).folder.parent.iterdir()] == [first.name]
    with home.current(plan.home).open() as engine:
        return engine.read("MATCH (s:State) RETURN count(s) AS n")["n"][0].as_py() == first.record["counts"]["State"]


def content(version: Version) -> dict[str, str]:
    """A digest of every table of a graph but that of the loads, which bear the time."""
    with version.open() as engine:
        found = tables.read_tables(engine)
        return {
            name: tables.digest(rows.sort_by(tables.identity(MODEL.table(name))))
            for name, rows in found
            if name != "Load"
        }


def at_work(plan: Plan) -> subprocess.Popen[str]:
    """A build that has begun to write its graph, and stands still there: a busy machine may not let us catch it on the run.

    :func:`go_on` lets it go on.
    """
    before = home.current(plan.home).name
    for _ in range(20):
        process = small.start(plan.home, *BUILD, plan.snapshot)
        while process.poll() is None and len(list(plan.home.glob("versions/*/graph.duckdb"))) == 1:
            time.sleep(0.01)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGSTOP)
            if small.children(process) and home.current(plan.home).name == before:
                return process
            go_on(process)
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors  # it was done before we looked
        home.point_to(before, plan.home)
        for folder in plan.home.glob("versions/*"):
            if folder.name != before:
                shutil.rmtree(folder)
    pytest.fail("no build was caught at work")


def go_on(process: subprocess.Popen[str]) -> None:
    os.killpg(process.pid, signal.SIGCONT)


def test_equal_facts_are_not_built_twice(first: Version, plan: Plan) -> None:
    version, fresh = build(plan, quiet)

    assert (version.name, fresh) == (first.name, False)


def test_a_copy_brought_up_to_date_equals_a_graph_made_from_nothing(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = plan.snapshot / "human-rights-council" / "SEATED_ON.parquet"
    pq.write_table(pq.read_table(path).slice(3), path)
    written: list[str] = []
    write = EmbeddedEngine.write
    monkeypatch.setattr(workers, "run", lambda work, jobs, tell: [work(job, tell) for job in jobs])
    monkeypatch.setattr(EmbeddedEngine, "write", lambda e, name, rows: [written.append(name), write(e, name, rows)][1])

    updated, _ = build(plan, quiet)
    of_the_update = set(written)
    anew, _ = build(plan, quiet, force=True)

    assert of_the_update == {"SEATED_ON", "Load", "StateYear", "IN_YEAR"}
    assert content(updated) == content(anew)


def test_edges_of_a_changed_label_are_written_again(plan: Plan) -> None:
    for path in plan.snapshot.glob("*/Body.parquet"):
        table = pq.read_table(path)
        at = table.column_names.index("name")
        pq.write_table(table.set_column(at, "name", [["Council of the test"] * table.num_rows]), path)

    updated, _ = build(plan, quiet)

    assert content(updated) == content(build(plan, quiet, force=True)[0])
    with updated.open() as engine:
        assert engine.read("MATCH (:State)-[r:SEATED_ON]->(b:Body) RETURN DISTINCT b.name AS name").to_pylist() == [
            {"name": "Council of the test"}
        ]


def test_a_second_graph_becomes_the_current_one_and_holds_the_same(first: Version, plan: Plan) -> None:
    version, fresh = build(plan, quiet, force=True)

    assert fresh and version.name != first.name
    assert home.current(plan.home).name == version.name
    assert version.record["counts"] == first.record["counts"]


def cut(folder: Path) -> None:
    path = folder / "cow-states" / "State.parquet"
    path.write_bytes(path.read_bytes()[:500])


def without_report(folder: Path) -> None:
    (folder / "cow-states" / "load.json").unlink()


def with_another_report(folder: Path) -> None:
    (folder / "cow-states" / "load.json").write_text("[1]")


def unknown_source(folder: Path) -> None:
    shutil.copytree(folder / "gw-states", folder / "nobody")


def unknown_table(folder: Path) -> None:
    (folder / "gw-states" / "State.parquet").rename(folder / "gw-states" / "Stat.parquet")


def unknown_column(folder: Path) -> None:
    path = folder / "cow-states" / "State.parquet"
    table = pq.read_table(path)
    pq.write_table(table.append_column("surname", table["name"]), path)


def nothing(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


@pytest.mark.parametrize(
    ("damage", "error", "says"),
    [
        (cut, InputError, "State.parquet"),
        (without_report, InputError, "load.json"),
        (with_another_report, InputError, "load.json"),
        (unknown_source, CheckError, "nobody"),
        (unknown_table, InputError, "Stat.parquet"),
        (unknown_column, InputError, "surname"),
        (nothing, InputError, "holds no snapshot"),
    ],
)
def test_a_damaged_snapshot_is_named_and_the_last_good_graph_stays(
    damage: Callable[[Path], None], error: type[HrkbError], says: str, first: Version, plan: Plan
) -> None:
    damage(plan.snapshot)

    with pytest.raises(error, match=says) as raised:
        build(plan, quiet)

    assert raised.value.remedy
    assert only_the_first_is_there(first, plan)


def test_fewer_facts_than_expected_are_not_published(first: Version, plan: Plan) -> None:
    with pytest.raises(CheckError, match=r"too little \(data/expected.yml\): .* expected at least"):
        build(Plan(plan.snapshot, plan.home, only_open=False), quiet)

    assert only_the_first_is_there(first, plan)


@pytest.mark.parametrize("blocked", [".", "versions"])
def test_a_home_that_cannot_be_written_is_named(blocked: str, tmp_path: Path) -> None:
    place = tmp_path / "home"
    (place / blocked).parent.mkdir(parents=True, exist_ok=True)
    (place if blocked == "." else place / blocked).write_text("a file in place of a folder")

    with pytest.raises(HrkbError, match="home") as error:
        build(Plan(small.snapshot(tmp_path / "snapshot"), place, only_open=True), quiet)

    assert "HRKB_HOME" in error.value.remedy


def test_a_full_disk_is_said_and_the_last_good_graph_stays(first: Version, plan: Plan) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, before[1]))  # inherited by the process that builds
    try:
        with pytest.raises(EngineError, match="cannot be made") as error:
            build(plan, quiet, force=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)

    assert "disk" in error.value.remedy
    assert only_the_first_is_there(first, plan)


def test_ctrl_c_leaves_no_process_no_half_version_and_the_pointer(first: Version, plan: Plan) -> None:
    process = at_work(plan)
    workers = small.children(process)

    os.killpg(process.pid, signal.SIGINT)  # as the terminal does: to everybody in front of it
    go_on(process)
    _, errors = process.communicate(timeout=60)

    assert process.returncode == 130
    assert "last good graph stands" in errors and "Traceback" not in errors
    assert workers and not any(small.alive(one) for one in workers)
    assert only_the_first_is_there(first, plan)


def test_the_death_of_the_process_that_builds_is_an_error(first: Version, plan: Plan) -> None:
    process = at_work(plan)

    os.kill(small.children(process)[0], signal.SIGKILL)
    go_on(process)
    _, errors = process.communicate(timeout=60)

    assert process.returncode == EngineError.exit_code
    assert "ended with code -9" in errors and "What to do" in errors
    assert only_the_first_is_there(first, plan)


def test_after_the_death_of_the_whole_build_nothing_works_on_and_the_next_one_cleans_up(
    first: Version, plan: Plan
) -> None:
    process = at_work(plan)
    workers = small.children(process)

    process.kill()
    go_on(process)
    process.communicate(timeout=60)
    deadline = time.monotonic() + 60
    while any(small.alive(one) for one in workers) and time.monotonic() < deadline:
        time.sleep(0.02)

    assert not any(small.alive(one) for one in workers)
    assert home.current(plan.home).name == first.name
    version, _ = build(plan, quiet, force=True)
    assert {v.name for v in plan.home.glob("versions/*")} == {first.name, version.name}


def test_two_builds_at_once_are_one_build_and_a_word(first: Version, plan: Plan) -> None:
    process = at_work(plan)

    with pytest.raises(Busy, match="another build is running"):
        build(plan, quiet, force=True)

    go_on(process)
    process.communicate(timeout=120)
    assert process.returncode == 0
    assert home.current(plan.home).name != first.name
