"""A Neo4j Community server on this machine, from Maven Central, without Docker: for people who look, and for the tests."""
