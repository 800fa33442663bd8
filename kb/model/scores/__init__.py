"""The scores, declared once: what each is, how it is made, from what, in which unit and range, and for which years.

Everything that lists scores follows from here: the properties of StateYear (:mod:`kb.model.graph`), what :mod:`kb.scores` asks
and computes, the columns of the queries whose header says ``scores:`` (:mod:`kb.catalogue.expand`), the pages of the app, the
codebook, ``docs/scores.md`` and the checks of a new graph. A score is one entry in the file of its family; where it is
measured, it needs the query that gives the measure.
"""

from __future__ import annotations

from collections.abc import Mapping

from kb.model.scores import commitment, decoupling, integration, practice
from kb.model.scores.entry import Place, Score

#: The columns of StateYear after its keys, in this order.
SCORES: tuple[Score, ...] = (*commitment.SCORES, *practice.SCORES, *integration.SCORES, *decoupling.SCORES)
BY_NAME: Mapping[str, Score] = {score.name: score for score in SCORES}
COMPONENTS = integration.COMPONENTS
#: The families as people meet them.
_FAMILIES: Mapping[str, tuple[Score, ...]] = {
    "decoupling": decoupling.SCORES,
    "commitment": commitment.SCORES,
    "integration": (*integration.SUMMARY, *COMPONENTS, *integration.MEASURES),
    "practice": practice.SCORES,
}
#: The panel that others build on: scores with their components, without raw measures and variants.
PANEL = tuple(
    score
    for family in ("commitment", "practice", "integration", "decoupling")
    for score in _FAMILIES[family]
    if "panel" in score.shown
)
#: Sets of columns that the header of a query may name.
SETS: Mapping[str, tuple[Score, ...]] = {"all": SCORES, "panel": PANEL}


def shown(place: Place) -> list[Score]:
    """The scores that stand in one list, by family, the score that the family is named after first."""
    return [
        score
        for family, members in _FAMILIES.items()
        for score in sorted(members, key=lambda one: one.name != family)
        if place in score.shown
    ]
