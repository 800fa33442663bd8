"""From the text of a statement to its tree."""
