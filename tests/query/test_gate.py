"""The gate: hostile queries are refused with a word, a place and a reason; harmless look-alikes pass."""

from __future__ import annotations

import re

import pytest
from gate_cases import HARMLESS, HOSTILE
from hypothesis import given
from hypothesis import strategies as st

from kb.catalogue.queries import catalogue
from kb.console.readonly import RefusedAt, check
from kb.cypher.allowed import FUNCTIONS, REASONS
from kb.errors import QueryRefused


def reason(query: str) -> str:
    with pytest.raises(RefusedAt) as refusal:
        check(query)
    return refusal.value.problem.splitlines()[0]


def test_every_word_that_the_gate_refuses_is_tried_where_it_would_act() -> None:
    tried = {found[1] for query in HOSTILE if (found := re.search(r": (\w+) is refused: ", reason(query)))}

    assert {word.upper() for word in tried} == set(REASONS)


@pytest.mark.parametrize("word", sorted(REASONS))
def test_every_word_that_the_gate_refuses_is_harmless_as_a_name(word: str) -> None:
    for query in (f"RETURN '{word} (n)' AS x", f"MATCH (n) RETURN n.`{word}`", f"RETURN 1 AS x // {word} (n)"):
        assert check(query)


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_query_is_refused_with_place_and_remedy(query: str) -> None:
    with pytest.raises(RefusedAt) as refusal:
        check(query)

    assert refusal.value.line >= 1 and refusal.value.column >= 1
    assert "^" in refusal.value.problem
    assert refusal.value.remedy


@pytest.mark.parametrize("query", HARMLESS)
def test_harmless_look_alike_passes(query: str) -> None:
    passed = check(query)

    assert passed.text.strip()
    assert all(kept in (given, " ") for kept, given in zip(passed.text, query, strict=False)), "comments are blanked"
    if "//" not in query and "/*" not in query:
        assert passed.text == query.rstrip("; \n")


def test_refusal_names_word_place_and_reason() -> None:
    with pytest.raises(QueryRefused) as refusal:
        check("MATCH (n:State)\nWHERE n.iso3 = 'SWE' SET n.name = 'x'")

    assert refusal.value.problem.splitlines() == [
        "line 2, column 22: SET is refused: it changes the graph, and the console only reads",
        "  WHERE n.iso3 = 'SWE' SET n.name = 'x'",
        "                       ^",
    ]


def test_function_that_is_not_known_is_named() -> None:
    with pytest.raises(QueryRefused, match=r"apoc\.load\.json\(\) is not a function"):
        check("RETURN apoc.load.json('x')")


def test_comments_are_blanked_and_every_place_stays() -> None:
    query = "MATCH (n) /* SET\nDELETE */ RETURN n // CREATE"

    passed = check(query)

    assert "SET" not in passed.text and "CREATE" not in passed.text
    assert passed.text.index("RETURN") == query.index("RETURN")
    assert passed.text.count("\n") == 1


def test_semicolon_at_the_end_is_not_handed_on() -> None:
    assert check("RETURN 1; // done").text == "RETURN 1"


@given(st.text(max_size=80))
def test_any_text_passes_or_is_refused_but_never_crashes_the_gate(query: str) -> None:
    try:
        passed = check(query)
    except RefusedAt as refusal:
        assert refusal.column >= 1
    else:
        assert passed.text.strip() and len(passed.text) <= len(query)


_PIECES = st.sampled_from(
    [
        "MATCH (n)",
        "WITH n",
        "RETURN n",
        "'",
        '"',
        "`",
        "//",
        "/*",
        "*/",
        "\n",
        "(",
        ")",
        "{",
        "}",
        ";",
        ",",
        "+",
        "*",
        ".x",
    ]
)
_WORDS = st.sampled_from(sorted(REASONS))


@given(st.lists(_PIECES, max_size=6), _WORDS, st.lists(_PIECES, max_size=4))
def test_refused_clause_never_passes_outside_quotes_and_comments(
    before: list[str], word: str, after: list[str]
) -> None:
    """A clause needs something to act on: the word followed by a name. Such a pair passes only where it is no code."""
    query = " ".join([*before, f"{word} victim", *after])

    try:
        passed = check(query)
    except RefusedAt:
        return

    without_text = _without_quoted(passed.text)
    assert f"{word} victim" not in without_text


def _without_quoted(text: str) -> str:
    """The text without what stands in quotes, by a reading that shares nothing with the gate's."""
    kept, quote = [], ""
    for character in text:
        if quote:
            quote = "" if character == quote else quote
        elif character in "'\"`":
            quote = character
        else:
            kept.append(character)
    return "".join(kept)


def test_no_function_of_the_list_reads_files_or_settings() -> None:
    dangerous = ("csv", "parquet", "json", "file", "setting", "load", "env", "http", "sleep", "nextval", "apoc")

    assert [name for name in FUNCTIONS if any(part in name for part in dangerous)] == []


@pytest.mark.parametrize("name", catalogue())
def test_every_query_of_the_catalogue_passes(name: str) -> None:
    query = catalogue()[name].cypher

    assert len(check(query).text) <= len(query)
