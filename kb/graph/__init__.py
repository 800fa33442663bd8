"""From facts to a graph: put together, weighed, checked, written."""
