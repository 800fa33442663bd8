"""Reach, mandate, accession and suspension rules of organizations."""

from __future__ import annotations

from pathlib import Path

import pytest
from loading import load_real

from kb.facts.fact import Fact, NodeFact
from kb.load.raw import Report
from loaders.organizations.igo_design import DIGO, MIA, Authority, codes

Loaded = tuple[list[Fact], Report]


@pytest.fixture(scope="module")
def loaded(raw_root: Path) -> Loaded:
    return load_real("igo-design", raw_root)


@pytest.fixture(scope="module")
def organizations(loaded: Loaded) -> dict[str, NodeFact]:
    return {f.key: f for f in loaded[0] if isinstance(f, NodeFact)}


@pytest.mark.parametrize(
    ("code", "kind", "can_suspend", "delegation", "pooling"),
    [
        ("COE", "regional", True, 0.388333, 0.66),
        ("UN", "universal", True, 0.166667, 0.33),
        ("SAARC", "regional", False, 0.0, 0.0),
        ("UPU", "universal", True, 0.166667, 0.5),
    ],
)
def test_known_organizations(
    organizations: dict[str, NodeFact], code: str, kind: str, can_suspend: bool, delegation: float, pooling: float
) -> None:
    values = organizations[code].values

    assert (values["kind"], values["can_suspend"]) == (kind, can_suspend)
    assert values["accession_delegation"] == pytest.approx(delegation, abs=1e-6)
    assert values["accession_pooling"] == pytest.approx(pooling, abs=1e-6)


def test_human_rights_are_flagged_only_where_the_mandate_names_them(organizations: dict[str, NodeFact]) -> None:
    flagged = {code for code, node in organizations.items() if node.values["human_rights"]}

    assert flagged == {"IACW", "IAII", "IBIER", "IMBSlav", "IRO", "SCHENGEN"}
    assert not any(node.values["human_rights"] is False for node in organizations.values())


def test_every_abbreviation_that_differs_is_found_in_the_list_of_organizations(
    organizations: dict[str, NodeFact],
) -> None:
    assert {*codes(DIGO).values(), *codes(MIA).values()} - set(organizations) == set()


def test_the_accession_rule_in_words() -> None:
    assert Authority(2019, 0.4, 0.66, 0).rule() == "members decide by vote; a body of the organization takes part"
    assert Authority(2019, 0.0, 0.0, 0).rule() == "every member must agree; no other body takes part"


def test_every_row_is_accounted_for(loaded: Loaded) -> None:
    report = loaded[1]

    assert report.rows == report.loaded + sum(report.dropped.values()) + len(report.quarantined) == 4522
    assert [(q.file, q.reason, q.column) for q in report.quarantined] == [
        ("digo_did_1.0_igo_directory.csv", "empty", "region_c")
    ]
