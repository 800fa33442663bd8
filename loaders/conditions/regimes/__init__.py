"""Kinds and degrees of democracy."""
