"""Cypher of one's own: read-only, in a process without rights, with limits."""
