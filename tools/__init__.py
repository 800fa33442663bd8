"""What makes and tests the project, and is no part of it."""
