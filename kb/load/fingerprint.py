"""What the reading of one source is made of: where that is the same, the same files give the same facts."""

from __future__ import annotations

from kb import parts
from kb.load import decisions
from kb.load.lookups import LOOKUPS
from kb.load.register import Source
from kb.settings import DATA

#: What turns rows into facts, beside the loader itself.
READING = ("kb.load.extract", "kb.facts.snapshot", "kb.load.raw")
#: The rooms whose statements can change a fact. The scores are declared in the model, but no loader states them.
ROOMS = ("loaders", "kb.model", "kb.facts", "kb.load")
WITHOUT = ("kb.model.scores",)
#: Of these tables only what concerns the source counts.
SHARED = ("sources.yml", "decisions.csv")


def part_of(source: Source) -> parts.Part:
    """The loader of a source and the modules that it uses. Raises :class:`kb.errors.InputError`."""
    return parts.part((f"loaders.{source.loader}", *READING), ROOMS, WITHOUT)


def fingerprint(source: Source) -> str:
    """A digest of the loader, the tables it reads, the decisions on its rows, and the versions of the libraries.

    Raises :class:`kb.errors.InputError` for a module or a table that cannot be read.
    """
    part = part_of(source)
    own = source.model_dump(include={"code", "loader", "raw", "minimum_facts"})
    seed = f"{own}|{decisions.of(source.code)}|{parts.versions()}"
    return part.digest(seed, part.files(DATA, LOOKUPS, without=SHARED))
