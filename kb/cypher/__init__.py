"""Cypher as the project understands it: one language, Neo4j 5's, read into a tree and said again in the embedded engine's dialect."""
