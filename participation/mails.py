"""Brings in every domain that writes mails or does queued work, so that the worker knows them all."""

from importlib import import_module

WRITERS = ("accounts", "collectivities", "consultations", "contributions", "moderation", "notifications")

for _domain in WRITERS:
    import_module(f"participation.{_domain}.mails")
