"""How to cite the knowledge base: the sentence, and the entry for a bibliography. ``CITATION.cff`` says by whom and what."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import yaml

from kb.settings import ROOT
from ui.view.graph import Graph


@cache
def _declared() -> dict[str, Any]:
    declared: dict[str, Any] = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    return declared


def sentence(graph: Graph, today: dt.date) -> str:
    """The citation as a sentence, with the version of the graph, the day of its data and the day it was read."""
    authors = " and ".join(author["name"] for author in _declared()["authors"])
    return (
        f"{authors} ({today.year}). *{_declared()['title']}*. Software version {_declared()['version']}, data version "
        f"{graph.version}, treaty status pages of {graph.data_date or 'an unstated day'}. Read on {today.isoformat()}."
    )


def bibtex(graph: Graph, today: dt.date) -> str:
    """The same as a BibTeX entry."""
    authors = " and ".join(f"{{{author['name']}}}" for author in _declared()["authors"])
    return f"""@software{{hrkb,
  author  = {{{authors}}},
  title   = {{{_declared()["title"]}}},
  year    = {{{today.year}}},
  version = {{{_declared()["version"]}}},
  note    = {{data version {graph.version}, treaty status pages of {graph.data_date or "an unstated day"}, read on {today.isoformat()}}}
}}"""
