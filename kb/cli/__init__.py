"""The command line, ``hrkb``: one module per family of commands, put together here."""

from __future__ import annotations

import difflib
import os
import sys

import click
from rich.console import Console

from kb.cli import ask, export, keep, look, make
from kb.errors import HrkbError

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
  9  another refresh is running
"""


class Commands(click.Group):
    """A group that answers an unknown command with the nearest right ones."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            near = difflib.get_close_matches(args[0], self.list_commands(ctx), n=3, cutoff=0.4)
            hint = f"Did you mean {', '.join(near)}?" if near else f"`{ctx.command_path} --help` lists them."
            raise click.UsageError(f"there is no command {args[0]!r}. {hint}", ctx)
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


for module in (make, ask, look, export, keep):
    for command in module.COMMANDS:
        hrkb.add_command(command)


def main() -> None:
    """Run a command; an error that people can mend is printed in two lines, and ends with its own exit code."""
    stderr = Console(stderr=True, soft_wrap=True)
    try:
        hrkb(standalone_mode=False)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
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
    except BrokenPipeError:  # the reader of our output had enough, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
