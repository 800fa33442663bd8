"""The command line, ``hrkb``: one module per family of commands, put together here."""

from __future__ import annotations

import sys
from importlib.metadata import version
from typing import Annotated

import typer
from rich.console import Console

from kb.cli import make
from kb.errors import HrkbError

app = typer.Typer(
    name="hrkb",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
make.register(app)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"hrkb {version('hrkb')}")
        raise typer.Exit


@app.callback()
def hrkb(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """The human-rights regime as a graph: build it, question it, keep it current."""


def main() -> None:
    """Run a command; an error that people can mend is printed in two lines, and ends with its own exit code."""
    try:
        app()
    except HrkbError as error:
        Console(stderr=True, soft_wrap=True).print(f"[bold red]hrkb:[/] {error.problem}", highlight=False)
        if error.remedy:
            Console(stderr=True, soft_wrap=True).print(f"  What to do: {error.remedy}", highlight=False, markup=False)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        Console(stderr=True).print("hrkb: stopped. Nothing was published; the last good graph stands.")
        sys.exit(130)
