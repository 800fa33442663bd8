"""What the refresh writes down is read again, also as earlier versions wrote it; what is broken is named."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from kb.errors import InputError
from kb.facts import snapshot
from kb.refresh.fetch import files as fetching
from kb.refresh.places import Places
from kb.refresh.record import history
from kb.refresh.record.history import Load, Run
from kb.versions import home

LOAD = Load(
    "untc",
    "loaded",
    "2026-11-21T03:30:00+00:00",
    "2026-11-21T03:31:00+00:00",
    warnings=("a new column é",),
    files={"cat.html.gz": "0" * 64},
    listing=("cat.html.gz",),
    rows={"rows_in": 3, "facts": 7},
    added=2,
)
RUN = Run("2026-11-21T033000", "2026-11-21T03:30:00+00:00", "2026-11-21T03:31:00+00:00", "fetch", (LOAD,), version="v")


def as_before(value: Any) -> str:
    """A record as every earlier version of the project wrote it."""
    return json.dumps(asdict(value), indent=1, sort_keys=True, default=str) + "\n"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path)


def record(places: Places, run: Run = RUN) -> Path:
    history.record(places, history.State(), run, history.SCHEMA.empty_table())
    return places.runs / f"{run.id}.json"


def test_a_record_has_the_form_it_always_had(places: Places) -> None:
    path = record(places)

    assert path.read_text(encoding="utf-8") == as_before(RUN)
    assert places.state.read_text(encoding="utf-8") == as_before(history.fold([RUN]))


def test_records_are_read_as_they_were_written(places: Places) -> None:
    path = record(places)
    kept = path.read_text()

    assert list(history.runs(places)) == [RUN]
    assert history.state(places) == history.fold([RUN])

    places.state.unlink()
    path.write_text(kept)
    assert history.state(places) == history.fold([RUN])


def test_a_record_from_before_a_property_was_added_is_read(places: Places) -> None:
    path = record(places)
    values = json.loads(path.read_text())
    del values["back_to"], values["reason"], values["loads"][0]["addresses"]
    path.write_text(json.dumps(values))

    assert list(history.runs(places)) == [RUN]


def other(name: str, value: Any) -> Any:
    def change(values: dict[str, Any]) -> str:
        return json.dumps({**values, name: value})

    return change


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda values: json.dumps(values)[:-9], "EOF while parsing"),
        (lambda values: "[]", "should be an object"),
        (lambda values: json.dumps({k: v for k, v in values.items() if k != "loads"}), "loads: Field required"),
        (other("colour", "red"), "colour: Unexpected"),
        (other("loads", [{**asdict(LOAD), "outcome": "eaten"}]), "loads.0.outcome: Input should be 'loaded'"),
        (other("loads", [{**asdict(LOAD), "added": "many"}]), "loads.0.added: Input should be a valid integer"),
    ],
)
def test_a_broken_record_is_named_with_what_does_not_fit(damage: Any, says: str, places: Places) -> None:
    path = record(places)
    path.write_text(damage(json.loads(path.read_text())))

    with pytest.raises(InputError, match="is no record of a refresh") as error:
        list(history.runs(places))

    assert str(path) in error.value.problem and says in error.value.problem and "\n" not in error.value.problem
    assert "move it away" in error.value.remedy


def test_a_broken_state_is_made_again_from_the_records(places: Places) -> None:
    record(places)
    for text in ("", "{}", "[1]", places.state.read_text().replace("loaded", "eaten")):
        places.state.write_text(text)

        assert history.state(places) == history.fold([RUN])


def test_answers_are_read_as_they_were_written_and_passed_over_where_damaged(places: Places) -> None:
    answer = fetching.Answer("https://x/a", "https://x/a", "2026-11-21T03:30:00+00:00", "0" * 64, 3, "", "", "")
    folders = [places.raw("untc") / name for name in ("2026-11-20T033000", "2026-11-21T033000")]
    for folder in folders:
        folder.mkdir(parents=True)
        (folder / fetching.ANSWERS).write_text(json.dumps({"a": asdict(answer)}))

    assert fetching.newest(places, "untc") == fetching.Edition(folders[1], {"a": answer})

    (folders[1] / fetching.ANSWERS).write_text(json.dumps({"a": {**asdict(answer), "length": "long"}}))
    assert fetching.newest(places, "untc") == fetching.Edition(folders[0], {"a": answer})


def test_every_shipped_report_is_read_and_written_the_same(tmp_path: Path) -> None:
    reports = sorted(snapshot.SNAPSHOT.glob("*/load.json"))
    assert len(reports) > 30

    for path in reports:
        assert snapshot.REPORTS.text(snapshot.REPORTS.read(path)) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("changed", "says"),
    [({"rows_in": "many"}, "rows_in"), ({"sha256": ["a"]}, "sha256"), ({"dropped": None}, "dropped")],
)
def test_a_broken_report_is_named(changed: dict[str, Any], says: str, tmp_path: Path) -> None:
    path = tmp_path / "kof-2024" / "load.json"
    path.parent.mkdir()
    shipped = json.loads((snapshot.SNAPSHOT / "kof-2024" / "load.json").read_text())
    path.write_text(json.dumps({**shipped, **changed}))

    with pytest.raises(InputError, match=f"load.json cannot be read: {says}"):
        snapshot.read_source(path.parent)


def test_the_record_of_a_version_is_written_as_it_is_read(built: home.Version, tmp_path: Path) -> None:
    path = built.folder / home.RECORD

    assert home.RECORDS.text(built.record) == path.read_text(encoding="utf-8")
    assert replace(built, record=home.RECORDS.read(path)) == built
