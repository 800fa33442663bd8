"""Every loader on small files in the shape of the publishers', which are in the repository: nothing here is skipped.

What each loader makes of its files is kept in ``tests/fixtures/facts`` (``python tests/support/fixture_facts.py`` writes
it anew). ``tests/fixtures/faults.yml`` holds rows that the files lack, each with the rule or the reason that it must
meet. Together they meet every rule by which a loader leaves out a row and every reason for which it sets one aside.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import fixture_facts
import pytest
from fixture_rules import FAULTS, Fault, Rule, closure, rules_in, rules_of_loaders, rules_of_reading, spoiled
from status_page_contents import PAGES
from status_pages import FOLDER, html

from kb.errors import InputError
from kb.facts import snapshot
from kb.facts.fact import Fact
from kb.load import decisions, register
from kb.load.raw import RawFolder
from kb.load.rows import Row

SOURCES = sorted(register.register())


@pytest.mark.parametrize("source", SOURCES)
def test_a_loader_makes_of_its_files_the_facts_that_were_looked_at(source: str) -> None:
    assert fixture_facts.described(*fixture_facts.read(source)) == fixture_facts.kept(source)


@pytest.mark.parametrize("source", SOURCES)
def test_the_files_have_every_column_that_the_publishers_have(source: str) -> None:
    """A column that no loader knows would be reported as unread; one that a loader reads and misses is an error."""
    assert fixture_facts.kept(source)["unread_columns"] == {}


def test_there_are_no_files_but_those_of_the_register_and_no_facts_but_theirs() -> None:
    folders = {path.name for path in fixture_facts.RAW.iterdir()}

    assert folders == {source.raw for source in register.register().values()}
    assert sorted(path.stem for path in fixture_facts.FACTS.iterdir()) == SOURCES


def test_the_facts_are_of_every_type_that_the_shipped_snapshot_has() -> None:
    for source in SOURCES:
        shipped = snapshot.read_source(snapshot.SNAPSHOT / source).tables.keys()
        assert fixture_facts.kept(source)["facts"].keys() == shipped, source


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_row_that_breaks_a_rule_meets_that_rule(fault: Fault, tmp_path: Path) -> None:
    before = fixture_facts.reasons(fixture_facts.read(fault.source)[1])

    after = fixture_facts.reasons(fixture_facts.read(fault.source, spoiled(fault, tmp_path))[1])

    assert after[fault.says] == before[fault.says] + 1, f"what is new: {dict(after - before)}"


#: Rules of the reading that no file of a publisher can meet, and why.
NOT_BY_A_FILE = {
    r"decided:\ .+": "a line of data/decisions.csv says it: test_a_decision_to_drop_leaves_out_the_rows_it_names",
    r"the\ loader\ made\ nothing\ of\ this\ row": "a fault of a loader: test_a_loader_that_makes_nothing_of_a_row_sends_it_to_quarantine",
}


@pytest.fixture(scope="module")
def words() -> dict[str, set[str]]:
    """By source, the rules and reasons that its files and its faults meet."""
    met = {source: set(fixture_facts.reasons(fixture_facts.read(source)[1])) for source in SOURCES}
    for fault in FAULTS:
        met[fault.source].add(fault.says)
    return met


def test_every_rule_of_every_loader_is_met(words: dict[str, set[str]]) -> None:
    users: dict[Rule, list[str]] = {}
    for source, rules in rules_of_loaders().items():
        for rule in rules:
            users.setdefault(rule, []).append(source)

    unmet = [rule for rule, sources in users.items() if not any(rule.is_met_by(w) for s in sources for w in words[s])]

    assert len(users) > 80
    assert unmet == []


def test_every_rule_of_the_reading_is_met(words: dict[str, set[str]]) -> None:
    said = set().union(*words.values())
    unmet = {rule.pattern for rule in rules_of_reading() if not any(rule.is_met_by(word) for word in said)}

    assert unmet == NOT_BY_A_FILE.keys()


def test_a_rule_is_found_in_the_code_of_the_modules_that_a_loader_is_made_of() -> None:
    assert {"loaders.conditions.regimes.vdem", "loaders.conditions.regimes.vdem.v16"} <= closure(
        "loaders.conditions.regimes.vdem.v16"
    )
    assert "loaders.treaties.untc.participation.participants" in closure("loaders.treaties.untc_2015")
    assert Rule("loaders.practice.itt", r"no\ such\ level") in set(rules_in("loaders.practice.itt"))


def test_a_decision_to_drop_leaves_out_the_rows_it_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    decided = tmp_path / "decisions.csv"
    decided.write_text(
        "source,file,column,value,decision,to,reason\n"
        "human-rights-council,,iso3,CYP,drop,,the seat of the example\n"
        "human-rights-council,another.csv,iso3,ISL,drop,,it is about another file\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(decisions, "DECISIONS", decided)

    facts, report = fixture_facts.read("human-rights-council")

    assert report.dropped == {"decided: the seat of the example": 1}
    assert "CYP" not in {fact.identity[1] for fact in facts}
    assert "ISL" in {fact.identity[1] for fact in facts}


def test_a_loader_that_makes_nothing_of_a_row_sends_it_to_quarantine() -> None:
    def nothing(row: Row) -> Iterator[Fact]:
        return iter(())

    raw = RawFolder(fixture_facts.RAW / "unhrc-membership-wikipedia", "human-rights-council")
    facts = list(raw.csv("unhrc_terms_2006_2027.csv", nothing))

    assert facts == []
    assert {q.reason for q in raw.report.quarantined} == {"the loader made nothing of this row"}
    assert len(raw.report.quarantined) == raw.report.rows > 0


def test_the_status_pages_are_those_that_the_contents_make() -> None:
    made = {f"{page.file}.html.gz": html(page) for page in PAGES}

    assert {path.name: gzip.decompress(path.read_bytes()).decode() for path in FOLDER.iterdir()} == made


def test_the_american_convention_without_a_signature_is_refused(tmp_path: Path) -> None:
    source = fixture_facts.source("achr-excerpts")
    small = (fixture_facts.RAW / source.raw / "achr_b32.csv").read_text(encoding="utf-8")
    (tmp_path / source.raw).mkdir()
    (tmp_path / source.raw / "achr_b32.csv").write_text(re.sub(r"(?m)^(\D+?),\d{4}-\d\d-\d\d,", r"\1,,", small))

    with pytest.raises(InputError):
        fixture_facts.read(source.code, tmp_path)
