"""The program that runs ad-hoc queries on the embedded engine: a process that has given its rights away.

It opens the graph read-only, then takes from itself the right to open any further file, to write, to grow beyond a
fixed memory and to outlive its parent. It reads one JSON request per line and answers with one JSON line. It knows no
environment variable and no secret. :mod:`kb.console.console` starts it and kills it at the deadline.
"""

from __future__ import annotations

import ctypes
import datetime as dt
import json
import math
import os
import resource
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kb.engines.embedded.engine import EmbeddedEngine
from kb.errors import HrkbError

#: What the engine may take; bytes: room for everything else, the largest answer.
_MEMORY, _ROOM, LARGEST = "512MB", 2 << 30, 16 << 20
_THREADS = 2
#: Seconds that the engine gets less than the deadline, so that it can still say that it was the time.
_EARLY = 0.1
#: The one key of a map that stands for a day in a request.
DAY = "$day"
#: Rows that become Python at a time.
_BATCH = 500
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38


def main() -> None:
    """Serve requests from standard input until it closes. The one argument is the graph's file."""
    engine = EmbeddedEngine(Path(sys.argv[1]), threads=_THREADS, memory=_MEMORY)
    engine.rows("MATCH (s:State) RETURN count(s.name) AS n")  # everything the engine opens on first use is open now
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever the engine might print does not mix with the answers
    give_up_rights()
    answers.write("ready\n")
    answers.flush()
    for line in sys.stdin:
        answers.write(json.dumps(answer(engine, json.loads(line)), allow_nan=False) + "\n")
        answers.flush()


def give_up_rights() -> None:
    """No new file, no written byte, no core dump, a fixed memory; and the end of the parent is ours too."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - before files are closed to us
            used = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + _ROOM, used + _ROOM))
    for limit in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE, resource.RLIMIT_NOFILE):
        resource.setrlimit(limit, (0, 0))


def answer(engine: EmbeddedEngine, request: Mapping[str, Any]) -> dict[str, Any]:
    """The columns and rows of a request's query, ``truncated`` where rows or bytes ran over; or the engine's error."""
    seconds = float(request["seconds"])
    spent = resource.getrusage(resource.RUSAGE_SELF)
    budget = int(spent.ru_utime + spent.ru_stime + seconds * _THREADS) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (budget, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    given = {name: _received(value) for name, value in request["parameters"].items()}
    try:
        with engine.stream(request["query"], given, size=_BATCH, timeout=max(0.05, seconds - _EARLY)) as found:
            rows: list[Any] = []
            size = 0
            for batch in found.batches:
                for row in batch:
                    if len(rows) == request["limit"] or size >= LARGEST:
                        return {"columns": found.columns, "rows": rows, "truncated": True}
                    rows.append([jsonable(value) for value in row])
                    size += len(json.dumps(rows[-1]))
            return {"columns": found.columns, "rows": rows, "truncated": False}
    except HrkbError as error:
        return {"error": error.problem}
    except (MemoryError, ValueError, TypeError, OverflowError) as error:
        return {"error": str(error) or type(error).__name__}


def _received(value: Any) -> Any:
    """A parameter as :mod:`kb.console.console` sent it: days come as maps of their own kind."""
    if isinstance(value, list):
        return [_received(item) for item in value]
    return dt.date.fromisoformat(value[DAY]) if isinstance(value, dict) and value.keys() == {DAY} else value


def jsonable(value: Any) -> Any:
    """A value of the engine as JSON: days and times as ISO text, numbers that JSON lacks as text."""
    if isinstance(value, dict):
        return {name: jsonable(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [jsonable(item) for item in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if value is None or isinstance(value, str | int | bool):
        return value
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


if __name__ == "__main__":
    main()
