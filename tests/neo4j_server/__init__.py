"""A real Neo4j server for tests and for developers, from Maven Central, without Docker."""
