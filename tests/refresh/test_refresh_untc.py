"""The depositary's pages, fetched from a publisher that serves the real ones, unpacked as the site does."""

from __future__ import annotations

import datetime as dt
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import publisher as publishers
import pytest
from publisher import Publisher, file, status

from kb.facts.snapshot import SNAPSHOT, read_source
from kb.load.extract import extract
from kb.load.register import Source, source
from kb.refresh.fetch.http import Manners
from kb.refresh.judge import compare
from kb.refresh.run import Request, Result, refresh

pytestmark = pytest.mark.long

UNTC = source("untc-2026")
NOW = dt.datetime(2026, 3, 1, 3, 30, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Site:
    """The pages by path, and the register's entry with their local addresses."""

    publisher: Publisher
    entry: Source

    def refresh(self, home: Path, **more: bool) -> Result:
        request = Request(
            home, (UNTC.code,), dry_run=True, sources={UNTC.code: self.entry}, manners=Manners(attempts=1), **more
        )
        return refresh(request, lambda stage, done, total: None, NOW)


@pytest.fixture
def site(raw_root: Path) -> Iterator[Site]:
    assert UNTC.fetch is not None
    with publishers.running() as running:
        files = {}
        for name in UNTC.fetch.files:
            path = f"/{Path(name).stem}"
            files[name] = running.url(path)
            page = gzip.decompress((raw_root / UNTC.raw / name).read_bytes())
            running.answers[path] = file(page, type="text/html; charset=utf-8", etag=f'"{name}"')
        fetch = UNTC.fetch.model_copy(update={"files": files, "pause_seconds": 0})
        yield Site(running, UNTC.model_copy(update={"fetch": fetch}))


def test_every_page_is_fetched_and_says_what_the_snapshot_says_and_its_texts(site: Site, tmp_path: Path) -> None:
    result = site.refresh(tmp_path)

    (load,) = result.run.loads
    assert (load.outcome, load.as_of) == ("loaded", "2026-02-03")  # the texts are new: nothing shipped has them
    assert (load.added, load.changed, load.removed) == (0, 0, 0)
    assert len(load.addresses) == 18


def test_texts_are_read_on_request_only(raw_root: Path) -> None:
    with_texts, _ = extract(UNTC, raw_root, with_texts=True)
    shipped = read_source(SNAPSHOT / UNTC.code)

    assert with_texts.tables["RUD"]["text"].null_count < with_texts.tables["RUD"].num_rows / 10
    assert shipped.tables["RUD"]["text"].null_count == shipped.tables["RUD"].num_rows
    assert [c for c in compare.changes(shipped, with_texts) if c.properties] == []


def test_one_page_that_is_missing_keeps_all_the_others_back(site: Site, tmp_path: Path) -> None:
    site.publisher.answers["/cat.html"] = status(404)

    (load,) = site.refresh(tmp_path).run.loads

    assert load.outcome == "failed"
    assert "/cat.html answers with status 404" in load.reason


def test_a_page_of_the_site_that_is_not_the_treatys_is_refused(site: Site, tmp_path: Path) -> None:
    site.publisher.answers["/cat.html"] = file(b"<html><body>Please try again later</body></html>", type="text/html")

    (load,) = site.refresh(tmp_path).run.loads

    assert load.outcome == "failed"
    assert "a login or an error page" in load.reason
