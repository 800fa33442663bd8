"""The Python door: the knowledge base in notebooks and scripts, as frames and networks. ``import hrkb`` opens it."""
