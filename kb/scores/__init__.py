"""The scores of every state-year: integration, commitment, practice, decoupling."""
