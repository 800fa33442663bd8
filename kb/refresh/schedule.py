"""Refreshing at a time of day for as long as the process runs."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger

from kb.errors import UsageError

log = logging.getLogger(__name__)
#: Seconds: begin within this time at random, so that many installations do not ask at once; and how late is not too late.
_SPREAD, _LATE = 600, 6 * 3600


def schedule(at: str, refresh: Callable[[], None], *, spread: int = _SPREAD) -> BlockingScheduler:
    """A scheduler that calls ``refresh`` every day at ``at`` (HH:MM, UTC); start it with ``.start()``.

    One run at a time: a run that is still going when the next is due makes that one wait for the day after. A run that
    raises is logged, and the schedule goes on.
    """
    hour, minute = _time(at)
    scheduler = BlockingScheduler(timezone="UTC")
    scheduler.add_listener(_report, EVENT_JOB_ERROR)
    scheduler.add_job(
        refresh,
        CronTrigger(hour=hour, minute=minute, timezone="UTC", jitter=spread),
        id="refresh",
        max_instances=1,
        coalesce=True,
        misfire_grace_time=_LATE,
    )
    return scheduler


def _time(at: str) -> tuple[int, int]:
    found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", at)
    if found is None:
        raise UsageError(f"{at!r} is not a time of day", "write it as HH:MM, UTC, e.g. 03:30")
    return int(found[1]), int(found[2])


def _report(event: JobExecutionEvent) -> None:
    log.error("the scheduled refresh failed: %s", event.exception)
