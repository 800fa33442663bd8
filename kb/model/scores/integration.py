"""Integration: how far a state is tied into world society.

A component is one entry of :data:`COMPONENTS`, and the query that gives its measure.
"""

from __future__ import annotations

from kb.model.scores.entry import Component, Floor, Score, component

#: Fewer components than this make no score.
FEWEST = 2
_ALWAYS = Floor(1946, 2025, 1.0)

COMPONENTS: tuple[Component, ...] = (
    component(
        "igo",
        "IGO ties",
        "memberships of intergovernmental organizations",
        Score(
            name="igo_count",
            label="IGO memberships",
            meaning="intergovernmental organizations of which the state is a full member",
            formula="intergovernmental organizations of which the state is a full member",
            floor=_ALWAYS,
            type="integer",
            unit="organizations",
            scale=(0, None),
            query="igo-memberships",
            rests_on=("MEMBER_OF",),
            title="Memberships of IGOs (number)",
            shown=("map",),
        ),
        (
            Score(
                name="igo_last_observed",
                label="IGO ties last observed",
                meaning="oldest last observation among the memberships counted: earlier than the year means carried forward",
                formula="oldest last observation among the memberships that are carried forward",
                # Missing where nothing is carried forward, as nothing is before the last edition of the memberships.
                floor=Floor(2006, 2025, 0.2),
                type="integer",
                query="igo-memberships",
                column="last_observed",
                rests_on=("MEMBER_OF",),
            ),
        ),
    ),
    component(
        "igo_centrality",
        "IGO centrality",
        "centrality among them",
        Score(
            name="igo_centrality_raw",
            label="IGO centrality, raw",
            meaning="eigenvector centrality among states weighted by shared full memberships",
            formula="eigenvector centrality among states tied by the number of organizations they share",
            floor=_ALWAYS,
            unit="0-1, maximum 1",
            scale=(0, 1),
            query="igo-spells",
            function="kb.scores.centrality.centrality_by_year",
            rests_on=("MEMBER_OF",),
        ),
    ),
    component(
        "ingo",
        "INGO ties",
        "ties to international NGOs",
        Score(
            name="ingo_count",
            label="INGO ties counted",
            meaning="ties to INGOs counted by the source used for that year",
            formula="ties to international NGOs: all of them to 1999, human-rights NGOs from 2000",
            floor=Floor(1981, 2003, 0.65),
            unit="ties",
            scale=(0, None),
            query="ingo-counts",
            rests_on=("HJ-INGO", "HRO-INGO"),
        ),
    ),
    component(
        "political_globalisation",
        "Political globalisation",
        "political globalisation",
        Score(
            name="political_globalisation_raw",
            label="Political globalisation, raw",
            meaning="KOF de facto political globalisation",
            formula="the KOF index of de facto political globalisation, a proxy",
            floor=Floor(1970, 2022, 0.9),
            unit="index 1-100",
            scale=(1, 100),
            query="political-globalisation",
            rests_on=("KOF-PODF",),
        ),
    ),
    component(
        "machinery",
        "Machinery",
        "part taken in the human-rights machinery",
        Score(
            name="machinery_raw",
            label="Machinery, raw",
            meaning="seat on the Human Rights Council + log(1 + recommendations made) / log(1 + most made by a state that year) + accreditation (A 1, B 0.5), of these what the sources cover in the year",
            formula="part taken in the human-rights machinery, 0 to 3",
            floor=Floor(2000, 2025, 0.6),
            unit="points 0-3",
            scale=(0, 3),
            query="machinery",
            rests_on=("SEATED_ON", "HOSTS", "ACCREDITED", "RECOMMENDED"),
        ),
    ),
)

_NAMES = tuple(c.name for c in COMPONENTS)
_COMBINE = "kb.scores.integration.combine"

SUMMARY = (
    Score(
        name="integration",
        label="Integration",
        symbol="I",
        meaning="mean of the components present, at least two",
        formula="mean of the components present, at least two",
        floor=_ALWAYS,
        unit="percentile 0-1",
        scale=(0, 1),
        inputs=_NAMES,
        function=_COMBINE,
        interval=("integration_lo", "integration_hi"),
        title="Integration (percentile 0 to 1)",
        shown=("map", "compare", "beside", "profile", "ranking", "panel"),
    ),
    Score(
        name="integration_lo",
        label="Integration, low end",
        meaning="lowest value over leaving one component out",
        formula="lowest mean that leaving out one component gives",
        floor=_ALWAYS,
        unit="percentile 0-1",
        scale=(0, 1),
        inputs=_NAMES,
        function=_COMBINE,
        shown=("panel",),
    ),
    Score(
        name="integration_hi",
        label="Integration, high end",
        meaning="highest value over leaving one component out",
        formula="highest mean that leaving out one component gives",
        floor=_ALWAYS,
        unit="percentile 0-1",
        scale=(0, 1),
        inputs=_NAMES,
        function=_COMBINE,
        shown=("panel",),
    ),
    Score(
        name="integration_n",
        label="Integration, components",
        meaning="components that the integration score rests on",
        formula="number of components present",
        floor=_ALWAYS,
        type="integer",
        unit="components",
        scale=(0, len(COMPONENTS)),
        inputs=_NAMES,
        function=_COMBINE,
        shown=("panel",),
    ),
)
#: The measures with what stands beside them, then the components, then what is made of them: their order in the graph.
MEASURES = tuple(score for c in COMPONENTS for score in (c.measure, *c.beside))
SCORES: tuple[Score, ...] = (*MEASURES, *COMPONENTS, *SUMMARY)
