"""From raw files to facts, to a graph, to files."""
