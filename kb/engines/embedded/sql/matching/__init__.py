"""Patterns of Cypher in SQL: which rows a MATCH finds."""
