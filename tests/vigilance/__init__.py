"""Slowing abuse without shutting people out."""
