"""Cypher on the embedded engine: every query of the corpus gives a server's rows, or is refused with what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cypher_corpus import record
from cypher_corpus.record import Case
from gate_cases import HARMLESS
from hypothesis import given
from hypothesis import strategies as st

from kb.catalogue.queries import QUERIES, catalogue
from kb.cypher.parameters import check
from kb.cypher.read.parser import parse
from kb.cypher.read.tokens import RefusedAt, Tokens
from kb.engines.embedded.engine import EmbeddedEngine, compiled_for
from kb.errors import QueryRefused, UsageError

ANSWERS = record.answers()
#: Clauses with which the embedded engine writes, or reaches outside the graph.
_NEVER = {
    "CREATE",
    "MERGE",
    "SET",
    "DELETE",
    "DETACH",
    "REMOVE",
    "DROP",
    "COPY",
    "LOAD",
    "EXPORT",
    "IMPORT",
    "INSTALL",
    "ATTACH",
    "CALL",
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedEngine]:
    with record.small(tmp_path_factory.mktemp("corpus")) as engine:
        yield engine


def test_corpus_is_large_and_every_query_has_its_answer() -> None:
    assert len({case.query for case in record.cases()}) >= 250
    assert [case.query for case in record.cases()] == list(ANSWERS)


@pytest.mark.parametrize("case", record.cases(), ids=lambda case: case.query[:60])
def test_embedded_engine_gives_the_rows_of_a_server_or_says_that_it_lacks_something(
    small: EmbeddedEngine, case: Case
) -> None:
    known = ANSWERS[case.query]

    found = record.embedded(small, case)

    if "lacks" in known:
        assert found == {"lacks": known["lacks"], "mend": known["mend"]}
        assert known["mend"]
    else:
        assert (found.get("columns"), found.get("rows")) == (known["columns"], known["rows"]), found


def test_what_the_embedded_engine_lacks_is_little() -> None:
    lacking = [query for query, known in ANSWERS.items() if "lacks" in known and "error" not in known]

    assert len(lacking) < len(ANSWERS) / 5


@pytest.mark.parametrize("path", sorted(QUERIES.glob("**/*.cypher")), ids=lambda path: path.stem)
def test_every_query_of_the_catalogue_is_compiled(path: Path, graph: EmbeddedEngine) -> None:
    if path.stem in catalogue() and path.parent == QUERIES:
        query = catalogue()[path.stem]
        given = query.arguments(graph, **{name: p.example for name, p in query.parameters.items() if p.default is None})
        text = compiled_for(query.cypher, given).sql
    else:
        body = path.read_text(encoding="utf-8")
        names = set(re.findall(r"\$(\w+)", body))
        text = compiled_for(body, dict.fromkeys(names, "x")).sql

    assert text


def outside_quotes(sql: str) -> set[str]:
    """The words of SQL, in capitals; not those of its texts and quoted names."""
    bare = re.sub(r"""'(?:[^']|'')*'|"(?:[^"]|"")*\"""", " ", sql)
    return set(re.findall(r"[A-Z_]+", bare.upper()))


@given(st.sampled_from([query for query, known in ANSWERS.items() if "lacks" not in known]))
def test_what_is_handed_on_has_no_clause_that_writes(query: str) -> None:
    text = compiled_for(query, ANSWERS[query].get("parameters") or {}).sql

    assert not _NEVER & outside_quotes(text)


_PIECES = st.sampled_from(
    [
        "MATCH", "(n:State)", "-[r:BORDERS]->", "(m)", "WHERE", "n.iso3", "=", "'SWE'", "RETURN", "n", "m", ",", "AND", "NOT", "WITH",
        "AS", "x", "x", "ORDER BY", "LIMIT", "1", "count(*)", "collect(n.iso3)", "[", "]", "(", ")", "{", "}", "UNWIND", "[1, 2]", "UNION",
        "EXISTS {", "CASE", "WHEN", "THEN", "END", "IN", "*", "+", "-", "|", "$p", "CREATE", "SET", "LOAD FROM '/etc/passwd'", "COPY", "DELETE",
    ]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=14))
def test_any_words_are_refused_or_become_a_read(pieces: list[str]) -> None:
    try:
        text = compiled_for(" ".join(pieces), {"p": 1}).sql
    except RefusedAt as refusal:
        assert refusal.remedy
        return

    assert not _NEVER & outside_quotes(text)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parse("RETURN " + text)
    except RefusedAt as refusal:
        assert refusal.column >= 1


_TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t\\'\"`$"), max_size=12)


@given(_TEXTS)
def test_a_text_comes_back_as_it_was_written(small: EmbeddedEngine, text: str) -> None:
    """Escapes differ between the engines: the value must not."""
    written = text.replace("\\", "\\\\").replace("'", "\\'")

    _, rows = small.rows(f"RETURN '{written}' AS x")

    assert rows == [[text]]


@given(st.floats(-1e6, 1e6), st.integers(1, 4))
def test_rounding_is_by_the_decimal_digits(small: EmbeddedEngine, value: float, digits: int) -> None:
    from decimal import ROUND_HALF_UP, Decimal

    expected = Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)

    _, rows = small.rows(f"RETURN round($x, {digits}) AS x", {"x": value})

    assert rows[0][0] == pytest.approx(float(expected), abs=1e-9)


@given(st.lists(st.integers(-5, 5), max_size=5), st.integers(-8, 8), st.integers(-8, 8))
def test_places_in_lists_are_those_of_python_without_the_steps(
    small: EmbeddedEngine, items: list[int], first: int, last: int
) -> None:
    _, rows = small.rows("RETURN $l[$i] AS item, $l[$i..$j] AS part", {"l": items, "i": first, "j": last})

    inside = -len(items) <= first < len(items)
    assert rows == [[items[first] if inside else None, items[first:last]]]


def test_comparing_a_whole_number_with_a_real_one_loses_no_row(small: EmbeddedEngine) -> None:
    """The engine looked into its statistics of whole numbers as if they were real ones, and found nothing."""
    for test in ("s.un_member_from > 1944.5", "toFloat(s.un_member_from) = 1945.0 OR s.un_member_from > 1945.5"):
        assert small.rows(f"MATCH (s:State) WHERE {test} RETURN count(*) AS n")[1] == [[5]]


def test_a_name_in_other_capitals_is_said() -> None:
    with pytest.raises(QueryRefused, match="no property of State called ISO3") as refusal:
        compiled_for("MATCH (s:State) RETURN s.ISO3", {})

    assert refusal.value.remedy.startswith("did you mean iso3?")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1 << 63, "64 bits"),
        (float("nan"), "no finite number"),
        (float("inf"), "no finite number"),
        ([[[[[[[[[1]]]]]]]]], "inside one another"),
        ({"a": {1: 2}}, "keys are no texts"),
        ("\ud800", "half a character"),
        (object(), "has a object"),
        (b"x", "has a bytes"),
    ],
)
def test_odd_parameter_is_refused_by_name(value: Any, said: str) -> None:
    with pytest.raises(UsageError, match=f"parameter p .*{said}"):
        check({"p": value})


@pytest.mark.parametrize("value", [[1, "a"], [{"a": 1}, {"b": 2}]])
def test_list_of_unlike_things_is_refused_where_the_engine_would_mix_them_up(value: Any) -> None:
    with pytest.raises(UsageError, match="parameter p"):
        compiled_for("RETURN $p AS p", {"p": value})


def test_harmless_queries_are_answered_or_refused_with_a_mend(small: EmbeddedEngine) -> None:
    for query in HARMLESS:
        names = {token.text[1:].strip("`") for token in Tokens(query).tokens if token.kind == "parameter"}
        try:
            compiled_for(query, dict.fromkeys(names, "x"))
        except QueryRefused as refusal:
            assert refusal.remedy, query
