"""Several answers about one thing, one after the other."""

from __future__ import annotations

from typing import Any

from kb.catalogue.queries import catalogue
from kb.cli import output
from kb.versions.opening import open_engine


def show_parts(parts: tuple[str, ...], given: dict[str, Any], as_json: bool, as_csv: bool) -> None:
    """Print the answers of several catalogue queries, each with the parameters it knows."""
    answers: dict[str, Any] = {}
    with open_engine() as engine:
        for name in parts:
            query = catalogue()[name]
            answers[name] = query.run(engine, **{k: v for k, v in given.items() if k in query.parameters})
    titles = {name: catalogue()[name].title for name in parts}
    output.show_parts(answers, as_json=as_json, as_csv=as_csv, titles=titles)
