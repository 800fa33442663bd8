"""The human-rights regime in notebooks and scripts.

>>> import hrkb
>>> kb = hrkb.open()                                                                # doctest: +SKIP
>>> kb.query("ranking", year=2014).head()                                           # doctest: +SKIP

docs/python.md shows what there is.
"""

from __future__ import annotations

from kb.api.knowledge import KnowledgeBase, open
from kb.errors import EngineError, GraphMissing, HrkbError, QueryRefused, UsageError
from kb.network.kinds import KINDS as NETWORKS

__all__ = [
    "NETWORKS",
    "EngineError",
    "GraphMissing",
    "HrkbError",
    "KnowledgeBase",
    "QueryRefused",
    "UsageError",
    "open",
]
