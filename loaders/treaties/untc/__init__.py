"""The status pages of the United Nations Treaty Collection: who is bound by the 18 core instruments, how and since when."""

from __future__ import annotations

from collections.abc import Iterator

from kb.facts.fact import EdgeFact, Fact
from kb.load.raw import RawFolder
from loaders.treaties.untc import treaties
from loaders.treaties.untc.instruments import INSTRUMENTS, Instrument
from loaders.treaties.untc.page import sections
from loaders.treaties.untc.page.sections import Page
from loaders.treaties.untc.participation import acts, former, participants, spells
from loaders.treaties.untc.procedures import accepted, derogations, exclusions, mechanisms
from loaders.treaties.untc.statements import made as statements
from loaders.treaties.untc.statements import objections
from loaders.treaties.untc.statements.rud import Statement


def load(raw: RawFolder) -> Iterator[Fact]:
    """Every page through all parts. Raises :class:`kb.errors.InputError` where a page has lost its shape."""
    pages = {instrument.code: sections.read(raw, treaties.file_name(instrument)) for instrument in INSTRUMENTS}
    for instrument in INSTRUMENTS:
        yield from _acts(raw, pages[instrument.code], instrument)
    yield from derogations.load(raw, pages[derogations.TREATY])
    for instrument in INSTRUMENTS:
        yield from _statements(raw, pages, instrument.code)


def _statements(raw: RawFolder, pages: dict[str, Page], treaty: str) -> Iterator[Fact]:
    """What states attached to a treaty, and who objected. Pages refer to each other: "[See chapter IV.3.]"."""
    of = pages[treaty]
    others = {p.header.title.split(".")[0]: p for code, p in pages.items() if "-" not in code}
    acted = acts.by_state(of)
    records = statements.collect(of, treaty, acted, others)
    yield from statements.facts(raw, of, records)
    made = [record for record in records if isinstance(record, Statement)]
    yield from objections.facts(raw, of, treaty, objections.Context(made, acted, others))


def _acts(raw: RawFolder, of: Page, instrument: Instrument) -> Iterator[Fact]:
    """The treaty, who takes part in it, and what being bound by it brings along."""
    treaty = instrument.code
    yield from treaties.load(raw, of, instrument)
    taken_part = [*participants.load(raw, of, treaty), *former.load(raw, of, treaty)]
    yield from taken_part
    bound = spells.bound(taken_part)
    yield from accepted.declarations(raw, of, treaty, bound)
    exclusions_made = list(exclusions.load(raw, of, treaty, bound))
    yield from exclusions_made
    yield from accepted.by_being_party(treaty, bound, _excluded(exclusions_made))
    if treaty == mechanisms.TREATY:
        yield from mechanisms.load(raw, of, bound)


def _excluded(exclusions_made: list[EdgeFact]) -> set[tuple[str, str]]:
    return {(e.start, e.values["article"]) for e in exclusions_made if e.values["opted_out"]}
