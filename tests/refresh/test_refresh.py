"""A refresh from end to end, on small files of five sources: what is good becomes current, and nothing else does."""

from __future__ import annotations

import datetime as dt
import json
import resource
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import publisher as publishers
import pytest
from publisher import file, status
from refreshing import COUNCIL, NOW, SMALL, TERMS, TERMS_AT_FIRST, Desk, new_desk, outcome, small

from kb.errors import Busy, CheckError, GraphMissing, UsageError
from kb.facts import snapshot
from kb.graph import make
from kb.load import decisions, extract
from kb.refresh.fetch.files import newest
from kb.refresh.places import Places
from kb.refresh.publish import generation
from kb.refresh.publish.generation import Good
from kb.refresh.publish.last_good import standing
from kb.refresh.publish.rollback import rollback
from kb.refresh.record import history
from kb.refresh.report import feed
from kb.refresh.report.health import exit_code, health
from kb.refresh.report.why import why
from kb.versions import home

pytestmark = pytest.mark.long

DAY = dt.timedelta(days=1)
SEATS = "MATCH (s:State)-[r:SEATED_ON]->(b:Body {code: 'HRC'}) RETURN count(r) AS n"


@pytest.fixture(scope="module")
def after_first(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The state after a first refresh from the small files."""
    desk = new_desk(tmp_path_factory.mktemp("first") / "desk")
    assert desk.refresh().run.outcome == "loaded"
    return desk


@pytest.fixture(scope="module")
def after_second(after_first: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The state after a second one, in which the Council's file has one more term."""
    desk = after_first.copy(tmp_path_factory.mktemp("second") / "desk")
    add(desk, "Iceland,WEOG,2028,2030,ISL,")
    assert desk.refresh(now=NOW + DAY).run.outcome == "loaded"
    return desk


@pytest.fixture
def desk(after_first: Desk, tmp_path: Path) -> Desk:
    return after_first.copy(tmp_path / "desk")


@pytest.fixture
def later(after_second: Desk, tmp_path: Path) -> Desk:
    return after_second.copy(tmp_path / "desk")


def add(desk: Desk, line: str) -> None:
    desk.terms.write_text(desk.terms.read_text(encoding="utf-8").rstrip("\n") + f"\n{line}\n", encoding="utf-8")


def seats(desk: Desk) -> int:
    with home.current(desk.home).open() as engine:
        return int(engine.read(SEATS)["n"][0].as_py())


def test_a_first_refresh_makes_a_graph_of_all_it_read(after_first: Desk) -> None:
    state = history.state(Places(after_first.home))

    assert seats(after_first) == TERMS_AT_FIRST
    assert set(state.sources) == set(SMALL) == set(state.local)


def test_the_same_files_change_nothing(desk: Desk) -> None:
    before = desk.version

    result = desk.refresh(now=NOW + DAY)

    assert (result.run.outcome, result.run.exit_code, result.run.version) == ("unchanged", 0, None)
    assert result.deltas.num_rows == 0
    assert desk.version == before


def test_a_grown_file_makes_a_new_version_and_says_what_is_new(after_first: Desk, after_second: Desk) -> None:
    rows = history.changes(Places(after_second.home), (NOW + DAY).date()).to_pylist()

    assert seats(after_second) == TERMS_AT_FIRST + 1
    assert [(r["kind"], r["nature"], r["start"], r["date"]) for r in rows] == [("added", "event", "ISL", "2028")]
    assert after_second.version > after_first.version


def test_a_reader_keeps_its_version_while_a_new_one_is_published(after_second: Desk) -> None:
    older, newer = home.versions(after_second.home)

    with older.open() as before, newer.open() as after:
        counts = [engine.read(SEATS)["n"][0].as_py() for engine in (before, after)]

    assert counts == [TERMS_AT_FIRST, TERMS_AT_FIRST + 1]


def test_yesterdays_file_is_rejected_and_a_person_may_take_it(later: Desk, after_first: Desk) -> None:
    later.terms.write_bytes(after_first.terms.read_bytes())

    result = later.refresh(now=NOW + 2 * DAY)
    taken = later.refresh(COUNCIL, now=NOW + 2 * DAY, accept="the seat was never filled", dry_run=True)

    assert outcome(result) == ("rejected", "an earlier edition came back")
    assert result.run.exit_code == 4
    assert seats(later) == TERMS_AT_FIRST + 1
    assert outcome(taken)[0] == "loaded"
    assert "the seat was never filled" in taken.run.loads[0].warnings[0]


def test_a_renamed_column_is_rejected_by_its_name(desk: Desk) -> None:
    text = desk.terms.read_text(encoding="utf-8")
    desk.terms.write_text(text.replace("term_label_end", "until", 1), encoding="utf-8")

    found, reason = outcome(desk.refresh(dry_run=True))

    assert found == "rejected"
    assert "has no column 'term_label_end'" in reason


def test_a_column_that_nobody_reads_is_a_warning(desk: Desk) -> None:
    header, *lines = desk.terms.read_text(encoding="utf-8").splitlines()
    desk.terms.write_text("\n".join([f"{header},seat", *(f"{line},1" for line in lines)]), encoding="utf-8")

    result = desk.refresh(COUNCIL, dry_run=True)

    assert outcome(result)[0] == "loaded"
    assert result.run.loads[0].warnings == (f"{TERMS} has new columns: seat",)


def test_a_cut_file_is_rejected_and_the_graph_stays(desk: Desk) -> None:
    lines = desk.terms.read_text(encoding="utf-8").splitlines()
    desk.terms.write_text("\n".join(lines[: len(lines) // 2]), encoding="utf-8")
    before = desk.version

    result = desk.refresh(now=NOW + DAY)

    assert outcome(result)[0] == "rejected"
    assert "fewer than" in outcome(result)[1]
    assert (desk.version, seats(desk)) == (before, TERMS_AT_FIRST)


def test_a_state_nobody_knows_is_set_aside_with_a_warning(desk: Desk) -> None:
    add(desk, "Ruritania,WEOG,2028,2030,RUR,")

    result = desk.refresh(COUNCIL, dry_run=True)

    assert outcome(result)[0] == "loaded"
    assert "rows are quarantined" in result.run.loads[0].warnings[0]


def test_a_decision_names_the_state_at_the_next_load_and_is_counted(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(desk, "Ruritania,WEOG,2028,2030,RUR,")
    decided = tmp_path / "decisions.csv"
    decided.write_text(
        "source,file,column,value,decision,to,reason\n"
        f"{COUNCIL},{TERMS},iso3,RUR,alias,ISL,the old name in the novel of 1894\n"
    )
    monkeypatch.setattr(decisions, "DECISIONS", decided)

    facts, quarantined = extract.extract(small()[COUNCIL], desk.raw)

    assert quarantined.num_rows == 0
    assert facts.report["decisions"] == ["1 rows: alias iso3 'RUR' -> 'ISL': the old name in the novel of 1894"]
    assert ("ISL", 2028) in {(r["start"], r["from_year"]) for r in facts.tables["SEATED_ON"].to_pylist()}


def test_a_dry_run_leaves_nothing_behind(desk: Desk) -> None:
    add(desk, "Iceland,WEOG,2028,2030,ISL,")
    before = sorted(p.relative_to(desk.home) for p in desk.home.rglob("*"))

    result = desk.refresh(dry_run=True)

    assert result.run.loads and not result.recorded
    assert [r["kind"] for r in result.deltas.to_pylist()] == ["added"]
    assert sorted(p.relative_to(desk.home) for p in desk.home.rglob("*")) == before


def test_two_refreshes_at_once_are_one(desk: Desk) -> None:
    with Places(desk.home).locked(), pytest.raises(Busy):
        desk.refresh()

    assert desk.refresh(now=NOW + DAY).run.outcome == "unchanged"


def test_a_clock_gone_back_neither_reorders_the_runs_nor_makes_the_past_the_future(later: Desk) -> None:
    before = history.state(Places(later.home)).run

    result = later.refresh(now=NOW - 4000 * DAY)

    assert result.run.id > before
    assert result.run.outcome == "unchanged"


def test_a_lost_state_is_read_from_the_records(later: Desk) -> None:
    places = Places(later.home)
    known = history.state(places)

    for damage in ("", "{", '{"run": "1999"}'):
        places.state.write_text(damage)
        assert history.state(places) == known


def test_a_failed_check_keeps_out_the_source_that_fails_it_and_no_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(desk, "Iceland,WEOG,2028,2030,ISL,")
    members = desk.raw / "ilo-osce-eu-coe-membership-wikipedia" / "eu_members.csv"
    members.write_text(members.read_text(encoding="utf-8").replace("1995", "1996"), encoding="utf-8")
    before = next(Places(desk.home).generations.glob("*/io-events/MEMBER_OF.parquet")).read_bytes()
    build_graph = make.build

    def check(plan: make.Plan, *rest: object, **more: object) -> object:
        if (plan.snapshot / "io-events" / "MEMBER_OF.parquet").read_bytes() != before:
            raise CheckError("the members do not add up", "look at them")
        return build_graph(plan, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(make, "build", check)

    result = desk.refresh(now=NOW + DAY)

    assert outcome(result, "io-events") == ("rejected", "the members do not add up")
    assert outcome(result)[0] == "loaded"
    assert seats(desk) == TERMS_AT_FIRST + 1


def test_an_unreachable_publisher_costs_nothing_but_a_word(desk: Desk) -> None:
    with publishers.running() as publisher:
        publisher.answers[f"/{TERMS}"] = status(503)
        request = {"folder": None, "sources": small(terms=publisher.url(f"/{TERMS}"))}

        result = desk.refresh(now=NOW + DAY, **request)

    assert outcome(result)[0] == "failed"
    assert (result.run.exit_code, seats(desk)) == (8, TERMS_AT_FIRST)


def test_a_source_is_asked_when_it_is_due_and_offline_reads_what_came(desk: Desk) -> None:
    with publishers.running() as publisher:
        publisher.answers[f"/{TERMS}"] = file(desk.terms.read_bytes(), etag='"1"')
        request = {"folder": None, "sources": small(terms=publisher.url(f"/{TERMS}"))}

        first = desk.refresh(now=NOW + DAY, **request)
        soon = desk.refresh(now=NOW + DAY + dt.timedelta(hours=1), **request)
        next_day = desk.refresh(now=NOW + 2 * DAY, **request)
        offline = desk.refresh(now=NOW + 3 * DAY, offline=True, **request)

    assert [r.run.outcome for r in (first, next_day, offline)] == ["unchanged"] * 3
    assert soon.run.loads == ()
    assert publisher.times(f"/{TERMS}") == 2
    edition = newest(Places(desk.home), COUNCIL)
    assert edition and (edition.folder / TERMS).read_bytes() == desk.terms.read_bytes()


@pytest.mark.parametrize(("limit", "said"), [(600, b"cannot be written"), (6000, b"is the disk full?")])
def test_a_full_disk_leaves_the_graph_and_the_next_run_does_the_work(desk: Desk, limit: int, said: bytes) -> None:
    """``limit`` is the largest file, bytes: too little for the facts, or enough for them but not for the graph."""
    add(desk, "Iceland,WEOG,2028,2030,ISL,")
    before = desk.version
    code = f"import refreshing, pathlib; refreshing.Desk(pathlib.Path({str(desk.root)!r})).refresh()"

    failed = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[1] / "support",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        capture_output=True,
    )

    assert failed.returncode != 0
    assert said in failed.stderr
    assert (desk.version, seats(desk)) == (before, TERMS_AT_FIRST)
    assert desk.refresh(now=NOW + DAY).run.outcome == "loaded"
    assert seats(desk) == TERMS_AT_FIRST + 1


def test_going_back_restores_the_graph_and_its_facts_and_refuses_the_file(later: Desk) -> None:
    older = home.versions(later.home)[0].name

    run = rollback(later.home, reason="a seat too many", now=NOW + 2 * DAY)
    again = later.refresh(now=NOW + 3 * DAY)

    assert (run.version, later.version) == (older, older)
    assert seats(later) == TERMS_AT_FIRST
    assert outcome(again) == ("rejected", "a rollback set these files aside")
    assert history.fold(history.runs(Places(later.home))) == history.state(Places(later.home))


def test_going_back_to_a_build_keeps_the_facts_it_was_made_of(later: Desk) -> None:
    with standing(later.home, later.root / "shipped") as facts:
        plan = make.Plan(facts, later.home, only_open=True)
        rebuilt, _ = make.build(plan, lambda stage, done, total: None, force=True)
    add(later, "Iceland,WEOG,2032,2034,ISL,")
    assert later.refresh(now=dt.datetime.now(dt.UTC)).run.outcome == "loaded"

    rollback(later.home)

    good = Good(Places(later.home), history.state(Places(later.home)), later.root / "shipped").read(COUNCIL)
    assert (later.version, seats(later)) == (rebuilt.name, TERMS_AT_FIRST + 1)
    assert good is not None and good.tables["SEATED_ON"].num_rows == TERMS_AT_FIRST + 1


def test_there_is_no_going_back_before_the_first_version(desk: Desk) -> None:
    with pytest.raises(GraphMissing, match="no earlier version"):
        rollback(desk.home)
    with pytest.raises(UsageError, match="no version 'last'"):
        rollback(desk.home, "last")


def test_why_names_the_row_the_rule_and_the_loads(later: Desk) -> None:
    added = history.changes(Places(later.home), (NOW + DAY).date()).to_pylist()[0]

    (one,) = why(later.home, [str(added["fact"])], small(), later.root / "shipped")

    (origin,) = one.origins
    assert (origin.file, origin.line, origin.rule) == (
        TERMS,
        TERMS_AT_FIRST + 2,
        "loaders.institutions.human_rights_council._term",
    )
    assert origin.cells["iso3"] == "ISL"
    assert one.first_seen == one.last_seen == added["run"]
    assert one.values["from_year"] == 2028


def test_why_lists_every_source_that_describes_a_node(later: Desk) -> None:
    found = why(later.home, ["State", "ISL"], small(), later.root / "shipped")

    assert {one.source for one in found} == {"cow-states", "gw-states", "country-codes"}
    assert all(one.first_seen < one.last_seen for one in found)


def test_why_of_nothing_says_what_to_give(later: Desk) -> None:
    for about in (["12"], ["State", "XYZ"], ["Realm", "ISL"], ["twelve"]):
        with pytest.raises(UsageError):
            why(later.home, about, small(), later.root / "shipped")


def test_the_feed_is_atom_and_tells_what_happened(later: Desk) -> None:
    tree = ElementTree.fromstring(feed.atom(Places(later.home), small()))

    entries = tree.findall("{*}entry")
    assert len(entries) == len(SMALL) + 1
    assert entries[0].findtext("{*}title") == f"{small()[COUNCIL].name}: 1 added, 0 changed, 0 removed"
    assert entries[0].findtext("{*}content") == "event: added SEATED_ON ISL -> HRC (2028)"
    ids = [entry.findtext("{*}id") for entry in entries]
    assert len(set(ids)) == len(ids) and all(i and i.startswith("urn:uuid:") for i in ids)


def test_health_tells_the_late_the_failed_and_the_never_asked(desk: Desk) -> None:
    fetched = small(terms="http://127.0.0.1:9/terms.csv")
    never = {"another": fetched[COUNCIL].model_copy(update={"code": "another"})}

    well = health(desk.home, fetched, NOW + DAY)
    late = health(desk.home, fetched, NOW + 30 * DAY)
    missing = health(desk.home, never, NOW)
    desk.refresh(COUNCIL, folder=None, sources=fetched, now=NOW + DAY)
    failed = health(desk.home, fetched, NOW + DAY)

    assert (exit_code(well), exit_code(late), exit_code(missing), exit_code(failed)) == (0, 8, 8, 8)
    assert {one.status for one in well} == {"ok"}
    assert [one.status for one in late if one.source == COUNCIL] == ["late"]
    assert [one.status for one in failed if one.source == COUNCIL] == ["failed"]
    assert [one.status for one in missing] == ["never"]


def test_a_snapshot_made_from_a_refresh_is_the_one_made_from_the_files(desk: Desk, tmp_path: Path) -> None:
    places = Places(desk.home)
    for code in SMALL:
        snapshot.write(*extract.extract(small()[code], desk.raw), tmp_path / "direct")

    generation.export(Good(places, history.state(places), desk.root / "shipped"), tmp_path / "exported")

    files = sorted(p.relative_to(tmp_path / "direct") for p in (tmp_path / "direct").rglob("*.*"))
    assert files == sorted(p.relative_to(tmp_path / "exported") for p in (tmp_path / "exported").rglob("*.*"))
    for path in files:
        assert (tmp_path / "direct" / path).read_bytes() == (tmp_path / "exported" / path).read_bytes(), path


def test_a_newer_shipped_snapshot_is_used_for_sources_never_refreshed(desk: Desk) -> None:
    shipped = desk.root / "shipped"
    snapshot.write(*extract.extract(small()[COUNCIL], desk.raw), shipped)
    untouched = replace(history.state(Places(desk.home)), local=("io-events",))

    good = Good(Places(desk.home), untouched, shipped)

    assert good.folder(COUNCIL) == shipped / COUNCIL
    assert good.folder("io-events").is_relative_to(desk.home)


def test_a_build_keeps_what_a_refresh_has_loaded(later: Desk) -> None:
    before, version = seats(later), later.version

    with standing(later.home, later.root / "shipped") as facts:
        built, fresh = make.build(make.Plan(facts, later.home, only_open=True), lambda stage, done, total: None)
        rebuilt, _ = make.build(make.Plan(facts, later.home, True), lambda stage, done, total: None, force=True)

    assert (built.name, fresh) == (version, False)
    assert (rebuilt.name, seats(later)) == (later.version, before)
    assert rebuilt.name != version
    assert not facts.exists()


def test_a_build_rests_on_what_is_shipped_until_a_refresh_has_loaded_something(tmp_path: Path) -> None:
    with standing(tmp_path / "home", tmp_path / "shipped") as facts:
        assert facts == tmp_path / "shipped"


def test_a_build_waits_for_no_refresh(later: Desk) -> None:
    with Places(later.home).locked(), pytest.raises(Busy, match="another refresh"), standing(later.home):
        raise AssertionError("not reached")


def test_records_are_plain_and_complete(later: Desk) -> None:
    path = sorted(Places(later.home).runs.glob("*.json"))[-1]

    run = json.loads(path.read_text(encoding="utf-8"))

    load = next(load for load in run["loads"] if load["source"] == COUNCIL)
    assert load["rows"] == {
        "facts": TERMS_AT_FIRST + 2, "rows_dropped": 0, "rows_in": TERMS_AT_FIRST + 1, "rows_loaded": TERMS_AT_FIRST + 1, "rows_quarantined": 0
    }  # fmt: skip
    assert load["files"].keys() == {TERMS}
    assert (load["added"], load["changed"], load["removed"]) == (1, 0, 0)
