"""The server's jars: fetched by Maven once and kept in ``.neo4j/``."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from kb import files
from kb.errors import EngineError
from kb.settings import ROOT

POM = Path(__file__).resolve().parent / "pom.xml"
CACHE = ROOT / ".neo4j"
#: Both have to be there: a folder of an earlier pom holds the server alone.
_NEEDED = ("neo4j-server-*.jar", "neo4j-browser-*.jar")
#: Seconds for Maven to fetch 130 MB.
_FETCH = 900


def version() -> str:
    """The server's version, from the one place that names it."""
    found = re.search(r"<neo4j\.version>([\d.]+)<", POM.read_text(encoding="utf-8"))
    assert found, "pom.xml names no version"
    return found[1]


def _complete(folder: Path) -> bool:
    return all(any(folder.glob(pattern)) for pattern in _NEEDED)


def missing() -> str:
    """What is not there and has to be: Java, or Maven to fetch the jars; empty where nothing is."""
    if not shutil.which("java"):
        return "Java 17"
    return "" if shutil.which("mvn") or _complete(CACHE / f"lib-{version()}") else "Maven"


def available() -> bool:
    """Is there what the server needs: Java, and Maven or the jars?"""
    return not missing()


def jars() -> Path:
    """The folder with the server's jars, fetched by Maven where they are not there yet. Raises :class:`EngineError`."""
    folder = CACHE / f"lib-{version()}"
    if _complete(folder):
        return folder
    # Beside its final place first: a fetch that was cut off must not look like a complete one.
    with files.workspace(CACHE) as place:
        fresh = place / "lib"
        command = ["mvn", "-q", "-B", "-f", str(POM), "dependency:copy-dependencies", "-DincludeScope=runtime"]
        done = subprocess.run(
            [*command, f"-DoutputDirectory={fresh}"], check=False, capture_output=True, text=True, timeout=_FETCH
        )
        if done.returncode or not _complete(fresh):
            said = (done.stdout + done.stderr).strip()[-1000:]
            raise EngineError(
                f"Maven could not fetch the Neo4j server:\n{said}",
                "is Maven Central within reach? Then run the command again",
            )
        return files.put(fresh, folder)
