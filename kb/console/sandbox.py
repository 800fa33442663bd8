"""Processes that run ad-hoc queries (:mod:`kb.console.sandboxed`): started, kept warm, killed at the deadline."""

from __future__ import annotations

import atexit
import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

from kb.errors import EngineError
from kb.settings import ROOT

#: Seconds to open the graph, and beyond a query's own time until its process is killed.
_OPEN, _GRACE = 60.0, 0.2
#: Processes at work at the same time; a further question waits for one of them.
_MOST = 4


@cache
def _starter() -> ThreadPoolExecutor:
    """One thread that lives as long as we do.

    On Linux the end of the thread that started a process is the death of its parent, on which ours ends; and a page of the
    app is drawn by a thread that ends with it.
    """
    return ThreadPoolExecutor(1, "starts processes for ad-hoc queries")


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    """The command at work, with nothing of our environment; it ends with us, not with the thread that asks."""

    def begin() -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env={"PATH": os.defpath, "LANG": "C.UTF-8"},
            close_fds=True,
        )

    return _starter().submit(begin).result()


class Timeout(Exception):
    """The process did not answer in time and was killed."""


class Confined:
    """One process on one graph. Not for two threads at once."""

    def __init__(self, graph: Path) -> None:
        self.graph = graph
        self._process = _start([sys.executable, "-E", "-s", "-m", "kb.console.sandboxed", str(graph.resolve())])
        try:
            self._line(time.monotonic() + _OPEN)
        except (Timeout, EngineError) as error:
            self.kill()
            raise EngineError(
                f"the process for ad-hoc queries could not open {graph}", "build the graph again with `hrkb build`"
            ) from error

    def ask(self, query: str, parameters: Mapping[str, Any], limit: int, seconds: float) -> dict[str, Any]:
        """Columns, rows and ``truncated``, or ``error``. Raises :class:`Timeout`; the process is dead then."""
        request = {"query": query, "parameters": dict(parameters), "limit": limit, "seconds": seconds}
        line = json.dumps(request).encode() + b"\n"
        deadline = time.monotonic() + seconds + _GRACE
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line)
            self._process.stdin.flush()
        except OSError as error:
            self.kill()
            raise EngineError("the process for ad-hoc queries is gone", "ask again: a new one is started") from error
        answer: dict[str, Any] = json.loads(self._line(deadline))
        return answer

    def _line(self, deadline: float) -> bytes:
        """One line from the process; kills it where the line is not there at the deadline."""
        assert self._process.stdout is not None
        pipe = self._process.stdout.fileno()
        pieces: list[bytes] = []
        while not (pieces and pieces[-1].endswith(b"\n")):
            ready, _, _ = select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                self.kill()
                raise Timeout
            piece = os.read(pipe, 1 << 20)
            if not piece:
                self.kill()
                raise EngineError(
                    "the query needed more memory or time than a query may use, and its process was ended",
                    "ask for less: add conditions or a LIMIT before collecting",
                )
            pieces.append(piece)
        return b"".join(pieces)

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> None:
        """End the process at once and take its pipes back."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe and not pipe.closed:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue  # a request that was never read; the process is dead, nothing is lost


class Pool:
    """Warm processes, at most four at work; one whose graph is no longer the current one is let go."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._room = threading.BoundedSemaphore(_MOST)
        self._idle: list[Confined] = []
        atexit.register(self.close)

    def ask(self, graph: Path, query: str, parameters: Mapping[str, Any], limit: int, seconds: float) -> dict[str, Any]:
        """As :meth:`Confined.ask`, in a process of its own."""
        if not self._room.acquire(timeout=seconds):
            raise EngineError(f"{_MOST} other queries are running", "wait until one of them is done, then ask again")
        try:
            process = self._take(graph)
            answer = process.ask(query, parameters, limit, seconds)
            with self._lock:
                self._idle.append(process)
            return answer
        finally:
            self._room.release()

    def _take(self, graph: Path) -> Confined:
        with self._lock:
            stale = [p for p in self._idle if p.graph != graph or not p.alive]
            self._idle = [p for p in self._idle if p not in stale]
            found = self._idle.pop() if self._idle else None
        for process in stale:
            process.kill()
        return found or Confined(graph)

    def close(self) -> None:
        """End all idle processes."""
        with self._lock:
            idle, self._idle = self._idle, []
        for process in idle:
            process.kill()
