"""The program that runs ad-hoc queries on the embedded engine: a process that has given its rights away.

It opens the graph read-only, then takes from itself the right to open any further file, to write, to grow beyond a
fixed memory and to outlive its parent. It reads one JSON request per line and answers with one JSON line. It knows no
environment variable and no secret. :mod:`kb.console` starts it and kills it at the deadline.
"""

from __future__ import annotations

import ctypes
import datetime as dt
import decimal
import json
import math
import os
import resource
import signal
import sys
from collections.abc import Mapping
from typing import Any

import kuzu

#: Bytes: cached pages; room for everything else the engine needs; the largest answer.
_BUFFER, _ROOM, LARGEST = 512 << 20, 1 << 30, 16 << 20
#: The engine reserves this much address space for a graph, not memory.
_SPACE = 1 << 33
_THREADS = 2
#: The one key of a map that stands for a day in a request.
DAY = "$day"
#: Milliseconds that the engine gets less than the deadline, so that it can still say that it was the time.
_EARLY = 100
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38


def main() -> None:
    """Serve requests from standard input until it closes. The one argument is the graph's file."""
    database = kuzu.Database(
        sys.argv[1], read_only=True, buffer_pool_size=_BUFFER, max_db_size=_SPACE, max_num_threads=_THREADS
    )
    connection: Any = kuzu.Connection(database, num_threads=_THREADS)
    connection.execute("RETURN 1").get_all()  # everything the engine opens on first use is open now
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever the engine might print does not mix with the answers
    give_up_rights()
    answers.write("ready\n")
    answers.flush()
    for line in sys.stdin:
        answers.write(json.dumps(answer(connection, json.loads(line)), allow_nan=False) + "\n")
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


def answer(connection: Any, request: Mapping[str, Any]) -> dict[str, Any]:
    """The columns and rows of a request's query, ``truncated`` where rows or bytes ran over; or the engine's error."""
    seconds = float(request["seconds"])
    spent = resource.getrusage(resource.RUSAGE_SELF)
    budget = int(spent.ru_utime + spent.ru_stime + seconds * _THREADS) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (budget, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    connection.set_query_timeout(max(1, int(seconds * 1000) - _EARLY))
    try:
        result = connection.execute(request["query"], {n: _received(v) for n, v in request["parameters"].items()})
        rows: list[Any] = []
        size = 0
        while result.has_next() and len(rows) < request["limit"] and size < LARGEST:
            rows.append([jsonable(value) for value in result.get_next()])
            size += len(json.dumps(rows[-1]))
        return {"columns": result.get_column_names(), "rows": rows, "truncated": result.has_next()}
    except (RuntimeError, MemoryError, ValueError, TypeError, OverflowError) as error:
        return {"error": str(error) or type(error).__name__}


def _received(value: Any) -> Any:
    """A parameter as :mod:`kb.console` sent it: days come as maps of their own kind."""
    if isinstance(value, list):
        return [_received(item) for item in value]
    return dt.date.fromisoformat(value[DAY]) if isinstance(value, dict) and value.keys() == {DAY} else value


def jsonable(value: Any) -> Any:
    """A value of the engine as JSON: nodes, edges and paths as tagged dictionaries, days and times as ISO text."""
    if isinstance(value, dict):
        return _structure(value)
    if isinstance(value, list | tuple):
        return [jsonable(item) for item in value]
    if isinstance(value, decimal.Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if value is None or isinstance(value, str | int | bool):
        return value
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


def _structure(value: dict[str, Any]) -> dict[str, Any]:
    if value.keys() == {"_nodes", "_rels"}:
        nodes, edges = value["_nodes"], value["_rels"]
        return {"kind": "path", "nodes": [jsonable(n) for n in nodes], "edges": [jsonable(e) for e in edges]}
    if not isinstance(value.get("_id"), dict) or "_label" not in value:
        return {key: jsonable(item) for key, item in value.items()}
    stated = {k: jsonable(v) for k, v in value.items() if v is not None and k not in ("_id", "_label", "_src", "_dst")}
    if "_src" in value:
        ends = {"start": _identity(value["_src"]), "end": _identity(value["_dst"])}
        return {"kind": "edge", "id": _identity(value["_id"]), "type": value["_label"], **ends, "properties": stated}
    return {"kind": "node", "id": _identity(value["_id"]), "label": value["_label"], "properties": stated}


def _identity(value: Mapping[str, int]) -> str:
    return f"{value['table']}:{value['offset']}"


if __name__ == "__main__":
    main()
