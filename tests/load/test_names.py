"""Codes and names of states mean one state in one year, and nothing is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import UsageError
from kb.load import names
from kb.load.rows import Unusable


@pytest.mark.parametrize(
    ("system", "value", "year", "iso3"),
    [
        ("cow", 365, 1960, "SUN"),
        ("cow", 365, 1995, "RUS"),
        ("cow", 255, 2000, "DEU"),
        ("gw", 260, 2000, "DEU"),
        ("cow", 679, 2000, "YEM"),
        ("gw", 678, 2000, "YEM"),
        ("cow", 970, 2010, "NRU"),
        ("gw", 970, 2010, "KIR"),
        ("gw", 816, 2010, "VNM"),
        ("iso2", "NA", 2010, "NAM"),
    ],
)
def test_a_code_means_the_state_that_had_it_in_that_year(system: str, value: str | int, year: int, iso3: str) -> None:
    assert names.by_code(system, value, year) == iso3


def test_a_spell_is_cut_where_its_code_passes_to_another_state() -> None:
    pieces = names.cut("cow", 365, 1945, 9999)

    assert [(p.iso3, p.from_year, p.to_year) for p in pieces] == [("SUN", 1945, 1991), ("RUS", 1992, 9999)]


@pytest.mark.parametrize("spelling", ["Côte d'Ivoire", "cote d’ivoire", "COTE D'IVOIRE", "Ivory Coast"])
def test_case_accents_and_punctuation_do_not_matter(spelling: str) -> None:
    assert names.by_name(spelling) == "CIV"


@pytest.mark.parametrize("misspelt", ["Frence", "Untied Kingdom", "Atlantis"])
def test_a_likeness_is_not_a_name(misspelt: str) -> None:
    with pytest.raises(Unusable, match="unknown state name"):
        names.by_name(misspelt)


def test_a_person_who_misspells_is_told_the_nearest_state_and_no_answer_is_given() -> None:
    with pytest.raises(UsageError, match="NOR") as error:
        names.state("Norwey")

    assert error.value.exit_code == 2


@given(st.text(max_size=30))
def test_any_text_is_a_state_or_a_usage_error(query: str) -> None:
    try:
        found = names.state(query)
    except UsageError as error:
        assert error.problem and error.remedy
    else:
        assert names.by_code("iso3", found) == found


@given(st.text(max_size=30))
def test_folding_a_folded_name_changes_nothing(name: str) -> None:
    assert names.fold(names.fold(name)) == names.fold(name)
