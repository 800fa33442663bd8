"""``hrkb check``: is the current graph sound?"""

from __future__ import annotations

from typing import Any

import click

from kb.catalogue.queries import catalogue
from kb.cli import output
from kb.engines.tables import count
from kb.graph import checks, coverage
from kb.versions.opening import open_engine


@click.command()
@output.output_options
def check(as_json: bool, as_csv: bool) -> None:
    """Check the current graph: counts, holes, and parties and signatories against the depositary's printed totals.

    \b
    Example: hrkb check --csv > checked.csv
    """
    with open_engine() as engine:
        compared = checks.check_printed_totals(engine)
        parties = catalogue()["parties"].run(engine).to_pylist()
        counts = count(engine)
        checks.check_minimum(counts)
        floors = coverage.check(engine)
    if as_json:
        output.print_json({"instruments_compared": compared, "counts": counts, "floors": floors})
    elif as_csv:
        output.show([*_totals(parties), *_minima(counts)], as_csv=True)
    else:
        output.show(_totals(parties), title="Counted, and printed by the depositary")
        output.show(_minima(counts), title="Counted, and the fewest expected")
        click.echo(
            f"{compared} instruments: counted parties and signatories equal the printed totals. All minimum counts are met, "
            f"and the {floors} floors of scores, properties and indicators."
        )


def _totals(parties: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"what": f"{row['code']} {kind}", "counted": row[kind], "expected": row[f"printed_{kind}"]}
        for row in parties
        for kind in ("parties", "signatories")
        if row[f"printed_{kind}"] is not None
    ]


def _minima(counts: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {"what": name, "counted": counts[name], "expected": f"at least {fewest}"}
        for name, fewest in checks.expected().items()
    ]
