"""A score, a property or an indicator that comes out nearly empty is named, and nothing with such a hole is published."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from kb.engines.embedded.engine import EmbeddedEngine
from kb.engines.tables import read_table
from kb.errors import CheckError, InputError
from kb.facts.snapshot import SNAPSHOT
from kb.graph import coverage
from kb.graph.make import Plan, build
from kb.model.graph import MODEL
from kb.versions import home
from kb.versions.home import Version

KOF = "KOF-PODF"


@pytest.fixture
def mine(built: Version, tmp_path: Path) -> Iterator[EmbeddedEngine]:
    """A copy of the real graph, to make holes in."""
    shutil.copyfile(built.folder / home.GRAPH, tmp_path / home.GRAPH)
    with EmbeddedEngine(tmp_path / home.GRAPH, read_only=False) as engine:
        yield engine


def change(engine: EmbeddedEngine, name: str, how: Callable[[pa.Table], pa.Table]) -> None:
    rows = how(read_table(engine, MODEL.table(name)))
    engine.renew({name})
    engine.write(name, rows)


def blank(column: str, where: Callable[[pa.Table], pa.Array] | None = None) -> Callable[[pa.Table], pa.Table]:
    """Takes a column's values away, from all rows or from some."""

    def emptied(rows: pa.Table) -> pa.Table:
        at = rows.schema.get_field_index(column)
        none = pa.nulls(rows.num_rows, rows.schema.field(at).type)
        return rows.set_column(
            at, rows.schema.field(at), pc.if_else(where(rows), none, rows[column]) if where else none
        )

    return emptied


def without(indicator: str) -> Callable[[pa.Table], pa.Table]:
    return lambda rows: rows.filter(pc.not_equal(rows["end"], indicator))


def test_the_real_graph_has_no_hole(graph: EmbeddedEngine) -> None:
    assert coverage.check(graph) > 250


def test_all_that_the_real_graph_holds_has_its_floor(graph: EmbeddedEngine) -> None:
    found, floors = coverage.measure(graph), coverage.floors()

    assert {kind: set(some) for kind, some in found.items()} == {kind: set(some) for kind, some in floors.items()}
    for kind, counted in found.items():
        for key, n in counted.items():
            assert 1 <= floors[kind][key] <= n.filled, key
            assert floors[kind][key] >= min(0.9 * n.filled, n.filled - coverage.SLACK), f"{key}: run `make coverage`"


def test_counts_are_those_of_the_tables(graph: EmbeddedEngine) -> None:
    found = coverage.measure(graph)
    ratified = read_table(graph, MODEL.types["RATIFIED"])

    assert found["properties"]["RATIFIED", "date"].filled == ratified.num_rows - ratified["date"].null_count
    assert found["properties"]["RATIFIED", "date"].rows == ratified.num_rows


@pytest.mark.parametrize(
    ("table", "how", "says"),
    [
        ("StateYear", blank("igo"), "score igo: filled 0% in the 1940s"),
        (
            "StateYear",
            blank("practice_physical", lambda rows: pc.equal(pc.divide(rows["year"], 10), 199)),
            "score practice_physical: filled 0% in the 1990s, at least 95%",
        ),
        ("RATIFIED", blank("date"), "RATIFIED.date: 0 values, at least "),
        ("Treaty", blank("in_force"), "Treaty.in_force: 0 values, at least "),
        ("MEASURED", blank("sd", lambda rows: pc.greater(rows["year"], 1960)), "MEASURED.sd: "),
        ("MEASURED", without(KOF), f"indicator {KOF}: 0 values, at least "),
    ],
    ids=["component", "component of a decade", "property of an edge", "property of a node", "deviation", "indicator"],
)
def test_a_hole_is_named(mine: EmbeddedEngine, table: str, how: Callable[[pa.Table], pa.Table], says: str) -> None:
    change(mine, table, how)

    with pytest.raises(CheckError) as error:
        coverage.check(mine)

    assert says in error.value.problem
    assert len(error.value.problem.split(";")) == 1, "nothing else is missing"
    assert "data/coverage" in error.value.remedy


def test_more_than_before_is_no_hole(mine: EmbeddedEngine) -> None:
    measured = coverage.measure(mine)
    change(mine, "MEASURED", lambda rows: pa.concat_tables([rows, another_year(rows, KOF)]))

    coverage.check(mine)
    assert coverage.measure(mine)["indicators"][KOF,].filled > measured["indicators"][KOF,].filled


def another_year(rows: pa.Table, indicator: str) -> pa.Table:
    """The values of an indicator's last year once more, as those of the year after."""
    of = rows.filter(pc.equal(rows["end"], indicator))
    last = pc.max(of["year"])
    newest = of.filter(pc.equal(of["year"], last))
    return newest.set_column(newest.schema.get_field_index("year"), "year", pc.add(newest["year"], 1))


@pytest.fixture
def plan(built: Version, tmp_path: Path) -> Plan:
    """The whole snapshot to change, and a home of its own in which the real graph is the current one."""
    shutil.copytree(SNAPSHOT, tmp_path / "snapshot")
    shutil.copytree(built.folder, tmp_path / "home" / "versions" / built.name)
    home.point_to(built.name, tmp_path / "home")
    return Plan(tmp_path / "snapshot", tmp_path / "home")


def rewrite(plan: Plan, how: Callable[[pa.Table], pa.Table]) -> None:
    path = plan.snapshot / "kof-2024" / "MEASURED.parquet"
    pq.write_table(how(pq.read_table(path)), path)


@pytest.mark.long
def test_a_build_with_a_hole_names_indicator_and_score_and_the_good_graph_stays(plan: Plan, built: Version) -> None:
    rewrite(plan, lambda rows: rows.filter(pc.or_(pc.not_equal(rows["end"], KOF), pc.greater(rows["year"], 2000))))

    with pytest.raises(CheckError) as error:
        build(plan, lambda *_: None)

    assert f"indicator {KOF}: " in error.value.problem
    assert "score political_globalisation: filled 0% in the 1970s" in error.value.problem
    assert error.value.exit_code == 4
    assert [v.name for v in home.versions(plan.home)] == [built.name] == [home.current(plan.home).name]


@pytest.mark.long
def test_a_build_with_a_year_more_is_published(plan: Plan, built: Version) -> None:
    rewrite(plan, lambda rows: pa.concat_tables([rows, another_year(rows, KOF)]))

    version, fresh = build(plan, lambda *_: None)

    assert fresh and version.record["counts"]["MEASURED"] > built.record["counts"]["MEASURED"]
    assert home.current(plan.home).name == version.name != built.name


@pytest.mark.long
def test_with_open_sources_alone_no_floor_is_asked_for(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    version, _ = build(Plan(plan.snapshot, plan.home, only_open=True), lambda *_: None)

    with version.open() as engine, pytest.raises(CheckError, match="the graph has holes"):
        coverage.check(engine)


def test_the_floors_written_are_those_read(graph: EmbeddedEngine, tmp_path: Path) -> None:
    found = coverage.measure(graph)
    for name, text in coverage.tables(found).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert all(row["at_least"] for row in csv.DictReader(io.StringIO(text)))

    read = coverage.floors(tmp_path)

    assert read == {kind: {key: n.floor for key, n in counted.items()} for kind, counted in found.items()}


@pytest.mark.parametrize(("filled", "floor"), [(1000, 950), (100, 95), (14, 9), (6, 1), (1, 1)])
def test_a_floor_leaves_room_for_corrections_and_is_never_nothing(filled: int, floor: int) -> None:
    assert coverage.Counted(filled, filled).floor == floor


def test_a_floor_that_is_no_number_is_named_with_its_line(tmp_path: Path) -> None:
    shutil.copytree(coverage.FLOORS, tmp_path / "floors")
    path = tmp_path / "floors" / "indicators.csv"
    lines = path.read_text().splitlines()
    path.write_text("\n".join([*lines[:3], lines[3].rpartition(",")[0] + ",many", *lines[4:]]))

    with pytest.raises(InputError, match=r"indicators\.csv, line 4, is no floor"):
        coverage.floors(tmp_path / "floors")


def test_a_floor_of_what_is_not_there_any_more_is_a_hole(graph: EmbeddedEngine, tmp_path: Path) -> None:
    shutil.copytree(coverage.FLOORS, tmp_path / "floors")
    with (tmp_path / "floors" / "properties.csv").open("a") as file:
        file.write("Treaty,colour,34,34,32\n")

    with pytest.raises(CheckError, match=r"Treaty\.colour: 0 values, at least 32 expected"):
        coverage.check(graph, tmp_path / "floors")
