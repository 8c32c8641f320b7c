"""Brings in every domain that writes mails or does queued work, so that the worker knows them all."""

from importlib import import_module

WRITERS = (
    "accounts",
    "collectivities",
    "consultations",
    "contributions",
    "moderation",
    "notifications",
    "projects",
)

OTHER_WORK = (
    "accounts.jobs",
    "activity.reading",
    "contributions.jobs",
    "contributions.paper.actions",
    "contributions.paper.mails",
    "projects.jobs",
    "summaries.jobs",
    "vigilance.jobs",
    "vigilance.actions.looking",
)

for _module in (*(f"{domain}.mails" for domain in WRITERS), *OTHER_WORK):
    import_module(f"participation.{_module}")
