"""``hrkb neo4j``: a Neo4j server on this machine with the graph in it, for people who want to look into it."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path

import click
from rich.console import Console

_PORT = click.IntRange(1, 65535)


@click.command("neo4j")
@click.option("--bolt-port", type=_PORT, default=7687, show_default=True, envvar="BOLT_PORT", help="Port for drivers.")
@click.option("--http-port", type=_PORT, default=7474, show_default=True, envvar="HTTP_PORT", help="Port for Browser.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where data and password are kept; default .neo4j/home.",
)
@click.option("--gds", is_flag=True, envvar="HRKB_SERVER_GDS", help="Let the procedures of Graph Data Science through.")
def neo4j(bolt_port: int, http_port: int, folder: Path | None, gds: bool) -> None:
    """Start a Neo4j server on this machine with the current graph in it, until Ctrl-C.

    The first start fetches the server (130 MB, Java 17 and Maven are needed) and imports the graph; later ones write what
    changed. Nobody but this machine reaches it. Password and data stay in the folder.

    \b
    Example: hrkb neo4j --bolt-port 7688 --http-port 7475
    """
    from kb.cli.progress import progress_bar
    from kb.errors import EngineError
    from kb.neo4j_local.keep import HOME, ending_like_ctrl_c, kept
    from kb.neo4j_local.server import password_file
    from kb.neo4j_local.settings import HOST, Ports
    from kb.versions.home import current

    version, home = current(), (folder or HOME).resolve()
    say = partial(Console(stderr=True, soft_wrap=True).print, highlight=False, markup=False)
    with ExitStack() as stack:
        stack.enter_context(suppress(KeyboardInterrupt))
        stack.enter_context(ending_like_ctrl_c())
        with progress_bar() as tell:
            it = stack.enter_context(kept(version, home, Ports(bolt_port, http_port), tell, gds=gds))
        if it.orphan:
            say(f"Stopped the server that an earlier run had left behind (process {it.orphan}).")
        done = "imported whole" if it.imported else f"{it.change.written:,} rows written, {it.change.removed:,} removed"
        say(f"The graph {version.name} is on the server: {done}.")
        say(f"  Neo4j Browser   http://{HOST}:{http_port}/browser/   user neo4j, password in {password_file(home)}")
        say(f"  hrkb, drivers   NEO4J_URI=bolt://{HOST}:{bolt_port} NEO4J_PASSWORD_FILE={password_file(home)}")
        say("Ctrl-C stops the server; data and password stay. docs/neo4j.md: what to look at.")
        code = it.server.process.wait()
        raise EngineError(f"the Neo4j server ended by itself ({code})", f"{home / 'logs' / 'console.log'} may say why")
