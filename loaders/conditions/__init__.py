"""The conditions under which states act."""
