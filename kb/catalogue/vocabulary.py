"""The check that a query of the catalogue names only what the model has, and asks in a way that all engines answer alike."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kb.catalogue import columns
from kb.catalogue.queries import Query
from kb.cypher.read.tokens import Token, Tokens
from kb.model.graph import MODEL
from kb.model.shape import Table

_OPEN, _CLOSE = "([{", ")]}"


def faults(query: Query) -> list[str]:
    """Every fault of a query's text, each with the file, the line and the word; empty where there is none.

    Labels, relationship types and properties must be in the model; the parameters used must be those declared; rows must
    come in a stated order; the header says of a column no more and no less than the model leaves open; and a node or relationship must not itself be compared with null, which engines answer
    differently once rows are grouped: its key is compared instead.
    """
    tokens = Tokens(query.cypher).tokens
    bound = _bound(tokens)
    found = [*_unknown_names(tokens), *_unknown_properties(tokens, bound), *_null_tests(tokens, bound)]
    used = {t.text[1:] for t in tokens if t.kind == "parameter"}
    lines = [f"{_place(query, token)}: {what}" for token, what in found]
    lines += [
        f"{query.path.name}: uses ${name}, which its header does not declare"
        for name in sorted(used - {*query.parameters})
    ]
    lines += [
        f"{query.path.name}: declares ${name}, which it does not use" for name in sorted({*query.parameters} - used)
    ]
    if not any(a.upper == "ORDER" and b.upper == "BY" for a, b in pairwise(tokens)):
        lines.append(f"{query.path.name}: states no order of rows")
    lines += [f"{query.path.name}: {fault}" for fault in columns.faults(query.stated, query.cypher)]
    return lines


def _place(query: Query, token: Token) -> str:
    header = query.path.read_text(encoding="utf-8").partition("*/")[0].count("\n") + 1
    return f"{query.path.name}, line {header + query.cypher.count(chr(10), 0, token.start) + 1}"


def _named(tokens: list[Token]) -> Iterator[tuple[Token | None, Token, bool]]:
    """Each label or type in a pattern: the variable it is stated of, if any, the word, and whether it is a type."""
    brackets: list[str] = []
    variable: Token | None = None
    for at, token in enumerate(tokens):
        if token.kind == "mark" and token.text in _OPEN:
            brackets.append(token.text)
            variable = tokens[at + 1] if tokens[at + 1].kind == "word" else None
        elif token.kind == "mark" and token.text in _CLOSE:
            brackets.pop()
        elif token.kind == "mark" and token.text in ":|" and brackets and brackets[-1] != "{":
            yield variable, tokens[at + 1], brackets[-1] == "["


def _bound(tokens: list[Token]) -> dict[str, set[str]]:
    """The tables that each variable stands for."""
    found: dict[str, set[str]] = {}
    for variable, word, _ in _named(tokens):
        if variable is not None:
            found.setdefault(variable.text, set()).add(word.text)
    return found


def _unknown_names(tokens: list[Token]) -> Iterator[tuple[Token, str]]:
    for _, word, is_type in _named(tokens):
        known = MODEL.types if is_type else MODEL.labels
        if word.text not in known:
            yield word, f"the model has no {'relationship type' if is_type else 'label'} {word.text}"


def _tables(names: set[str]) -> list[Table]:
    return [table for table in MODEL if table.name in names]


def _unknown_properties(tokens: list[Token], bound: dict[str, set[str]]) -> Iterator[tuple[Token, str]]:
    anywhere = {name for table in MODEL for name in table.by_name}
    keys = {a.text for a, b in pairwise(tokens) if a.kind == "word" and b.text == ":"}
    for variable, dot, word in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if dot.text != "." or variable.kind != "word" or word.kind != "word":
            continue
        if variable.text not in bound:
            if word.text not in anywhere | keys:
                yield word, f"nothing has a property {word.text}"
            continue
        for table in _tables(bound[variable.text]):
            if word.text not in table.by_name:
                yield word, f"{table.name} has no property {word.text}"


def _null_tests(tokens: list[Token], bound: dict[str, set[str]]) -> Iterator[tuple[Token, str]]:
    for before, word, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if word.text in bound and before.text not in (".", "AS") and after.upper == "IS":
            yield word, f"compare a property of {word.text} with null, not {word.text} itself"
