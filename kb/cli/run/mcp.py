"""``hrkb mcp``: the knowledge base for assistants."""

from __future__ import annotations

import importlib.util

import click

from kb.errors import UsageError


@click.command()
def mcp() -> None:
    """Serve the catalogue and read-only Cypher to an assistant, over the Model Context Protocol on standard input and output.

    The assistant starts this command itself; docs/python.md shows how to register it. Limits, provenance and refusals
    are those of the console. Needs the extra: pip install '.[mcp]'

    \b
    Tools: list_queries, describe_query, run_query, cypher, schema, sources, find

    \b
    Example: hrkb mcp
    """
    if importlib.util.find_spec("mcp") is None:
        raise UsageError("the package mcp is not installed", "install it with `.venv/bin/pip install '.[mcp]'`")
    from kb.assistant.server import server

    server().run()
