"""Telling people, once each, what became of what they said."""
