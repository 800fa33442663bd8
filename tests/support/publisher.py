"""A publisher on this machine's loopback address that answers as a test says: well, badly, slowly, or not at all."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Publisher:
    """``answers`` by path; a list is given one after the other, its last again and again. ``asked`` keeps the requests."""

    address: str = ""
    answers: dict[str, Answer | list[Answer]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str) -> str:
        return self.address + path

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append((handler.path, {k.lower(): v for k, v in handler.headers.items()}))
        found = self.answers.get(handler.path, status(404))
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        found(handler)

    def times(self, path: str) -> int:
        return sum(asked == path for asked, _ in self.asked)


@contextmanager
def running() -> Iterator[Publisher]:
    """A publisher for the time of a ``with`` block."""
    publisher = Publisher()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            publisher.answer(self)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the tests look at ``asked``."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    publisher.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield publisher
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def status(code: int, body: bytes = b"", **headers: str) -> Answer:
    """An answer of this status; underscores in the names of headers stand for hyphens."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        if not any(name.lower() == "content_length" for name in headers):
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def file(body: bytes, type: str = "text/csv", etag: str = "", **headers: str) -> Answer:
    """A file that answers 304 to whoever has it already, by its entity tag."""
    tags = {"ETag": etag} if etag else {}

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if etag and handler.headers.get("If-None-Match") == etag:
            status(304)(handler)
        else:
            status(200, body, Content_Type=type, **tags, **headers)(handler)

    return answer


def cut(body: bytes, after: int) -> Answer:
    """The connection ends after so many bytes of the body."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        status(200, body[:after], Content_Type="text/csv", Content_Length=str(len(body)))(handler)
        handler.close_connection = True

    return answer


def drip(body: bytes, seconds: float) -> Answer:
    """A byte at a time, with a pause after each."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        status(200, b"", Content_Type="text/csv", Content_Length=str(len(body)))(handler)
        try:
            for byte in body:
                handler.wfile.write(bytes([byte]))
                handler.wfile.flush()
                time.sleep(seconds)
        except OSError:
            handler.close_connection = True  # the reader lost patience, as it should

    return answer
