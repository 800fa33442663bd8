"""The log of an unattended refresh: one JSON object per line, addresses without user, password or query."""

from __future__ import annotations

import datetime as dt
import json
import logging


class JsonLines(logging.Formatter):
    """Time (UTC), level, part of the program and message of each record, as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="seconds"),
            "level": record.levelname.lower(),
            "part": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def to_stderr() -> None:
    """Send the log of the refresh and of its scheduler to standard error.

    The HTTP library's own lines stay out: they would show whole addresses.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    for name in ("kb", "apscheduler"):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(logging.INFO)
        logger.propagate = False
