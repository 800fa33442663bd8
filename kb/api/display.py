"""How the knowledge base and its questions show themselves in Jupyter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from kb.catalogue.queries import Query


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """An HTML table; every cell is escaped."""
    top = "".join(f'<th style="text-align:left">{escape(name)}</th>' for name in head)
    body = "".join(
        "<tr>" + "".join(f'<td style="text-align:left">{escape(str(cell))}</td>' for cell in row) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def question(query: Query) -> str:
    """A question with its parameters and columns."""
    parts = [f"<h4>{escape(query.name)}: {escape(query.title)}</h4><p>{escape(query.question)}</p>"]
    if query.parameters:
        rows = [
            (name, p.type, "" if p.default is None else p.default, p.meaning + _choices(p.choices))
            for name, p in query.parameters.items()
        ]
        parts.append(table(("parameter", "type", "default", "meaning"), rows))
    parts.append(
        table(("column", "type", "unit", "meaning"), [(n, c.type, c.unit, c.meaning) for n, c in query.columns.items()])
    )
    if query.notes:
        parts.append(f"<p>{escape(query.notes)}</p>")
    parts.append(f"<details><summary>Cypher</summary><pre>{escape(query.cypher)}</pre></details>")
    return "".join(parts)


def _choices(choices: Sequence[str]) -> str:
    return f": {', '.join(choices)}" if choices else ""
