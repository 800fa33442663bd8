"""Answer every query of ``queries.txt`` on a Neo4j server and on the embedded engine, and write down what each gave.

``PYTHONPATH=tests python -m cypher_corpus.record`` after a query is added; it starts a server (Java, Maven). What both say must agree: a query that the embedded engine
answers otherwise stops it.
"""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kb.console import console
from kb.console.sandboxed import jsonable as embedded_jsonable
from kb.cypher.read.tokens import Tokens
from kb.engines.embedded.engine import EmbeddedEngine
from kb.engines.neo4j.engine import Neo4jEngine
from kb.errors import HrkbError
from kb.neo4j_local import server

HERE = Path(__file__).resolve().parent
QUERIES, ANSWERS = HERE / "queries.txt", HERE / "answers.yml"
#: The C parser where PyYAML has it: the answers are long.
_YAML: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Case:
    """A query with its group and parameters."""

    group: str
    query: str
    parameters: dict[str, Any]


def cases() -> list[Case]:
    """The queries of the corpus in their order."""
    found, group = [], ""
    for line in QUERIES.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            group = line[2:]
        elif line:
            query, _, parameters = line.partition(" -- ")
            found.append(Case(group, query, json.loads(parameters or "{}")))
    return found


def answers() -> dict[str, dict[str, Any]]:
    """What was written down for each query: ``rows`` and ``columns`` or ``error`` on Neo4j, ``lacks`` and ``mend`` on the embedded engine."""
    return {one["query"]: one for one in yaml.load(ANSWERS.read_text(encoding="utf-8"), Loader=_YAML)}


def served(engine: Neo4jEngine, case: Case) -> dict[str, Any]:
    """What a server gives."""
    try:
        columns, records = engine.ask_once(case.query, case.parameters, limit=1000, timeout=30)
    except HrkbError as error:
        return {"error": type(error).__name__}
    rows = [[comparable(console._jsonable(value)) for value in record.values()] for record in records]
    return {"columns": columns, "rows": rows if ordered(case.query) else sorted(rows, key=repr)}


def embedded(engine: EmbeddedEngine, case: Case) -> dict[str, Any]:
    """What the embedded engine gives, through the translation."""
    try:
        columns, rows = engine.rows(case.query, case.parameters)
    except HrkbError as error:
        return {"lacks": str(error.problem).splitlines()[0], "mend": error.remedy}
    found = [[comparable(embedded_jsonable(value)) for value in row] for row in rows]
    return {"columns": columns, "rows": found if ordered(case.query) else sorted(found, key=repr)}


def ordered(query: str) -> bool:
    """Does the query say in which order its rows come?"""
    words = [token.upper for token in Tokens(query).tokens]
    return "ORDER" in words[-(words[::-1].index("RETURN") + 1) :] if "RETURN" in words else False


def comparable(value: Any) -> Any:
    """The value without identifiers, which differ from engine to engine, and with numbers to twelve digits."""
    if isinstance(value, dict):
        kind = value.get("kind")
        kept = {k: v for k, v in value.items() if not (kind in ("node", "edge") and k in ("id", "start", "end"))}
        return {key: comparable(kept[key]) for key in sorted(kept)}
    if isinstance(value, list):
        return [comparable(item) for item in value]
    if isinstance(value, float):
        rounded = float(f"{value:.12g}")
        return int(rounded) if rounded.is_integer() else rounded
    return value


def small(folder: Path) -> EmbeddedEngine:
    """The corpus graph on the embedded engine."""
    from cypher_corpus import graph

    engine = EmbeddedEngine(folder / "corpus.graph", read_only=False)
    engine.create_schema()
    for name, rows in graph.graph().items():
        engine.write(name, rows)
    return engine


def fill(engine: Neo4jEngine) -> None:
    """The corpus graph on an empty server, without the nodes by which the project knows its own graph."""
    from cypher_corpus import graph

    engine.create_schema()
    for name, rows in graph.graph().items():
        engine.write(name, rows)


def record(engine: Neo4jEngine) -> list[str]:
    """Write down all answers. Returns the queries that the two engines answer differently."""
    written, wrong = [], []
    with tempfile.TemporaryDirectory() as folder, small(Path(folder)) as local:
        for case in cases():
            there, here = served(engine, case), embedded(local, case)
            entry: dict[str, Any] = {"group": case.group, "query": case.query}
            entry |= {"parameters": case.parameters} if case.parameters else {}
            entry |= there
            if "lacks" in here:
                entry |= here
            elif "error" in there or here["rows"] != there["rows"] or here["columns"] != there["columns"]:
                wrong.append(f"{case.query}\n  here  {here}\n  there {there}")
            written.append(entry)
    ANSWERS.write_text(yaml.safe_dump(written, sort_keys=False, allow_unicode=True, width=110), encoding="utf-8")
    return wrong


def main() -> None:
    """Record all answers with a server of its own."""
    with server.running() as running, Neo4jEngine(running.address) as engine:
        fill(engine)
        wrong = record(engine)
    print("\n".join(wrong) or f"{len(cases())} queries recorded; both engines agree")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
