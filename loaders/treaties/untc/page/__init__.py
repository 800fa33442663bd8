"""A status page and the wording of its sections."""
