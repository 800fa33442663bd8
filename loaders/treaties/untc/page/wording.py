"""What the words of a status page say: kinds and stages of statements, days, and the states that a sentence names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from kb.load import names
from kb.load.rows import Unusable, parse_day

_KINDS = ("reservation", "understanding", "declaration")
#: An interpretative declaration or statement is a declaration: the depositary heads it neither as a reservation
#: nor as an understanding.
_KIND_WORDS = {
    "reservation": re.compile(r"(?i)\breserv(?:a|ta)?t?ions?\b|\bservations\b"),
    "understanding": re.compile(r"(?i)\bunderstandings?\b"),
    "declaration": re.compile(r"(?i)\bd[eé]clarations?\b|\bstatements?\b(?! of understanding)|\binterpretative made\b"),
}
_STAGE = re.compile(
    r"(?i)\b(?:up)?on (?:its |the )?(signature|ratification|accession|succession|acceptance|approval|signing)\b"
    r"|(?<=and )(?:confirmed )?(?:upon )?(ratification|accession)\b|\bat the time of (?:its )?(accession|ratification|signature)"
)
_STAGES = {"acceptance": "ratification", "approval": "ratification", "signing": "signature"}

_RIGHT = r"reserves? (?:for [^.]{1,80}? )?(?:to itself )?(?:its|the|their) rights?,? "
#: A state that keeps the right to make a reservation later has not made one yet.
_LATER = re.compile(
    rf"(?i){_RIGHT}[^.]{{0,60}}?to (?:formulate|make|communicate|enter|attach|express)\b"
    r"|\b(?:will|may|intention to) make (?:\w+ ){0,2}reservations?\b"
)
_RESERVES = re.compile(
    rf"(?i){_RIGHT}|\bnot consider (?:itself|themselves) (?:as )?(?:to be )?(?:being )?bound\b|\bnot consider to be bound\b"
    r"|\bnot consider as binding\b|\bnot (?:be|itself) bound by\b|\b(?:is|are) not bound by\b|\bnot bound by the\b"
    r"|\b(?:does|do) not accept\b|\bnot recogni[sz]e the (?:competence|jurisdiction)\b"
    r"|\b(?:makes?|making|enters?|formulates?|maintains?) (?:a |an |the |its |their )?(?:\w+ )?reservations?\b"
    r"|\bexpress(?:es)? (?:a |the |its )?reservations?\b|^\W*reservations? to\b"
    r"|\b(?:with|subject to) (?:a |an |the )?(?:following )?reservations?\b|\breservations? (?:is|are) (?:further )?made\b"
)
_UNDERSTANDS = re.compile(r"(?i)\bunderst(?:ands|ood|anding) (?:that|of|the)\b")
_DECLARES = re.compile(r"(?i)\b(?:declares?|interprets?)\b")
#: How far into a paragraph its kind may be decided: its first words.
_FIRST_WORDS = 320

_DAY = re.compile(r"(\d{1,2}) ?([A-Z][a-z]{2,8}),? ?([1l]\d{3}|20\d\d)\b")
_SHARED = re.compile(r"(?<!\d)(\d{1,2})(?: ([A-Z][a-z]{2,8}))?(?=,? and \d|, \d)")

_STYLE = re.compile(
    r"(?i)^(?:(?:federal|federative|islamic|socialist|democratic socialist|bolivarian|independent|hashemite|plurinational"
    r"|people's|people’s|arab) )*(?:republic|kingdom|state|sultanate|principality|grand duchy|commonwealth|union) of (?:the )?"
)
_LONGEST_NAME = 9


def kinds_in(text: str) -> frozenset[str]:
    """The kinds of statement that a text mentions: reservation, understanding, declaration."""
    return frozenset(kind for kind, pattern in _KIND_WORDS.items() if pattern.search(text))


def combined(kinds: Iterable[str]) -> str:
    """The kinds as the model spells a combination of them; "unstated" where there is none."""
    found = [kind for kind in _KINDS if kind in set(kinds)]
    return ", ".join([*found[:-2], " and ".join(found[-2:])]) if found else "unstated"


def stage_in(text: str) -> str:
    """When a heading says a statement was made, or "". A statement confirmed on ratification counts as made then.

    Vienna Convention on the Law of Treaties, article 23, paragraph 2.
    """
    text = re.sub(r"(?<=\w)- (?=[a-z])", "", text)  # a word that the page breaks: "ratifica- tion"
    found = [str(next(filter(None, m.groups()))).lower() for m in _STAGE.finditer(text)]
    stages = [_STAGES.get(stage, stage) for stage in found]
    later = [stage for stage in stages if stage != "signature"]
    return (later or stages or [""])[-1]


def kind_by_wording(paragraphs: Iterable[str]) -> str:
    """The kind that the first words of an unheaded statement's paragraphs decide, or "unstated"."""
    openings = [p[:_FIRST_WORDS] for p in paragraphs]
    if any(_RESERVES.search(p) and not _LATER.search(p) for p in openings):
        return "reservation"
    first = openings[0] if openings else ""
    if _LATER.search(first):
        return "unstated"
    if _UNDERSTANDS.search(first):
        return "understanding"
    return "declaration" if _DECLARES.search(first) else "unstated"


def day_in(text: str) -> dt.date | None:
    """The first day that a text gives, or None. The page's own slips (14 July1994, 8 August l989) are read as meant."""
    return next(iter(days_in(text)), None)


def days_in(text: str) -> list[dt.date]:
    """The days that a text gives, in order; "8 March 1989, 19 and 20 April 1989" are three."""
    found = [(m.start(), m) for m in _DAY.finditer(text)]
    days: list[tuple[int, dt.date]] = []
    for position, match in found:
        day = _day(match[1], match[2], match[3])
        if day is None:
            continue
        days.append((position, day))
        days += _sharing(text[:position], match, position)
    return [day for _, day in sorted(days)]


def _sharing(before: str, match: re.Match[str], position: int) -> Iterator[tuple[int, dt.date]]:
    """Days before a full one that leave out its month or year: the 19 in "19 and 20 April 1989"."""
    tail = re.search(r"(?:\d{1,2}(?: [A-Z][a-z]{2,8})?(?:, and |, | and ))+$", before)
    for item in _SHARED.finditer(before + match[0], tail.start()) if tail else ():
        day = _day(item[1], item[2] or match[2], match[3])
        if day is not None and item.start() < position:
            yield item.start(), day


def _day(day: str, month: str, year: str) -> dt.date | None:
    for spelling in (month, month[:3]):  # "28 Septembre 2016"
        try:
            return parse_day(f"{day} {spelling} {year.replace('l', '1')}")
        except Unusable:
            continue
    return None


@dataclass(frozen=True)
class Mention:
    """A state that a text names, and where the name stands."""

    start: int
    end: int
    state: str


def states_in(text: str) -> list[Mention]:
    """The states that a text names, in order. Of names that begin at the same word the longest counts."""
    words = list(re.finditer(r"\S+", text.replace("\u2019", "'")))
    found: list[Mention] = []
    place = 0
    while place < len(words):
        for length in range(min(_LONGEST_NAME, len(words) - place), 0, -1):
            phrase = " ".join(w[0] for w in words[place : place + length])
            state = _state(phrase) if phrase[:1].isupper() or phrase.startswith("[the ") else None
            if state:
                found.append(Mention(words[place].start(), words[place + length - 1].end(), state))
                place += length
                break
        else:
            place += 1
    return found


@cache
def _state(phrase: str) -> str | None:
    plain = phrase.strip("[]\"'“”‘,.;:*").removesuffix("'s").removesuffix("'")
    if plain.count("(") != plain.count(")"):
        return None
    for name in (plain, _STYLE.sub("", plain)):
        try:
            return names.by_name(name) if name[:1].isupper() else None
        except Unusable:
            continue
    return None
