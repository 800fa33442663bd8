"""The engines: DuckDB, embedded, and Neo4j, a server. :mod:`kb.engines.base` says what an engine can do."""
