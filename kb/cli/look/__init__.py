"""One thing at a glance, and whether all is well."""
