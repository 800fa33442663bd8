"""The two halves of the page Query: a question of the catalogue, and Cypher of one's own."""
