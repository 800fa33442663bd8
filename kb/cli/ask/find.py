"""``hrkb find``: what is called so."""

from __future__ import annotations

import click

from kb.catalogue.queries import catalogue
from kb.cli import output
from kb.errors import UsageError
from kb.versions.opening import open_engine


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
