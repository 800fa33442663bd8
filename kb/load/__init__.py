"""From raw files to facts: the register of sources, files and rows with full accounting, which state is meant."""
