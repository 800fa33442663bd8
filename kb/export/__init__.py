"""Files to take away: the whole graph, the panel of state-years, codebooks."""
