"""The clauses of a statement, one step of SQL after the other."""
