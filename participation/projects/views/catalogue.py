"""The register as a catalogue that portals harvest: the whole of it, then that of each public body."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask import Response, abort

from participation.collectivities.models import Collectivity
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import speaking
from participation.projects.dossier.exports import own
from participation.projects.dossier.exports.catalogue import DataSet, File, catalogue
from participation.projects.dossier.exports.formats import FORMATS
from participation.projects.dossier.exports.record import Body
from participation.projects.models import DossierVersion, Project
from participation.projects.queries import is_public
from participation.projects.views.entrance import blueprint
from participation.projects.views.gathering import individual_counts
from participation.projects.views.recording import body_of, public_address
from participation.projects.views.registers import FILES
from participation.web.access import public
from participation.web.page_cache import same_for_every_reader


@dataclass(frozen=True)
class Holding:
    """How much a public body publishes, and when it began and last changed; None before it began."""

    body: Body
    everything: int
    dossiers: int
    individual: int
    issued_at: datetime | None
    modified_at: datetime | None

    def count(self, format_key: str) -> int:
        """Returns how many projects it has in a format."""
        return {"own": self.everything, "inventory": self.individual}.get(format_key, self.dossiers)


@blueprint.get("/catalog.jsonld", endpoint="catalogue")
@public
@same_for_every_reader
def show_catalogue() -> Response:
    """Sends the register as a DCAT-AP catalogue; its words are French, for the portals that harvest it."""
    holdings = _holdings(clock.now())
    if not holdings:
        abort(404)
    with speaking("fr"):
        # The founding collectivity speaks for the installation, as it does on its pages.
        plain = catalogue(
            public_address("projects.catalogue"),
            _("Data on artificial intelligence projects"),
            _("What is published on this site about artificial intelligence projects, in several formats."),
            holdings[0].body,
            list(_data_sets(holdings)),
        )
    response = Response(own.written(plain), mimetype="application/ld+json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _holdings(now: datetime) -> list[Holding]:
    individual = individual_counts(now)
    counted = (
        sa.select(
            Collectivity,
            sa.func.count(sa.distinct(Project.id)),
            sa.func.count(sa.distinct(sa.case((Project.imported_from.is_(None), Project.id)))),
            sa.func.min(DossierVersion.published_at),
            sa.func.max(DossierVersion.published_at),
        )
        .outerjoin(Project, sa.and_(Project.collectivity_id == Collectivity.id, is_public(now)))
        .outerjoin(DossierVersion, DossierVersion.project_id == Project.id)
        .group_by(Collectivity.id)
        .order_by(Collectivity.id)
    )
    return [
        Holding(body_of(one), everything, dossiers, individual.get(one.id, 0), issued, modified)
        for one, everything, dossiers, issued, modified in db.session.execute(counted)
    ]


def _data_sets(holdings: list[Holding]) -> Iterator[DataSet]:
    founder, *others = holdings
    everyone = Holding(
        founder.body,
        sum(one.everything for one in holdings),
        sum(one.dossiers for one in holdings),
        sum(one.individual for one in holdings),
        min((one.issued_at for one in holdings if one.issued_at), default=None),
        max((one.modified_at for one in holdings if one.modified_at), default=None),
    )
    yield _data_set(everyone, _("Artificial intelligence projects: the whole register of this site"))
    if others:
        for one in holdings:
            if one.everything:
                title = _("Artificial intelligence projects of %(body)s", body=one.body.name)
                yield _data_set(one, title, collectivite=one.body.slug)


def _data_set(holding: Holding, title: str, **chosen: str) -> DataSet:
    return DataSet(
        address=public_address("projects.open_data", **chosen),
        title=title,
        description=_(
            "Dossiers of artificial intelligence projects: goal, effects on people, data, risks, cost, what "
            "isn’t known yet, what can still change, consultations and decisions."
        ),
        publisher=holding.body,
        files=list(_files(holding, chosen)),
        issued_at=holding.issued_at,
        modified_at=holding.modified_at,
    )


def _files(holding: Holding, chosen: dict[str, str]) -> Iterator[File]:
    for one in FORMATS:
        endpoint, media_type, size = FILES[one.key]
        pages = max(1, -(-holding.count(one.key) // size))
        for number in range(1, pages + 1):
            page = {"page": number} if pages > 1 else {}
            yield File(
                title=f"{one.name} ({number}/{pages})" if pages > 1 else str(one.name),
                description=str(one.purpose),
                address=public_address(endpoint, **chosen, **page),
                media_type=media_type,
                conforms_to=public_address("projects.page_schema") if one is own.OWN else "",
            )
