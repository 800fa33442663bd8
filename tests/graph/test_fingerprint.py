"""A build starts anew, and a source is read again, for what can change the outcome and for nothing else.

The changes are made to a copy of the project, which is then asked for its fingerprints in a process of its own.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import small
from refreshing import COUNCIL, new_desk

from kb import parts
from kb.graph import fingerprint
from kb.load import fingerprint as reading
from kb.load.register import Source, register
from kb.settings import ROOT

pytestmark = pytest.mark.long

#: Prints the fingerprint of a build and of every source, once at first and then for every line that it is sent.
PROBE = """
import json, sys
from kb.catalogue import queries
from kb.graph import fingerprint
from kb.load import decisions, register
from kb.load import fingerprint as reading
while True:
    found = {c: reading.fingerprint(s) for c, s in register.register().items()}
    print(json.dumps({"build": fingerprint.of_code(), **found}), flush=True)
    if not sys.stdin.readline():
        break
    for known in (queries.catalogue, register.register, decisions._by_source):
        known.cache_clear()
"""


def loader(source: Source) -> str:
    """The file of a source's loader."""
    name = f"loaders/{source.loader.replace('.', '/')}"
    return f"{name}.py" if (ROOT / f"{name}.py").is_file() else f"{name}/__init__.py"


ALL = frozenset(register())
#: Sources whose loader asks in which years a state existed.
WITH_EXISTENCE = frozenset(
    code for code, source in register().items() if "loaders.shared.existence" in (ROOT / loader(source)).read_text()
)
#: All but the two that have codes of their own for everything.
WITH_NAMES = ALL - {"igo-design", "country-codes"}
TREATIES = frozenset({"untc-2026", "untc-2015"})
LISTS = frozenset({"cow-states", "gw-states"})
V_DEM = frozenset({"vdem-v12", "vdem-v15", "vdem-v16"})
BUILD, NOTHING = frozenset({"build"}), frozenset[str]()


def copied(folder: Path) -> Path:
    """The project without its large data: what is shipped of the two lists of states, and the sources of a small graph."""
    for room in ("kb", "loaders", "ui", "queries"):
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("snapshot"))
    small.snapshot(folder / "data" / "snapshot")
    return folder


def environment(folder: Path) -> dict[str, str]:
    inherited = {k: v for k, v in os.environ.items() if k not in ("NEO4J_URI", "HRKB_RAW")}
    return {**inherited, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT / 'tests' / 'support'}"}


def run(folder: Path, code: str, *arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
    """Python in the copy, which finds the copy's modules before all others."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    given = {**environment(folder), **more}
    return subprocess.run(command, cwd=folder, env=given, capture_output=True, text=True)


class Probe:
    """A process in a copy of the project that tells its fingerprints."""

    def __init__(self, folder: Path) -> None:
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            [sys.executable, "-c", PROBE], cwd=folder, env=environment(folder), stdin=pipe, stdout=pipe, text=True
        )
        self.first = self._read()

    def again(self) -> dict[str, str]:
        assert self._process.stdin
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> dict[str, str]:
        assert self._process.stdout
        found: dict[str, str] = json.loads(self._process.stdout.readline())
        return found

    def close(self) -> None:
        self._process.communicate()
        assert self._process.returncode == 0


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def probe(project: Path) -> Iterator[Probe]:
    asked = Probe(project)
    yield asked
    asked.close()


def replaced(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new)

    return change


def with_statement(text: str) -> str:
    return f"{text}\nADDED_BY_A_TEST = 1\n"


def with_comment(text: str) -> str:
    return f"# a comment\n{text}\n\n\n# another\n"


def with_line(line: str) -> Callable[[str], str]:
    return lambda text: f"{text}{line}\n"


CHANGES: list[tuple[str, Callable[[str], str], frozenset[str]]] = [
    # What neither a graph nor a fact is made from.
    ("kb/cli/output.py", with_statement, NOTHING),
    ("kb/refresh/run.py", with_statement, NOTHING),
    ("ui/view/page.py", with_statement, NOTHING),
    ("data/tile_grid.csv", with_line("XXA,1,1"), NOTHING),
    ("queries/ruds.cypher", replaced("MATCH", "MATCH "), NOTHING),
    # Words about the code.
    ("kb/scores/percentile.py", replaced("Mid-rank percentiles", "Percentiles"), NOTHING),
    ("kb/scores/percentile.py", replaced("Values equal to", "Numbers equal to"), NOTHING),
    ("kb/model/graph.py", with_comment, NOTHING),
    ("loaders/practice/pts.py", with_comment, NOTHING),
    ("queries/score-years.cypher", replaced("\nquestion: ", "\nquestion: In words, "), NOTHING),
    ("data/sources.yml", replaced("every_days: 30", "every_days: 29"), NOTHING),
    # What a graph is made from.
    ("kb/scores/percentile.py", replaced("average_rank[place] - 0.5", "average_rank[place] - 0.4"), BUILD),
    ("kb/graph/precedence.py", with_statement, BUILD),
    ("queries/score-years.cypher", replaced("MATCH", "MATCH "), BUILD),
    ("queries/commitment-breadth.cypher", replaced("MATCH", "MATCH "), BUILD),
    ("data/aliases.csv", with_line("Treaty,CAT,A test,a test"), BUILD),
    ("data/expected.yml", with_comment, BUILD),
    # What one source, or some, are read by.
    ("loaders/practice/pts.py", with_statement, frozenset({"pts-2025"})),
    ("data/lookups/pts_states.csv", replaced("part of a state, by who holds it", "a part"), frozenset({"pts-2025"})),
    ("data/decisions.csv", with_line("kof-2024,,code,QQQ,drop,,a test"), frozenset({"kof-2024"})),
    ("loaders/conditions/regimes/vdem/__init__.py", with_statement, V_DEM),
    ("loaders/shared/succession.py", with_statement, LISTS | TREATIES),
    ("data/lookups/state_succession.csv", replaced("a new state on", "another state on"), LISTS | TREATIES),
    ("data/lookups/untc_articles.csv", replaced("article 4 (2)", "article 4, paragraph 2"), TREATIES),
    ("data/lookups/observers.csv", replaced("first day as", "since when"), WITH_EXISTENCE),
    ("data/snapshot/cow-states/load.json", replaced('"source"', '"source" '), WITH_EXISTENCE),
    # What all sources are read by, and what both are made from.
    ("kb/load/raw.py", with_statement, ALL),
    ("kb/load/names.py", with_statement, WITH_NAMES | BUILD),
    ("data/state_names.csv", with_line("Some Other Name,MEX,,"), WITH_NAMES | BUILD),
    ("kb/model/shape.py", with_statement, ALL | BUILD),
]


@pytest.mark.parametrize(("file", "change", "anew"), CHANGES, ids=[f"{n}-{c[0]}" for n, c in enumerate(CHANGES)])
def test_only_what_a_change_concerns_is_made_anew(
    project: Path, probe: Probe, file: str, change: Callable[[str], str], anew: frozenset[str]
) -> None:
    path = project / file
    good = path.read_text(encoding="utf-8")
    changed = change(good)
    assert changed != good
    try:
        path.write_text(changed, encoding="utf-8")
        after = probe.again()
    finally:
        path.write_text(good, encoding="utf-8")

    assert {name for name, digest in probe.first.items() if digest != after[name]} == anew


@pytest.mark.parametrize(
    ("change", "anew"),
    [
        (replaced('"day of the event, where', '"the day of the event, where'), NOTHING),
        (replaced('_CONTINUED = text("continued_from"', '_CONTINUED = text("taken_from"'), ALL | BUILD),
        (replaced('"aliases", "other codes and names', '"also", "other codes and names'), BUILD),
    ],
    ids=["words", "what loaders state", "what a build fills in"],
)
def test_of_the_model_its_shape_counts(
    probe: Probe, project: Path, tmp_path: Path, change: Callable[[str], str], anew: frozenset[str]
) -> None:
    """In a process of its own, because a process keeps the model that it began with."""
    shutil.copytree(project, tmp_path / "changed")
    path = tmp_path / "changed" / "kb" / "model" / "graph.py"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    other = Probe(tmp_path / "changed")
    other.close()

    assert {name for name, digest in probe.first.items() if digest != other.first[name]} == anew


def test_the_same_project_elsewhere_has_the_same_fingerprints(probe: Probe, project: Path, tmp_path: Path) -> None:
    shutil.copytree(project, tmp_path / "elsewhere")
    other = Probe(tmp_path / "elsewhere")
    other.close()

    assert other.first == probe.first


def test_another_version_of_a_library_counts_and_one_that_only_draws_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    source = register()[COUNCIL]
    before = fingerprint.of_code(), reading.fingerprint(source)
    monkeypatch.setattr(parts.metadata, "version", lambda name: "0" if name in ("altair", "rich") else _version(name))
    assert (fingerprint.of_code(), reading.fingerprint(source)) == before
    monkeypatch.setattr(parts.metadata, "version", lambda name: "0" if name == "numpy" else _version(name))

    after = fingerprint.of_code(), reading.fingerprint(source)

    assert after[0] != before[0] and after[1] != before[1]


_version = parts.metadata.version

#: Libraries that the modules import and that carry, lock or report, but make no value.
CARRYING = {"filelock", "neo4j", "platformdirs", "typing_extensions", "yaml"}


def test_every_library_that_is_imported_is_known_to_count_or_not() -> None:
    used = {**fingerprint.part().modules}
    for source in register().values():
        used |= reading.part_of(source).modules
    imported = {name.split(".")[0] for module in used.values() for name in module.imports}
    outside = imported - sys.stdlib_module_names - {"kb", "loaders"}

    assert outside <= {*parts.COUNTING, *CARRYING}
    assert set(parts.COUNTING) <= outside


#: What the process imported and opened of the project, beside what the fingerprint says, after ``WORK`` was done.
WATCH = """
import json, os, sys
from pathlib import Path
opened = set()
sys.addaudithook(lambda event, given: opened.add(str(given[0])) if event == "open" else None)
{work}
modules = sorted(n for n in sys.modules if n.split(".")[0] in ("kb", "loaders"))
print(json.dumps({{"opened": sorted(opened), "modules": modules, "asked": sorted(globals().get("asked", ()))}}))
"""
EXTRACT = """
from kb.load.extract import extract
from kb.load.register import source
extract(source(sys.argv[1]), Path(sys.argv[2]))
"""
MAKE = """
from kb import workers
from kb.catalogue.queries import Query
from kb.graph.make import Plan, build
from kb.load import decisions, raw
def never(*given, **more): raise AssertionError("a build reads no raw file")
raw.RawFolder.__init__ = decisions.of = never
workers.run = lambda work, jobs, tell: [work(job, tell) for job in jobs]
asked, run = set(), Query.run
def watched(query, *given, **more):
    asked.add(query.name)
    return run(query, *given, **more)
Query.run = watched
build(Plan(Path(sys.argv[1]), Path(sys.argv[2])), lambda *told: None)
"""


def watched(work: str, *arguments: object) -> dict[str, Any]:
    done = run(ROOT, WATCH.format(work=work), *arguments)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])  # after what an engine says of its progress
    return found


def tables(opened: list[str]) -> set[Path]:
    """Tables of the project among the files opened."""
    return {p for p in map(Path, opened) if p.suffix in (".csv", ".yml") and p.is_relative_to(ROOT / "data")}


@pytest.mark.parametrize(
    "code", ["pts-2025", "un-members", "untc-2026", "untc-2015", "cia-factbook-editions", "igo-design"]
)
def test_all_that_a_loader_imports_and_opens_counts(raw_root: Path, code: str) -> None:
    """Held against what really happens while the source is read."""
    source = register()[code]
    part = reading.part_of(source)

    found = watched(EXTRACT, code, raw_root)

    modules = {m for m in found["modules"] if parts.lies_in(m, reading.ROOMS)}
    assert f"loaders.{source.loader}" in modules
    assert modules - {m for m in modules if parts.lies_in(m, reading.WITHOUT)} <= set(part.modules)
    counted = {*part.files(reading.DATA, reading.LOOKUPS), *(ROOT / "data" / name for name in reading.SHARED)}
    assert tables(found["opened"])
    assert tables(found["opened"]) <= counted


def test_all_that_a_build_imports_opens_and_asks_counts(tmp_path: Path) -> None:
    """Held against what really happens while the real facts are built; of what is left out, nothing runs."""
    found = watched(MAKE, ROOT / "data" / "snapshot", tmp_path)
    part = fingerprint.part()

    used = {m for m in found["modules"] if not parts.lies_in(m, fingerprint.WITHOUT)}
    assert used <= set(part.modules)
    assert tables(found["opened"]) <= {*fingerprint.tables(part), ROOT / "data" / "sources.yml"}
    assert {"score-years", "parties", "score-span"} <= set(found["asked"])
    assert set(found["asked"]) <= {query.name for query in fingerprint.queries(part)}


def built(project: Path, home: Path) -> str:
    code = "from kb.cli import main; main()"
    done = run(project, code, "build", "--only-open", "--snapshot", project / "data" / "snapshot", HRKB_HOME=str(home))
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1].split(" version")[0].strip(":")


def test_hrkb_build_is_up_to_date_after_a_change_of_commands_pages_and_words_and_builds_after_one_of_scores(
    tmp_path: Path,
) -> None:
    project, home = copied(tmp_path / "project"), tmp_path / "home"
    said = [built(project, home), built(project, home)]
    for file, change in (
        ("kb/cli/make/build.py", with_statement),
        ("ui/view/page.py", with_statement),
        ("kb/scores/percentile.py", replaced("Mid-rank percentiles", "Percentiles")),
    ):
        path = project / file
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
        said.append(built(project, home))
    path = project / "kb/scores/percentile.py"
    path.write_text(path.read_text(encoding="utf-8").replace("[place] - 0.5", "[place] - 0.4"), encoding="utf-8")
    said.append(built(project, home))

    assert said == ["Built", *["Up to date"] * 4, "Built"]


#: Refreshes the small sources of a desk, and says which were read.
REFRESH = """
import json, sys
from pathlib import Path
from kb.refresh import run
from refreshing import Desk
read, extract = [], run.extract
def watched(source, *given, **more):
    read.append(source.code)
    return extract(source, *given, **more)
run.extract = watched
desk = Desk(Path(sys.argv[1]))
result = desk.refresh()
print(json.dumps([sorted(read), result.run.outcome]))
"""


def test_a_refresh_reads_again_only_the_source_whose_loader_or_lookups_changed(tmp_path: Path) -> None:
    project = copied(tmp_path / "project")
    desk = new_desk(tmp_path / "desk")

    def refreshed() -> list[str]:
        done = run(project, REFRESH, desk.root)
        assert done.returncode == 0, done.stderr
        read: list[str] = json.loads(done.stdout.splitlines()[-1])[0]
        return read

    def changed(file: str, change: Callable[[str], str]) -> None:
        path = project / file
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")

    assert len(refreshed()) == 5
    assert refreshed() == []
    changed("loaders/institutions/human_rights_council.py", with_statement)
    assert refreshed() == [COUNCIL]
    assert refreshed() == []
    changed("data/lookups/igo_events_added.csv", replaced("Greece withdrew", "It withdrew"))
    assert refreshed() == ["io-events"]
    changed("kb/load/raw.py", replaced("Reading raw files", "How to read raw files"))
    assert refreshed() == []
