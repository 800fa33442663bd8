"""How old a source's figures are, and whether its publisher should have newer ones by now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from kb.refresh.judge.compare import last_day

#: Longest age, in days, that each cadence of the register explains. "Every few years" is read as five.
CADENCES = {"daily": 1, "weekly": 7, "monthly": 31, "quarterly": 92, "yearly": 366, "every few years": 1827}
#: Cadences of sources that will not be continued.
ENDED = ("dated file", "closed", "none")
Status = Literal["current", "stale", "ended", "no cadence"]


@dataclass(frozen=True)
class Freshness:
    """``days`` since the last day that the data speak of, at least 0, None where that day is unknown.

    ``current``: not older than the cadence; ``stale``: older; ``ended``: no newer edition is to be expected;
    ``no cadence``: its publisher names none.
    """

    days: int | None
    status: Status


def freshness(as_of: str, cadence: str, today: dt.date) -> Freshness:
    """How fresh a source is. ``as_of`` is a day, month or year; a year counts to its end."""
    day = last_day(as_of)
    days = None if day is None else max((today - day).days, 0)
    if cadence in ENDED:
        return Freshness(days, "ended")
    if days is None or cadence not in CADENCES:
        return Freshness(days, "no cadence")
    return Freshness(days, "stale" if days > CADENCES[cadence] else "current")
