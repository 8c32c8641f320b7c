"""Bringing in what another platform collected, through the same actions as the pages."""
