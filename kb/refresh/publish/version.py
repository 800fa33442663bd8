"""From accepted facts to a graph that readers see: a new generation of facts, and a new version of the graph."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kb import files
from kb.errors import CheckError
from kb.graph import make
from kb.graph.make import Plan, Progress
from kb.refresh.publish.generation import Good, fill
from kb.versions.push import bring_up_to_date


@dataclass(frozen=True)
class Published:
    """The generation and the version that are current now, None where every source was refused; and the refused."""

    generation: str | None
    version: str | None
    refused: dict[str, str]


@dataclass(frozen=True)
class Publishing:
    """Publishes under ``home``; ``folder`` is a workspace beside the generations."""

    home: Path
    good: Good
    folder: Path
    only_open: bool

    def publish(self, run: str, accepted: Mapping[str, Path], tell: Progress) -> Published:
        """Build a graph with the accepted facts and make it current.

        Where it fails a check with several new sources, they are tried one after the other, so that one bad source does
        not keep out the others. Raises :class:`kb.errors.HrkbError` for anything but a failed check.
        """
        try:
            return self._whole(run, accepted, {}, tell)
        except CheckError as error:
            if len(accepted) == 1:
                return Published(None, None, dict.fromkeys(accepted, error.problem))
        taken: dict[str, Path] = {}
        refused: dict[str, str] = {}
        published = Published(None, None, refused)
        for code, path in accepted.items():
            try:
                published = self._whole(run, {**taken, code: path}, refused, tell)
                taken[code] = path
            except CheckError as error:
                refused[code] = error.problem
        return published

    def _whole(self, run: str, accepted: Mapping[str, Path], refused: dict[str, str], tell: Progress) -> Published:
        facts = self.folder / "facts"
        shutil.rmtree(facts, ignore_errors=True)
        fill(facts, self.good, accepted)
        version, _ = make.build(Plan(facts, self.home, self.only_open), tell)
        bring_up_to_date(version, tell)
        lasting = files.put(facts, self.good.places.generations / run)
        return Published(lasting.name, version.name, refused)
