"""What is measured of rights in practice and in law."""
