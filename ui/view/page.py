"""What a page declares, and what it is given to draw with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.navigation.page import StreamlitPage

from kb.catalogue import queries
from ui.view import graph, words
from ui.view.address import Address
from ui.view.graph import Graph

#: Sections of the navigation, in their order.
SECTIONS = ("Look", "Ask", "Trust")


@dataclass(frozen=True)
class Asked:
    """One question a page asked, with every parameter."""

    name: str
    parameters: Mapping[str, Any]


@dataclass
class View:
    """One drawing of a page: the graph it draws from, its selections, and the questions it asked."""

    graph: Graph
    address: Address
    #: The pages by path, to link to.
    pages: Mapping[str, StreamlitPage] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    figures: int = 0

    def ask(self, name: str, **parameters: Any) -> pd.DataFrame:
        """The answer to a catalogue query (see :func:`ui.view.graph.ask`), noted for "Where this comes from"."""
        self.cite(name, **parameters)
        return graph.ask(self.graph, name, parameters)

    def look_up(self, name: str, **parameters: Any) -> pd.DataFrame:
        """The same for what only fills a control: it is not noted."""
        return graph.ask(self.graph, name, parameters)

    def cite(self, name: str, **parameters: Any) -> None:
        """Note the question that gives exactly the rows shown, where they were taken from a larger cached answer."""
        question = Asked(name, queries.query(name).bind(parameters))
        if question not in self.asked:
            self.asked.append(question)

    def go(self, path: str, label: str, **parameters: str) -> None:
        """A link to another page with these selections; plain text where there is no such page."""
        if path in self.pages:
            st.page_link(self.pages[path], label=label, query_params=parameters or None, icon=None)
        else:
            st.markdown(words.quote(label)[1:-1])


@dataclass(frozen=True)
class Page:
    """One page: a file in ``ui/pages`` that assigns one of these to ``PAGE``.

    ``path`` is its place in the URL (empty for the page that the app opens on), ``answers`` the question it answers,
    ``reading`` the text of "How to read this" in Markdown, ``draw`` what draws it.
    """

    path: str
    title: str
    icon: str
    section: str
    order: int
    answers: str
    reading: str
    draw: Callable[[View], None]
