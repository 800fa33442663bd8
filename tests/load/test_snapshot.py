"""The snapshot holds facts only, is the same each time, and is replaced whole or not at all."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import fixture_facts
import pyarrow.parquet as pq
import pytest
import small

from kb.errors import HrkbError, InputError
from kb.facts import snapshot
from kb.facts.fact import edge, node
from kb.facts.schema import fact_schema
from kb.load import extract, register
from kb.model.graph import MODEL

#: Sources that are quick to read, the folders they need, and the file that tests damage.
QUICK = ("cow-states", "kof-2024")
FOLDERS = ("state-system-cow-gw", "kof-globalisation-2024", "untc-2026-02-03")
KOF = "kof-globalisation-2024/KOFGI_2024_public.csv.gz"
CAT = "untc-2026-02-03/html/cat.html.gz"


def quiet(stage: str, done: int, total: int) -> None:
    assert 0 <= done <= total, stage


def content(root: Path) -> dict[str, bytes]:
    """Every file under a folder, hidden ones too."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@dataclass(frozen=True)
class Raw:
    """A folder of raw files to damage; of ``small`` ones fewer facts are asked than of the publishers'."""

    folder: Path
    small: bool

    def source(self, code: str) -> register.Source:
        return fixture_facts.source(code) if self.small else register.source(code)

    def make(self, out: Path, codes: tuple[str, ...] = QUICK) -> None:
        extract.make([self.source(code) for code in codes], self.folder, out, quiet)


@pytest.fixture
def raw(either_root: Path, tmp_path: Path) -> Raw:
    """Raw files of a few sources."""
    for folder in FOLDERS:
        shutil.copytree(either_root / folder, tmp_path / "raw" / folder, copy_function=shutil.copyfile)
    return Raw(tmp_path / "raw", either_root == fixture_facts.RAW)


@pytest.mark.long
def test_the_same_raw_files_give_the_same_bytes_as_those_that_are_shipped(raw_root: Path, tmp_path: Path) -> None:
    Raw(raw_root, small=False).make(tmp_path, tuple(register.register()))

    made, shipped = content(tmp_path), content(snapshot.SNAPSHOT)
    assert [name for name in sorted(made.keys() | shipped.keys()) if made.get(name) != shipped.get(name)] == []


@pytest.mark.parametrize("folder", sorted(p for p in snapshot.SNAPSHOT.iterdir() if p.is_dir()), ids=lambda p: p.name)
def test_what_is_shipped_is_small_fits_the_model_and_holds_no_sentences(folder: Path) -> None:
    facts = snapshot.read_source(folder)

    assert facts.report["rows_in"] == sum(facts.report[f"rows_{end}"] for end in ("loaded", "quarantined", "dropped"))
    assert snapshot.read_quarantine(folder).num_rows == facts.report["rows_quarantined"]
    assert sum(table.num_rows for table in facts.tables.values()) == facts.report["facts"]
    if "RUD" in facts.tables:
        assert facts.tables["RUD"]["text"].null_count == facts.tables["RUD"].num_rows


def test_the_snapshot_is_under_its_limit() -> None:
    assert sum(len(data) for data in content(snapshot.SNAPSHOT).values()) < 15_000_000


def cut(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def rename(path: Path) -> None:
    path.rename(path.with_name("renamed"))


def empty(path: Path) -> None:
    path.write_bytes(gzip.compress(b" \n"))


def changed(before: bytes, after: bytes) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        text = gzip.decompress(path.read_bytes())
        assert before in text
        path.write_bytes(gzip.compress(text.replace(before, after)))

    return change


def few_lines(path: Path) -> None:
    lines = gzip.decompress(path.read_bytes()).split(b"\n")
    path.write_bytes(gzip.compress(b"\n".join(lines[: len(lines) // 2])))


def another_page(path: Path) -> None:
    path.write_bytes(gzip.compress(b"<html><body><h1>Please log in</h1></body></html>"))


@pytest.mark.long
@pytest.mark.parametrize(
    ("file", "source", "damage", "says"),
    [
        (KOF, "kof-2024", cut, "truncated"),
        (KOF, "kof-2024", rename, "is missing"),
        (KOF, "kof-2024", empty, "is empty"),
        (KOF, "kof-2024", changed(b"KOFPoGIdf", b"KOFX"), "line 2, has no column 'KOFPoGIdf'"),
        (KOF, "kof-2024", changed(b"Albania", b"Alb\xe1nia"), "is not utf-8"),
        (KOF, "kof-2024", few_lines, "fewer than the {minimum} declared"),
        (CAT, "untc-2026", another_page, "cat.html.gz"),
        (CAT, "untc-2026", cut, "truncated"),
    ],
)
def test_a_raw_file_that_is_not_as_it_should_be_is_named_and_no_folder_is_replaced(
    file: str, source: str, damage: Callable[[Path], None], says: str, raw: Raw, tmp_path: Path
) -> None:
    shutil.copytree(snapshot.SNAPSHOT / source, tmp_path / "out" / source)
    before = content(tmp_path / "out")
    damage(raw.folder / file)

    with pytest.raises(InputError) as error:
        raw.make(tmp_path / "out", ("cow-states", source))

    assert says.format(minimum=raw.source(source).minimum_facts) in error.value.problem and error.value.remedy
    assert content(tmp_path / "out") == before


def test_a_folder_that_cannot_be_written_is_named(raw: Raw, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file in place of the folder")

    with pytest.raises(HrkbError, match="out cannot be written"):
        raw.make(tmp_path / "out")


def test_ctrl_c_leaves_every_folder_as_it_was_and_no_process(raw_root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(snapshot.SNAPSHOT / "cow-states", out / "cow-states")
    before = content(out)
    process = small.start(tmp_path, "snapshot", "--raw", raw_root, "--out", out)
    while not list(out.glob(".making-*/*")):
        assert process.poll() is None
        time.sleep(0.02)
    workers = small.children(process)

    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)

    assert process.returncode == 130 and "Traceback" not in errors
    assert workers and not any(small.alive(one) for one in workers)
    assert content(out) == before and [p.name for p in out.iterdir()] == ["cow-states"]


def test_a_property_younger_than_the_snapshot_is_missing_throughout(tmp_path: Path) -> None:
    folder = tmp_path / "cow-states"
    shutil.copytree(snapshot.SNAPSHOT / "cow-states", folder)
    table = pq.read_table(folder / "State.parquet")
    pq.write_table(table.drop_columns(["subregion"]), folder / "State.parquet")

    states = snapshot.read_source(folder).tables["State"]

    assert states.schema == fact_schema(MODEL.labels["State"])
    assert states["subregion"].null_count == states.num_rows == table.num_rows


def test_two_facts_that_say_different_things_of_one_tie_are_not_silently_one() -> None:
    nodes = [node("State", iso3="SWE"), node("Indicator", code="A")]
    twice = [edge("MEASURED", "SWE", "A", year=1990, value=value) for value in (1.0, 2.0)]

    assert snapshot.tables_of([*nodes, twice[0], twice[0]])["MEASURED"].num_rows == 1
    with pytest.raises(InputError, match="MEASURED SWE A 1990"):
        snapshot.tables_of([*nodes, *twice])


def test_a_report_is_read_as_it_was_written(tmp_path: Path) -> None:
    facts = snapshot.read_source(snapshot.SNAPSHOT / "cow-states")

    snapshot.write(facts, snapshot.read_quarantine(snapshot.SNAPSHOT / "cow-states"), tmp_path)

    assert json.loads((tmp_path / "cow-states" / "load.json").read_text()) == facts.report
    assert content(tmp_path / "cow-states") == content(snapshot.SNAPSHOT / "cow-states")
