"""National preventive mechanisms that the Optional Protocol to the Convention against Torture makes due.

Article 17 gives a state one year from the Protocol's entry into force for it (article 28: thirty days after its own
instrument, at the earliest with the Protocol itself). A declaration under article 24 postpones Part IV, to which the
mechanism belongs, for a stated number of years; where it states none, when the mechanism is due is not known. Whether
the mechanism exists is not on the page.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from kb.facts.fact import Fact, edge, node
from kb.load import names
from kb.load.raw import RawFolder
from kb.load.rows import Drop, Row
from loaders.treaties.untc.page.prose import only_day, years_stated
from loaders.treaties.untc.page.sections import Block, Page
from loaders.treaties.untc.procedures.accepted import Bound
from loaders.treaties.untc.treaties import in_force

TREATY = "CAT-OP"
_DAYS_TO_ENTRY = dt.timedelta(days=30)
_YEARS_TO_DESIGNATE = 1
_POSTPONES = re.compile(r"postpon.*\bpart IV\b", re.IGNORECASE)


def load(raw: RawFolder, page: Page, bound: Bound) -> Iterator[Fact]:
    """A site per party with the year in which it is due; a row per statement that postpones."""
    postponed: dict[str, int | None] = {}

    def parse(row: Row) -> Iterator[Fact]:
        block = next(b for b in page.sections["statements"].blocks if b.line == row.line)
        if not _POSTPONES.search(_text(block)):
            raise Drop("speaks of article 24 without postponing Part IV")
        iso3 = names.by_name(row.need("participant"))
        postponed[iso3] = _postponed_to(block, _entry(page, bound[iso3][-1].start))
        yield _site(iso3, block.participant, postponed[iso3])

    blocks = [b for b in page.sections["statements"].blocks if re.search(r"postpon", _text(b))]
    yield from raw.rows(page.file, ((b.line, {"participant": b.participant}) for b in blocks), parse)
    for row in page.participants:
        iso3 = names.by_name(row.participant)
        if iso3 in bound and bound[iso3][-1].ended is None:
            due = _entry(page, bound[iso3][-1].start).year + _YEARS_TO_DESIGNATE
            if iso3 not in postponed:
                yield _site(iso3, row.participant, due)
            yield edge("HOSTS", iso3, f"{iso3}-npm")


def _text(block: Block) -> str:
    return " ".join(p.text for p in block.paragraphs)


def _entry(page: Page, bound_since: dt.date) -> dt.date:
    return max(in_force(page), bound_since + _DAYS_TO_ENTRY)


def _postponed_to(block: Block, entry: dt.date) -> int | None:
    """The year to which Part IV is postponed: from entry into force, or from the declaration where that is later."""
    years = years_stated(_text(block))
    made = next(filter(None, (only_day(p.text) for p in block.paragraphs)), entry)
    return max(entry, made).year + years if years else None


def _site(iso3: str, printed: str, due: int | None) -> Fact:
    short = re.sub(r"\s*\(.*\)", "", printed)
    return node("ReceptorSite", id=f"{iso3}-npm", name=f"National preventive mechanism of {short}", kind="npm", due=due)
