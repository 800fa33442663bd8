"""When each participant of a status page signed and when it became bound: what undated statements are dated by."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kb.load import names
from kb.load.rows import Unusable
from loaders.treaties.untc.page.sections import Page
from loaders.treaties.untc.participation.participants import dated

_STAGES = {"a": "accession", "d": "succession"}


@dataclass(frozen=True)
class Acts:
    """The day of signature, the day the state became bound, and the stage that a statement made then belongs to."""

    signed_on: dt.date | None = None
    bound_on: dt.date | None = None
    stage: str = "unstated"


def by_state(page: Page) -> dict[str, Acts]:
    """The acts of each participant by its code. A row that cannot be read is left to the participation to report."""
    found: dict[str, Acts] = {}
    for row in page.participants:
        try:
            state = names.by_name(row.participant)
            signed = dated(row.cells[0], "signature")[0] if row.cells[0] else None
            bound, letter = dated(row.cells[1], "action") if row.cells[1] else (None, "")
        except Unusable:
            continue
        found[state] = Acts(signed, bound, _STAGES.get(letter, "ratification") if bound else "unstated")
    return found
