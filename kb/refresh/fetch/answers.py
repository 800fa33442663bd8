"""Is an answer the file that was asked for? Unpacking with a limit, and the signs of a page in its place."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable

from kb.errors import FetchError
from kb.load.register import Fetch

_GZIP = b"\x1f\x8b"
#: What a file of each kind begins with, after space and a byte order mark; other kinds may begin with anything.
_BEGINNINGS = {".html": (b"<",), ".json": (b"{", b"["), ".xml": (b"<",)}
#: How a page begins; no table does.
_PAGE = (b"<!doctype", b"<html", b"<head", b"<?xml", b"<script")


class Limits:
    """Counts what arrives and what it unpacks to; raises :class:`FetchError` beyond ``most`` bytes."""

    def __init__(self, address: str, most: int) -> None:
        self.address, self.most, self.have = address, most, 0

    def add(self, chunk: bytes) -> bytes:
        self.have += len(chunk)
        if self.have > self.most:
            raise FetchError(
                f"{self.address} sends more than the {self.most / 1e6:.0f} MB allowed for it",
                "look at the address; if the file has grown, raise max_mb of its entry in data/sources.yml",
            )
        return chunk


def unpacked(chunks: Iterable[bytes], limits: Limits) -> bytes:
    """The content of a gzip stream, at most ``limits.most`` bytes of it in memory. Raises :class:`FetchError`."""
    decoder = zlib.decompressobj(wbits=31)
    found = bytearray()
    try:
        for chunk in chunks:
            while chunk:
                found += limits.add(decoder.decompress(chunk, 1 << 16))
                chunk = decoder.unconsumed_tail
        found += limits.add(decoder.flush())
    except zlib.error as error:
        raise FetchError(f"{limits.address} sends a damaged gzip stream: {error}", "try again later") from error
    if not decoder.eof:
        raise FetchError(f"{limits.address} sends a gzip stream that is cut", "try again later")
    return bytes(found)


def as_file(name: str, content: bytes, content_type: str, address: str, fetch: Fetch) -> bytes:
    """The bytes to keep under ``name``, packed the same way every time if the name ends in .gz.

    Raises :class:`FetchError` for an empty answer, a page in place of a table, or one without the text it should hold.
    """
    most = fetch.max_mb * 1_000_000
    plain = unpacked([content], Limits(address, most)) if content.startswith(_GZIP) else content
    _check(name.removesuffix(".gz"), plain, content_type, address, fetch.holds)
    if not name.endswith(".gz"):
        return plain
    return content if content.startswith(_GZIP) else gzip.compress(plain, compresslevel=6, mtime=0)


def _check(name: str, plain: bytes, content_type: str, address: str, holds: str) -> None:
    head = plain[:2048].removeprefix(b"\xef\xbb\xbf").lstrip()
    kind = name[name.rfind(".") :].lower()
    page = head[:64].lower().startswith(_PAGE) or content_type.lower().startswith("text/html")
    expected = _BEGINNINGS.get(kind)
    if not head:
        problem = "an empty file"
    elif page and kind not in (".html", ".xml"):
        problem = f"a web page in place of {name}"
    elif expected and not head.startswith(expected):
        problem = f"something that is not {kind[1:]}"
    elif holds and holds.encode() not in plain:
        problem = f"a page without {holds!r}: a login or an error page"
    else:
        return
    raise FetchError(f"{address} answers with {problem}", "open the address in a browser; the last good facts stay")
