"""Asking through an assistant: the catalogue and read-only Cypher as tools of the Model Context Protocol (``hrkb mcp``)."""
