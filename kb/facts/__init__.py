"""Facts: what loaders yield, and the snapshot that keeps them."""
