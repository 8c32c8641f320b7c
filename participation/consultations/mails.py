"""Consultations send no mail of their own: receipts are of contributions, answers of decisions."""
