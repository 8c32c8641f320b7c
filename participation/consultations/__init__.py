"""Consultations, their periods, and who takes part in them."""
