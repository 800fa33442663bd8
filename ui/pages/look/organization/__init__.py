"""The parts of the page on organizations: an intergovernmental one, a non-governmental one, what ties two states."""
