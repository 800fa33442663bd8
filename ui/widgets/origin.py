""" "Where this comes from": for every question a page asked its formula, its query with parameters, and its sources."""

from __future__ import annotations

import json

import pandas as pd
import streamlit as st

from kb.catalogue import queries
from ui.view import graph, words
from ui.view.page import Asked, View

_PASSED_ON = {"yes": "may be passed on", "no": "may not be passed on", "unstated": "passing on not stated"}


@st.fragment
def show(view: View) -> None:
    """Draw the expander; nothing where the page asked nothing. It is filled when it is opened, which draws only it."""
    if not view.asked:
        return
    key = f"{view.address.page}:origin"
    with st.expander("Where this comes from", icon=":material/source:", key=key, on_change="rerun") as details:
        if not details.open:
            return
        for asked in view.asked:
            _question(asked)
        st.markdown("### Sources")
        st.markdown(sources_text(_sources(view)))


def _question(asked: Asked) -> None:
    query = queries.query(asked.name)
    st.markdown(f"### {query.title}\n{query.question}")
    if query.notes:
        st.markdown(f"**How it is computed.** {query.notes}")
    columns = "\n".join(
        f"- *{words.heading(name)}*{f' ({c.unit})' if c.unit else ''}: {c.meaning}" for name, c in query.columns.items()
    )
    st.markdown(f"**Columns**\n\n{columns}")
    st.markdown(f"On the command line: `{command(asked)}`. In Cypher, with its parameters:")
    st.code(with_parameters(asked), language="cypher")


def with_parameters(asked: Asked) -> str:
    """The query's text below a line that sets its parameters, as Neo4j Browser and cypher-shell read it."""
    query = queries.query(asked.name)
    text = query.cypher
    if not asked.parameters:
        return text
    return f":params {_literal(query.as_cypher(asked.parameters))}\n\n{text}"


def _literal(value: object) -> str:
    """A value as Cypher writes it: as JSON does, but for the keys of maps."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_literal(one)}" for name, one in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)


def command(asked: Asked) -> str:
    """The command that asks the same question."""
    options = []
    for name, value in asked.parameters.items():
        for one in value if isinstance(value, list) else [value]:
            options.append(f"--{name.replace('_', '-')} {_shell(one)}")
    return " ".join(["hrkb query", asked.name, *options])


def _shell(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if text.replace("-", "").replace(".", "").isalnum() else "'" + text.replace("'", "'\\''") + "'"


def _sources(view: View) -> pd.DataFrame:
    """The sources that the answers to the questions asked rest on."""
    known = view.look_up("sources")
    named = {code for asked in view.asked for code in graph.rests_on(view.graph, asked.name, asked.parameters)}
    return known[known["code"].isin(named)]


def sources_text(sources: pd.DataFrame) -> str:
    """Each source in a line of Markdown: name, how old, licence, citation."""
    lines = []
    for row in sources.to_dict("records"):
        passed = _PASSED_ON.get(row["redistributable"], _PASSED_ON["unstated"])
        lines.append(
            f"- **[{row['name']}]({row['url']})** ({row['publisher']}), as of {row['as_of']}. "
            f"Licence: {row['licence']}; {passed}. Cite: {row['citation']}."
        )
    return "\n".join(lines)
