"""What panels and networks need of an open knowledge base, so that they need not know the whole of it."""

from __future__ import annotations

from typing import Any, Protocol

import pandas as pd

from kb.api.provenance import Graph
from kb.engines.base import Engine


class Asking(Protocol):
    """Something that answers questions of the catalogue: :class:`kb.api.knowledge.KnowledgeBase` does."""

    _engine: Engine

    def query(self, name: str, **parameters: Any) -> pd.DataFrame:
        """The answer to a question of the catalogue."""
        ...

    @property
    def states(self) -> pd.DataFrame:
        """Every state."""
        ...

    def _now(self) -> Graph:
        """The graph that is asked, with its sources."""
        ...
