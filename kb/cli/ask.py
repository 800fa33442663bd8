"""``hrkb query``, ``hrkb cypher`` and ``hrkb scores``: questions to the graph."""

from __future__ import annotations

import difflib
import json
from typing import Any

import click

from kb.catalogue import keys
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


@click.command()
@click.argument("text")
@click.option(
    "--param",
    "pairs",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter; the value is read as JSON, else as text.",
)
@click.option("--limit", default=1000, show_default=True, help="Most rows to return.")
@click.option("--timeout", default=30.0, show_default=True, help="Seconds after which the query is stopped.")
@output.output_options
def cypher(text: str, pairs: tuple[str, ...], limit: int, timeout: float, as_json: bool, as_csv: bool) -> None:
    """Run your own read-only Cypher. Anything that could write or read files is refused, and the refusal says why.

    \b
    Example:
      hrkb cypher 'MATCH (s:State)-[r:RATIFIED]->(t:Treaty {code: $t}) RETURN s.name, r.year ORDER BY r.year LIMIT 5' --param t=CAT
    """
    from kb.console import console  # the console starts a process of its own: only where it is wanted

    answer = console.run(text, dict(_pair(p) for p in pairs), limit=limit, timeout=timeout)
    output.show([dict(zip(answer.columns, row, strict=True)) for row in answer.rows], as_json=as_json, as_csv=as_csv)
    if answer.truncated:
        click.echo(f"Cut after {limit:,} rows: give a higher --limit to see more.", err=True)


def _pair(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"--param {text!r} has no '='", "write --param name=value")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


@click.command()
@click.argument("state")
@click.option("--year", type=int, help="Only this year.")
@output.output_options
def scores(state: str, year: int | None, as_json: bool, as_csv: bool) -> None:
    """Every score of one state, by year.

    \b
    Example: hrkb scores Norway --year 2014
    """
    with open_engine() as engine:
        iso3 = keys.key(engine, "state", state)
        rows = catalogue()["score-history"].run(engine, iso3=iso3)
    records = [r for r in rows.to_pylist() if year is None or r["year"] == year]
    if not records:
        raise UsageError(
            f"{iso3} has no scores" + (f" in {year}" if year else ""), f"`hrkb state {iso3}` shows the years it has"
        )
    if year is not None and not (as_json or as_csv):
        output.show([{"score": k, "value": v} for k, v in records[0].items()], title=f"{iso3} {year}")
    else:
        output.show(records, as_json=as_json, as_csv=as_csv, title=f"Scores of {iso3}")


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--limit", type=int, help="Most rows to return.  [default: 25]")
@output.output_options
def find(text: tuple[str, ...], limit: int | None, as_json: bool, as_csv: bool) -> None:
    """Find states, treaties, organizations, bodies, indicators and groups by any code or name.

    All words must occur, each at the beginning of a word; case, accents and punctuation do not matter.

    \b
    Example: hrkb find opcat
    """
    asked = catalogue()["find"]
    with open_engine() as engine:
        rows = asked.run(engine, text=" ".join(text), **({} if limit is None else {"limit": limit}))
    if not rows.num_rows and not (as_json or as_csv):
        raise UsageError(
            f"nothing is called {' '.join(text)!r}", "a part of a name will do; docs/codes.md lists all codes"
        )
    output.show(rows, as_json=as_json, as_csv=as_csv, title=asked.title)


COMMANDS = [query, cypher, scores, find]
