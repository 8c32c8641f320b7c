"""Registers of AI projects brought in as drafts: any table with a mapping of its columns, or our own JSON."""
