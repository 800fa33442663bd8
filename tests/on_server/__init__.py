"""Tests that need a Neo4j server: it is started from Maven Central once for all of them."""
