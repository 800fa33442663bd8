"""The app as ``hrkb serve`` runs it: once it answers, its pages are imported and its scores read.

Streamlit alone would do both while the first visitor waits.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress

import streamlit as st

from kb.errors import HrkbError
from kb.settings import ROOT

#: These warn about work outside a visit, which is what is meant here.
_WARNING = ("streamlit.runtime.caching.cache_data_api", "streamlit.runtime.scriptrunner_utils.script_run_context")


def prepare() -> None:
    """Do now what every first visit needs. Without a graph there is less to do: the pages say what is wrong."""
    from ui.answers import panel
    from ui.pages import pages
    from ui.view import graph

    pages()
    with suppress(HrkbError):
        panel.read(graph.current())


@asynccontextmanager
async def _prepared(_: st.App) -> AsyncIterator[None]:
    with _quiet():
        await asyncio.to_thread(prepare)
    yield


@contextmanager
def _quiet() -> Iterator[None]:
    loggers = [logging.getLogger(name) for name in _WARNING]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


app = st.App(ROOT / "app.py", lifespan=_prepared)
