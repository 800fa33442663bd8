"""The key that a code, an alias or a whole name means, in the graph that is asked: ``OPCAT`` is CAT-OP, ``Suisse`` CHE.

The same for every query with a parameter of a kind, on every engine, wherever it is asked from. Letter case, accents and
punctuation do not matter. What means nothing, or two things, is refused with the nearest right ones.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence

from kb.engines.base import Engine
from kb.errors import UsageError
from kb.load import names
from kb.model.graph import MODEL

#: The label whose nodes a parameter of each kind names.
LABELS: Mapping[str, str] = {
    "state": "State",
    "treaty": "Treaty",
    "organization": "IO",
    "ingo": "INGO",
    "indicator": "Indicator",
}

_CALLED = {"ingo": "non-governmental organization"}


def keys(engine: Engine, kind: str, given: str | Sequence[str]) -> str | list[str]:
    """The key of each node of a kind that is meant. Raises :class:`kb.errors.UsageError`."""
    return key(engine, kind, given) if isinstance(given, str) else [key(engine, kind, one) for one in given]


def key(engine: Engine, kind: str, given: str) -> str:
    """The key of the one node of a kind that ``given`` means; ``given`` itself in a graph without any such node.

    Raises :class:`kb.errors.UsageError`.
    """
    label = LABELS[kind]
    if _has(engine, label, given):
        return given
    found = _meant(engine, label, given)
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"{given!r} may be any of {', '.join(found)}", "give one of these codes")
    spelled = dict(_spellings(engine, label))
    if not spelled:
        return given
    likely = difflib.get_close_matches(names.fold(given), spelled, n=6, cutoff=0.7)
    near = list(dict.fromkeys(spelled[phrase] for phrase in likely))[:3]
    raise UsageError(
        f"no {_CALLED.get(kind, kind)} is called {given!r}",
        f"did you mean {' or '.join(near)}?" if near else f"`hrkb find {given}` looks through all names",
    )


def _has(engine: Engine, label: str, given: str) -> bool:
    name = MODEL.labels[label].key
    return bool(engine.read(f"MATCH (n:{label}) WHERE n.{name} = $key RETURN n.{name} AS key", {"key": given}).num_rows)


def _meant(engine: Engine, label: str, given: str) -> list[str]:
    """The nodes of which it is the key in another spelling; else of which it is the name; else an alias.

    An alias that passed from one state to another means the state that has it today, as :func:`kb.load.names.state` says.
    """
    phrase = names.fold(given)
    if not phrase:
        return []
    whole = f"{names.BAR} {phrase} {names.BAR}"
    name = MODEL.labels[label].key
    rows = engine.read(
        f"MATCH (n:{label}) WHERE n.search CONTAINS $whole RETURN n.{name} AS key, n.name AS name, n.search AS search ORDER BY key",
        {"whole": whole},
    ).to_pylist()
    tests = (
        lambda row: row["search"].startswith(whole),
        lambda row: names.fold(row["name"]) == phrase,
        lambda row: True,
    )
    found = next((f for f in ([row["key"] for row in rows if test(row)] for test in tests) if f), [])
    return _today(found, given) if label == "State" and len(found) > 1 else found


def _today(found: list[str], given: str) -> list[str]:
    try:
        return [names.state(given)] if names.state(given) in found else found
    except UsageError:
        return found


def _spellings(engine: Engine, label: str) -> Iterator[tuple[str, str]]:
    """Every code, name and alias of a label, folded, with the key it means."""
    name = MODEL.labels[label].key
    for row in engine.read(f"MATCH (n:{label}) RETURN n.{name} AS key, n.search AS search ORDER BY key").to_pylist():
        yield names.fold(row["key"]), row["key"]
        for phrase in (row["search"] or "").split(names.BAR):
            if phrase.strip():
                yield phrase.strip(), row["key"]
