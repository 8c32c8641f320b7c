"""Keeping a consultation as it is during a transaction, or having it alone to change it."""

from participation.consultations.models import Consultation
from participation.foundation.holding import hold


def hold_period(consultation: Consultation) -> None:
    """Keeps the period, and whether the summary is published: many hold them at once, nobody changes them.

    A cancellation or a publication waits for those who hold it, and those who come after wait for it.
    """
    hold(consultation, shared=True)


def hold_alone(consultation: Consultation) -> None:
    """Takes the project, then the consultation, to change its period or its summary."""
    hold(consultation.project)
    hold(consultation)
