"""The explorer without a browser: every page, its controls, its address, and what it says when something is wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from app_pages import assert_fine, open_page, texts
from hypothesis import given
from hypothesis import strategies as st

from kb.settings import ROOT
from kb.versions.home import GRAPH, POINTER, RECORD, Version
from ui.charts import downloads, figures
from ui.pages import pages
from ui.view import words
from ui.view.address import Unreadable
from ui.view.page import Asked
from ui.widgets import controls, origin, spelling

PATHS = [page.path for page in pages()]


@pytest.mark.parametrize("path", PATHS)
def test_every_page_draws_and_says_where_it_comes_from(path: str, hrkb_home: Path) -> None:
    app = open_page(path)

    assert_fine(app)
    assert {"How to read this", "Where this comes from"} <= {e.label for e in app.expander}
    assert any(c.value.startswith("Data to 20") for c in app.caption)

    app.session_state[f"{path or 'integration'}:origin"] = True  # the expander is opened
    app.run()

    assert_fine(app)
    said = next(e for e in app.expander if e.label == "Where this comes from")
    assert {"### Sources"} <= {m.value for m in said.markdown}
    assert all("MATCH" in code.value for code in said.get("code")), "every question with its Cypher"
    assert len(said.get("code")) > 0


def test_a_page_names_no_source_that_its_answers_do_not_rest_on(hrkb_home: Path) -> None:
    app = open_page("ruds")
    app.session_state["ruds:origin"] = True
    app.run()

    said = "\n".join(m.value for e in app.expander if e.label == "Where this comes from" for m in e.markdown)
    listed = said.partition("### Sources")[2]
    assert "Status of 18 core human-rights instruments" in listed
    assert listed.count("Licence:") < 6 and "Fariss" not in listed and "KOF" not in listed


def test_moving_the_year_keeps_the_names_of_the_pictures() -> None:
    assert figures.lasting("Integration and decoupling, 1990 (n = 150 states)") == "Integration and decoupling"
    assert figures.lasting("CAT: parties by year, to 1995 (states; n = 9 parties)") == "CAT: parties by year"
    assert figures.lasting("CAT: status at the end of 2001 (n = 190 states)") == "CAT: status"


@pytest.mark.long
@pytest.mark.parametrize("path", PATHS)
def test_every_control_may_be_moved(path: str, hrkb_home: Path) -> None:
    app = open_page(path)

    for kind in ("slider", "selectbox", "radio"):
        for place in range(len(getattr(app, kind))):
            control = getattr(app, kind)[place]
            values = [control.min, control.max] if kind == "slider" else control.options[-1:]
            for value in values:
                getattr(app, kind)[place].set_value(value)
                app.run()
                assert_fine(app)


def test_the_first_page_is_integration_and_decoupling(hrkb_home: Path) -> None:
    app = open_page()

    assert [t.value for t in app.title] == ["Integration and decoupling"]
    assert len(app.get("vega_lite_chart")) == 3


def test_a_year_in_the_address_is_the_year_shown(hrkb_home: Path) -> None:
    app = open_page("", year="1990")

    assert app.slider[0].value == 1990
    assert "Integration and decoupling, 1990" in texts(app)


def test_moving_the_year_changes_the_address(hrkb_home: Path) -> None:
    app = open_page()

    app.slider[0].set_value(1995).run()

    assert app.query_params["year"] == "1995"


def test_a_selection_back_at_its_default_leaves_the_address(hrkb_home: Path) -> None:
    app = open_page("", region="Africa")

    app.selectbox[1].set_value("all").run()

    assert "region" not in app.query_params


def test_a_changed_address_wins_over_the_widget(hrkb_home: Path) -> None:
    app = open_page("", year="1990")

    app.query_params["year"] = "2001"
    app.run()

    assert app.slider[0].value == 2001


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"year": "1066"}, "The figures run from"),
        ({"year": "soon"}, "“soon” is not a year"),
        ({"region": "Asa"}, "Did you mean Asia"),
        ({"states": "MEX,Nowhere-at-all"}, "No state is called “Nowhere-at-all”"),
        ({"measure": "happiness"}, "there is no “happiness”"),
    ],
)
def test_what_the_address_gets_wrong_is_said(parameters: dict[str, str], said: str, hrkb_home: Path) -> None:
    app = open_page("", **parameters)

    assert_fine(app)
    assert any(said in warning.value for warning in app.warning), [w.value for w in app.warning]


def test_a_script_in_a_parameter_is_only_text(hrkb_home: Path) -> None:
    app = open_page("", region="<script>alert(1)</script>![x](http://example.org/x.png)")

    said = " ".join(w.value for w in app.warning)
    assert_fine(app)
    assert "<" not in said and "![" not in said and "http://" not in said


@pytest.mark.parametrize("spelling", ["CHE", "che", "Switzerland", "Suisse", "Schweiz", "COW 225", "m49:756"])
def test_a_state_is_known_by_any_of_its_names(spelling: str, hrkb_home: Path) -> None:
    app = open_page("state", state=spelling)

    assert_fine(app)
    assert not app.warning
    assert "Switzerland" in [h.value for h in app.header]


def test_mexico_has_joined_the_nine_core_treaties(hrkb_home: Path) -> None:
    app = open_page("state", state="MEX")

    assert {m.label: m.value for m in app.metric}["Core treaties joined"] == "9 of 9"


def test_counted_parties_stand_beside_the_printed_ones(hrkb_home: Path) -> None:
    app = open_page("treaty", treaty="CAT")

    parties = next(m for m in app.metric if m.label == "Parties")
    assert parties.help == f"The depositary prints {parties.value}."


def test_the_search_box_finds_states_and_treaties(hrkb_home: Path) -> None:
    app = open_page()

    app.text_input(key="finder").set_value("Birmanie").run()

    assert "Myanmar" in [link.label for link in app.get("page_link")]


@pytest.mark.parametrize(
    ("typed", "found"), [("México", "MEX"), ("Suisse", "CHE"), ("Burma", "MMR"), ("COW 70", "MEX"), ("M49 104", "MMR")]
)
def test_other_names_and_codes_are_known(typed: str, found: str) -> None:
    assert spelling.states(typed)[0] == found


@pytest.mark.parametrize("typed", ["COW 0", "COW", "cow 70 71"])
def test_a_code_that_means_no_state_is_read_as_a_name(typed: str) -> None:
    assert "MEX" not in spelling.states(typed)


def test_without_a_graph_the_page_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRKB_HOME", str(tmp_path))
    monkeypatch.delenv("NEO4J_URI", raising=False)

    app = open_page()

    assert "There is no graph" in texts(app)
    assert "hrkb build" in texts(app)
    assert not app.exception


def test_a_graph_being_built_is_announced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRKB_HOME", str(tmp_path))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    (tmp_path / "versions" / "under-way").mkdir(parents=True)

    app = open_page()

    assert "being built" in texts(app)


def test_a_graph_of_another_version_is_refused_with_the_remedy(
    built: Version, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "versions" / "old"
    folder.mkdir(parents=True)
    (folder / RECORD).write_text(json.dumps({**built.record, "model": "0"}), encoding="utf-8")
    (folder / GRAPH).write_bytes(b"")
    (tmp_path / POINTER).write_text("old\n", encoding="utf-8")
    monkeypatch.setenv("HRKB_HOME", str(tmp_path))
    monkeypatch.delenv("NEO4J_URI", raising=False)

    app = open_page()

    assert "was made with model 0" in texts(app)
    assert "hrkb build" in texts(app)
    assert not app.exception


def test_a_server_that_is_down_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")

    app = open_page()

    assert "What to do" in texts(app)
    assert not app.exception


@given(st.text())
def test_what_a_visitor_typed_is_never_markdown(text: str) -> None:
    assert not set("`<>[]()*_#|\\$") & set(words.quote(text))
    assert len(words.quote(text)) <= 43


@given(st.sampled_from(["Africa", "Americas", "Asia"]), st.booleans())
def test_an_option_is_found_whatever_its_letter_case(option: str, upper: bool) -> None:
    options = {name: name for name in ("Africa", "Americas", "Asia")}

    assert controls._pick(option.upper() if upper else option.lower(), options, "Region") == option


def test_an_unknown_option_names_the_nearest() -> None:
    with pytest.raises(Unreadable) as raised:
        controls._pick("Afrika", {"Africa": "Africa", "Asia": "Asia"}, "Region")

    assert raised.value.offers[0].value == "Africa"


def test_a_csv_keeps_missing_values_missing_and_joins_lists() -> None:
    rows = pd.DataFrame({"year": pd.array([1990, None], "Int64"), "articles": [["1", "12 (2)"], None]})

    assert downloads.csv(rows).decode("utf-8-sig").splitlines() == ["year,articles", "1990,1; 12 (2)", ","]


def test_a_query_is_copied_with_its_parameters() -> None:
    text = origin.with_parameters(Asked("adoption-curve", {"treaty": "CAT", "to_year": 2025}))

    assert text.startswith(':params {treaty: "CAT", to_year: 2025}\n\n')
    assert "$treaty" in text


def test_a_command_quotes_what_a_shell_would_read() -> None:
    command = origin.command(Asked("ruds", {"treaty": "CEDAW", "article": "2 (f); rm"}))

    assert command == "hrkb query ruds --treaty CEDAW --article '2 (f); rm'"


def test_no_page_writes_cypher() -> None:
    clause = re.compile(r"\b(MATCH|RETURN|UNWIND)\b \(?")

    paths = list((ROOT / "ui").glob("**/*.py"))
    assert len(paths) > 20
    for path in paths:
        assert not clause.search(path.read_text(encoding="utf-8")), path


def test_what_the_address_says_stays_until_the_visitor_changes_it(hrkb_home: Path) -> None:
    app = open_page("state", state="mexique")

    assert app.query_params["state"] in ("mexique", ["mexique"])

    app.selectbox[0].set_value("BRA").run()

    assert app.query_params["state"] == "BRA"
