"""One question of the catalogue, with a control for each of its parameters."""

from __future__ import annotations

import json
from typing import Any

import streamlit as st

from kb.catalogue import queries
from kb.catalogue.queries import Parameter, Query
from kb.errors import UsageError
from ui.charts import figures
from ui.view import words
from ui.view.address import Offer, Unreadable
from ui.view.page import Asked, View
from ui.widgets import controls, origin

#: Before the name of a query's parameter in the URL, where ``query`` and ``part`` are taken.
_PREFIX = "p-"
_LAST = "query:last"
_FIRST = "most-decoupled"


def draw(view: View) -> None:
    """Draw the choice of a question, its parameters, its answer, and its text to copy."""
    known = queries.catalogue()
    query = known[_choose(view, known)]
    st.markdown(f"**{query.question}**" + (f"\n\n{query.notes}" if query.notes else ""))
    parameters = _parameters(view, query)
    rows = view.ask(query.name, **parameters)
    figures.table(
        view, rows, title=f"{query.title} (n = {words.count(len(rows), 'row')})", query=query.name, height=460
    )
    _to_copy(view, Asked(query.name, query.bind(parameters)))


def _choose(view: View, known: dict[str, Query]) -> str:
    """The question; where it is another one than before, its parameters are read from the URL or start anew."""
    name = controls.choice(
        view,
        "query",
        "Question",
        {name: f"{query.title} · {name}" for name, query in known.items()},
        _FIRST,
        help=f"{len(known)} questions; type a part of a title or name",
    )
    if st.session_state.get(_LAST) != name:
        for key in [k for k in st.session_state if str(k).startswith(f"{view.address.page}:{_PREFIX}")]:
            del st.session_state[key]
        st.session_state[_LAST] = name
    return name


def _parameters(view: View, query: Query) -> dict[str, Any]:
    """A control for every parameter, three side by side, and the values."""
    if not query.parameters:
        st.caption("This question has no parameters.")
        return {}
    values = {}
    columns = st.columns(min(3, len(query.parameters)))
    for place, (name, parameter) in enumerate(query.parameters.items()):
        with columns[place % len(columns)]:
            values[name] = _control(view, name, parameter)
    return values


def _control(view: View, name: str, parameter: Parameter) -> Any:
    """The control that fits a parameter: a picker where its values are known, else a field that takes its type."""
    start = parameter.default if parameter.default is not None else parameter.example
    named, label = _PREFIX + name, "State" if name == "iso3" else words.heading(name)
    if name == "iso3":
        return controls.state(view, str(start), name=named, label=label)
    if parameter.type == "flag":
        return controls.flag(view, named, label, bool(start), help=parameter.meaning)
    options = _options(view, name, parameter)
    if options and start in options:
        return controls.choice(view, named, label, options, str(start), help=parameter.meaning)
    return _field(view, named, label, parameter, start)


def _options(view: View, name: str, parameter: Parameter) -> dict[str, str]:
    """The values that a parameter may take, where they are few and known."""
    if parameter.choices:
        return {c: words.heading(c) for c in parameter.choices}
    everything = {controls.ALL: "All"} if parameter.default == controls.ALL else {}
    if name == "treaty" and parameter.type == "text":
        return everything | {
            r["code"]: f"{r['code']}: {r['title']}" for r in view.look_up("treaties").to_dict("records")
        }
    if name == "region" and parameter.type == "text":
        return everything | {str(r): str(r) for r in sorted(view.look_up("states")["region"].dropna().unique())}
    return {}


def _field(view: View, name: str, label: str, parameter: Parameter, start: Any) -> Any:
    """A field for a number, a text, or texts separated by commas."""

    def read(text: str) -> Any:
        try:
            value = parameter.convert(text)
        except ValueError as error:
            raise Unreadable(f"{label} should be {error}.", None, (Offer(str(start), write(start)),)) from None
        return write(value) if parameter.type == "texts" else value

    def write(value: Any) -> str:
        return ",".join(value) if isinstance(value, list | tuple) else str(value)

    more: dict[str, Any] = {"help": parameter.meaning}
    if parameter.type in ("integer", "real"):
        more |= {"step": 1, "format": "%d"} if parameter.type == "integer" else {"step": 0.1}

        def number(key: str, touched: Any) -> Any:
            return st.number_input(label, key=key, on_change=touched, **more)

        return view.address.bound(name, start, read, write, number)
    text = view.address.bound(
        name, write(start), read, str, lambda key, touched: st.text_input(label, key=key, on_change=touched, **more)
    )
    try:
        return parameter.convert(text)
    except ValueError as error:
        raise UsageError(f"{label} should be {error}", f"for example {write(start)}") from error


def _to_copy(view: View, asked: Asked) -> None:
    """The same question for the command line and for any Cypher client, and a way into the console."""
    st.markdown("##### The same question elsewhere")
    st.caption("On the command line")
    st.code(origin.command(asked), language="bash", wrap_lines=True)
    with st.expander("In Cypher, with its parameters", icon=":material/code:"):
        st.code(origin.with_parameters(asked), language="cypher", wrap_lines=True)
    view.go(
        "query",
        "Change this query in the console",
        part="console",
        cypher=queries.query(asked.name).cypher,
        parameters=json.dumps(queries.query(asked.name).as_cypher(asked.parameters), ensure_ascii=False),
    )
