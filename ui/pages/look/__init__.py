"""Pages for people who look."""
