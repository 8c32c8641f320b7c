"""The smallest valid themes, findings and summaries, made by the verbs of summaries."""

from itertools import count

from participation.collectivities.models import Collectivity, Membership, Role
from participation.consultations.models import Consultation
from participation.contributions.models import Contribution
from participation.summaries.actions import (
    add_finding,
    add_theme,
    assign_theme_to_several,
    draft_summary,
    publish_summary,
)
from participation.summaries.models import Finding, FindingKind, Summary, Theme
from tests.factories.collectivities import a_member
from tests.factories.consultations import a_closed_consultation
from tests.factories.contributions import a_contribution

_numbers = count(1)


def town_of(consultation: Consultation) -> Collectivity:
    """Returns the collectivity that consults."""
    return consultation.project.collectivity


def a_moderator_for(consultation: Consultation) -> Membership:
    """Returns somebody who may sign the summary of a consultation."""
    return a_member(Role.MODERATOR, town_of(consultation), function="Modératrice")


def a_theme(consultation: Consultation | None = None, *contributions: Contribution) -> Theme:
    """Returns a theme with these contributions under it."""
    theme = add_theme(consultation or a_closed_consultation(), name=f"Thème {next(_numbers)}")
    assign_theme_to_several(contributions, theme)
    return theme


def a_summary(consultation: Consultation | None = None) -> Summary:
    """Returns a summary that was only started."""
    return draft_summary(consultation or a_closed_consultation())


def a_finding(
    summary: Summary,
    *sources: Contribution,
    theme: Theme | None = None,
    text: str = "La machine doit se nommer d’emblée.",
) -> Finding:
    """Returns a finding on these contributions."""
    theme = theme or a_theme(summary.consultation)
    return add_finding(summary, theme, kind=FindingKind.ASKED, text=text, sources=sources)


def a_published_summary(
    consultation: Consultation | None = None, *contributions: Contribution, member: Membership | None = None
) -> Summary:
    """Returns a published summary with one finding on these contributions, on one of its own without any."""
    consultation = consultation or a_closed_consultation()
    summary = a_summary(consultation)
    a_finding(summary, *(contributions or (a_contribution(consultation),)))
    return publish_summary(summary, member=member or a_moderator_for(consultation))
