"""Exact columns, append-only tables, wide writes, named locks: what both databases must do alike."""
