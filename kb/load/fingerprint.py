"""What the reading of one source is made of: where that is the same, the same files give the same facts."""

from __future__ import annotations

import dataclasses

from kb import parts
from kb.load import decisions
from kb.load.lookups import LOOKUPS
from kb.load.register import Source
from kb.model.graph import MODEL
from kb.settings import DATA

#: What turns rows into facts, beside the loader itself.
READING = ("kb.load.extract", "kb.facts.snapshot", "kb.load.raw")
#: The rooms whose statements can change a fact.
ROOMS = ("loaders", "kb.model", "kb.facts", "kb.load")
#: The declared model, of which only the shape counts: see :func:`shape`.
WITHOUT = ("kb.model.graph", "kb.model.scores")
#: Of these tables only what concerns the source counts.
SHARED = ("sources.yml", "decisions.csv")


def part_of(source: Source) -> parts.Part:
    """The loader of a source and the modules that it uses. Raises :class:`kb.errors.InputError`."""
    return parts.part((f"loaders.{source.loader}", *READING), ROOMS, WITHOUT)


def shape(*, stated: bool) -> object:
    """The declared model without its words: labels, types and properties, with ``stated`` those that loaders state."""

    def bare(declared: object) -> object:
        if isinstance(declared, dict):
            return {name: bare(value) for name, value in declared.items() if name not in ("meaning", "unit")}
        if isinstance(declared, tuple):
            return [bare(one) for one in declared if not (stated and isinstance(one, dict) and one["derived"])]
        return declared

    return bare(dataclasses.asdict(MODEL))


def fingerprint(source: Source) -> str:
    """A digest of the loader, its tables, the decisions on its rows, the model's shape, the versions of the libraries.

    Raises :class:`kb.errors.InputError` for a module or a table that cannot be read.
    """
    part = part_of(source)
    own = source.model_dump(include={"code", "loader", "raw", "minimum_facts"})
    seed = f"{own}|{decisions.of(source.code)}|{shape(stated=True)}|{parts.versions()}"
    return part.digest(seed, part.files(DATA, LOOKUPS, without=SHARED))
