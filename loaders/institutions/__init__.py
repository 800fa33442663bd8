"""Bodies that receive and pass on: national institutions, councils, courts, constitutions."""
