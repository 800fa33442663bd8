"""Is the refresh doing its work? One line per source that is fetched, and one word for all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kb.load.register import Source
from kb.refresh.places import Places
from kb.refresh.record import history
from kb.refresh.record.history import Known
from kb.versions import home

#: A source counts as late when it was not asked for this many times its own interval.
LATE = 2


@dataclass(frozen=True)
class Health:
    """``status`` is ok, never (not asked yet), late, failed or rejected; times are UTC, ISO 8601."""

    source: str
    status: str
    asked: str
    good_since: str
    reason: str


def health(root: Path, sources: Mapping[str, Source], now: dt.datetime | None = None) -> list[Health]:
    """How each source stands that is fetched, or was refreshed from a folder.

    Raises :class:`kb.errors.GraphMissing` where no graph is current.
    """
    home.current(root)
    known = history.state(Places(root)).sources
    now = now or dt.datetime.now(dt.UTC)
    return [_of(source, known.get(code), now) for code, source in sources.items() if source.fetch or code in known]


def _of(source: Source, known: Known | None, now: dt.datetime) -> Health:
    if known is None:
        return Health(source.code, "never", "", "", "not asked yet")
    last, good = known.last, known.good
    status: str = last.outcome if last.outcome in ("failed", "rejected") else "ok"
    reason = last.reason
    asked = dt.datetime.fromisoformat(last.started)
    if status == "ok" and source.fetch and now - asked > dt.timedelta(days=LATE * source.fetch.every_days):
        status, reason = "late", f"due every {source.fetch.every_days} days"
    return Health(source.code, status, last.started, good.started if good else "", reason)


def exit_code(found: list[Health]) -> int:
    """0 where all is well, 4 where a source was rejected, 8 where one failed, is late or was never asked."""
    statuses = {one.status for one in found}
    if "rejected" in statuses:
        return 4
    return 8 if statuses & {"failed", "late", "never"} else 0
