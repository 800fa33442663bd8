"""Start and stop a hardened Neo4j community server on this machine's loopback address.

``python -m tests.neo4j_server.server`` (``make neo4j``) starts one, loads the current graph, prints how to connect, and
stops it on Ctrl-C. The jars come from Maven Central once and are kept in ``.neo4j/``; Java 17 and Maven are needed.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kb.engines.neo4j import Address, Neo4jEngine
from kb.engines.neo4j_load import load
from kb.engines.tables import read_tables
from kb.errors import EngineError
from kb.home import current

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CACHE = ROOT / ".neo4j"
CONFIGURATION = ROOT / "deploy" / "neo4j.conf"
#: Packages of the Java library that Neo4j's page cache reaches into.
_OPENS = [f"--add-opens=java.base/{p}=ALL-UNNAMED" for p in ("java.nio", "java.io", "java.lang", "sun.nio.ch")]
#: Seconds: for Maven to fetch 116 MB, for the server to answer, for it to stop before it is killed.
_FETCH, _START, _STOP = 900, 120, 30


@dataclass(frozen=True)
class Server:
    """A running server: its address, its folder, its process."""

    address: Address
    folder: Path
    process: subprocess.Popen[bytes]


def available() -> bool:
    """Is there what the server needs: Java, and Maven or the jars?"""
    return bool(shutil.which("java")) and (bool(shutil.which("mvn")) or any(CACHE.glob("lib-*/neo4j-server-*.jar")))


def version() -> str:
    """The server's version, from the one place that names it."""
    found = re.search(r"<neo4j\.version>([\d.]+)<", (HERE / "pom.xml").read_text(encoding="utf-8"))
    assert found, "pom.xml names no version"
    return found[1]


def jars() -> Path:
    """The folder with the server's jars, fetched by Maven where they are not there yet."""
    folder = CACHE / f"lib-{version()}"
    if not any(folder.glob("neo4j-server-*.jar")):
        CACHE.mkdir(exist_ok=True)
        # Beside its final place first: a fetch that was cut off must not look like a complete one.
        fresh = Path(tempfile.mkdtemp(dir=CACHE))
        command = ["mvn", "-q", "-B", "-f", str(HERE / "pom.xml"), "dependency:copy-dependencies"]
        subprocess.run(
            [*command, "-DincludeScope=runtime", f"-DoutputDirectory={fresh}"], check=True, timeout=_FETCH, text=True
        )
        shutil.rmtree(folder, ignore_errors=True)
        fresh.rename(folder)
    return folder


@contextmanager
def running(folder: Path | None = None) -> Iterator[Server]:
    """A server for the time of a ``with`` block, empty unless ``folder`` holds the data of an earlier one."""
    home = folder or Path(tempfile.mkdtemp(prefix="hrkb-neo4j-"))
    address = prepare(home)
    try:
        server = start(home, address)
        try:
            yield server
        finally:
            stop(server)
    finally:
        if folder is None:
            shutil.rmtree(home, ignore_errors=True)


def prepare(home: Path) -> Address:
    """Lay out the server's folder: configuration, a free port, and a password made up on the spot."""
    for name in ("conf", "data", "logs", "plugins", "import", "run"):
        (home / name).mkdir(parents=True, exist_ok=True)
    port = _free_port()
    lines = [
        CONFIGURATION.read_text(encoding="utf-8"),
        "server.default_listen_address=127.0.0.1",
        "server.bolt.enabled=true",
        f"server.bolt.listen_address=127.0.0.1:{port}",
        f"server.bolt.advertised_address=127.0.0.1:{port}",
    ]
    (home / "conf" / "neo4j.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")
    secret = home / "conf" / "password"
    if not secret.exists():
        password = secrets.token_hex(18)  # no hyphen at its beginning, which would make it an option
        admin(home, "dbms", "set-initial-password", password)
        secret.touch(mode=0o600)
        secret.write_text(password, encoding="utf-8")
    return Address(f"bolt://127.0.0.1:{port}", password=secret.read_text(encoding="utf-8"))


def admin(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``neo4j-admin`` on a server that is stopped."""
    command = ["java", *_OPENS, "-Xmx1g", "-cp", f"{jars()}/*", "org.neo4j.cli.AdminTool", *arguments]
    return subprocess.run(
        command, cwd=home, env=_environment(home), check=True, capture_output=True, text=True, timeout=600
    )


def start(home: Path, address: Address) -> Server:
    """Start the server and wait until it answers. Raises :class:`EngineError` with the end of its log where it does not."""
    command = ["java", *_OPENS, "-Xms1g", "-Xmx1g", "-XX:+UseG1GC", "-cp", f"{jars()}/*"]
    command += ["org.neo4j.server.CommunityEntryPoint", f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
    with (home / "logs" / "console.log").open("ab") as log:
        process = subprocess.Popen(
            command, env=_environment(home), stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    server = Server(address, home, process)
    deadline = time.monotonic() + _START
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(EngineError):
            Neo4jEngine(address).close()
            return server
        time.sleep(0.3)
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


def _environment(home: Path) -> dict[str, str]:
    keep = {name: os.environ[name] for name in ("PATH", "JAVA_HOME", "LANG") if name in os.environ}
    return {**keep, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> None:
    """Keep a server with the current graph, its data in ``.neo4j/home``, until Ctrl-C."""
    home = CACHE / "home"
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a plain kill stops the server as Ctrl-C does
    with running(home) as server:
        with current().open() as embedded, Neo4jEngine(server.address) as engine:
            print(
                "Loading the graph; the first time takes a few minutes, later only what changed is written", flush=True
            )
            change = load(engine, dict(read_tables(embedded)), embedded.data_version)
            print(f"{change.written:,} nodes and relationships written, {change.removed:,} removed", flush=True)
        print(f"NEO4J_URI={server.address.uri} NEO4J_PASSWORD_FILE={home / 'conf' / 'password'}", flush=True)
        print("Set these two in another terminal and run any hrkb command. Ctrl-C stops the server.", flush=True)
        with suppress(KeyboardInterrupt):
            signal.pause()


if __name__ == "__main__":
    main()
