"""The embedded engine: one DuckDB file, asked in Cypher."""
