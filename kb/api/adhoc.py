"""Cypher of one's own from Python: through the gate, read-only, and never cut without a word."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

import numpy as np
import pandas as pd

from kb.console import console, readonly
from kb.engines.base import Engine, Stream
from kb.errors import EngineError, UsageError

#: Rows read at a time.
BATCH = 50_000


@contextmanager
def stream(
    engine: Engine, text: str, parameters: Mapping[str, Any], *, size: int, timeout: float | None
) -> Iterator[Stream]:
    """The answer to read-only Cypher, ``size`` rows at a time.

    Raises :class:`kb.errors.QueryRefused` for what the gate or the engine does not accept, :class:`EngineError` where
    time ran out, :class:`UsageError` for numbers that make no sense.
    """
    if size < 1 or (timeout is not None and not (0 < timeout < math.inf)):
        raise UsageError(
            f"size {size} and timeout {timeout} make no sense", "give 1 row or more, and seconds above 0 or None"
        )
    statement = readonly.check(text)
    with ExitStack() as opened:
        try:
            asked = engine.stream(statement.text, handed_on(parameters), size=size, timeout=timeout)
            answer = opened.enter_context(asked)
        except EngineError as error:
            raise console.explained(error, text, timeout) from error
        except (TypeError, ValueError, OverflowError) as error:
            raise UsageError(
                f"a parameter cannot be handed on: {error}", "use texts, numbers, days, lists and maps"
            ) from error
        yield Stream(answer.columns, _explained(answer.batches, text, timeout))


def handed_on(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters as an engine takes them: numbers of numpy as Python's, and every series, array, set or tuple as a list."""
    return {name: _python(value) for name, value in parameters.items()}


def _python(value: Any) -> Any:
    if isinstance(value, Mapping):
        return handed_on(value)
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, pd.Series | pd.Index | np.ndarray | set | frozenset | tuple | list | range):
        return [_python(item) for item in value]
    return value


def _explained(batches: Iterator[list[list[Any]]], text: str, timeout: float | None) -> Iterator[list[list[Any]]]:
    try:
        yield from batches
    except EngineError as error:
        raise console.explained(error, text, timeout) from error


def rows(
    engine: Engine, text: str, parameters: Mapping[str, Any], *, limit: int | None, timeout: float | None
) -> tuple[list[str], list[list[Any]]]:
    """All columns and rows of an answer. Raises :class:`UsageError` where it has more rows than ``limit``; as :func:`stream`."""
    if limit is not None and limit < 1:
        raise UsageError(f"limit {limit} makes no sense", "give 1 or more, or None for all rows")
    size = BATCH if limit is None else min(BATCH, limit + 1)
    found: list[list[Any]] = []
    with stream(engine, text, parameters, size=size, timeout=timeout) as answer:
        for batch in answer.batches:
            found += batch
            if limit is not None and len(found) > limit:
                raise _too_many(limit)
    return answer.columns, found


def _too_many(limit: int) -> UsageError:
    return UsageError(
        f"the answer has more rows than the limit of {limit:,}; nothing was cut, and nothing is returned",
        "ask for less, give a higher limit=, limit=None for all rows, or read it in batches with stream()",
    )
