"""Write the floors of :mod:`kb.graph.coverage` from the current graph: ``make coverage``.

Run it on a graph that is good: what it lacks will not be missed from then on. The difference is what there is to review.
"""

from __future__ import annotations

from kb import files
from kb.graph import coverage
from kb.versions import home


def main() -> None:
    """Count, and write ``data/coverage``. Raises :class:`kb.errors.HrkbError`."""
    version = home.current()
    with version.open() as engine:
        made = coverage.tables(coverage.measure(engine))
    for name, text in made.items():
        files.write(coverage.FLOORS / name, text)
        print(f"{coverage.FLOORS / name}: {text.count(chr(10)) - 1} floors of version {version.name}")


if __name__ == "__main__":
    main()
