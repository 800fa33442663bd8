"""From accepted facts to the graph that readers see, and back."""
