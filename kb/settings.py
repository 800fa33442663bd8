"""Where the project's own files are."""

from __future__ import annotations

from pathlib import Path

#: The checkout that this code runs from.
ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
