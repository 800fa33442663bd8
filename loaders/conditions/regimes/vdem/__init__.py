"""Varieties of Democracy: the indicators that its releases share. Each release is a source and a loader of its own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from kb.facts.fact import EdgeFact
from kb.load import names
from kb.load.rows import Drop, Row
from loaders.shared.existence import Existence
from loaders.shared.measures import Measure, measured

#: Earlier years are left out: the scores of the project begin here.
FIRST_YEAR = 1946

_declare = partial(Measure, citation="Coppedge et al., V-Dem Dataset, Varieties of Democracy Project")
_index = partial(_declare, unit="index 0-1", lo=0, hi=1)
_score = partial(_declare, unit="measurement-model score, about -4 to 4")

CIVLIB = _index(column="v2x_civlib", code="VDEM-CIVLIB", name="Civil liberties index", issue_area="civil liberties")
FREEXP = _index(
    column="v2x_freexp_altinf",
    code="VDEM-FREEXP",
    name="Freedom of expression and alternative sources of information index",
    issue_area="civil liberties",
)
RULE = _index(
    column="v2x_rule", code="VDEM-RULE", name="Rule of law index", issue_area="rule of law", concept="condition"
)
REGIME = _declare(
    column="v2x_regime",
    code="VDEM-ROW",
    name="Regimes of the World: 0 closed autocracy, 1 electoral autocracy, 2 electoral democracy, 3 liberal democracy",
    issue_area="democracy",
    concept="condition",
    unit="type 0-3",
    lo=0,
    hi=3,
)
POLYARCHY = _index(
    column="v2x_polyarchy",
    sd_column="v2x_polyarchy_sd",
    lo_column="v2x_polyarchy_codelow",
    hi_column="v2x_polyarchy_codehigh",
    code="VDEM-POLYARCHY",
    name="Electoral democracy index; bounds are about one standard deviation",
    issue_area="democracy",
    concept="condition",
)
LIBDEM = _index(
    column="v2x_libdem",
    sd_column="v2x_libdem_sd",
    lo_column="v2x_libdem_codelow",
    hi_column="v2x_libdem_codehigh",
    code="VDEM-LIBDEM",
    name="Liberal democracy index; bounds are about one standard deviation",
    issue_area="democracy",
    concept="condition",
)
CLPHY = _index(column="v2x_clphy", code="VDEM-CLPHY", name="Physical violence index", issue_area="physical integrity")
GENCL = _index(column="v2x_gencl", code="VDEM-GENCL", name="Women civil liberties index", issue_area="women")
TORTURE = _score(column="v2cltort", code="VDEM-TORTURE", name="Freedom from torture", issue_area="torture")
CSPART = _score(
    column="v2csprtcpt",
    code="VDEM-CSPART",
    name="Participatory environment of civil society organizations",
    issue_area="civil liberties",
    concept="condition",
)


def since_first(year: int) -> int:
    """Return ``year``; raises :class:`kb.load.rows.Drop` for one before :data:`FIRST_YEAR`."""
    if year < FIRST_YEAR:
        raise Drop(f"before {FIRST_YEAR}")
    return year


def by_cow(existence: Existence, code_column: str, measures: Sequence[Measure], row: Row) -> list[EdgeFact]:
    """The values of a row of V-Dem's own files, which name the state by its COW code."""
    year, code = since_first(row.year("year")), row.integer(code_column)
    if code is None:
        raise Drop("a territory, not a state")
    return measured(row, existence.require(names.by_code("cow", code, year), year), year, measures)
