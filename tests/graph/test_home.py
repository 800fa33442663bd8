"""Where graphs live: the pointer moves in one step, and only what is complete is a version."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.errors import GraphMissing, HrkbError
from kb.versions import home
from kb.versions.home import Version


def version(root: Path, name: str) -> Version:
    folder = home.make_folder(root, name)
    (folder / home.GRAPH).write_bytes(b"")
    return Version(folder, {"version": name})


def test_the_last_published_version_is_the_current_one_and_the_newest_are_kept(tmp_path: Path) -> None:
    for number in range(5):
        home.publish(version(tmp_path, f"v{number}"), tmp_path)

    assert home.current(tmp_path).name == "v4"
    assert [v.name for v in home.versions(tmp_path)] == ["v2", "v3", "v4"]


def test_a_version_gone_back_to_outlives_newer_ones(tmp_path: Path) -> None:
    home.publish(version(tmp_path, "v0"), tmp_path)
    home.publish(version(tmp_path, "v1"), tmp_path)
    home.point_to("v0", tmp_path)

    home.prune(tmp_path)

    assert home.current(tmp_path).name == "v0"
    assert {v.name for v in home.versions(tmp_path)} == {"v0", "v1"}


def test_a_version_without_record_is_none_and_the_next_one_removes_it(tmp_path: Path) -> None:
    version(tmp_path, "half")
    assert home.versions(tmp_path) == []

    home.publish(version(tmp_path, "whole"), tmp_path)

    assert [path.name for path in (tmp_path / "versions").iterdir()] == ["whole"]


def test_what_was_not_published_is_discarded_and_what_was_stays(tmp_path: Path) -> None:
    published, stopped = version(tmp_path, "a"), version(tmp_path, "b")
    home.publish(published, tmp_path)
    stopped.folder.mkdir(exist_ok=True)

    home.discard_unpublished(published.folder, tmp_path)
    home.discard_unpublished(stopped.folder, tmp_path)

    assert home.current(tmp_path).folder.is_dir()
    assert not stopped.folder.exists()


@pytest.mark.parametrize("pointer", [None, "", "gone\n"])
def test_without_a_version_to_point_to_the_remedy_is_a_build(pointer: str | None, tmp_path: Path) -> None:
    if pointer is not None:
        (tmp_path / home.POINTER).write_text(pointer)

    with pytest.raises(GraphMissing, match="hrkb build"):
        home.current(tmp_path)


def test_a_pointer_that_cannot_be_replaced_is_an_error_and_leaves_no_trace(tmp_path: Path) -> None:
    (tmp_path / home.POINTER).mkdir()

    with pytest.raises(HrkbError, match="current cannot be written"):
        home.point_to("v0", tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == [home.POINTER]


def test_a_graph_of_another_model_is_not_opened(tmp_path: Path) -> None:
    made = version(tmp_path, "old")
    (made.folder / home.RECORD).write_text(json.dumps({"model": "another", "engine": "duckdb 0.0.1"}))
    home.point_to("old", tmp_path)

    with pytest.raises(GraphMissing, match="made with model another") as error:
        home.current(tmp_path).open()

    assert "rebuilt, not migrated" in error.value.remedy
