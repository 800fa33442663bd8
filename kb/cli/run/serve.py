"""``hrkb serve``: the app."""

from __future__ import annotations

import os
import sys

import click

from kb.settings import ROOT, settings
from kb.versions import home


@click.command()
@click.option("--port", default=8501, show_default=True, help="Port to listen on.")
@click.option(
    "--address", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 opens it to the network."
)
def serve(port: int, address: str) -> None:
    """Open the app on the current graph.

    \b
    Example: hrkb serve --port 8600
    """
    from kb import environment  # brings the library of settings, which other commands need not wait for

    if not settings().neo4j_uri:
        home.current()  # say now, rather than in the browser, that there is no graph
    click.echo(f"The app will be at http://{address}:{port} in a few seconds (Ctrl-C stops it)")
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "ui" / "frame" / "server.py")]
    command += ["--server.port", str(port), "--server.address", address]
    sys.stdout.flush()
    # Streamlit looks for its settings in the folder where it starts; files named in the environment stay what they are.
    environment.pin_paths()
    os.chdir(ROOT)
    # It takes this process over, and with it Ctrl-C and whoever waits for the end.
    os.execv(command[0], command)
