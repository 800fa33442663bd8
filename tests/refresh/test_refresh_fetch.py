"""Fetching from a publisher that misbehaves in every way: a file comes whole, or the known one stays."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
from collections.abc import Iterator
from pathlib import Path

import fixture_facts
import publisher as publishers
import pytest
from publisher import Publisher, cut, drip, file, status

from kb.errors import FetchError, UsageError
from kb.load import register
from kb.load.register import Fetch, Source
from kb.refresh.fetch import files as fetching
from kb.refresh.fetch.files import Edition, fetch
from kb.refresh.fetch.http import Manners, retry_after
from kb.refresh.places import Places

NAME = "unhrc_terms_2006_2027.csv"
NOW = dt.datetime(2026, 3, 1, 3, 30, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=1)


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishers.running() as running:
        yield running


@pytest.fixture
def terms() -> bytes:
    """The small file of the Human Rights Council's terms."""
    return (fixture_facts.RAW / register.source("human-rights-council").raw / NAME).read_bytes()


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path)


class Clock:
    """Sleeps in no time, and keeps how long it was asked to."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def source(publisher: Publisher, **limits: object) -> Source:
    """The real entry, with the local publisher's address."""
    given = {"pause_seconds": 0, "files": {NAME: publisher.url("/terms.csv")}, **limits}
    return register.source("human-rights-council").model_copy(update={"fetch": Fetch.model_validate(given)})


def get(
    publisher: Publisher,
    places: Places,
    clock: Clock,
    now: dt.datetime = NOW,
    read: float = Manners.read,
    **limits: object,
) -> Edition:
    return fetch(source(publisher, **limits), places, Manners(attempts=3, sleep=clock, read=read), now)


def test_an_answer_is_kept_as_it_came_with_its_digest(
    publisher: Publisher, places: Places, clock: Clock, terms: bytes
) -> None:
    publisher.answers["/terms.csv"] = file(terms, etag='"1"', Last_Modified="Sun, 01 Feb 2026 00:00:00 GMT")

    edition = get(publisher, places, clock)

    assert (edition.folder / NAME).read_bytes() == terms
    answer = edition.answers[NAME]
    assert answer.sha256 == hashlib.sha256(terms).hexdigest()
    assert (answer.etag, answer.retrieved) == ('"1"', "2026-03-01T03:30:00+00:00")
    assert edition.folder.name.startswith("2026-03-01")


def test_we_say_who_asks_and_whom_to_write_to(
    publisher: Publisher, places: Places, clock: Clock, terms: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRKB_CONTACT", "mailto:desk@example.org")
    publisher.answers["/terms.csv"] = file(terms)

    get(publisher, places, clock)

    assert all(h["user-agent"].startswith("hrkb/") for _, h in publisher.asked)
    assert all("mailto:desk@example.org" in h["user-agent"] for _, h in publisher.asked)


def test_not_modified_keeps_the_known_edition(publisher: Publisher, places: Places, clock: Clock, terms: bytes) -> None:
    publisher.answers["/terms.csv"] = file(terms, etag='"1"')
    first = get(publisher, places, clock)

    second = get(publisher, places, clock, LATER)

    assert second == first
    assert publisher.asked[-1][1]["if-none-match"] == '"1"'


def test_the_same_bytes_without_a_tag_are_no_new_edition(
    publisher: Publisher, places: Places, clock: Clock, terms: bytes
) -> None:
    publisher.answers["/terms.csv"] = file(terms)

    assert get(publisher, places, clock) == get(publisher, places, clock, LATER)


def test_changed_bytes_are_a_new_edition_beside_the_old(
    publisher: Publisher, places: Places, clock: Clock, terms: bytes
) -> None:
    publisher.answers["/terms.csv"] = [file(terms), file(terms + b"\n")]

    first, second = get(publisher, places, clock), get(publisher, places, clock, LATER)

    assert (first.folder / NAME).read_bytes() == terms
    assert (second.folder / NAME).read_bytes() == terms + b"\n"


def test_a_clock_gone_back_does_not_hide_the_newest_edition(
    publisher: Publisher, places: Places, clock: Clock, terms: bytes
) -> None:
    publisher.answers["/terms.csv"] = [file(terms), file(terms + b"\n"), file(terms + b"\n\n")]
    get(publisher, places, clock)

    for _ in range(2):
        latest = get(publisher, places, clock, NOW - dt.timedelta(days=900))

        assert fetching.newest(places, "human-rights-council") == latest


def test_a_publisher_that_asks_to_wait_is_given_the_time(
    publisher: Publisher, places: Places, clock: Clock, terms: bytes
) -> None:
    publisher.answers["/terms.csv"] = [status(429, Retry_After="7"), file(terms)]

    get(publisher, places, clock)

    assert 7.0 in clock.slept


def test_a_publisher_that_asks_to_wait_for_an_hour_is_asked_another_time(
    publisher: Publisher, places: Places, clock: Clock
) -> None:
    publisher.answers["/terms.csv"] = status(429, Retry_After="3600")

    with pytest.raises(FetchError, match="wait 3600 s"):
        get(publisher, places, clock)

    assert publisher.times("/terms.csv") == 1


def test_passing_faults_are_tried_again_after_growing_waits(
    publisher: Publisher, places: Places, clock: Clock, terms: bytes
) -> None:
    publisher.answers["/terms.csv"] = [status(500), status(503), file(terms)]

    edition = get(publisher, places, clock)

    assert (edition.folder / NAME).read_bytes() == terms
    first, second = [s for s in clock.slept if s]
    assert 1.0 <= first <= 2.0 <= second <= 4.0


def test_a_redirect_is_followed(publisher: Publisher, places: Places, clock: Clock, terms: bytes) -> None:
    publisher.answers["/terms.csv"] = status(301, Location="/new/terms.csv")
    publisher.answers["/new/terms.csv"] = file(terms)

    edition = get(publisher, places, clock)

    assert edition.answers[NAME].came_from == publisher.url("/new/terms.csv")


FAULTS = {
    "not found": (lambda body: status(404), "status 404"),
    "forbidden": (lambda body: status(403), "status 403"),
    "server errors": (lambda body: status(500), "failed 3 times, last: status 500"),
    "a ring of redirects": (lambda body: status(302, Location="/terms.csv"), "redirect"),
    "cut": (lambda body: cut(body, 2000), "failed 3 times"),
    "longer than it says": (lambda body: status(200, body, Content_Length=str(len(body) + 9)), "failed 3 times"),
    "wrong type": (lambda body: file(body, type="text/html; charset=utf-8"), "a web page in place of"),
    "a login page": (lambda body: file(b"\n <!DOCTYPE html><html>Please log in</html>"), "a web page in place of"),
    "empty": (lambda body: file(b""), "an empty file"),
    "blank": (lambda body: file(b"\xef\xbb\xbf \r\n"), "an empty file"),
    "packed in a way we did not ask for": (lambda body: file(body, Content_Encoding="br"), "packs its answer as br"),
    "a damaged stream": (lambda body: file(b"no gzip", Content_Encoding="gzip"), "damaged gzip"),
    "a cut stream": (lambda body: file(gzip.compress(body)[:-20], Content_Encoding="gzip"), "that is cut"),
    "a gzip bomb": (
        lambda body: file(gzip.compress(bytes(30_000_000)), Content_Encoding="gzip"),
        "more than the 1 MB allowed",
    ),
    "a packed bomb as the file": (lambda body: file(gzip.compress(bytes(30_000_000))), "more than the 1 MB allowed"),
    "too large": (lambda body: file(bytes(1_000_001)), "more than the 1 MB allowed"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_answer_is_refused_and_the_known_edition_stays(
    fault: str, publisher: Publisher, places: Places, clock: Clock, terms: bytes
) -> None:
    make, said = FAULTS[fault]
    publisher.answers["/terms.csv"] = file(terms)
    known = get(publisher, places, clock)
    publisher.answers["/terms.csv"] = make(terms)

    # Where bytes are promised that never come, each attempt waits as long as we have patience.
    read = 1.0 if fault == "longer than it says" else Manners.read
    with pytest.raises(FetchError, match=said):
        get(publisher, places, clock, LATER, read, max_mb=1)

    assert fetching.newest(places, "human-rights-council") == known
    assert (known.folder / NAME).read_bytes() == terms
    assert [p.name for p in places.raw("human-rights-council").iterdir()] == [known.folder.name]


def test_a_slow_drip_is_given_up_at_the_time_limit(
    publisher: Publisher, places: Places, clock: Clock, terms: bytes
) -> None:
    publisher.answers["/terms.csv"] = drip(terms, 0.05)

    with pytest.raises(FetchError, match="took longer than"):
        get(publisher, places, clock, max_seconds=0.3)


def test_a_host_that_is_not_there_is_an_error_with_a_remedy(places: Places, clock: Clock) -> None:
    with publishers.running() as gone:
        address = gone

    with pytest.raises(FetchError, match="failed 3 times") as error:
        get(address, places, clock)

    assert "last good facts stay" in error.value.remedy


def test_a_page_without_the_text_it_should_hold_is_refused(publisher: Publisher, places: Places, clock: Clock) -> None:
    entry = source(publisher, holds="tblgrid", files={"html/cat.html.gz": publisher.url("/cat")})
    publisher.answers["/cat"] = file(b"<html><body>The service is down</body></html>", type="text/html")

    with pytest.raises(FetchError, match="without 'tblgrid'"):
        fetch(entry, places, Manners(attempts=1, sleep=clock), NOW)


def test_all_files_of_a_source_come_or_none_is_kept(
    publisher: Publisher, places: Places, clock: Clock, terms: bytes
) -> None:
    files = {NAME: publisher.url("/terms.csv"), "other.csv": publisher.url("/missing.csv")}
    publisher.answers["/terms.csv"] = file(terms)

    with pytest.raises(FetchError, match=r"missing\.csv"):
        get(publisher, places, clock, files=files)

    assert fetching.newest(places, "human-rights-council") is None


def test_one_changed_file_comes_beside_the_unchanged_ones(
    publisher: Publisher, places: Places, clock: Clock, terms: bytes
) -> None:
    files = {NAME: publisher.url("/terms.csv"), "other.csv": publisher.url("/other.csv")}
    publisher.answers["/terms.csv"] = file(terms, etag='"1"')
    publisher.answers["/other.csv"] = [file(b"a,b\n1,2\n"), file(b"a,b\n1,3\n")]
    get(publisher, places, clock, files=files)

    edition = get(publisher, places, clock, LATER, files=files)

    assert (edition.folder / NAME).read_bytes() == terms
    assert (edition.folder / "other.csv").read_bytes() == b"a,b\n1,3\n"


def test_a_file_kept_packed_has_the_same_bytes_every_time(
    publisher: Publisher, places: Places, clock: Clock, terms: bytes
) -> None:
    files = {NAME + ".gz": publisher.url("/terms.csv")}
    publisher.answers["/terms.csv"] = file(terms)

    first = get(publisher, places, clock, files=files)
    second = get(publisher, places, clock, LATER, files=files)

    assert first == second
    assert gzip.decompress((first.folder / (NAME + ".gz")).read_bytes()) == terms


def test_a_host_that_asks_programs_to_stay_away_is_left_alone(
    publisher: Publisher, places: Places, clock: Clock, terms: bytes
) -> None:
    publisher.answers["/robots.txt"] = status(200, b"User-agent: *\nDisallow: /terms.csv\n", Content_Type="text/plain")
    publisher.answers["/terms.csv"] = file(terms)

    with pytest.raises(FetchError, match="asks programs not to fetch"):
        get(publisher, places, clock)

    assert publisher.times("/terms.csv") == 0


def test_a_dated_file_is_not_fetched(places: Places) -> None:
    with pytest.raises(UsageError, match="only as a dated file"):
        fetch(register.source("hro-ingo"), places, Manners(), NOW)


def test_a_date_to_wait_for_is_understood_and_nonsense_is_not() -> None:
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=60)

    assert retry_after("120") == 120.0
    assert 50 < (retry_after(soon.strftime("%a, %d %b %Y %H:%M:%S GMT")) or 0) <= 60
    assert retry_after("Thu, 01 Jan 1970 00:00:00 GMT") == 0
    assert retry_after("soon") is None
