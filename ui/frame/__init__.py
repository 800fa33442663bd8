"""What every page stands in: the shell with navigation, and the server that runs it."""
