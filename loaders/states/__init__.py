"""Which states there are, since when, where they lie and who ruled them."""
