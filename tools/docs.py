"""The generated pages of ``docs/``: data dictionary, sources, queries, codes, Neo4j Browser's style. ``make docs`` writes them again.

A test fails when a page no longer says what the model, the register or the catalogue say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from kb.catalogue.queries import catalogue
from kb.environment import variables
from kb.facts import snapshot
from kb.facts.snapshot import SourceFacts
from kb.graph import assemble
from kb.load.register import register
from kb.model.graph import MODEL
from kb.model.scores import COMPONENTS, SCORES, integration
from kb.model.scores.entry import Score
from kb.model.shape import Property
from kb.neo4j_local.style import grass
from kb.settings import ROOT
from ui.view import words

_MADE = "*Made by `make docs` from {origin}; change that, not this page.*"


_NAMESPACE = (
    "## One namespace",
    "",
    "A key is unique within its label: `GEO` and `NAM` are states and organizations. Where all nodes have to share one",
    "namespace (networkx, igraph, a matrix, a GDS projection), take `uid`, the label and the key, which every node has:",
    "",
    "    MATCH (s:State)-[m:MEMBER_OF]->(o:IO) WHERE m.counted_from <= 2014 AND m.counted_to >= 2014",
    "    RETURN s.uid AS source, o.uid AS target",
    "",
    "`networkx.from_pandas_edgelist(rows, 'source', 'target')` of it keeps Georgia and the Group on Earth Observations apart. The",
    "nodes of the GraphML export have the same identifiers. GDS numbers nodes itself: `gds.util.asNode(nodeId).uid`",
    "gives back ours.",
    "",
)


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |"
    yield ""


def _property_rows(properties: Sequence[Property]) -> list[tuple[str, ...]]:
    return [(f"`{p.name}`", p.type, p.unit, p.told) for p in properties]


def model_page() -> str:
    """The data dictionary: every label, type and property."""
    lines = ["# The graph model", "", _MADE.format(origin="`kb/model/graph.py`"), "", *_NAMESPACE, "## Labels", ""]
    for label in MODEL.nodes:
        lines += [f"### {label.name}", "", f"{label.meaning} Key: `{label.key}`.", ""]
        lines += _table(("property", "type", "unit", "meaning"), _property_rows(label.properties))
    lines += ["## Relationship types", "", "Every relationship carries `source` and `fact`.", ""]
    for kind in MODEL.edges:
        lines += [f"### {kind.name}", "", f"`(:{kind.start})-[:{kind.name}]->(:{kind.end})` {kind.meaning}", ""]
        own = [p for p in kind.properties if p.name not in ("source", "fact")]
        lines += _table(("property", "type", "unit", "meaning"), _property_rows(own)) if own else []
    return "\n".join(lines)


def sources_page() -> str:
    """Every source with its licence and citation."""
    lines = ["# Sources", "", _MADE.format(origin="`data/sources.yml`"), ""]
    for source in register().values():
        lines += [f"## {source.name}", ""]
        lines += _table(
            ("", ""),
            [
                ("code", f"`{source.code}`"),
                ("publisher", source.publisher),
                ("address", source.url),
                ("licence", source.licence),
                ("may be passed on", source.redistributable),
                ("citation", source.citation),
                ("coverage", source.coverage),
                ("as of", source.as_of),
                ("updated", source.cadence),
                ("precedence", source.precedence),
                ("loader", f"`loaders/{source.loader.replace('.', '/')}`"),
            ],
        )
    return "\n".join(lines)


def queries_page() -> str:
    """The catalogue: every query with its parameters and columns."""
    lines = ["# The catalogue of queries", "", _MADE.format(origin="the headers in `queries/`"), ""]
    for query in catalogue().values():
        lines += [f"## {query.name}", "", f"**{query.title}.** {query.question}", "", f"    {query.command}", ""]
        if query.parameters:
            lines += _table(
                ("parameter", "type", "default", "meaning"),
                [
                    (f"`{name}`", p.type, "" if p.default is None else p.default, p.meaning)
                    for name, p in query.parameters.items()
                ],
            )
        lines += _table(
            ("column", "type", "unit", "meaning"),
            [(f"`{name}`", c.type, c.unit, c.meaning) for name, c in query.columns.items()],
        )
    return "\n".join(lines)


#: What codes.md lists: labels, and what people call their nodes.
_CODED = {
    "Treaty": "Treaties",
    "Body": "Bodies",
    "Indicator": "Indicators",
    "State": "States",
    "IO": "Intergovernmental organizations",
}


def codes_page() -> str:
    """Every code of a treaty, body, indicator, state and organization, with its name and aliases."""
    origin = "`data/snapshot`, `data/aliases.csv`, `data/state_codes.csv` and `data/state_names.csv`"
    lines = ["# Codes and names", "", _MADE.format(origin=origin), ""]
    lines += [
        "Wherever a query of the catalogue asks for a state, treaty, organization or indicator, the code, any of the other",
        "codes and any whole name will do, in any case: `hrkb query parties --treaty OPCAT`, `hrkb state Suisse`. In one's",
        "own Cypher the code is the key, and `aliases` are on the node: `MATCH (t:Treaty) WHERE 'OPCAT' IN t.aliases`.",
        "`hrkb find` looks for parts of names, among INGOs, receptor sites and reference groups too.",
        "",
    ]
    # Only nodes: the edges, most of the snapshot, say nothing about names.
    facts = [
        SourceFacts(one.source, {name: t for name, t in one.tables.items() if name in _CODED}, one.report)
        for one in snapshot.read()
    ]
    tables = assemble.assemble(facts, register()).tables
    for label, title in _CODED.items():
        key = MODEL.labels[label].key
        rows = sorted(tables[label].to_pylist(), key=lambda row: str(row[key]))
        head = ("code", "name", "also") if "aliases" in MODEL.labels[label].by_name else ("code", "name")
        cells = [(f"`{row[key]}`", row["name"], ", ".join(row.get("aliases") or ()))[: len(head)] for row in rows]
        lines += [f"## {title}", "", f"`{label}.{key}`", "", *_table(head, cells)]
    return "\n".join(lines)


_CYPHER_HEAD = """One language for everybody: Neo4j 5's Cypher, of which every read construct may be written. A server is given the text as it
is. For the embedded engine it is compiled to SQL that gives the same rows; where there is no exact way, it says so, with what to write instead.

Each query below was answered by a Neo4j 5.26 server and by the embedded engine on one small graph
(`tests/cypher_corpus`), and the tests answer them again. *same* means the same rows; the rest is what the embedded engine lacks.

Neither engine takes clauses that write, reach files, other servers or settings, or functions and procedures that are not
listed in `kb/cypher/allowed.py`. On a server `HRKB_ALLOW_GDS=1` lets the reading procedures of Graph Data Science through.
`EXPLAIN` and `PROFILE` before a query give its plan.
"""


def cypher_page() -> str:
    """What Cypher may be written, and what the embedded engine lacks: from the corpus of the tests."""
    recorded = yaml.safe_load((ROOT / "tests" / "cypher_corpus" / "answers.yml").read_text(encoding="utf-8"))
    lines = ["# Cypher on both engines", "", _MADE.format(origin="`tests/cypher_corpus`"), "", _CYPHER_HEAD]
    groups = dict.fromkeys(one["group"] for one in recorded)
    for group in groups:
        lines += [f"## {group}", ""]
        rows = []
        for one in recorded:
            if one["group"] == group:
                rows.append((_code(one["query"]), "refused" if "error" in one else "answered", _lacking(one)))
        lines += _table(("query", "on a server", "embedded"), rows)
    return "\n".join(lines)


def _code(query: str) -> str:
    """A query in a cell of a table."""
    return f"`` {query} ``".replace("|", "\\|")


def _lacking(one: dict[str, Any]) -> str:
    if "lacks" not in one:
        return "same"
    reason = re.sub(r"^line \d+, column \d+: ", "", one["lacks"])
    return f"{reason}: {one['mend']}".replace("|", "\\|")


def _component_lines() -> Iterator[str]:
    yield f"{words.spelled(len(COMPONENTS)).capitalize()} components, each a percentile within the year:"
    yield ""
    yield from _table(
        ("component", "what is ranked", "first and last year"),
        [(f"`{c.name}`", c.measure.formula, _years(c)) for c in COMPONENTS],
    )


def _query_lines() -> Iterator[str]:
    asked = dict.fromkeys(f"`{measure.query}`" for measure in integration.MEASURES)
    yield f"Queries: {', '.join(asked)}."
    yield ""


def _column_lines() -> Iterator[str]:
    yield from _table(("column", "how it is made", "unit", "filled", "computed from"), [_column_row(s) for s in SCORES])


def _column_row(score: Score) -> tuple[str, ...]:
    unit = score.unit or score.type
    if score.scale != (None, None) and not any(sign.isdigit() for sign in unit):
        unit += f", {words.scale(score.scale)}"
    sources = ", ".join(f"`{name}`" for name in (*score.inputs, *score.rests_on))
    by = f"query `{score.query}`" if score.query else ""
    by += f"{' and ' if by else ''}`{score.function}`" if score.function else ""
    return f"`{score.name}`", score.formula, unit, f"{_years(score)}: {score.floor.share:.0%}", f"{sources} by {by}"


def _years(score: Score) -> str:
    return f"{score.floor.first}–{score.floor.last}"


#: What is made of the declared scores within a page that is otherwise written by hand.
_PARTS: dict[str, Callable[[], Iterator[str]]] = {
    "components": _component_lines,
    "queries": _query_lines,
    "columns": _column_lines,
}
_PART = re.compile(r"(?<=^<!-- made by make docs: )(\w+) -->\n.*?(?=^<!-- end -->)", re.MULTILINE | re.DOTALL)


def scores_page() -> str:
    """The definitions of the scores, written by hand, with the parts that follow from their declaration."""
    text = (ROOT / "docs" / "scores.md").read_text(encoding="utf-8")
    return _PART.sub(lambda found: f"{found[1]} -->\n\n" + "\n".join([*_PARTS[found[1]](), ""]), text)


def settings_page() -> str:
    """The environment variables."""
    rows = [
        (
            f"`{name}`",
            field.description,
            f"`{field.default}`" if isinstance(field.default, str) and field.default else "",
        )
        for name, field in variables().items()
    ]
    lines = [
        "# Settings",
        "",
        _MADE.format(origin="`kb/environment.py`"),
        "",
        "What can be set, by environment variables. None has to be. An empty one counts as not set; one that cannot be what it",
        "says is refused by name. They are read whenever they are needed, and `hrkb doctor` shows those that are set; the",
        "password is never shown.",
        "",
        *_table(("variable", "what it says", "default"), rows),
    ]
    return "\n".join(lines).rstrip() + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "model.md": model_page,
    "sources.md": sources_page,
    "queries.md": queries_page,
    "codes.md": codes_page,
    "cypher.md": cypher_page,
    "scores.md": scores_page,
    "neo4j.grass": grass,
    "settings.md": settings_page,
}


def stale(folder: Path = ROOT / "docs") -> list[str]:
    """The pages that no longer say what their origin says."""
    return [
        name
        for name, page in PAGES.items()
        if not (folder / name).exists() or (folder / name).read_text(encoding="utf-8") != page()
    ]


def write(folder: Path = ROOT / "docs") -> None:
    """Write every generated page."""
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    write()
