"""Start and stop a hardened Neo4j Community server on this machine's loopback address."""

from __future__ import annotations

import ctypes
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kb import files
from kb.engines.neo4j.address import Address
from kb.engines.neo4j.engine import Neo4jEngine
from kb.errors import EngineError
from kb.neo4j_local import settings
from kb.neo4j_local.jars import jars
from kb.neo4j_local.settings import HOST, Ports

#: Packages of the Java library that Neo4j's page cache reaches into.
_OPENS = [f"--add-opens=java.base/{p}=ALL-UNNAMED" for p in ("java.nio", "java.io", "java.lang", "sun.nio.ch")]
_MAIN = "org.neo4j.server.CommunityEntryPoint"
#: Seconds: for the server to answer, for it to stop before it is killed, for a command of neo4j-admin.
_START, _STOP, _ADMIN = 120, 30, 600
_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


@dataclass(frozen=True)
class Server:
    """A running server: its address, its folder, its process."""

    address: Address
    folder: Path
    process: subprocess.Popen[bytes]


@contextmanager
def running(folder: Path | None = None) -> Iterator[Server]:
    """A server for the time of a ``with`` block, empty unless ``folder`` holds the data of an earlier one."""
    home = folder or Path(tempfile.mkdtemp(prefix="hrkb-neo4j-"))
    try:
        server = start(home, prepare(home))
        try:
            yield server
        finally:
            stop(server)
    finally:
        if folder is None:
            shutil.rmtree(home, ignore_errors=True)


def password_file(home: Path) -> Path:
    """Where the password of the server in this folder is kept."""
    return home / "conf" / "password"


def prepare(home: Path, ports: Ports | None = None, *, gds: bool = False) -> Address:
    """Lay out the server's folder: configuration, ports (a free one without), and a password made up the first time.

    Raises :class:`EngineError` where a port is taken.
    """
    for name in ("conf", "data", "logs", "plugins", "import", "run"):
        (home / name).mkdir(parents=True, exist_ok=True)
    ports = ports or Ports.free()
    ports.need_free()
    settings.write(home / "conf" / "neo4j.conf", settings.local(ports, gds=gds))
    secret = password_file(home)
    if not secret.exists():
        password = secrets.token_hex(18)  # no hyphen at its beginning, which would make it an option
        admin(home, "dbms", "set-initial-password", password)
        files.write(secret, password, mode=0o600)
    return Address(f"bolt://{HOST}:{ports.bolt}", password=secret.read_text(encoding="utf-8"))


def admin(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``neo4j-admin`` on a server that is stopped. Raises :class:`EngineError` with the end of what it said."""
    command = ["java", *_OPENS, "-Xmx1g", "-cp", f"{jars()}/*", "org.neo4j.cli.AdminTool", *arguments]
    done = subprocess.run(
        command, cwd=home, env=_environment(home), check=False, capture_output=True, text=True, timeout=_ADMIN
    )
    if done.returncode:
        said = (done.stdout + done.stderr).strip()[-1500:]
        raise EngineError(
            f"neo4j-admin {' '.join(arguments[:2])} failed:\n{said}", f"is the disk of {home} full? Else remove {home}"
        )
    return done


def start(home: Path, address: Address) -> Server:
    """Start the server and wait until it answers. Raises :class:`EngineError` with the end of its log where it does not."""
    command = ["java", *_OPENS, "-Xms1g", "-Xmx1g", "-XX:+UseG1GC", "-cp", f"{jars()}/*:{home / 'plugins'}/*"]
    command += [_MAIN, f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
    with (home / "logs" / "console.log").open("wb") as log:
        process = subprocess.Popen(
            command,
            env=_environment(home),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_end_with_us if sys.platform == "linux" else None,
        )
    files.write(_pid_file(home), json.dumps({"pid": process.pid}))
    server = Server(address, home, process)
    try:
        deadline = time.monotonic() + _START
        while time.monotonic() < deadline and process.poll() is None:
            with suppress(EngineError):
                Neo4jEngine(address).close()
                return server
            time.sleep(0.3)
    except BaseException:
        stop(server)
        raise
    stop(server)
    log_end = (home / "logs" / "console.log").read_text(encoding="utf-8", errors="replace")[-2000:]
    raise EngineError(f"the Neo4j server did not start:\n{log_end}", "is there 1.5 GB of free memory, and Java 17?")


def stop(server: Server) -> None:
    """Stop the server by its own process id; kill it where it does not stop in time."""
    server.process.terminate()
    try:
        server.process.wait(_STOP)
    except subprocess.TimeoutExpired:
        server.process.kill()
        server.process.wait()
    _pid_file(server.folder).unlink(missing_ok=True)


def pid_in(home: Path) -> int | None:
    """The process id that the last start in this folder noted; the process may have ended since."""
    try:
        return int(json.loads(_pid_file(home).read_text(encoding="utf-8"))["pid"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_server(pid: int, home: Path) -> bool:
    """Is this process a server in this folder? Numbers are given anew, so the command is looked at too."""
    asked = subprocess.run(
        ["ps", "-ww", "-o", "stat=,args=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    state, _, command = asked.stdout.strip().partition(" ")
    return not state.startswith("Z") and _MAIN in command and f"--home-dir={home} " in command


def stop_orphan(home: Path) -> int | None:
    """Stop the server that a killed run left behind in this folder. Returns its process id, or None: there was none.

    Call it only while no other run has the folder. A process that has taken the number meanwhile is left alone.
    """
    pid = pid_in(home)
    found = pid if pid and is_server(pid, home) else None
    if found:
        os.kill(found, signal.SIGTERM)
        deadline = time.monotonic() + _STOP
        while is_server(found, home):
            if time.monotonic() > deadline:
                os.kill(found, signal.SIGKILL)
            time.sleep(0.2)
    _pid_file(home).unlink(missing_ok=True)
    return found


def _pid_file(home: Path) -> Path:
    return home / "run" / "server.json"


def _end_with_us() -> None:
    # In the child, before Java: when whoever started the server is killed, the kernel stops the server too.
    ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGTERM)


def _environment(home: Path) -> dict[str, str]:
    keep = {name: os.environ[name] for name in ("PATH", "JAVA_HOME", "LANG") if name in os.environ}
    return {**keep, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
