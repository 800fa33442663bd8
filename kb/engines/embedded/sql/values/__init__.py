"""Values and expressions of Cypher in SQL."""
