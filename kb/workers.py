"""Work in processes of their own: they end when we end, and their death is an error with a reason, never an endless wait."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator
from multiprocessing import connection, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from kb.errors import EngineError, HrkbError

#: Called by the work to say how far it is; what it says is up to the work.
Tell = Callable[..., None]
#: A function of a module: one item and a way to tell in, a result out; all of them can be pickled.
Work = Callable[[Any, Tell], Any]


def run(work: Work, items: Iterable[Any], tell: Tell, *, processes: int = 1) -> Iterator[Any]:
    """The result of ``work`` for every item, in the order in which they are done, by at most so many processes.

    Raises the :class:`HrkbError` of the first item that fails, or :class:`EngineError` where a process is killed or the
    work breaks. However this ends, by an error, by Ctrl-C, by a reader who wants no more, no process stays behind.
    """
    waiting = list(items)[::-1]
    busy: dict[Connection, SpawnProcess] = {}
    try:
        for _ in range(min(processes, len(waiting))):
            pipe, process = _start(work)
            busy[pipe] = process
            pipe.send(waiting.pop())
        while busy:
            for pipe in [ready for ready in connection.wait(list(busy)) if isinstance(ready, Connection)]:
                kind, content = _receive(pipe, busy[pipe])
                if kind == "progress":
                    tell(*content)
                    continue
                yield content
                if waiting:
                    pipe.send(waiting.pop())
                else:
                    _end(pipe, busy.pop(pipe))
    finally:
        for pipe, process in busy.items():
            _end(pipe, process)


def _start(work: Work) -> tuple[Connection, SpawnProcess]:
    """A process that serves one end of a pipe, and the other end."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(work, there), daemon=True)
    # Started now, for where a process's start begins the tracker it lets Ctrl-C through again, to the process too.
    resource_tracker.ensure_running()
    # The process inherits what its starter blocks: Ctrl-C never reaches it, we decide what it means.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    there.close()
    return here, process


def _receive(pipe: Connection, process: SpawnProcess) -> tuple[str, Any]:
    """The next message of a process: its progress or its result. Raises what it failed with."""
    try:
        kind, content = pipe.recv()
    except (EOFError, ConnectionError):
        process.join()
        raise EngineError(
            f"a process at work ended with code {process.exitcode}",
            "was it killed, or is the disk or the memory full? `hrkb doctor` looks; then start again",
        ) from None
    if kind == "failed":
        raise content
    return kind, content


def _end(pipe: Connection, process: SpawnProcess) -> None:
    process.kill()
    process.join()
    pipe.close()


def _serve(work: Work, pipe: Connection) -> None:
    """Do one item after the other until the pipe closes."""
    threading.Thread(target=_end_with_parent, daemon=True).start()

    def tell(*content: Any) -> None:
        pipe.send(("progress", content))

    while True:
        try:
            item = pipe.recv()
        except EOFError:
            return
        pipe.send(_attempt(work, item, tell))


def _attempt(work: Work, item: Any, tell: Tell) -> tuple[str, Any]:
    try:
        return "done", work(item, tell)
    except HrkbError as error:
        return "failed", error
    except OSError as error:
        return "failed", EngineError(f"the work could not go on: {error}", "free the disk and start again")
    except Exception:
        text = "the work failed by a fault of the program:\n" + traceback.format_exc()
        return "failed", EngineError(text, "report this with the text above")


def _end_with_parent() -> None:
    """Wait for the end of the process that started this one, however it comes, and end too."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    connection.wait([parent.sentinel])
    os._exit(1)
