"""An answer of the console: as a table, as a drawing where it holds nodes, and as files."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import streamlit as st

from kb.console.console import Answer
from ui.charts import downloads, figures
from ui.pages.ask.query import cells, drawing
from ui.view import errors, words
from ui.view.page import View


def show(view: View, answer: Answer) -> None:
    """Draw an answer and its downloads."""
    if not answer.rows:
        errors.nothing("The query ran and found nothing. Check names and values: letter case counts.")
        return
    if answer.truncated:
        st.warning(
            f"There were more than {words.count(len(answer.rows), 'row')}; these are the first. Allow more rows, or ask "
            "for less.",
            icon=":material/content_cut:",
        )
    if answer.nodes:
        drawing.draw(view, answer)
    title = f"Answer: {words.count(len(answer.rows), 'row')} in {words.number(answer.seconds)} s"
    figures.table(view, table(answer), title=title, height=420)
    st.download_button(
        "JSON",
        lambda: as_json(answer),
        f"{downloads.file_name('answer')}.json",
        "application/json",
        on_click="ignore",
        type="tertiary",
        icon=":material/data_object:",
        help="Every value in full, nodes and relationships with all their properties",
    )


def as_json(answer: Answer) -> str:
    """The answer in full: ``{"columns": [...], "rows": [[...]], "truncated": false}``."""
    whole = {"columns": answer.columns, "rows": answer.rows, "truncated": answer.truncated}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def table(answer: Answer) -> pd.DataFrame:
    """The rows with a node as ``(:State SWE)``, an edge as ``[:RATIFIED 1990]``; columns of one type keep it."""
    found: dict[str, pd.Series] = {}
    for place, name in enumerate(answer.columns):
        values = [row[place] for row in answer.rows]
        kinds = {type(v) for v in values if v is not None}
        if kinds <= {int} or kinds <= {float, int} or kinds <= {bool}:
            found[_free(name, found)] = pd.Series(values).convert_dtypes()
        else:
            found[_free(name, found)] = pd.Series(
                [None if v is None else cells.text(v) for v in values], dtype="string"
            )
    return pd.DataFrame(found)


def _free(name: str, taken: dict[str, Any]) -> str:
    """A column's name; a second one of the same name is numbered."""
    number = sum(known == name or known.startswith(f"{name} (") for known in taken)
    return f"{name} ({number + 1})" if number else name
