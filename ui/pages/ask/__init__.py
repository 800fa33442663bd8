"""Pages for people who ask."""
