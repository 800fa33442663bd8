"""What a page declares, and what it is given: the graph, the address, words, and what to say when something is wrong."""
