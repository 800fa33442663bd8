"""Every query of ``queries/`` has golden answers, and answers as they say; ``make golden`` writes them anew."""

from __future__ import annotations

from pathlib import Path

import golden
import pyarrow as pa
import pytest

from kb.engines.embedded.engine import EmbeddedEngine
from kb.versions.home import Version

ANSWER = pa.table({"iso3": ["MEX", "NOR", "SWE"], "n": [1, 2, 3], "score": [0.5, 0.25, None]})


def changed(answer: pa.Table) -> list[str]:
    return list(golden.differences(golden.summary(ANSWER, []), golden.summary(answer, [])))


def test_every_query_has_golden_answers_and_every_golden_answer_its_query() -> None:
    assert golden.written() == golden.names()
    assert len(golden.names()) > 80


@pytest.mark.parametrize("name", golden.names())
def test_a_query_answers_as_is_written(name: str, graph: EmbeddedEngine, built: Version) -> None:
    assert golden.mistakes(name, graph, built.file()) == []


@pytest.mark.parametrize("name", golden.names())
def test_a_golden_answer_has_rows_to_be_wrong(name: str) -> None:
    found = golden.cases(name)

    assert found and all(case["rows"] > 0 and case["first"] for case in found)


def test_a_summary_tells_every_other_answer() -> None:
    swapped = ANSWER.set_column(2, "score", [[0.25, 0.5, None]])
    another = ANSWER.set_column(1, "n", [[1, 2, 4]])

    assert changed(ANSWER) == []
    assert changed(ANSWER.set_column(2, "score", [[0.5 + 1e-13, 0.25, None]])) == []
    assert [line.split(":")[0] for line in changed(swapped)][-1] == "reals.score.checksum"
    assert any(line.startswith("digest") for line in changed(another))
    assert any(line.startswith("rows: 3 -> 2") for line in changed(ANSWER.slice(0, 2)))
    assert any("reals.score.known" in line for line in changed(ANSWER.set_column(2, "score", [[0.5, None, None]])))
    assert changed(ANSWER.rename_columns(["iso3", "number", "score"]))


def test_a_column_left_out_must_be_there() -> None:
    with pytest.raises(KeyError):
        golden.summary(ANSWER, ["no such column"])


def test_the_command_writes_what_is_missing_mends_what_changed_and_says_so(
    graph: EmbeddedEngine, built: Version, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(golden, "FOLDER", tmp_path)
    monkeypatch.setattr(golden, "names", lambda: ["ruds-by-decade", "treaties"])
    (tmp_path / "treaties.yml").write_text("- {parameters: {}, rows: 35}\n")
    (tmp_path / "gone.yml").write_text("[]\n")

    told = list(golden.update(graph, built.file()))

    assert told[:2] == ["gone: removed, there is no such query", "ruds-by-decade: new"]
    assert told[2].startswith("treaties {}: rows: 35 -> 36")
    assert golden.written() == ["ruds-by-decade", "treaties"]
    assert golden.cases("treaties")[0]["rows"] == 36
    assert list(golden.update(graph, built.file())) == []
