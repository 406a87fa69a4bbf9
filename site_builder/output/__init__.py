"""Findings written out: one module a format, all from the same list."""
