"""Make up the password of a deployment's database, once: ``python -m kb.engines.neo4j.secret FOLDER``.

Writes ``neo4j_password`` for the project's own services and ``neo4j_auth`` (``neo4j/<password>``) for the Neo4j image. Both stay
as they are once they exist, so that starting again changes nothing.
"""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path


def make(folder: Path) -> None:
    """Write the two files; readable by all in the volume that only the deployment's services see."""
    password = folder / "neo4j_password"
    if not password.exists():
        # The image hands it to neo4j-admin, to which a hyphen at the beginning would be an option.
        _write(password, secrets.token_hex(24))
    _write(folder / "neo4j_auth", "neo4j/" + password.read_text(encoding="utf-8"))


def _write(path: Path, text: str) -> None:
    """Whole or not at all: a start that is cut off leaves no half password."""
    fresh = path.with_suffix(".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.chmod(0o444)
    os.replace(fresh, path)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
