"""The changes as an Atom feed (RFC 4287): one entry per run and source, newest first."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree import ElementTree

from kb import files
from kb.load.register import Source
from kb.refresh.places import Places
from kb.refresh.record import history
from kb.refresh.record.history import Load, Run

#: Entries in the feed, and changed facts named in one entry.
ENTRIES, FACTS = 100, 50
_SPACE = "http://www.w3.org/2005/Atom"
_NAME = "Human-rights regime: changes"


def write(places: Places, sources: Mapping[str, Source]) -> None:
    """Write ``changes.atom`` anew. Raises :class:`kb.errors.HrkbError`."""
    files.write(places.feed, atom(places, sources))


def atom(places: Places, sources: Mapping[str, Source]) -> bytes:
    """The feed as XML."""
    ElementTree.register_namespace("", _SPACE)
    feed = ElementTree.Element(f"{{{_SPACE}}}feed")
    all_runs = list(history.runs(places))
    _add(feed, "id", _urn("feed"))
    _add(feed, "title", _NAME)
    _add(feed, "updated", all_runs[-1].finished if all_runs else "1970-01-01T00:00:00+00:00")
    _add(_add(feed, "author"), "name", "hrkb")
    told = [(run, load) for run in reversed(all_runs) for load in run.loads if load.outcome in ("loaded", "rejected")]
    lines = _lines(places, {run.id for run, _ in told[:ENTRIES]})
    for run, load in told[:ENTRIES]:
        _entry(feed, run, load, sources, lines.get((run.id, load.source), []))
    ElementTree.indent(feed)
    return bytes(ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)) + b"\n"


def _entry(feed: ElementTree.Element, run: Run, load: Load, sources: Mapping[str, Source], lines: list[str]) -> None:
    entry = _add(feed, "entry")
    name = sources[load.source].name if load.source in sources else load.source
    what = f"{load.added} added, {load.changed} changed, {load.removed} removed"
    _add(entry, "id", _urn(f"{run.id}/{load.source}"))
    _add(entry, "title", f"{name}: {what if load.outcome == 'loaded' else 'rejected'}")
    _add(entry, "updated", run.finished)
    if load.source in sources:
        _add(entry, "link").set("href", sources[load.source].url)
    shown = lines[:FACTS] + ([f"and {len(lines) - FACTS} more"] if len(lines) > FACTS else [])
    text = "\n".join([load.reason] if load.outcome == "rejected" else shown)
    _add(entry, "content", text).set("type", "text")


def _lines(places: Places, runs: Iterable[str]) -> dict[tuple[str, str], list[str]]:
    wanted = set(runs)
    found: dict[tuple[str, str], list[str]] = {}
    for row in history.changes(places).to_pylist():
        if row["run"] in wanted:
            found.setdefault((row["run"], row["source"]), []).append(line(row))
    return found


def line(row: Mapping[str, Any]) -> str:
    """One change in words: ``event: added RATIFIED MEX -> CPED (2026-10-02)``."""
    ends = row["start"] if row["end"] is None else f"{row['start']} -> {row['end']}"
    when = f" ({row['date']})" if row["date"] else ""
    value = f": {row['property']} {row['old']} -> {row['new']}" if row["property"] else ""
    return f"{row['nature']}: {row['kind']} {row['table']} {ends}{when}{value}"


def _add(parent: ElementTree.Element, name: str, text: str | None = None) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, f"{{{_SPACE}}}{name}")
    child.text = text
    return child


def _urn(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"urn:hrkb:{name}").urn
