"""Summaries: themes, findings and the contributions each rests on."""
