"""Slowing abuse without shutting people out: what is counted, flagged, looked at (decision 0018)."""
