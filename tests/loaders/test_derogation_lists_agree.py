"""The derogations read from the depositary's page, held against a list that other people drew up."""

from __future__ import annotations

import csv
from pathlib import Path

from kb.facts.snapshot import SNAPSHOT, read_source
from kb.load import names

LIST = "derogations/iccpr_prior_derogations.csv"
#: States that the list says derogated before 2020, and of which the status page of 2026 prints no notification, or (Suriname)
#: only that an emergency ended.
NOT_ON_THE_PAGE = {"ESP", "NIC", "PRK", "SUR"}


def test_the_states_that_derogated_before_2020_are_those_of_the_list_but_for_five(raw_root: Path) -> None:
    with (raw_root / LIST).open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["iso3"]]
    covered = {names.by_code("iso3", row["iso3"]) for row in rows}
    listed = {names.by_code("iso3", row["iso3"]) for row in rows if row["Prior ICCPR Derogations"]}

    notified = read_source(SNAPSHOT / "untc-2026").tables["DEROGATED_FROM"].to_pylist()
    read = {edge["start"] for edge in notified if edge["year"] < 2020} & covered

    assert listed - read == NOT_ON_THE_PAGE
    assert read - listed == {"ISR"}  # in a public emergency since 1948, notified in 1991
