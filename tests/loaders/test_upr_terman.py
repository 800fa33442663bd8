"""Recommendations of the Universal Periodic Review: who recommended how much to whom, and what was supported."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from loading import changed, edges, load, load_real
from scipy.stats import spearmanr

from kb.errors import InputError
from kb.facts.snapshot import SNAPSHOT, read_source
from kb.load import names
from kb.load.raw import RawFolder
from kb.load.rows import Unusable
from loaders.institutions import upr_terman

SOURCE = "upr-recommendations-2008-2014-terman"


def recommended() -> dict[tuple[str, str, int], dict[str, int]]:
    rows = read_source(SNAPSHOT / SOURCE).tables["RECOMMENDED"].to_pylist()
    return {(row["start"], row["end"], row["year"]): row for row in rows}


def sent() -> Counter[str]:
    totals: Counter[str] = Counter()
    for (sender, _, _), row in recommended().items():
        totals[sender] += row["n"]
    return totals


def test_every_row_is_accounted_for(raw_root: Path) -> None:
    facts, report = load_real(SOURCE, raw_root)

    assert report.rows == 39_327
    assert report.dropped == {
        "no sender named": 12,
        "repeats an earlier row": 7,
        "report of 2010 printed again under 2014": 114,
    }
    assert Counter(q.reason for q in report.quarantined) == {"a state recommends to itself": 3, "unknown state name": 1}
    # Two rows name two senders in one cell.
    assert sum(e.values["n"] for e in edges(facts, "RECOMMENDED")) == report.loaded + 2


def test_the_rows_are_as_many_as_the_authors_coded(raw_root: Path) -> None:
    with (raw_root / "upr" / "recs-per-institution.csv").open(encoding="latin-1") as file:
        first = next(csv.DictReader(file))
    coded = round(int(first["Counts"]) / float(first["Proportions"]))
    _, report = load_real(SOURCE, raw_root)

    assert coded == 39_329
    assert abs(report.rows - coded) <= 2


def test_senders_rank_as_in_the_authors_totals(raw_root: Path) -> None:
    # Their totals reach further than the seven files, so that the ranks compare and the numbers do not.
    with (raw_root / "upr" / "sessions.csv").open(encoding="latin-1") as file:
        printed = {row["To_COW"]: row["To"] for row in csv.DictReader(file)}
    with (raw_root / "upr" / "recs-per-sender.csv").open(encoding="latin-1") as file:
        totals = {row["V1"]: int(row["V2"]) for row in csv.DictReader(file)}
    ours = sent()
    pairs = []
    for code, total in totals.items():
        try:
            pairs.append((total, ours[names.by_name(printed[code])]))
        except (KeyError, Unusable):
            continue

    assert len(pairs) > 155
    assert spearmanr(*zip(*pairs, strict=True)).statistic > 0.97


@pytest.mark.parametrize(("state", "n"), [("ESP", 1219), ("FRA", 1219), ("CAN", 1138), ("NOR", 1031), ("MEX", 928)])
def test_known_totals_of_senders(state: str, n: int) -> None:
    assert sent()[state] == n


def test_the_review_of_haiti_comes_from_a_file_of_its_own() -> None:
    haiti = [row for (_, target, _), row in recommended().items() if target == "HTI"]

    assert sum(row["n"] for row in haiti) == 136
    assert all(row["undecided"] == row["n"] and row["accepted"] == 0 for row in haiti)


def test_supported_and_undecided_never_exceed_what_was_recommended() -> None:
    assert all(0 <= row["accepted"] + row["undecided"] <= row["n"] for row in recommended().values())
    assert not [key for key in recommended() if key[0] == key[1]]


def test_the_korea_of_2008_is_the_republic() -> None:
    assert sum(row["n"] for (_, target, year), row in recommended().items() if (target, year) == ("KOR", 2008)) == 45


def test_an_unknown_decision_is_set_aside(raw_root: Path, tmp_path: Path) -> None:
    def change(content: bytes) -> bytes:
        return content.replace(b",haiti,consider,Algeria,", b",haiti,perhaps,Algeria,", 1)

    _, report = load(SOURCE, changed(SOURCE, raw_root, tmp_path, "haiti2011.csv", change))

    faults = [(q.file, q.line, q.value) for q in report.quarantined if q.reason == "unknown decision"]
    assert faults == [("haiti2011.csv", 2, "perhaps")]


def test_a_truncated_file_is_an_error_that_names_it(either_root: Path, tmp_path: Path) -> None:
    folder = changed(SOURCE, either_root, tmp_path, "haiti2011.csv", lambda content: content + b"\n")
    packed = (folder / "2012data.csv.gz").read_bytes()
    (folder / "2012data.csv.gz").write_bytes(packed[: len(packed) // 2])

    with pytest.raises(InputError, match=r"2012data\.csv\.gz is truncated"):
        load(SOURCE, folder)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 40_000), junk=st.binary(min_size=1, max_size=12))
def test_whatever_is_written_over_a_file_no_row_is_lost(raw_root: Path, tmp_path: Path, at: int, junk: bytes) -> None:
    content = gzip.decompress((raw_root / SOURCE / "2008data.csv.gz").read_bytes())[:60_000]
    (tmp_path / "2008data.csv.gz").write_bytes(gzip.compress(content[:at] + junk + content[at + len(junk) :]))
    (tmp_path / "haiti2011.csv").write_bytes((raw_root / SOURCE / "haiti2011.csv").read_bytes())
    raw = RawFolder(tmp_path, SOURCE)

    try:
        n = sum(e.values["n"] for e in edges(list(upr_terman.load(raw)), "RECOMMENDED"))
    except InputError as error:
        assert "column" in error.problem
    else:
        raw.report.check()
        assert n == raw.report.loaded
