"""Getting the raw files of a source from its publisher."""
