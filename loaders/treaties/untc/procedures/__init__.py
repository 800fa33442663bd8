"""Optional procedures, what was excluded from them, mechanisms and derogations."""
