"""Intergovernmental and non-governmental organizations and the ties of states to them."""
