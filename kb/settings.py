"""Where the project's own files are, and what the environment says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.environment import Settings

#: The checkout that this code runs from.
ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"


def settings() -> Settings:
    """What the environment says now. Raises :class:`kb.errors.UsageError` naming the variable that cannot be what it says."""
    from kb import environment  # its library: only where something is asked of it, not wherever a path is

    return environment.read()
