"""The 18 core instruments, their bodies and the articles that matter to their procedures: ``data/lookups/untc_*.csv``."""

from __future__ import annotations

from functools import cache
from typing import Annotated, ClassVar, Literal

from kb.load import lookups
from kb.load.lookups import Line, Text


class Body(Line, frozen=True):
    """A committee that watches treaties."""

    key: ClassVar[tuple[str, ...]] = ("code",)
    code: Text
    name: Text


BODIES = {body.code: body.name for body in lookups.read("untc_bodies.csv", Body)}


class Instrument(Line, frozen=True):
    """What the pages do not say of themselves: code, file, kind, subject, body that watches it, parent, last article.

    ``opened`` says where the year of opening for signature is read: the page's ``remark``, the date of its
    ``conclusion`` (opened the day it was adopted or concluded), or the first ``signature`` (opened with a ceremony that
    the page does not mention).
    """

    key: ClassVar[tuple[str, ...]] = ("code",)
    code: Text
    file: Text
    kind: Literal["covenant", "convention", "protocol"]
    issue_area: Text
    body: Annotated[str, lookups.one_of(BODIES, "body of untc_bodies.csv")]
    opened: Literal["remark", "conclusion", "signature"]
    protocol_to: str = ""
    core: bool
    last_article: int


INSTRUMENTS = lookups.read("untc_instruments.csv", Instrument)
#: Number of the last article of each treaty.
LAST_ARTICLE = {instrument.code: instrument.last_article for instrument in INSTRUMENTS}
Treaty = Annotated[str, lookups.one_of(LAST_ARTICLE, "instrument of untc_instruments.csv")]
Role = Literal[
    "allows excluding the inquiry",
    "ground of a statement",
    "allows no derogation",
    "allows no derogation, this part",
]


class _Article(Line, frozen=True):
    """An article that plays a part beyond what it says of rights."""

    key: ClassVar[tuple[str, ...]] = ("treaty", "article", "means")
    treaty: Treaty
    article: Text
    means: Role


@cache
def articles(treaty: str, means: Role) -> frozenset[str]:
    """The articles of a treaty that play this part."""
    lines = lookups.read("untc_articles.csv", _Article)
    return frozenset(line.article for line in lines if line.treaty == treaty and line.means == means)
