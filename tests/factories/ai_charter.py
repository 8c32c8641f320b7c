"""The smallest AI charter, and what a project says of one of its articles."""

from participation.collectivities.ai_charter.actions import add_article, publish_charter
from participation.collectivities.ai_charter.models import CharterHeading, CharterVersion
from participation.collectivities.ai_charter.queries import working_articles
from participation.collectivities.models import Collectivity, Membership
from participation.projects.actions import Saying, publish_dossier, state_on_charter
from participation.projects.models import Compliance, Project


def a_charter(
    collectivity: Collectivity, *, more: str = "", reason: str = "Adoptée", member: Membership | None = None
) -> CharterVersion:
    """Publishes a charter of two articles, `personne` and `energie`, or the next version with one more."""
    if not working_articles(collectivity):
        add_article(
            collectivity,
            heading=CharterHeading.ETHICS,
            key="personne",
            title="Une personne en face",
            text="Un guichet reste ouvert.",
        )
        add_article(
            collectivity,
            heading=CharterHeading.ENVIRONMENT,
            key="energie",
            title="L’énergie est publiée",
            text="Le registre la donne.",
        )
    if more:
        add_article(collectivity, heading=CharterHeading.GOVERNANCE, title=more, text=f"Texte de {more}.")
    return publish_charter(collectivity, reason=reason, member=member)


def a_statement(
    project: Project,
    key: str,
    compliance: Compliance | None,
    reason: str = "",
    *,
    member: Membership | None = None,
    published: bool = True,
) -> None:
    """Says it of one article of the charter in force, and publishes the dossier."""
    number = project.collectivity.charter_number
    assert number is not None
    state_on_charter(project, [Saying(key, compliance, reason)], charter_number=number, member=member)
    if published:
        publish_dossier(project, reason="La charte")
