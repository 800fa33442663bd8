"""Networks of states: who is tied to whom by what, communities, the shortest tie."""
