"""Files for the field: what Stata, and whoever reads the panel, gets is what the graph says, with labels and notes."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyreadstat
import pytest
from click.testing import CliRunner

from kb.catalogue.queries import catalogue
from kb.cli import hrkb
from kb.engines.base import Engine
from kb.export import analysis, codebook, files, stata

#: The panel is written for Stata, which takes a minute.
pytestmark = pytest.mark.long
SILENT = lambda *_: None  # noqa: E731


@pytest.fixture(scope="module")
def content(graph: Engine) -> files.Content:
    return files.read(graph, SILENT)


@pytest.fixture(scope="module")
def panel(content: files.Content) -> analysis.Panel:
    rank = {row["code"]: row["precedence"] for row in content.sources.to_pylist()}
    return analysis.panel(content.tables, rank, content.behind)


@pytest.fixture(scope="module")
def folder(content: files.Content, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small tables and the panel for Stata, and the panel as CSV."""
    root = tmp_path_factory.mktemp("field")
    kept = ("State", "Treaty", "RATIFIED", "WITHDREW_FROM", "StateYear", "IN_YEAR", "Indicator", "MEASURED", "RUD")
    few = files.Content(
        content.version,
        content.data_date,
        {name: content.tables[name] for name in kept},
        content.sources,
        content.behind,
    )
    files.write(few, "stata", root, SILENT)
    files.write(few, "panel", root, SILENT)
    return root


def test_the_panel_has_a_row_for_every_state_year_and_a_variable_for_every_column(
    panel: analysis.Panel, content: files.Content
) -> None:
    assert len(panel.rows) == content.tables["StateYear"].num_rows
    assert not panel.rows.duplicated(["iso3", "year"]).any()
    assert list(panel.rows.columns) == [v.name for v in panel.variables]
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,31}", v.name) and v.label for v in panel.variables)
    codes = set(content.tables["MEASURED"]["end"].to_pylist())
    assert {analysis.variable_name(code) for code in codes} <= set(panel.rows.columns)


def test_scores_in_the_panel_are_those_of_the_graph(panel: analysis.Panel, graph: Engine) -> None:
    asked = catalogue()["scores-and-components"].run(graph).to_pandas().sort_values(["iso3", "year"], ignore_index=True)

    for name in ("integration", "decoupling", "machinery_raw", "practice_sd"):
        given = panel.rows[name].to_numpy(dtype="float64", na_value=float("nan"))
        assert pd.Series(given).equals(asked[name].astype("float64").rename(None)), name


def test_indicators_in_the_panel_are_those_of_the_graph(panel: analysis.Panel, graph: Engine) -> None:
    asked = catalogue()["indicator-map"].run(graph, indicator="LHRS", year=2010).to_pandas().set_index("iso3")

    shown = panel.rows[panel.rows["year"] == 2010].set_index("iso3")
    assert len(shown) > 190
    for name, column in (("value", "lhrs"), ("sd", "lhrs_sd")):
        assert shown[column].dropna().to_dict() == asked[name].reindex(shown.index).dropna().to_dict()


@pytest.mark.parametrize("year", [1950, 1977, 1992, 2006, 2014, 2025])
def test_parties_in_the_panel_are_those_of_the_question(panel: analysis.Panel, graph: Engine, year: int) -> None:
    asked = catalogue()["parties-of-a-year"].run(graph, year=year).to_pylist()

    shown = panel.rows[panel.rows["year"] == year].set_index("iso3")
    names = {v.name: v.label.split()[2] for v in panel.variables if v.name.startswith("party_")}
    said = {(str(iso3), code) for name, code in names.items() for iso3 in shown.index[shown[name] == 1]}
    assert said == {(row["iso3"], row["treaty"]) for row in asked if row["iso3"] in shown.index}
    assert len(said) >= 10


def test_nobody_is_party_or_not_before_a_treaty_is_open(panel: analysis.Panel, content: files.Content) -> None:
    opened = {row["code"]: row["opened"] for row in content.tables["Treaty"].to_pylist()}

    missing = panel.rows[["year", "party_crc", "party_genocide"]]
    for code in ("CRC", "GENOCIDE"):
        assert (missing[f"party_{code.lower()}"].isna() == (missing["year"] < opened[code])).all()


def test_stata_gets_the_values_of_the_panel(folder: Path, panel: analysis.Panel) -> None:
    read = pd.read_stata(folder / "stata" / "panel.dta", convert_categoricals=False)

    assert list(read.columns) == list(panel.rows.columns) and len(read) == len(panel.rows)
    for name in panel.rows.columns:
        if name in ("region", "subregion"):
            continue
        expected = panel.rows[name]
        if codebook.kind(expected) == "text":
            assert read[name].tolist() == expected.fillna("").tolist(), name
        else:
            numbers = expected.astype("float64").to_numpy(dtype="float64", na_value=float("nan"))
            assert pd.Series(numbers).equals(read[name].astype("float64").rename(None)), name


def test_stata_gets_labels_of_data_variables_and_values(
    folder: Path, panel: analysis.Panel, content: files.Content
) -> None:
    with pd.read_stata(folder / "stata" / "panel.dta", iterator=True) as reader:
        labels, title, values = reader.variable_labels(), reader.data_label, reader.value_labels()
        read = reader.read()

    assert content.version in title
    assert all(0 < len(label) <= 80 for label in labels.values()) and labels.keys() == set(panel.rows.columns)
    assert labels["breadth"] == "share of the open core treaties the state is party to (share 0-1)"
    assert values["contested"] == values["party_cat"] == {0: "no", 1: "yes"}
    shown = read["region"].astype(object).where(read["region"].notna(), None)
    assert shown.tolist() == panel.rows["region"].astype(object).where(panel.rows["region"].notna(), None).tolist()


def test_another_reader_finds_the_notes(folder: Path, content: files.Content) -> None:
    _, told = pyreadstat.read_dta(str(folder / "stata" / "ratified.dta"))

    used = set(content.tables["RATIFIED"]["source"].to_pylist())
    cited = {row["code"]: row["citation"] for row in content.sources.to_pylist()}
    notes = "\n".join(told.notes)
    assert told.file_label == f"RATIFIED, {content.version}"
    assert content.version in notes and str(content.data_date) in notes
    assert all(f"Source {code}: {cited[code]}" in notes for code in used) and len(told.notes) == len(used) + 2


def test_days_lists_and_gaps_reach_stata(folder: Path, content: files.Content) -> None:
    treaties = pd.read_stata(folder / "stata" / "treaty.dta").set_index("code")
    ratified = pd.read_stata(folder / "stata" / "ratified.dta")

    assert treaties.at["CAT", "in_force"] == pd.Timestamp("1987-06-26")
    days = content.tables["RATIFIED"]["date"].to_pylist()
    assert [None if pd.isna(day) else day.date() for day in ratified["date"]] == days
    assert ratified["fact"].astype("int64").tolist() == content.tables["RATIFIED"]["fact"].to_pylist()
    rud = pd.read_stata(folder / "stata" / "rud.dta")
    withdrawn = content.tables["RUD"]["withdrawn_on"].to_pylist()
    assert [None if pd.isna(day) else day.date() for day in rud["withdrawn_on"]] == withdrawn and None in withdrawn
    assert rud["articles"].tolist() == ["; ".join(a or []) for a in content.tables["RUD"]["articles"].to_pylist()]


def test_a_label_that_is_too_long_is_cut_and_noted_in_full(tmp_path: Path) -> None:
    long = "a measure " * 20
    rows = pd.DataFrame({"value": [1.5, None], "day": pd.to_datetime(["1816-02-03", None]).astype("datetime64[s]")})

    stata.write(tmp_path / "x.dta", rows, title="t", labels={"value": long, "day": "day"}, notes=["äöü €"])

    read, told = pyreadstat.read_dta(str(tmp_path / "x.dta"))
    assert len(told.column_names_to_labels["value"]) <= 80 and told.column_names_to_labels["value"].endswith("..")
    assert "äöü €" in told.notes
    assert long.encode() in (tmp_path / "x.dta").read_bytes()
    assert read["day"][0] == dt.date(1816, 2, 3) and pd.isna(read["day"][1])
    assert pd.isna(read["value"][1])


def test_the_csv_is_the_panel(folder: Path, panel: analysis.Panel) -> None:
    read = pd.read_csv(folder / "panel" / "panel.csv", keep_default_na=False, na_values=[""])

    assert list(read.columns) == list(panel.rows.columns) and len(read) == len(panel.rows)
    assert read["integration"].equals(panel.rows["integration"])
    assert set(read["contested"].dropna()) == {True, False}
    assert read["iso3"].tolist() == panel.rows["iso3"].tolist()


def test_the_codebook_says_what_is_in_the_panel(folder: Path, panel: analysis.Panel, content: files.Content) -> None:
    told = pd.read_csv(folder / "panel" / "codebook.csv").set_index("variable")
    page = (folder / "panel" / "codebook.md").read_text(encoding="utf-8")

    assert list(told.index) == list(panel.rows.columns)
    lhrs, rows = told.loc["lhrs"], panel.rows[panel.rows["lhrs"].notna()]
    assert (int(lhrs["values"]), int(lhrs["first_year"]), int(lhrs["last_year"])) == (
        len(rows),
        rows["year"].min(),
        rows["year"].max(),
    )
    assert lhrs["source"] == "fariss-lhrs-402" and lhrs["states"] == rows["iso3"].nunique()
    for variable in panel.variables:
        assert f"| {variable.name} | " in page
        there = panel.rows[variable.name].dropna()
        if variable.lo is not None and len(there):
            assert there.astype("float64").min() >= variable.lo, variable.name
        if variable.hi is not None and len(there):
            assert there.astype("float64").max() <= variable.hi, variable.name
    used = set(itertools.chain.from_iterable(v.sources for v in panel.variables))
    sources = {v.name: set(v.sources) for v in panel.variables}
    assert sources["practice_sd"] >= {"fariss-lhrs-402"} and "fariss-lhrs-402" not in sources["breadth"]
    assert all(f"`{code}`: " in page for code in used) and used <= set(content.sources["code"].to_pylist())


def test_a_graph_without_scores_gives_a_panel_without_rows(content: files.Content) -> None:
    empty = analysis.panel({"State": content.tables["State"]}, {})

    assert empty.rows.empty and "integration" in empty.rows.columns


def test_the_command_writes_both_formats(hrkb_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def few(engine: Engine, progress: Any) -> files.Content:
        read = original(engine, progress)
        tables: dict[str, pa.Table] = {
            n: rows for n, rows in read.tables.items() if n in ("State", "StateYear", "BORDERS")
        }
        return files.Content(read.version, read.data_date, tables, read.sources)

    original = files.read
    monkeypatch.setattr(files, "read", few)  # all of the graph takes half a minute to write

    result = CliRunner().invoke(hrkb, ["export", str(tmp_path), "--format", "stata", "--format", "panel", "--json"])

    assert result.exit_code == 0, result.output
    assert [one["format"] for one in json.loads(result.stdout)] == ["stata", "panel"]
    assert {path.name for path in (tmp_path / "stata").glob("*.dta")} == {"panel.dta", "state.dta", "borders.dta"}
