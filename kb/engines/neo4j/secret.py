"""Make up the password of a deployment's database, once: ``python -m kb.engines.neo4j.secret FOLDER``.

Writes ``neo4j_password`` for the project's own services and ``neo4j_auth`` (``neo4j/<password>``) for the Neo4j image. Both stay
as they are once they exist, so that starting again changes nothing.
"""

from __future__ import annotations

import secrets
import sys
from pathlib import Path

from kb import files


def make(folder: Path) -> None:
    """Write the two files; readable by all in the volume that only the deployment's services see."""
    password = folder / "neo4j_password"
    if not password.exists():
        # The image hands it to neo4j-admin, to which a hyphen at the beginning would be an option.
        files.write(password, secrets.token_hex(24), mode=0o444)
    files.write(folder / "neo4j_auth", "neo4j/" + password.read_text(encoding="utf-8"), mode=0o444)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
