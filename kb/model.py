"""The graph model: every label, relationship type, property, type, unit and meaning, declared once.

Everything that has to know the shape of the graph is derived from :data:`MODEL`: the tables of the embedded engine,
the constraints and indexes of Neo4j, the write path, the data dictionary in ``docs/``, and the check that a query
names only what exists. Adding a property is one line here.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

#: The end year of a spell whose end lies in the future or is unknown to its source.
OPEN = 9999
FIRST_YEAR = 1816
LAST_YEAR = 2100


class ModelError(ValueError):
    """A value does not fit the model; the message names the property and says why."""


@dataclass(frozen=True)
class Property:
    """One property: its type (``text integer real flag day texts``), meaning, unit, and whether it is indexed."""

    name: str
    type: str
    meaning: str
    unit: str = ""
    indexed: bool = False
    choices: tuple[str, ...] = ()

    def check(self, value: Any) -> Any:
        """Return ``value`` as the declared type, or None; raise :class:`ModelError` where it cannot be that type."""
        if value is None:
            return None
        try:
            converted = _CONVERT[self.type](value)
        except (TypeError, ValueError, OverflowError) as error:
            raise ModelError(f"{self.name} should be {self.type}, not {value!r}") from error
        if self.choices and converted not in self.choices:
            raise ModelError(f"{self.name} should be one of {', '.join(self.choices)}, not {value!r}")
        return converted


def _text(value: Any) -> str | None:
    if not isinstance(value, str):
        raise TypeError
    return value.strip() or None


def _integer(value: Any) -> int:
    if isinstance(value, bool) or (isinstance(value, float) and value != int(value)):
        raise TypeError
    if abs(int(value)) >= 1 << 63:
        raise OverflowError
    return int(value)


def _real(value: Any) -> float:
    if isinstance(value, bool) or not math.isfinite(float(value)):
        raise ValueError
    return float(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _day(value: Any) -> dt.date:
    if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
        raise TypeError
    return value


def _texts(value: Any) -> tuple[str, ...] | None:
    if isinstance(value, str):
        raise TypeError
    return tuple(str(item) for item in value) or None


_CONVERT = {"text": _text, "integer": _integer, "real": _real, "flag": _flag, "day": _day, "texts": _texts}


def text(name: str, meaning: str, **more: Any) -> Property:
    return Property(name, "text", meaning, **more)


def integer(name: str, meaning: str, **more: Any) -> Property:
    return Property(name, "integer", meaning, **more)


def real(name: str, meaning: str, **more: Any) -> Property:
    return Property(name, "real", meaning, **more)


def flag(name: str, meaning: str, **more: Any) -> Property:
    return Property(name, "flag", meaning, **more)


def day(name: str, meaning: str, **more: Any) -> Property:
    return Property(name, "day", meaning, **more)


def texts(name: str, meaning: str, **more: Any) -> Property:
    return Property(name, "texts", meaning, **more)


@dataclass(frozen=True)
class Table:
    """What a label and a relationship type have in common: a name, a meaning and properties."""

    name: str
    meaning: str
    properties: tuple[Property, ...]
    #: Made by the build from other facts (scores, loads), never yielded by a loader.
    derived: bool = field(default=False, kw_only=True)

    @cached_property
    def by_name(self) -> Mapping[str, Property]:
        return {p.name: p for p in self.properties}

    def check(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return ``values`` typed as declared; raise :class:`ModelError` for an unknown property or a wrong value."""
        checked = {}
        for name, value in values.items():
            if name not in self.by_name:
                raise ModelError(f"{self.name} has no property {name!r}; it has {', '.join(self.by_name)}")
            checked[name] = self.by_name[name].check(value)
        self._check_time(checked)
        return checked

    def _check_time(self, values: Mapping[str, Any]) -> None:
        """Impossible times: a year outside the range of the data, a date outside its year, an end before a start."""
        for name in ("year", "from_year", "to_year"):
            year = values.get(name)
            if year is not None and not (FIRST_YEAR <= year <= LAST_YEAR) and not (name == "to_year" and year == OPEN):
                raise ModelError(f"{name} {year} lies outside {FIRST_YEAR}-{LAST_YEAR}")
        date, year = values.get("date"), values.get("year")
        if date is not None and year is not None and date.year != year:
            raise ModelError(f"date {date} is not in year {year}")
        for start, end in (("from_year", "to_year"), ("founded", "ended"), ("founded", "dissolved")):
            first, last = values.get(start), values.get(end)
            if first is not None and last is not None and last < first:
                raise ModelError(f"{end} {last} comes before {start} {first}")


@dataclass(frozen=True)
class NodeType(Table):
    """A label. ``key`` names the property that identifies a node; it is the first property."""

    @property
    def key(self) -> str:
        return self.properties[0].name


@dataclass(frozen=True)
class EdgeType(Table):
    """A relationship type between one pair of labels.

    ``identity`` names the properties that, with the source and both ends, tell one fact from another; the edge's
    ``fact`` property is a digest of them, so loading the same facts twice gives the same graph.
    """

    start: str = field(kw_only=True)
    end: str = field(kw_only=True)
    identity: tuple[str, ...] = field(default=(), kw_only=True)


@dataclass(frozen=True)
class Model:
    nodes: tuple[NodeType, ...]
    edges: tuple[EdgeType, ...]

    @cached_property
    def labels(self) -> Mapping[str, NodeType]:
        return {n.name: n for n in self.nodes}

    @cached_property
    def types(self) -> Mapping[str, EdgeType]:
        return {e.name: e for e in self.edges}

    def __iter__(self) -> Iterator[Table]:
        yield from self.nodes
        yield from self.edges

    def table(self, name: str) -> Table:
        """The label or relationship type called ``name``; raises :class:`ModelError` when there is none."""
        found = self.labels.get(name) or self.types.get(name)
        if found is None:
            raise ModelError(f"the model has no label or relationship type {name!r}")
        return found

    @cached_property
    def digest(self) -> str:
        """A digest of the declared shape: a graph built under another digest has to be rebuilt."""
        shape = [(t.name, [(p.name, p.type) for p in t.properties]) for t in self]
        ends = [(e.name, e.start, e.end) for e in self.edges]
        return hashlib.blake2b(repr((shape, ends)).encode(), digest_size=6).hexdigest()


def _node(name: str, meaning: str, *properties: Property, derived: bool = False) -> NodeType:
    sources = texts("sources", "codes of the sources that state something about this node, best first")
    return NodeType(name, meaning, (*properties, sources), derived=derived)


def _edge(
    name: str,
    ends: tuple[str, str],
    meaning: str,
    *properties: Property,
    identity: tuple[str, ...] = (),
    derived: bool = False,
) -> EdgeType:
    common = (
        text("source", "code of the source that states this"),
        integer("fact", "stable identifier of this fact, see kb.assemble", indexed=True),
    )
    return EdgeType(
        name, meaning, (*properties, *common), start=ends[0], end=ends[1], identity=identity, derived=derived
    )


_YEAR = integer("year", "year of the event or observation", indexed=False)
_DATE = day("date", "day of the event, where the source gives a day")
_CONTINUED = text("continued_from", "state under whose name the page prints it, where a predecessor acted")
_FROM = integer("from_year", "first year; missing where the source does not state it")
_TO = integer("to_year", f"last year; {OPEN} = open")
_COUNT = "states counted by the depositary on its own page, for verification"
_SCORES = (
    real("breadth", "share of the open core treaties the state is party to", unit="share 0-1"),
    real("depth", "mean depth of commitment over the open core treaties, net of reservations", unit="share 0-1"),
    real("scrutiny", "share of the available optional procedures accepted", unit="share 0-1"),
    real("commitment", "mean of breadth, depth and scrutiny", unit="share 0-1"),
    real("practice_physical", "latent human-rights protection score theta, posterior mean", unit="theta"),
    real("practice_sd", "standard deviation of theta", unit="theta"),
    real("practice_civil", "V-Dem civil-liberties index", unit="index 0-1"),
    real("practice_terror", "Political Terror Scale, mean of the scales present, reversed: 5 is best", unit="1-5"),
    integer("igo_count", "intergovernmental organizations of which the state is a full member", unit="organizations"),
    integer(
        "igo_last_observed",
        "oldest last observation among the memberships counted: earlier than the year means carried forward",
    ),
    real(
        "igo_centrality_raw",
        "eigenvector centrality among states weighted by shared full memberships",
        unit="0-1, maximum 1",
    ),
    real("ingo_count", "ties to INGOs counted by the source used for that year", unit="ties"),
    real("political_globalisation_raw", "KOF de facto political globalisation", unit="index 1-100"),
    real(
        "machinery_raw",
        "seat on the Human Rights Council + log(1 + recommendations made) / log(1 + most made by a state that year) + accreditation (A 1, B 0.5), of these what the sources cover in the year",
        unit="points 0-3",
    ),
    real("igo", "percentile of igo_count within the year", unit="percentile 0-1"),
    real("igo_centrality", "percentile of igo_centrality_raw within the year", unit="percentile 0-1"),
    real("ingo", "percentile of ingo_count within the year", unit="percentile 0-1"),
    real("political_globalisation", "percentile of political_globalisation_raw within the year", unit="percentile 0-1"),
    real("machinery", "percentile of machinery_raw within the year", unit="percentile 0-1"),
    real("integration", "mean of the components present, at least two", unit="percentile 0-1"),
    real("integration_lo", "lowest value over leaving one component out", unit="percentile 0-1"),
    real("integration_hi", "highest value over leaving one component out", unit="percentile 0-1"),
    integer("integration_n", "components that the integration score rests on", unit="components"),
    real(
        "pct_commitment",
        "percentile of commitment among the states with both commitment and practice",
        unit="percentile 0-1",
    ),
    real("pct_practice", "percentile of practice_physical among the same states", unit="percentile 0-1"),
    real("decoupling", "pct_commitment minus pct_practice: positive where promises exceed practice", unit="-1 to 1"),
    real("decoupling_lo", "5th percentile of decoupling over 1,000 draws of theta", unit="-1 to 1"),
    real("decoupling_hi", "95th percentile of decoupling over 1,000 draws of theta", unit="-1 to 1"),
    real("decoupling_breadth", "decoupling with breadth in place of commitment", unit="-1 to 1"),
    real("decoupling_civil", "decoupling with practice_civil in place of practice_physical", unit="-1 to 1"),
    real("decoupling_terror", "decoupling with practice_terror in place of practice_physical", unit="-1 to 1"),
    real("decoupling_spread", "highest minus lowest decoupling over the practice measures of the year", unit="0 to 2"),
    flag("contested", "the sign of decoupling depends on the practice measure"),
    real("decoupling_cat", "depth in CAT minus the percentile of torture practice, parties only", unit="-1 to 1"),
    real(
        "decoupling_iccpr", "depth in the ICCPR minus the percentile of civil liberties, parties only", unit="-1 to 1"
    ),
    real(
        "decoupling_cedaw",
        "depth in CEDAW minus the percentile of women's civil liberties, parties only",
        unit="-1 to 1",
    ),
    real(
        "decoupling_crc", "depth in the CRC minus the percentile of child-labour practice, parties only", unit="-1 to 1"
    ),
    real(
        "decoupling_icescr",
        "depth in the ICESCR minus the percentile of economic and social rights, parties only",
        unit="-1 to 1",
    ),
)

MODEL = Model(
    nodes=(
        _node(
            "State",
            "A state of the international system, present or former.",
            text("iso3", "ISO 3166-1 alpha-3, ISO 3166-3 for former states, a documented code where ISO has none"),
            text("name", "short English name"),
            integer("cow", "Correlates of War country code"),
            integer("gw", "Gleditsch-Ward country code"),
            integer("m49", "United Nations M49 code"),
            text("region", "United Nations M49 region", indexed=True),
            text("subregion", "United Nations M49 subregion"),
            integer("system_from", "first year in the state system"),
            integer("system_to", f"last year in the state system; {OPEN} = open"),
            text("system_basis", "why it counts as in the system: cow, or un where COW leaves it out"),
            integer("un_member_from", "year of admission to the United Nations"),
            flag("former", "no longer exists"),
        ),
        _node(
            "Treaty",
            "A treaty, optional protocol or statute.",
            text("code", "short code: CAT, ICCPR-OP1"),
            text("title", "official title"),
            text("mtdsg", "number in Multilateral Treaties Deposited with the Secretary-General, e.g. IV-9"),
            text("kind", "kind of instrument", choices=("covenant", "convention", "protocol", "statute", "agreement")),
            day("adopted", "date of adoption"),
            integer("opened", "year it opened for signature"),
            day("in_force", "date of entry into force"),
            text("depositary", "who keeps the instrument"),
            text("issue_area", "subject", indexed=True),
            flag("core", "one of the nine core treaties that the commitment score counts"),
            integer("printed_signatories", _COUNT),
            integer("printed_parties", _COUNT),
            day(
                "as_of",
                "the day of the status page the participation was read from, as far as it is known: see as_of_basis",
            ),
            text(
                "as_of_basis",
                "how as_of is known where the page read bears no day; missing: it stands on the page. copy: the day the copy of the page was last changed; latest act: no day is known, the copy holds acts up to this one",
                choices=("copy", "latest act"),
            ),
        ),
        _node(
            "RUD",
            "A reservation, understanding or declaration a state attached to a treaty.",
            text("id", "treaty, state and running number: CEDAW-MEX-1"),
            text(
                "kind",
                "what it is",
                choices=(
                    "reservation",
                    "understanding",
                    "declaration",
                    "reservation and declaration",
                    "reservation and understanding",
                    "understanding and declaration",
                    "reservation, understanding and declaration",
                    "unstated",
                ),
            ),
            text("kind_basis", "how the kind was decided", choices=("heading", "wording", "unstated")),
            text(
                "stage",
                "when it was made",
                choices=("signature", "ratification", "accession", "succession", "later", "unstated"),
            ),
            day("date", "day it was made, where the page prints or implies one"),
            integer("year", "year it was made", indexed=True),
            text("date_basis", "where the date comes from", choices=("statement", "participation", "unstated")),
            texts("articles", "articles of the treaty that it names"),
            day("withdrawn_on", "day it was withdrawn as a whole"),
            integer("withdrawn_year", "year it was withdrawn as a whole"),
            day("partly_withdrawn_on", "day of the latest partial withdrawal"),
            integer("words", "length of the statement", unit="words"),
            text("text", "the statement; only where the local refresh read the depositary's page, never shipped"),
        ),
        _node(
            "IO",
            "An intergovernmental organization.",
            text("code", "Correlates of War abbreviation, or the common one"),
            text("name", "name"),
            text("kind", "reach", choices=("universal", "regional", "other")),
            integer("founded", "first year"),
            integer("ended", "last year; missing while it exists"),
            text(
                "accuracy_before_1965",
                "how exact the membership years before 1965 are, as Correlates of War states it",
                choices=("exact", "exact but for minor uncertainties", "within 5 years"),
            ),
            flag(
                "can_suspend",
                "its rules let it suspend a member (delsuspens or poolsuspens above 0, latest year coded)",
            ),
            text("accession_rule", "who decides on accession, after MIA delaccess and poolaccess"),
            real("accession_delegation", "MIA delaccess, latest year coded", unit="0-1"),
            real("accession_pooling", "MIA poolaccess, latest year coded", unit="0-1"),
            flag("human_rights", "human rights are its main mandate"),
        ),
        _node(
            "INGO",
            "An international non-governmental organization.",
            text("code", "short code"),
            text("name", "name"),
            integer("founded", "year of foundation"),
            integer("dissolved", "year of dissolution"),
            text("field", "field of work as the source classes it"),
            flag("human_rights", "classed as a human-rights organization"),
            integer("member_countries", "countries with members, latest count of the source", unit="countries"),
        ),
        _node(
            "ReceptorSite",
            "A domestic structure that receives and transmits signals from world society.",
            text("id", "state and kind: MEX-nhri"),
            text("name", "name, or the kind and the state where no source names it"),
            text("kind", "kind of structure", choices=("nhri", "ombudsman", "npm", "ministry_unit", "commission")),
            integer("founded", "year of foundation"),
            integer("due", "year by which the treaty requires it (OPCAT article 17: one year after entry into force)"),
        ),
        _node(
            "Body",
            "A treaty body, court, council or accreditation committee.",
            text("code", "short code"),
            text("name", "name"),
            text("kind", "kind of body", choices=("treaty_body", "court", "council", "accreditation")),
            integer("founded", "first year"),
        ),
        _node(
            "ReferenceGroup",
            "A set of states that a state may take as its reference.",
            text("code", "kind and name: region:Africa"),
            text("name", "name"),
            text(
                "kind",
                "what the group is made by",
                choices=(
                    "region",
                    "subregion",
                    "language",
                    "religion",
                    "legal_tradition",
                    "former_empire",
                    "alliance",
                    "state_system",
                ),
            ),
        ),
        _node(
            "Indicator",
            "A measure of practice, law or condition.",
            text("code", "short code: LHRS, VDEM-CIVLIB"),
            text("name", "name"),
            text("concept", "what it measures: practice, law, condition or tie", indexed=True),
            text("issue_area", "subject"),
            text("unit", "unit"),
            real("lo", "lowest possible value; missing where there is no bound"),
            real("hi", "highest possible value; missing where there is no bound"),
            text("better", "which end is better", choices=("high", "low")),
            flag("has_uncertainty", "the source publishes an uncertainty"),
            text("citation", "how to cite it"),
        ),
        _node(
            "StateYear",
            "One state in one year, with every score and component.",
            text("id", "state and year: SWE-1990"),
            text("iso3", "state", indexed=True),
            integer("year", "year", indexed=True),
            *_SCORES,
            derived=True,
        ),
        _node(
            "Source",
            "A publication that facts were taken from.",
            text("code", "short code"),
            text("name", "name"),
            text("publisher", "publisher"),
            text("url", "address"),
            text("licence", "licence as the source states it"),
            text("redistributable", "may the figures be passed on", choices=("yes", "no", "unstated")),
            text("citation", "how to cite it"),
            text("coverage", "years and states covered"),
            text("as_of", "the day or year the data speak of"),
            text("cadence", "how often the publisher updates it"),
            integer("precedence", "rank where two sources state the same fact; 1 is believed first"),
            text("sha256", "digest of the raw files read"),
            derived=True,
        ),
        _node(
            "Load",
            "One load of one source into this graph.",
            text("id", "source and version"),
            text("source", "source", indexed=True),
            text("started", "start, UTC, ISO 8601"),
            text("finished", "end, UTC, ISO 8601"),
            integer("rows_in", "rows read", unit="rows"),
            integer("rows_loaded", "rows that gave facts", unit="rows"),
            integer("rows_quarantined", "rows set aside with a reason", unit="rows"),
            integer("rows_dropped", "rows left out by a named rule", unit="rows"),
            texts("drop_rules", "the rules, each with its count"),
            texts("decisions", "the reviewed decisions (data/decisions.csv) that were applied, each with its rows"),
            integer("facts", "nodes and relationships the rows gave", unit="facts"),
            text("outcome", "what became of it", choices=("loaded", "rejected", "unchanged")),
            text("reason", "why it was rejected"),
            derived=True,
        ),
    ),
    edges=(
        _edge(
            "SIGNED",
            ("State", "Treaty"),
            "Signed the treaty.",
            _YEAR,
            _DATE,
            text(
                "action",
                "how: by signing, or by succeeding to a predecessor's signature",
                choices=("signature", "succession"),
            ),
            _CONTINUED,
            identity=(),
        ),
        _edge(
            "RATIFIED",
            ("State", "Treaty"),
            "Became bound by the treaty.",
            _YEAR,
            _DATE,
            text(
                "action",
                "how",
                choices=(
                    "ratification",
                    "accession",
                    "succession",
                    "acceptance",
                    "approval",
                    "formal_confirmation",
                    "definitive_signature",
                    "participation",
                ),
            ),
            _CONTINUED,
            identity=("year",),
        ),
        _edge(
            "WITHDREW_FROM",
            ("State", "Treaty"),
            "Denounced the treaty or left it.",
            _YEAR,
            _DATE,
            text(
                "effect",
                "denounced: left; re-acceded: left and came back at once, so a party throughout; void: notified but without effect",
                choices=("denounced", "re-acceded", "void", "ended"),
            ),
            identity=("year",),
        ),
        _edge(
            "ACCEPTED",
            ("State", "Treaty"),
            "Accepted, or opted out of, an optional procedure under the treaty.",
            _YEAR,
            _DATE,
            text("procedure", "kind of procedure", choices=("individual", "inter_state", "inquiry", "visits", "court")),
            text("article", "article that provides for it"),
            flag("opted_out", "excluded the procedure"),
            integer("ended_year", "year from which the acceptance or the opt-out no longer holds"),
            _CONTINUED,
            identity=("procedure", "article", "year", "opted_out"),
        ),
        _edge("ENTERED", ("State", "RUD"), "Made the statement.", _YEAR, _DATE),
        _edge("QUALIFIES", ("RUD", "Treaty"), "The treaty that the statement is attached to."),
        _edge(
            "OBJECTED_TO",
            ("State", "RUD"),
            "Objected to the statement.",
            _YEAR,
            _DATE,
            text(
                "basis",
                "how the target is known: the heading or the wording names the state; state: it made several, and the page does not say which",
                choices=("heading", "text", "state"),
            ),
            identity=("date", "year"),
        ),
        _edge(
            "DEROGATED_FROM",
            ("State", "Treaty"),
            "Notified a derogation in a public emergency.",
            _YEAR,
            _DATE,
            texts("articles", "articles derogated from; missing where the notification names none"),
            _CONTINUED,
            identity=("date", "year"),
        ),
        _edge("PROTOCOL_TO", ("Treaty", "Treaty"), "Is a protocol to: an optional, supplementing or amending one."),
        _edge("MONITORED_BY", ("Treaty", "Body"), "Has its observance monitored by."),
        _edge(
            "MEMBER_OF",
            ("State", "IO"),
            "Was a member, for a spell of years.",
            _FROM,
            _TO,
            text("status", "kind of membership", choices=("full", "associate", "observer")),
            integer("last_observed", "last year in which the source saw the membership"),
            integer("suspended_from", "first year of a suspension"),
            integer("suspended_to", f"last year of a suspension; {OPEN} = open"),
            integer(
                "counted_from",
                "first year for which this edge counts, after precedence between sources; missing: it never counts",
            ),
            integer("counted_to", f"last year for which this edge counts; {OPEN} = open"),
            identity=("from_year", "to_year", "status", "suspended_from"),
        ),
        _edge(
            "SEATED_ON",
            ("State", "Body"),
            "Held a seat.",
            _FROM,
            _TO,
            day("date", "first day of the term, where known"),
            integer("suspended_from", "year in which the membership was suspended"),
            identity=("from_year",),
        ),
        _edge(
            "TIED_TO",
            ("State", "INGO"),
            "Is tied to the organization.",
            text(
                "kind",
                "kind of tie",
                choices=("section", "member", "headquarters", "national_committee", "participant"),
            ),
            _FROM,
            _TO,
            integer("last_observed", "last year in which the source saw the tie"),
            identity=("kind", "from_year"),
        ),
        _edge(
            "HOSTS",
            ("State", "ReceptorSite"),
            "Has the structure.",
            _FROM,
            _TO,
            integer("last_observed", "last year in which the source saw it"),
            identity=("from_year",),
        ),
        _edge(
            "ACCREDITED",
            ("ReceptorSite", "Body"),
            "Accreditation status at the end of the year.",
            _YEAR,
            text(
                "status",
                "A full, B partial, C not compliant, none; none_or_C where the source cannot tell them apart",
                choices=("A", "B", "C", "none", "none_or_C"),
            ),
            identity=("year",),
        ),
        _edge(
            "BELONGS_TO",
            ("State", "ReferenceGroup"),
            "Belongs to the group.",
            _FROM,
            _TO,
            day("from_date", "first day, where the source gives a day"),
            day("to_date", "last day, where the source gives a day"),
            real("share", "share of the population or strength of the tie", unit="share 0-1"),
            identity=("from_year",),
        ),
        _edge(
            "BORDERS",
            ("State", "State"),
            "Is contiguous with.",
            text("kind", "land, or distance over water"),
            _FROM,
            _TO,
            identity=("kind", "from_year"),
        ),
        _edge(
            "SUCCEEDED",
            ("State", "State"),
            "Followed the other state in all or part of its territory.",
            _YEAR,
            _DATE,
            text(
                "kind",
                "continuator: the same legal person; successor: a new one; absorbed: joined an existing one",
                choices=("continuator", "successor", "absorbed"),
            ),
            identity=(),
        ),
        _edge(
            "RECOMMENDED",
            ("State", "State"),
            "Made recommendations in the Universal Periodic Review.",
            _YEAR,
            integer("n", "recommendations made", unit="recommendations"),
            integer("accepted", "of them supported by the state under review", unit="recommendations"),
            integer("undecided", "of them left open in the report of the review", unit="recommendations"),
            identity=("year",),
        ),
        _edge(
            "MEASURED",
            ("State", "Indicator"),
            "Has this value in the year.",
            integer("year", "year", indexed=True),
            real("value", "value"),
            real("sd", "standard deviation the source publishes"),
            real("lo", "lower bound the source publishes"),
            real("hi", "upper bound the source publishes"),
            identity=("year",),
        ),
        _edge("IN_YEAR", ("State", "StateYear"), "The state's scores in one year.", derived=True),
    ),
)
