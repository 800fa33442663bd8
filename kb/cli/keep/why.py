"""``hrkb why``: who says so."""

from __future__ import annotations

import click

from kb.cli import output
from kb.errors import UsageError
from kb.load import register
from kb.refresh.report import why as reasons
from kb.versions import home


@click.command()
@click.argument("about", nargs=-1, required=True)
@output.output_options
def why(about: tuple[str, ...], as_json: bool, as_csv: bool) -> None:
    """Who says so: source, address, when it came, the original row, the rule that mapped it, the loads that saw it.

    ABOUT is the `fact` of an edge, or a label and a key.

    \b
    Examples:
      hrkb why 1234567890
      hrkb why Treaty CAT
    """
    if len(about) > 2:
        raise UsageError("too many words", "give the `fact` of an edge, or a label and a key")
    found = reasons.why(home.home(), about, register.register())
    if as_json or as_csv:
        output.show([reasons.as_json(one) for one in found], as_json=as_json, as_csv=as_csv)
        return
    for one in found:
        rows = reasons.as_json(one)
        rows["origins"] = [f"{o.file}, line {o.line}, by {o.rule}: {o.cells}" for o in one.origins]
        output.show([{"": name, "value": value} for name, value in rows.items()], title=one.source)
