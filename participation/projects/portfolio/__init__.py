"""The list of all public projects, filtered and counted in memory: see docs/decisions/0011."""
