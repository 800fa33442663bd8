"""Answers as pandas frames, for notebooks: a query of the catalogue by name, or Cypher of your own.

>>> frame("ranking", year=2014).head()                                             # doctest: +SKIP
>>> frame("MATCH (s:State {iso3: $code}) RETURN s.name AS name", code="SWE")        # doctest: +SKIP

Both work on the embedded graph and, where ``NEO4J_URI`` is set, on a server.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pyarrow as pa

from kb import catalogue, console
from kb.engines import open_engine

#: Whole numbers and flags stay what they are beside missing values.
_NULLABLE = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}


def frame(
    question: str, /, *, limit: int = console.MOST_ROWS, timeout: float = 60.0, **parameters: Any
) -> pd.DataFrame:
    """The answer to ``question``: the name of a query (one word, no space) or read-only Cypher.

    A catalogue query gives its declared columns and types, all rows. Cypher goes through the gate of :mod:`kb.console`
    with ``limit`` rows and ``timeout`` seconds; ``frame(..).attrs["truncated"]`` says whether rows were cut. Raises
    :class:`kb.errors.UsageError` for an unknown name and :class:`kb.errors.QueryRefused` for Cypher that is not accepted.
    """
    if not any(character.isspace() for character in question.strip()):
        with open_engine() as engine:
            rows = catalogue.query(question.strip()).run(engine, **parameters)
        return pd.DataFrame(rows.to_pandas(types_mapper=_NULLABLE.get))
    answer = console.run(question, parameters, limit=limit, timeout=timeout)
    made = pd.DataFrame(answer.rows, columns=answer.columns)
    made.attrs["truncated"] = answer.truncated
    return made
