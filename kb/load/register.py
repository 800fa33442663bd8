"""The register of sources, ``data/sources.yml``: who published what, under which licence, and which loader reads it."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pydantic
import yaml

from kb.errors import InputError, UsageError
from kb.facts.fact import Fact
from kb.load.raw import RawFolder
from kb.model.shape import ModelError
from kb.settings import DATA

REGISTER = DATA / "sources.yml"


class Fetch(pydantic.BaseModel, extra="forbid"):
    """How the refresh gets the files; a source that exists only as a dated file has none."""

    files: dict[str, str] = pydantic.Field(
        default={}, description="file name in the source's folder: address; a name in .gz is packed here if need be"
    )
    every_days: int = pydantic.Field(default=30, ge=1, description="how often to ask")
    max_mb: int = pydantic.Field(default=50, ge=1, description="largest answer, unpacked")
    max_seconds: float = pydantic.Field(default=300.0, gt=0, description="longest time for one file")
    pause_seconds: float = pydantic.Field(default=1.0, ge=0, description="wait between two requests to the publisher")
    holds: str = pydantic.Field(default="", description="text that every good answer holds: a login page does not")


class Bounds(pydantic.BaseModel, extra="forbid"):
    """How far a new load may differ from the last good one before it is rejected."""

    minimum_share: float = pydantic.Field(
        default=0.95, ge=0, le=1, description="of the last good facts, in all and per label or type, that must remain"
    )
    more_quarantined: float = pydantic.Field(
        default=0.02, ge=0, le=1, description="largest growth of the share of rows that are quarantined"
    )
    small_table: int = pydantic.Field(
        default=20, ge=0, description="labels and types with fewer facts than this only warn when they shrink"
    )


class Source(pydantic.BaseModel, extra="forbid"):
    """One entry of the register."""

    code: str
    name: str
    publisher: str
    url: str
    licence: str
    redistributable: Literal["yes", "no", "unstated"]
    citation: str
    coverage: str
    as_of: str
    cadence: str
    precedence: int = pydantic.Field(
        ge=1, description="rank where two sources state the same fact; 1 is believed first"
    )
    loader: str
    raw: str = pydantic.Field(description="folder of the raw files")
    fetch: Fetch | None = None
    bounds: Bounds = Bounds()
    minimum_facts: int = pydantic.Field(default=1, ge=1, description="fewer facts than this and the load is rejected")

    def load(self, raw: RawFolder) -> Iterator[Fact]:
        """Run the source's loader over its raw files.

        Raises :class:`kb.errors.InputError` where a fact made over many rows is not one that the model allows; of a
        single row that is a matter for the quarantine.
        """
        module = importlib.import_module(f"loaders.{self.loader}")
        function: Callable[[RawFolder], Iterator[Fact]] = module.load
        try:
            yield from function(raw)
        except ModelError as fault:
            raise InputError(
                f"{raw.folder}: the rows together give what cannot be: {fault}",
                "get the files again; if they are as they should be, mend the loader",
            ) from fault


def read_register(path: Path = REGISTER) -> dict[str, Source]:
    """All sources by code, best precedence first. Raises :class:`InputError` naming the entry that is wrong."""
    try:
        entries: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise InputError(f"{path} cannot be read: {error}", "mend the file") from error
    sources = []
    for code, entry in entries.items():
        try:
            sources.append(Source(code=code, **entry))
        except (pydantic.ValidationError, TypeError) as error:
            raise InputError(f"{path}, entry {code}: {error}", "mend the entry") from error
    return {s.code: s for s in sorted(sources, key=lambda s: (s.precedence, s.code))}


@cache
def register() -> dict[str, Source]:
    """The project's own register, read once."""
    return read_register()


def source(code: str) -> Source:
    """One source of the register; raises :class:`UsageError` for an unknown code."""
    try:
        return register()[code]
    except KeyError:
        raise UsageError(f"there is no source {code!r}", "`hrkb status` lists the sources") from None
