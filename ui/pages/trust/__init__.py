"""Pages for people who want to know where it comes from."""
