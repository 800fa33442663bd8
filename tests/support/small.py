"""A small snapshot and the commands run on it, for tests that build graphs, break them and stop builds midway."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import termios
from pathlib import Path

from kb.facts.snapshot import SNAPSHOT

#: Open sources that make a graph without the minimum counts of the whole: they are not asked of ``--only-open``.
SOURCES = ("cow-states", "gw-states", "country-codes", "human-rights-council")


def snapshot(folder: Path) -> Path:
    """A snapshot of few sources, copied so that a test may damage it."""
    for source in SOURCES:
        shutil.copytree(SNAPSHOT / source, folder / source, copy_function=shutil.copyfile)
    return folder


def start(home: Path, *arguments: object) -> subprocess.Popen[str]:
    """``hrkb`` as a user starts it, in a session of its own so that a signal reaches nobody else."""
    environment = {k: v for k, v in os.environ.items() if k != "NEO4J_URI"} | {"HRKB_HOME": str(home)}
    command = [sys.executable, "-c", "from kb.cli import main; main()", *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command, env=environment, stdout=pipe, stderr=pipe, text=True, start_new_session=True, preexec_fn=_heed_ctrl_c
    )


def _heed_ctrl_c() -> None:
    """A shell has what it runs in the background ignore Ctrl-C, and that is inherited: a user's command does not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def hrkb(home: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """``hrkb`` run to its end."""
    process = start(home, *arguments)
    out, errors = process.communicate(timeout=300)
    return subprocess.CompletedProcess(process.args, process.returncode, out, errors)


def on_terminal(home: Path, *arguments: object, columns: int) -> str:
    """What ``hrkb`` prints on a terminal that is so many columns wide."""
    ours, theirs = os.openpty()
    termios.tcsetwinsize(theirs, (50, columns))
    command = [sys.executable, "-c", "from kb.cli import main; main()", *map(str, arguments)]
    environment = {k: v for k, v in os.environ.items() if k not in ("NEO4J_URI", "COLUMNS")} | {"TERM": "dumb"}
    process = subprocess.Popen(command, env={**environment, "HRKB_HOME": str(home)}, stdout=theirs)
    os.close(theirs)
    printed = b""
    with contextlib.suppress(OSError), os.fdopen(ours, "rb", buffering=0) as terminal:  # its end is an error on Linux
        while piece := terminal.read(65536):
            printed += piece
    process.wait()
    return printed.decode().replace("\r\n", "\n")


def children(process: subprocess.Popen[str]) -> list[int]:
    """The processes at work for a command, by their ids; a zombie works no more."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (folder / "stat").read_text().rsplit(")", 1)[1].split()[:2]
            works = b"spawn_main" in (folder / "cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended while we looked
        if int(parent) == process.pid and works and state != "Z":
            found.append(int(folder.name))
    return found


def alive(identity: int) -> bool:
    try:
        return Path(f"/proc/{identity}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
