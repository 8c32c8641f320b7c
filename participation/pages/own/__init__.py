"""Everybody's own page: what one said and chose, where it stands, what one is owed."""
