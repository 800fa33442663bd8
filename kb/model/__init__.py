"""The graph model, declared once: every label, relationship type, property, type, unit and meaning."""
