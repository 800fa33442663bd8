"""Asking a publisher for a file: politely, with limits, and again where the fault may pass."""

from __future__ import annotations

import datetime as dt
import email.utils
import logging
import random
import time
import urllib.robotparser
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from urllib.parse import urlsplit, urlunsplit

import httpx

from kb.errors import FetchError
from kb.load.register import Fetch
from kb.refresh.fetch.answers import Limits, unpacked
from kb.settings import settings

log = logging.getLogger(__name__)
#: Answers that may be another one a little later.
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
#: Who asks; :func:`identification` adds the version and whom to write to.
AGENT = "hrkb"


@dataclass(frozen=True)
class Manners:
    """How often and how long: ``attempts`` per file, seconds for everything else."""

    attempts: int = 4
    backoff: float = 2.0
    longest_wait: float = 120.0
    connect: float = 10.0
    read: float = 30.0
    sleep: Callable[[float], None] = field(default=time.sleep, repr=False)

    def wait(self, attempt: int) -> float:
        """Seconds before the next attempt: doubled every time, with half of it by chance, so that many do not ask at once."""
        return min(self.longest_wait, self.backoff * 2.0**attempt) * random.uniform(0.5, 1.0)


@dataclass(frozen=True)
class Received:
    """An answer: its status (200 or 304), headers, content, and the address it came from after redirects."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    address: str


class _Passing(Exception):
    """A fault that may pass; ``wait`` is what the publisher asks for, in seconds."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


def identification() -> str:
    """Our User-Agent: name, version, and the address in ``HRKB_CONTACT`` where the operator gives one."""
    contact = settings().hrkb_contact
    return f"{AGENT}/{version('hrkb')}" + (f" ({contact})" if contact else "")


def shown(address: str) -> str:
    """An address without user, password and query, for logs and records."""
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


class Publisher:
    """Asks for the files of one source. Use it as a context manager."""

    def __init__(self, fetch: Fetch, manners: Manners) -> None:
        self.fetch, self.manners = fetch, manners
        self._robots: dict[str, urllib.robotparser.RobotFileParser] = {}
        self._asked = False
        self._client = httpx.Client(
            headers={"User-Agent": identification(), "Accept-Encoding": "gzip, identity"},
            follow_redirects=True,
            max_redirects=5,
            timeout=httpx.Timeout(manners.read, connect=manners.connect),
        )

    def __enter__(self) -> Publisher:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get(self, address: str, validators: Mapping[str, str]) -> Received:
        """The file at ``address``, or status 304 where ``validators`` (If-None-Match ...) still hold.

        Raises :class:`FetchError`: refused, forbidden by robots.txt, too large, too slow, or failing at every attempt.
        """
        self._need_permission(address)
        return self._persistently(address, validators)

    def _persistently(self, address: str, validators: Mapping[str, str]) -> Received:
        reason = ""
        for attempt in range(self.manners.attempts):
            try:
                return self._once(address, validators)
            except (_Passing, httpx.TransportError) as fault:
                reason = str(fault) or type(fault).__name__
                asked = fault.wait if isinstance(fault, _Passing) else None
                if asked is not None and asked > self.manners.longest_wait:
                    raise FetchError(f"{shown(address)} asks us to wait {asked:.0f} s", "refresh again later") from None
                wait = self.manners.wait(attempt) if asked is None else asked
                log.warning("attempt %d at %s: %s", attempt + 1, shown(address), reason)
                if attempt + 1 < self.manners.attempts:
                    self.manners.sleep(wait)
            except (httpx.HTTPError, httpx.InvalidURL) as fault:
                raise FetchError(f"{shown(address)} cannot be read: {fault}", "look at the address") from fault
        raise FetchError(
            f"{shown(address)} failed {self.manners.attempts} times, last: {reason}",
            "the last good facts stay; the next refresh tries again",
        )

    def _once(self, address: str, validators: Mapping[str, str]) -> Received:
        if self._asked:
            self.manners.sleep(self.fetch.pause_seconds)
        self._asked = True
        deadline = time.monotonic() + self.fetch.max_seconds
        with self._client.stream("GET", address, headers=dict(validators)) as response:
            self._check_status(response, address)
            content = b"" if response.status_code == 304 else self._content(response, deadline)
            return Received(response.status_code, dict(response.headers), content, str(response.url))

    def _check_status(self, response: httpx.Response, address: str) -> None:
        status = response.status_code
        if status in _PASSING:
            raise _Passing(f"status {status}", retry_after(response.headers.get("Retry-After")))
        if status not in (200, 304):
            raise FetchError(
                f"{shown(address)} answers with status {status}",
                "if the publisher moved the file, mend its address in data/sources.yml",
            )
        if address.startswith("https:") and response.url.scheme != "https":
            raise FetchError(f"{shown(address)} leads to an address that is not https", "mend data/sources.yml")

    def _content(self, response: httpx.Response, deadline: float) -> bytes:
        limits = Limits(shown(str(response.url)), self.fetch.max_mb * 1_000_000)
        encoding = response.headers.get("Content-Encoding", "identity").lower()
        chunks = self._in_time(response, deadline)
        if encoding in ("gzip", "x-gzip"):
            return unpacked(chunks, limits)
        if encoding not in ("identity", ""):
            raise FetchError(
                f"{limits.address} packs its answer as {encoding}, which we did not ask for", "report this"
            )
        return b"".join(limits.add(chunk) for chunk in chunks)

    def _in_time(self, response: httpx.Response, deadline: float) -> Iterator[bytes]:
        for chunk in response.iter_raw():
            if time.monotonic() > deadline:
                raise FetchError(
                    f"{shown(str(response.url))} took longer than {self.fetch.max_seconds:.0f} s",
                    "the next refresh tries again; raise max_seconds in data/sources.yml if the file is large",
                )
            yield chunk

    def _need_permission(self, address: str) -> None:
        """Raises :class:`FetchError` where the host's robots.txt keeps us out (RFC 9309: none there means free)."""
        parts = urlsplit(address)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._robots:
            rules = urllib.robotparser.RobotFileParser()
            try:
                rules.parse(
                    self._persistently(f"{host}/robots.txt", {}).content.decode("utf-8", "replace").splitlines()
                )
            except FetchError as refusal:
                if "status 4" not in refusal.problem:
                    raise
                rules.parse([])
            self._robots[host] = rules
        if not self._robots[host].can_fetch(AGENT, address):
            raise FetchError(f"{shown(host)} asks programs not to fetch {parts.path}", "get the file by hand: --from")


def retry_after(value: str | None) -> float | None:
    """Seconds to wait by a Retry-After header: a number, or a date; None where it is neither."""
    if not value:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        when = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (when - dt.datetime.now(dt.UTC)).total_seconds())
