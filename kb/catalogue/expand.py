"""The columns of the declared scores in a query that lists them all.

A header that says ``scores: {of: y, set: all}`` has, for every score of that set in :mod:`kb.model.scores`, a column after
those it names, and its statement returns ``y.<score> AS <score>`` where it says ``/* scores */``. What people see and engines
run is the statement with the columns written out: plain Cypher.
"""

from __future__ import annotations

import textwrap
from typing import Any

from kb.model.scores import SETS

MARK = "/* scores */"
_WIDTH = 120
#: A blank at which no line is broken: a column stays together.
_TIED = "\u00a0"


def expanded(header: Any, statement: str) -> tuple[dict[str, Any], str]:
    """A query's header and statement with the columns of the scores it asks for. Raises ValueError saying what is wrong."""
    if not isinstance(header, dict):
        raise ValueError("it should state title, question, columns and so on, one per line")
    rest = {key: value for key, value in header.items() if key != "scores"}
    if "scores" not in header:
        if MARK in statement:
            raise ValueError(f"{MARK} needs `scores: {{of: VARIABLE, set: {'|'.join(SETS)}}}` in the header")
        return rest, statement
    asked = header["scores"]
    if not isinstance(asked, dict) or asked.keys() != {"of", "set"} or asked["set"] not in SETS:
        raise ValueError(f"scores should be {{of: VARIABLE, set: {'|'.join(SETS)}}}, not {asked!r}")
    if statement.count(MARK) != 1:
        raise ValueError(f"scores need {MARK} once in the statement, where their columns stand")
    chosen = SETS[asked["set"]]
    columns = dict.fromkeys(score.name for score in chosen)  # what they mean, the model says
    returned = ", ".join(f"{asked['of']}.{score.name} AS {score.name}" for score in chosen)
    lines = [_wrapped(line.replace(MARK, returned)) if MARK in line else line for line in statement.splitlines()]
    return {**rest, "columns": {**rest.get("columns", {}), **columns}}, "\n".join(lines)


def _wrapped(line: str) -> str:
    tied = line.replace(" AS ", f"{_TIED}AS{_TIED}")
    return textwrap.fill(tied, _WIDTH, subsequent_indent="  ", break_on_hyphens=False).replace(_TIED, " ")
