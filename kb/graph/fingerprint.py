"""What a graph is made from: where that is the same, a build would make the same graph, and there is nothing to do.

The facts count, and what turns them into a graph: the modules that a build imports, the tables and the queries that they
name, the entries of the register, the engine and the libraries. Pages, commands, loaders, comments and the words about
a query or a source's fetching do not.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path

from kb import parts
from kb.catalogue.queries import Query, catalogue
from kb.engines.embedded.engine import VERSION
from kb.graph import coverage
from kb.load.fingerprint import shape
from kb.load.lookups import LOOKUPS
from kb.load.register import register
from kb.model.graph import MODEL
from kb.settings import DATA

#: Where a build begins. What it imports only where it is needed, in a function, is followed too.
ENTRIES = ("kb.graph.make",)
#: What reads raw files: a build has the facts of the snapshot, which say themselves what was read and decided.
READING = ("kb.load.raw", "kb.load.decisions", "kb.load.fingerprint")
#: And the declared model, of which only the shape counts, and what can be set, which says where a graph lies, not what is in it.
WITHOUT = (*READING, "kb.model.graph", "kb.environment")
#: Modules that name queries to be run; beside them, all that import the catalogue.
ASKING = ("kb.scores", "kb.model.scores")
CATALOGUE = "kb.catalogue.queries"


def part() -> parts.Part:
    """The modules of the project that a build uses. Raises :class:`kb.errors.InputError`."""
    return parts.part(ENTRIES, ("kb",), WITHOUT)


def queries(part: parts.Part) -> list[Query]:
    """The queries that these modules name, by name."""
    asking = [m for name, m in part.modules.items() if CATALOGUE in m.imports or parts.lies_in(name, ASKING)]
    named = {name for module in asking for name in module.names}
    return [query for name, query in sorted(catalogue().items()) if any(fnmatchcase(name, one) for one in named)]


def of_code() -> str:
    """A digest of what turns facts into a graph. Raises :class:`kb.errors.InputError` for a file that cannot be read."""
    used = part()
    asked = [_statement(query) for query in queries(used)]
    told = {"code", "precedence", "redistributable", *MODEL.labels["Source"].by_name}
    sources = [source.model_dump(include=told) for source in register().values()]
    seed = f"{VERSION}|{parts.versions()}|{asked}|{sources}|{shape(stated=False)}"
    return used.digest(seed, tables(used))


def tables(part: parts.Part) -> list[Path]:
    """The tables that a build reads beside the facts: those that its modules name, and the floors."""
    return [*part.files(DATA, LOOKUPS, without=["sources.yml"]), *sorted(coverage.FLOORS.glob("*.csv"))]


def of_build(snapshot: Path, *, only_open: bool) -> str:
    """A digest of everything that a graph of these facts is made from. Raises :class:`kb.errors.InputError`."""
    return parts.of_files(f"{of_code()}|{only_open}", sorted(snapshot.glob("*/*")))


def _statement(query: Query) -> tuple[object, ...]:
    """What of a query can change its answer: no word about it."""
    taken = [(name, p.type, p.kind, p.default) for name, p in query.parameters.items()]
    return query.name, query.cypher, taken, str(query.schema)
