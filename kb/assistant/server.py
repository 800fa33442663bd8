"""The tools of :mod:`kb.assistant.tools` over the Model Context Protocol, on standard input and output.

This is the one module that needs the package ``mcp``, an optional extra.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations

from kb.assistant import tools
from kb.errors import HrkbError

INSTRUCTIONS = """\
An open knowledge base of the human-rights regime: states, treaties, reservations and objections, organizations, national
institutions, measured practice, and scores of integration, commitment and decoupling, as one temporal graph with sources.
Look for a question in list_queries first and run it with run_query; `find` turns names into codes. For anything else read
`schema` and write Cypher. Everything is read-only. Say the data version and the sources with every number, say when rows
were truncated, and do not read a cause into a score: scores describe."""

_TOOLS: dict[str, tuple[Callable[..., dict[str, Any]], str]] = {
    "list_queries": (
        tools.list_queries,
        "List the named questions of the catalogue, or those that hold all of `words`, with their parameters.",
    ),
    "describe_query": (
        tools.describe_query,
        "Parameters, columns with units and meanings, notes and Cypher of one question of the catalogue.",
    ),
    "run_query": (
        tools.run_query,
        "Ask a question of the catalogue by name with its parameters. Returns at most `limit` rows and says where it cut; "
        "with the sources, the data version and its date.",
    ),
    "cypher": (
        tools.cypher,
        "Run read-only Cypher (one statement, read clauses only) with `parameters` for $names. At most `limit` rows and "
        "`timeout` seconds; what could write or read files is refused with the reason and the mend.",
    ),
    "schema": (
        tools.schema,
        "The data dictionary: labels and relationship types with properties; give a name for one in full.",
    ),
    "sources": (tools.sources, "Publisher, licence, citation and age of all sources, or of those of one question."),
    "find": (
        tools.find,
        "Codes of states, treaties, organizations and indicators by name, alias or part of a name, best matches first.",
    ),
}


def server() -> MCPServer[Any]:
    """The server with all its tools; run it with ``server().run()``, which speaks on standard input and output."""
    made: MCPServer[Any] = MCPServer(
        "hrkb",
        title="Human-rights regime knowledge base",
        instructions=INSTRUCTIONS,
        version=version("hrkb"),
        log_level="WARNING",
    )
    told = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
    for name, (function, description) in _TOOLS.items():
        made.add_tool(_mended(function), name=name, description=description, annotations=told)
    return made


def _mended(function: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """The function with our errors as the tool's: what is wrong and what to do is read by who asked."""

    @functools.wraps(function)
    def call(*arguments: Any, **named: Any) -> dict[str, Any]:
        try:
            return function(*arguments, **named)
        except HrkbError as error:
            raise ToolError(str(error)) from error

    return call
