"""What the readers of statements, withdrawals and objections share: one RUD, and what becomes of a block without one."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from loaders.treaties.untc.page import articles


@dataclass
class Statement:
    """One RUD. ``states`` are those that made it, the printed one first.

    ``holed`` says that the page shows that parts were taken out, ``printed`` that the section (not an end note alone)
    holds it, ``named`` are articles that only a note on it names.
    """

    treaty: str
    states: tuple[str, ...]
    kind: str
    kind_basis: str
    stage: str
    day: dt.date | None
    date_basis: str
    line: int
    texts: list[str] = field(default_factory=list)
    named: tuple[str, ...] = ()
    holed: bool = False
    printed: bool = True
    withdrawn_on: dt.date | None = None
    partly_withdrawn_on: dt.date | None = None
    id: str = ""

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles of the treaty that it names, or that the note on its withdrawal says it named."""
        return self.named or articles.named("\n".join(self.texts), self.treaty)

    @property
    def words(self) -> int:
        """The length of the statement in words, without headings of its kind."""
        return sum(len(re.findall(r"\w[\w'’-]*", text)) for text in self.texts)

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(re.findall(r"reservation|understanding|declaration", self.kind))

    @property
    def bound(self) -> bool:
        """Whether it was made when the state became bound, and not on signature or later."""
        return self.stage in BINDING


@dataclass(frozen=True)
class Empty:
    """A block that holds no statement, and the named rule by which it is left out."""

    line: int
    rule: str


@dataclass(frozen=True)
class Unclear:
    """What a person should look at: why, and of whom."""

    line: int
    reason: str
    value: str


Record = Statement | Empty | Unclear
#: The stages at which a state becomes bound.
BINDING = frozenset({"ratification", "accession", "succession"})
