"""What is declared of one score: everything that the panel, the pages, the documents and the checks have to know of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kb.model.shape import Property

#: Lists of scores that people choose from or look down; an entry says in which of them it stands.
Place = Literal["map", "compare", "beside", "profile", "ranking", "panel"]


@dataclass(frozen=True)
class Floor:
    """What a graph must hold of a score: in each decade, as far as it lies between two years, both included, at least this
    share (0-1) of the state-years in the system has a value."""

    first: int
    last: int
    share: float


@dataclass(frozen=True, kw_only=True)
class Score:
    """One computed column of StateYear, in the declaration of its family.

    It is either taken from the answer of a catalogue query (``query`` and ``column``), or computed by a ``function`` from its
    ``inputs``, or from a query that only the function can read.
    """

    name: str
    #: The heading of its column.
    label: str
    #: What a value says; with type and unit it is the property of the model.
    meaning: str
    #: How a value is made, in words and symbols.
    formula: str
    floor: Floor
    type: Literal["real", "integer", "flag"] = "real"
    unit: str = ""
    #: The lowest and the highest value there can be; None where there is no bound.
    scale: tuple[float | None, float | None] = (None, None)
    #: Names of the scores that it is computed from.
    inputs: tuple[str, ...] = ()
    query: str = ""
    #: The column of the query's answer that holds it.
    column: str = "value"
    #: The dotted name of the function that computes it.
    function: str = ""
    #: Relationship types and codes of indicators that its query reads: where its figures come from.
    rests_on: tuple[str, ...] = ()
    #: The scores that hold the ends of its interval.
    interval: tuple[str, str] | None = None
    #: The score that holds the standard deviation of its source.
    sd: str = ""
    #: Its letter in the formulas.
    symbol: str = ""
    #: What people read where it is offered by itself: name, unit and, of one source, whose it is.
    title: str = ""
    #: The same, short, for the legend of a picture in which the unit stands elsewhere.
    short_title: str = ""
    shown: tuple[Place, ...] = ()

    @property
    def property(self) -> Property:
        """The score as a property of the model."""
        return Property(self.name, self.type, self.meaning, unit=self.unit)


@dataclass(frozen=True, kw_only=True)
class Component(Score):
    """One component of integration: the percentile, within the year, of its measure."""

    measure: Score
    #: Further columns of the measure's query.
    beside: tuple[Score, ...] = ()
    #: What it stands for, within a sentence.
    stands_for: str


@dataclass(frozen=True, kw_only=True)
class Contrast(Score):
    """The percentile of a promise minus the percentile of a practice: its two inputs, in this order."""

    #: Which promise is held against which practice, for people to choose from.
    against: str
    #: The practice within a sentence.
    short: str = ""

    @property
    def promise(self) -> str:
        return self.inputs[0]

    @property
    def practice(self) -> str:
        return self.inputs[1]


@dataclass(frozen=True, kw_only=True)
class TreatyContrast(Score):
    """Depth in one treaty minus the percentile of the indicator of that treaty's own subject."""

    treaty: str
    indicator: str


def component(name: str, label: str, stands_for: str, measure: Score, beside: tuple[Score, ...] = ()) -> Component:
    """A component of integration: all that is not said of its measure follows from its being a percentile."""
    return Component(
        name=name,
        label=label,
        meaning=f"percentile of {measure.name} within the year",
        formula=f"pct({measure.name})",
        floor=measure.floor,
        unit="percentile 0-1",
        scale=(0, 1),
        inputs=(measure.name,),
        function="kb.scores.percentile.percentile_by_year",
        shown=("panel",),
        measure=measure,
        beside=beside,
        stands_for=stands_for,
    )
