"""A console for Cypher of one's own: what was asked is in the URL, what is being typed is not until it is run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from kb.console import console
from kb.console.console import Answer
from kb.console.readonly import RefusedAt
from kb.errors import HrkbError, QueryRefused, UsageError
from kb.model.graph import MODEL
from kb.settings import ROOT
from kb.versions import home
from ui.pages.ask.query import answer as answers
from ui.view import errors, words
from ui.view.address import Unreadable, touch
from ui.view.page import View

#: What a visitor may ask for: rows, and seconds.
_MOST_ROWS, _MOST_SECONDS = 10_000, 60
_ROWS, _SECONDS = 500, 20
_EXAMPLES = ROOT / "queries" / "console"
_ANSWER = "query:answer"
_FIELDS = ("cypher", "parameters", "limit", "seconds")


@dataclass(frozen=True)
class Question:
    """What the console was asked. ``parameters`` is a JSON object as text."""

    cypher: str
    parameters: str
    limit: int
    seconds: int
    version: str


def draw(view: View) -> None:
    """Draw the field for a query, and the answer to what was asked last."""
    st.markdown(
        "Read-only Cypher on the whole graph. Return nodes and relationships to have them drawn, values to have a table."
    )
    _examples(view)
    question = _asked(view)
    _form(view)
    _vocabulary()
    view.cite("sources")
    if question.cypher.strip():
        _show(view, question)


def _asked(view: View) -> Question:
    """The question in the URL; an empty one before the first run."""
    return Question(
        _held(view, "cypher", "", str),
        _held(view, "parameters", "{}", str),
        _held(view, "limit", _ROWS, lambda text: _whole(text, _ROWS, _MOST_ROWS)),
        _held(view, "seconds", _SECONDS, lambda text: _whole(text, _SECONDS, _MOST_SECONDS)),
        view.graph.version,
    )


def _held(view: View, name: str, default: Any, read: Any) -> Any:
    """A part of the question, bound to the URL; its field shows it until the visitor changes it there."""

    def keep(key: str, touched: Any) -> Any:
        value = st.session_state[key]
        if st.session_state.get(f"{key}:shown") != value or f"{key}:draft" not in st.session_state:
            st.session_state[f"{key}:shown"] = value
            st.session_state[f"{key}:draft"] = value
        return value

    return view.address.bound(name, default, read, str, keep)


def _whole(text: str, default: int, most: int) -> int:
    if text.isdigit() and 1 <= int(text) <= most:
        return int(text)
    raise Unreadable(f"{words.quote(text)} is no number from 1 to {most:,}; taking {default}.", default)


def _form(view: View) -> None:
    page = view.address.page
    with st.form("console", border=True):
        st.text_area(
            "Cypher",
            key=f"{page}:cypher:draft",
            height=180,
            placeholder=next(iter(read_examples().values()))[2],
            help="One statement of read clauses. Ctrl+Enter runs it.",
        )
        first, second, third = st.columns([3, 1, 1])
        first.text_input(
            "Parameters (JSON)", key=f"{page}:parameters:draft", help='For $treaty write {"treaty": "CAT"}'
        )
        second.number_input("Most rows", 1, _MOST_ROWS, key=f"{page}:limit:draft")
        third.number_input("Most seconds", 1, _MOST_SECONDS, key=f"{page}:seconds:draft")
        st.form_submit_button("Run", type="primary", icon=":material/play_arrow:", on_click=_submit, args=(page,))


def _submit(page: str) -> None:
    """What was typed becomes what is asked; the same question again is asked again."""
    for name in _FIELDS:
        key = f"{page}:{name}"
        st.session_state[key] = st.session_state[f"{key}:draft"]
        touch(key)
    st.session_state.pop(_ANSWER, None)


def _show(view: View, question: Question) -> None:
    """Ask once per question and visitor, and show the answer or what went wrong."""
    kept = st.session_state.get(_ANSWER)
    if kept is None or kept[0] != question:
        with st.spinner(f"Asking; it is stopped after {question.seconds} s …"):
            kept = (question, _ask(view, question))
        st.session_state[_ANSWER] = kept
    result = kept[1]
    if isinstance(result, HrkbError):
        _refused(result)
    else:
        answers.show(view, result)


def _ask(view: View, question: Question) -> Answer | HrkbError:
    graph = None if "://" in view.graph.where else Path(view.graph.where) / home.GRAPH
    try:
        return console.run(
            question.cypher,
            read_parameters(question.parameters),
            limit=question.limit,
            timeout=float(question.seconds),
            graph=graph,
        )
    except HrkbError as error:
        return error


def read_parameters(text: str) -> Mapping[str, Any]:
    """Parameters as typed, a JSON object; empty means none. Raises :class:`UsageError`."""
    try:
        parameters = json.loads(text or "{}")
    except ValueError as error:
        raise UsageError(
            f"the parameters are not JSON: {error}", 'write them as {"treaty": "CAT", "year": 1990}'
        ) from error
    if not isinstance(parameters, dict):
        raise UsageError("the parameters are no JSON object", 'write them as {"treaty": "CAT", "year": 1990}')
    return parameters


def _refused(error: HrkbError) -> None:
    """What went wrong; of a refused query the place, and the engine's own words as they are."""
    if not isinstance(error, QueryRefused):
        errors.problem(error)
        return
    where = f" at line {error.line}, column {error.column}" if isinstance(error, RefusedAt) else ""
    st.error(f"The query was refused{where}.", icon=":material/error:")
    st.code(error.problem, language=None)
    if error.remedy:
        st.markdown(f"**What to do:** {error.remedy}")


def read_examples() -> dict[str, tuple[str, str, str]]:
    """The examples of the console by name: title, parameters as JSON, and query."""
    found = {}
    for path in sorted(_EXAMPLES.glob("*.cypher")):
        title, parameters, query = path.read_text(encoding="utf-8").split("\n", 2)
        found[path.stem] = (title.removeprefix("// "), parameters.removeprefix("// "), query.strip())
    return found


def _examples(view: View) -> None:
    with st.expander("Examples to begin with", icon=":material/lightbulb:"):
        for title, parameters, query in read_examples().values():
            view.go("query", title, part="console", cypher=query, parameters=parameters)


def _vocabulary() -> None:
    """What may be named in a query: labels, relationship types, and their properties with units."""
    with st.expander("Labels, relationship types and properties", icon=":material/schema:"):
        lines = []
        for label in MODEL.nodes:
            names = ", ".join(f"`{p.name}`" for p in label.properties)
            lines.append(f"- **(:{label.name})** {label.meaning} {names}")
        for kind in MODEL.edges:
            names = ", ".join(f"`{p.name}`" for p in kind.properties)
            lines.append(f"- **(:{kind.start})-[:{kind.name}]->(:{kind.end})** {kind.meaning} {names}")
        st.markdown("\n".join(lines))
