"""What pages read: the current graph, its panel of scores, its holdings."""
