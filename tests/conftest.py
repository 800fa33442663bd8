"""What tests share: where the raw files are, and a loud word where an optional part of the machine is missing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
#: CI sets this: every optional part must be there, and a missing one fails instead of skipping.
REQUIRE_ALL = os.environ.get("HRKB_REQUIRE_ALL") == "1"


def need(present: bool, what: str) -> None:
    """Skip loudly where an optional part is missing, or fail where everything is required."""
    if not present:
        (pytest.fail if REQUIRE_ALL else pytest.skip)(f"{what} is missing: this part of the tests did not run")


@pytest.fixture(scope="session")
def raw_root() -> Path:
    """The folder of raw files as the publishers gave them; ``HRKB_RAW`` or ``../shared/data/raw``."""
    folder = Path(os.environ.get("HRKB_RAW", ROOT.parent / "shared" / "data" / "raw"))
    if not folder.is_dir() and os.environ.get("HRKB_REQUIRE_RAW") != "1":
        pytest.skip(f"the raw files ({folder}) are missing: this part of the tests did not run")
    assert folder.is_dir(), f"{folder} is required"
    return folder
