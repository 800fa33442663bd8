"""Neo4j's Cypher in the embedded engine's dialect."""

from kb.cypher.embedded.translate import Translation, translate

__all__ = ["Translation", "translate"]
