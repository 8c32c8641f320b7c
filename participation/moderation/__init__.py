"""Moderation: reports, decisions to accept, hide or restore, and appeals against them.

Always true here: nothing is hidden without a rule of the charter, a reason and a message to its author
in the same transaction; nobody acts on what they wrote themselves; whoever decided never decides the
appeal; no number of reports hides anything by itself; every decision is in the public register.
"""
