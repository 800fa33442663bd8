"""The server engine: Neo4j through the official driver, and loading into it."""
