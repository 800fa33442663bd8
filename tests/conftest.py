"""What tests share: where the raw files are, and a loud word where an optional part of the machine is missing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from kb.engines.embedded.engine import EmbeddedEngine
from kb.facts.snapshot import SNAPSHOT
from kb.graph.make import Plan, build
from kb.versions.home import Version

#: Tests that are written once and asked of both engines say what they compared, as those in test files do.
pytest.register_assert_rewrite("app_pages", "questions")

# A slow machine is no fault of the code: speed is measured in benchmarks/, never in a test.
settings.register_profile("hrkb", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("hrkb")

ROOT = Path(__file__).resolve().parent.parent
#: CI sets this: every optional part must be there, and a missing one fails instead of skipping.
REQUIRE_ALL = os.environ.get("HRKB_REQUIRE_ALL") == "1"


#: What a test needs of the machine, told by the fixtures that it uses, as a mark (see pyproject.toml).
_NEEDS = {"raw_root": "raw", "empty_server": "server", "full_server": "server", "chromium": "browser"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what each test needs, group what should stay on one worker, and put first what takes longest.

    All tests on a Neo4j server are one group, so that few are started; else each file is one, for the sake of its fixtures.
    ``make test`` has ``--dist loadgroup`` heed that, and hand the groups out in this order.
    """
    for item in items:
        for mark in {_NEEDS[name] for name in getattr(item, "fixturenames", ()) if name in _NEEDS}:
            item.add_marker(mark)
        if not item.get_closest_marker("xdist_group"):
            group = "server" if item.get_closest_marker("server") else str(item.path.relative_to(ROOT))
            item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: [item.get_closest_marker(mark) is None for mark in ("server", "long", "browser")])


def need(present: bool, what: str) -> None:
    """Skip loudly where an optional part is missing, or fail where everything is required."""
    if not present:
        (pytest.fail if REQUIRE_ALL else pytest.skip)(f"{what} is missing: this part of the tests did not run")


@pytest.fixture(scope="session")
def raw_root() -> Path:
    """The folder of raw files as the publishers gave them; ``HRKB_RAW`` or ``../shared/data/raw``."""
    folder = Path(os.environ.get("HRKB_RAW", ROOT.parent / "shared" / "data" / "raw"))
    if not folder.is_dir() and os.environ.get("HRKB_REQUIRE_RAW") != "1":
        pytest.skip(f"the raw files ({folder}) are missing: this part of the tests did not run")
    assert folder.is_dir(), f"{folder} is required"
    return folder


@pytest.fixture(scope="session", params=["small files", "publishers' files"])
def either_root(request: pytest.FixtureRequest) -> Path:
    """A folder of raw files: the small ones of ``tests/fixtures``, then the publishers', which a clone may lack."""
    if request.param == "small files":
        return ROOT / "tests" / "fixtures" / "raw"
    found: Path = request.getfixturevalue("raw_root")
    return found


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Version:
    """The real graph, built once from the shipped snapshot, whatever the number of workers.

    ``HRKB_TEST_HOME`` keeps it between runs.
    """
    folder = Path(os.environ.get("HRKB_TEST_HOME") or _shared(tmp_path_factory) / "home").absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{folder}.lock"):  # whoever comes second finds the graph up to date
        version, _ = build(Plan(SNAPSHOT, folder), lambda stage, done, total: None)
    return version


def _shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run that all its workers share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def graph(built: Version) -> Iterator[EmbeddedEngine]:
    """The real graph, open for reading."""
    with built.open() as engine:
        yield engine


@pytest.fixture
def hrkb_home(built: Version, monkeypatch: pytest.MonkeyPatch) -> Path:
    """``HRKB_HOME`` set to where the real graph is, and no server."""
    root = built.folder.parent.parent
    monkeypatch.setenv("HRKB_HOME", str(root))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    return root
