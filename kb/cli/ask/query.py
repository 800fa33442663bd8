"""``hrkb query``: the questions of the catalogue."""

from __future__ import annotations

import difflib
from typing import Any

import click

from kb.catalogue.queries import Parameter, Query, catalogue
from kb.cli import output
from kb.errors import UsageError
from kb.versions.opening import open_engine


class Catalogue(click.Group):
    """The catalogue as commands: every query is one, its parameters are its options."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(catalogue())

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        query = catalogue().get(name)
        return _command(query) if query else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in catalogue():
            near = difflib.get_close_matches(args[0], catalogue(), n=3, cutoff=0.4)
            hint = f"did you mean {', '.join(near)}?" if near else "`hrkb query` lists them"
            raise UsageError(f"there is no query {args[0]!r}", hint)
        return super().resolve_command(ctx, args)


def _command(query: Query) -> click.Command:
    """The query as a command: its parameters are options, its help says what comes back."""

    def run(as_json: bool, as_csv: bool, **given: Any) -> None:
        with open_engine() as engine:
            rows = query.run(engine, **{name: value for name, value in given.items() if value is not None})
        output.show(rows, as_json=as_json, as_csv=as_csv, title=query.title)

    options: list[click.Parameter] = [
        click.Option([f"--{name.replace('_', '-')}", name], metavar=p.type.upper(), default=None, help=_option_help(p))
        for name, p in query.parameters.items()
    ]
    columns = "\n".join(
        f"  {name:<24} {c.meaning}" + (f" ({c.unit})" if c.unit else "") for name, c in query.columns.items()
    )
    text = f"{query.question}\n\n\b\nColumns:\n{columns}\n\n\b\nExample: {query.command}"
    return output.output_options(
        click.Command(query.name, callback=run, params=options, short_help=query.title, help=text)
    )


def _option_help(parameter: Parameter) -> str:
    choices = f" ({', '.join(parameter.choices)})" if parameter.choices else ""
    default = "" if parameter.default in (None, "", ()) else f"  [default: {parameter.default}]"
    return parameter.meaning + choices + default


@click.group(cls=Catalogue, invoke_without_command=True)
@output.output_options
@click.pass_context
def query(ctx: click.Context, as_json: bool, as_csv: bool) -> None:
    """Ask one of the named questions; without a name, list them.

    \b
    Examples:
      hrkb query ranking --year 2014
      hrkb query score-panel --csv > panel.csv
      hrkb query ruds --help
    """
    if ctx.invoked_subcommand is None:
        rows = [
            {"name": q.name, "question": q.question, "parameters": list(q.parameters)} for q in catalogue().values()
        ]
        output.show(rows, as_json=as_json, as_csv=as_csv, title="The catalogue of queries")
