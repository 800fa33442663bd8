"""Random read queries over random graphs, asked of every engine and of an oracle that is no graph engine."""
