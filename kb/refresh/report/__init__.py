"""Accounting for the refresh: why, since when, how fresh, and a feed."""
