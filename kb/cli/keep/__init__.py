"""Keeping the graph current, and accounting for it."""
