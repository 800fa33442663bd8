"""The command line, ``hrkb``: one file per command, in families, put together here."""

from __future__ import annotations

import difflib
import importlib
import os
import sys
from typing import Any

import click
from rich.console import Console

from kb.errors import HrkbError, UsageError

#: Every command with the family that it is filed under and what it does in a line, so that neither help nor a single command has
#: to load the libraries of all the others.
COMMANDS = {
    "build": ("make", "Build the graph from the snapshot, check it, compute all scores, and make it current."),
    "snapshot": ("make", "Turn raw files into the snapshot of facts that the project ships."),
    "query": ("ask", "Ask one of the named questions; without a name, list them."),
    "cypher": ("ask", "Run your own read-only Cypher."),
    "find": ("ask", "Find states, treaties, organizations and indicators by any code or name."),
    "scores": ("ask", "Every score of one state, by year."),
    "state": ("look", "One state at a glance."),
    "treaty": ("look", "One treaty at a glance."),
    "tie": ("look", "The shortest tie between two states, through organizations."),
    "check": ("look", "Check the current graph against minimum counts and the depositary's totals."),
    "serve": ("run", "Open the app on the current graph."),
    "neo4j": ("run", "Start a Neo4j server on this machine with the graph in it, to look into."),
    "status": ("look", "What the current graph holds."),
    "doctor": ("look", "Look for what could keep the project from working here."),
    "export": ("make", "Write the whole graph for other programs."),
    "mcp": ("run", "Serve the catalogue and read-only Cypher to an assistant."),
    "refresh": ("keep", "Fetch the sources that are due, and publish and record what changed."),
    "changes": ("keep", "What the refreshes added, changed and removed."),
    "why": ("keep", "Who says so: where a fact comes from."),
    "quarantine": ("keep", "Rows set aside, with their reasons."),
    "rollback": ("keep", "Go back to an earlier version."),
}

EXIT_CODES = """\b
Exit codes:
  0  done
  1  something else failed
  2  wrong usage, or a name that does not exist
  3  bad input data
  4  a check failed; the last good graph stays
  5  no graph yet, or one made by another version
  6  the engine failed or cannot be reached
  7  a query was refused
  8  a source could not be fetched
  9  another build or refresh is running
  130  stopped with Ctrl-C
"""


class Commands(click.Group):
    """The commands of :data:`COMMANDS`, each loaded when it is asked for; an unknown one is answered with the nearest."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"kb.cli.{COMMANDS[name][0]}.{name}")
        found: click.Command = getattr(module, name)
        return found

    def invoke(self, ctx: click.Context) -> Any:
        try:
            done = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:  # the reader of our output had enough, as `| head` does; click would call it a failure
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        return done

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            near = difflib.get_close_matches(args[0], COMMANDS, n=3, cutoff=0.4)
            hint = f"did you mean {', '.join(near)}?" if near else "`hrkb --help` lists them"
            raise UsageError(f"there is no command {args[0]!r}", hint)
        return super().resolve_command(ctx, args)


@click.group(
    cls=Commands, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="hrkb", prog_name="hrkb")
def hrkb() -> None:
    """The human-rights regime as a graph: build it, question it, keep it current.

    \b
    Begin with:
      hrkb build                          build the graph from the shipped snapshot
      hrkb query ranking --year 2014      ask one of the named questions
      hrkb state Mexico                   one state at a glance
      hrkb serve                          open the app

    NEO4J_URI switches every command from the embedded engine to a Neo4j server.
    """


def main() -> None:
    """Run a command; an error that people can mend is printed in two lines, and ends with its own exit code."""
    stderr = Console(stderr=True, soft_wrap=True)
    try:
        code = hrkb(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except HrkbError as error:
        stderr.print(f"hrkb: {error.problem}", highlight=False, markup=False)
        if error.remedy:
            stderr.print(f"  What to do: {error.remedy}", highlight=False, markup=False)
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        stderr.print("hrkb: stopped. Nothing was published; the last good graph stands.")
        sys.exit(130)
    sys.exit(code)
