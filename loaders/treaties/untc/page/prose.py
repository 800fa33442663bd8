"""Days and sentences in the running text of a status page."""

from __future__ import annotations

import datetime as dt
import re

from kb.load.rows import Unusable, parse_day

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
#: A day as the page writes it in a sentence: 23 October 1997, also "14 July1994".
DAY = rf"\d{{1,2}} (?i:{_MONTH}) ?\d{{4}}"


def days(text: str) -> list[dt.date]:
    """The days a text names, in order. Raises :class:`kb.load.rows.Unusable` for an impossible one."""
    return [parse_day(found) for found in re.findall(DAY, text)]


def without_days(text: str) -> str:
    """The text with its days taken out, so that their numbers are not read as articles."""
    return re.sub(rf"{DAY}|(?:{_MONTH}) \d{{1,2}}, \d{{4}}", "", text)


def only_day(text: str) -> dt.date | None:
    """The day, where the text is nothing but a day: "19 June 1991", "On 2 October 2015", "(21 October 1994)"."""
    found = re.fullmatch(rf"\W*(?:On )?({DAY})\W*", text.replace("l989", "1989"))
    if found is None:
        return None
    try:
        return parse_day(found[1])
    except Unusable:
        return None


def sentences(text: str) -> list[str]:
    """The sentences of a text, none of which goes beyond its paragraph (a line)."""
    ends = r"(?<=[a-z0-9)\]\"”][.:;])\s+(?=[A-Z“\"\[(])"
    return [s for line in text.split("\n") for s in re.split(ends, line) if s.strip()]


def years_stated(text: str) -> int | None:
    """The number of years in "for a period of five years" or "for three years"; None where no number is given."""
    words = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}
    found = re.search(r"\b(one|two|three|four|five|ten|\d{1,2}) years?\b", text)
    if found is None:
        return None
    return words.get(found[1]) or int(found[1])
