"""A small town in which every address of the application names something that exists."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from participation.accounts.models import Person
from participation.collectivities.actions import name_appeal_reviewer
from participation.collectivities.models import Collectivity, Membership, Role
from participation.collectivities.permissions import membership_as
from participation.collectivities.site import dark_accent
from participation.consultations.models import Consultation, Participant
from participation.contributions.actions import hold_submission
from participation.contributions.models import Contribution, Submission, Visibility
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.files import pictures_folder
from participation.foundation.references import hash_of
from participation.importing.registers.running import receive_register
from participation.moderation.actions import hide_contribution, lodge_appeal
from participation.moderation.models import Appeal, ModerationDecision
from participation.moderation.models import Rule as CharterRule
from participation.notifications.actions import ask_to_follow
from participation.notifications.models import SubjectKind, Subscription
from participation.notifications.tokens import following_token, stopping_token
from participation.projects.actions import answer_field, assess_project, hand_section, publish_dossier
from participation.projects.dossier.field import Section
from participation.projects.models import Project
from participation.summaries.models import Finding
from participation.web.assets import accent_sheet, style_sheet
from tests.factories.accounts import a_sign_in_link
from tests.factories.ai_charter import a_charter
from tests.factories.collectivities import a_collectivity, a_member, an_invitation
from tests.factories.consultations import (
    a_closing_proposal,
    a_consultation,
    a_participant,
    a_suspended_consultation,
)
from tests.factories.contributions import a_condition, a_contribution, a_position, a_question
from tests.factories.decisions import Heard, a_decision, a_heard_project
from tests.factories.identities import a_verification, an_address_link
from tests.factories.paper import a_form
from tests.factories.projects import a_complete_project, a_draft_project
from tests.factories.vigilance import a_known_network, a_series
from tests.people import PERSONAS, a_browser, somebody_with_every_role, the_people
from tests.projects.guidance.answer_sets import answers

Things = dict[str, Any]
TWO_VERSIONS = {"number": 2, "older": 1, "newer": 2}


@dataclass(frozen=True)
class World:
    """The application on this town, a browser for each persona, and what each address names."""

    app: Flask
    browsers: dict[str, FlaskClient]
    # Who holds every role here, and who holds every role in the neighbouring collectivity only.
    everything: FlaskClient
    neighbour: FlaskClient
    things: dict[str, Things]
    # The same, for what the public may not see yet or any more.
    unseen: dict[str, Things]
    # The words of texts that wait or are hidden, by their reference.
    kept_back: dict[str, str]

    def address(self, endpoint: str, **changes: str) -> str:
        """Returns the address of an endpoint, opened on things of this town."""
        named = {**self.things[endpoint.split(".")[0]], **self.things.get(endpoint, {}), **changes}
        return self._built(endpoint, named)

    def unseen_address(self, endpoint: str) -> str:
        """Returns the address of an endpoint, opened on something that isn't public."""
        return self._built(endpoint, self.unseen[endpoint])

    def rules(self, method: str) -> Iterator[Rule]:
        """Yields one rule for each endpoint that takes this method, in the order of their names."""
        taking = [rule for rule in self.app.url_map.iter_rules() if method in (rule.methods or ())]
        yield from {rule.endpoint: rule for rule in sorted(taking, key=lambda rule: rule.endpoint)}.values()

    def opened(self, who: str, address: str) -> TestResponse:
        """Returns what a persona gets at an address, read to its end."""
        return self.browsers[who].get(address, buffered=True)

    def sent(self, who: str, address: str) -> TestResponse:
        """Returns what a persona gets who sends nothing to an address, not even a token."""
        return self.browsers[who].post(address)

    def _built(self, endpoint: str, named: Things) -> str:
        rule = next(rule for rule in self.app.url_map.iter_rules() if rule.endpoint == endpoint)
        values = {name: named[name] for name in rule.arguments}
        return str(self.app.url_map.bind("localhost").build(endpoint, values))


def build_world(app: Flask) -> World:
    """Adds the town of Ville and its neighbour Voisine, and signs everybody in."""
    ville, voisine = a_collectivity(slug="ville"), a_collectivity(slug="voisine")
    a_complete_project(voisine, slug="projet-voisin")
    people = the_people(ville, voisine)
    everything, neighbour = somebody_with_every_role(ville), somebody_with_every_role(voisine)
    things, unseen, kept_back = _things(ville, people)
    db.session.commit()
    browsers = {who: a_browser(app, people.get(who)) for who in PERSONAS}
    whole = {"everything": a_browser(app, everything), "neighbour": a_browser(app, neighbour)}
    return World(app=app, browsers=browsers, things=things, unseen=unseen, kept_back=kept_back, **whole)


def _things(
    ville: Collectivity, people: dict[str, Person]
) -> tuple[dict[str, Things], dict[str, Things], dict[str, str]]:
    a_charter(ville)
    project = a_complete_project(ville, slug="projet")
    project.photo_file = _a_picture()
    _publish_again(project)
    draft = a_draft_project(ville, slug="brouillon")
    ready = a_complete_project(ville, slug="projet-pret")
    consultation = a_consultation(project, slug="ouverte")
    prepared = a_consultation(ready, slug="preparee", announced=False)
    coming = a_consultation(
        a_complete_project(ville, slug="projet-annonce"),
        slug="annoncee",
        opens_at=clock.now() + timedelta(days=5),
    )
    suspended = a_suspended_consultation(a_complete_project(ville, slug="projet-suspendu"), slug="suspendue")
    resident = a_participant(consultation, person=people["resident"])
    said = a_contribution(participant=resident)
    a_contribution(parent=said)
    condition = a_condition(consultation)
    a_position(participant=resident)
    pending = a_contribution(consultation, visibility=Visibility.PENDING, body="Ce texte attend.")
    hidden, appealed = (
        _a_hidden_text(a_contribution(consultation, body=f"Ce texte vise {token}."), people, token)
        for token in ("recours", "appel")
    )
    _lodge(appealed)
    written, published, heard, unheard = (_heard_in(ville, summary=number != 3) for number in range(4))
    working = a_decision(written)
    told = a_decision(published, published=True)
    entrusted = _entrusted_appeal(people["moderator"], ville)
    invitation = an_invitation(ville, token="invitation")
    asked = {"collectivity_slug": "ville"}
    things: dict[str, Things] = {
        "static": {"filename": "img/favicon.svg"},
        "pages": {},
        "health": {},
        "demo": {},
        "demo.enter": {"kind": "resident"},
        "assets": {"digest": style_sheet().digest},
        "accounts": {"session_id": 999999, "kind": "positions"},
        "accounts.sign_in_by_link": {"token": _a_link_for(people["resident"])},
        "addresses": {"token": _a_proof_for(people["resident"])},
        "verifications": {},
        "manage_verifications": {**asked, "ref": a_verification(ville).ref},
        "collectivities": {
            "slug": "ville",
            "digest": accent_sheet(ville.accent, dark_accent(ville.accent)).digest,
        },
        "ai_charter": {"slug": "ville", "number": 1},
        "manage_ai_charter": {**asked, "key": "personne"},
        "collectivities.invitation": {"token": "invitation"},
        "projects": {"slug": project.slug, "ref": project.ref, "name": project.photo_file, **TWO_VERSIONS},
        "projects.law": {"slug": _an_assessed_project(ville)},
        "consultations": {"slug": consultation.slug},
        "contributions": {"slug": consultation.slug, "ref": said.ref},
        "contributions.support": {"ref": condition.ref},
        # Nobody has reacted to it: it can still be changed.
        "contributions.edit": {"ref": a_contribution(participant=resident).ref},
        "contributions.not_support": {"ref": condition.ref},
        "contributions.ask": {"slug": project.slug},
        "contributions.questions": {"slug": project.slug},
        "contributions.question_waiting": {"slug": project.slug},
        "contributions.confirm": {"token": _a_held_opinion(people["resident"], said)},
        "contributions.recorded": {"ref": _a_receipt(said)},
        "moderation": {"ref": said.ref, "token": "recours"},
        "summaries": {"slug": published.consultation.slug, "number": 1, "name": "synthese.pdf"},
        "decisions": {"ref": told.decision.ref},
        "moderation.own_appeal": {"ref": _own_hidden_text(resident, people).ref},
        "notifications": {
            "slug": project.slug,
            "number": 999999,
            "token": following_token(_a_follower(people["resident"], project).id),
        },
        "notifications.follow_consultation": {"slug": consultation.slug},
        "notifications.follow_question": {"ref": a_question(ready).ref},
        "notifications.unsubscribe": {"token": stopping_token(people["resident"].id)},
        "notifications.unsubscribe_now": {"token": stopping_token(people["resident"].id)},
        "privacy": {},
        "paper": {"slug": consultation.slug, "ref": consultation.ref},
        "manage_paper": {**asked, "slug": consultation.slug, "ref": _a_form(consultation, people)},
        "manage_letters": asked,
        "manage_privacy": {**asked, "ref": said.ref},
        "manage_collectivities": {
            **asked,
            "membership_id": _some_role(people),
            "invitation_id": invitation.id,
        },
        "manage_collectivities.decline_appeals": {"slug": "lointaine"},
        "manage_vigilance": {
            **asked,
            "ref": a_series(resident).ref,
            "network_id": a_known_network(ville).id,
        },
        "manage_importing": {**asked, "ref": _a_register(ville)},
        "manage_projects": {
            **asked,
            "slug": project.slug,
            "name": "goal",
            "key": "annonce",
            "section": _a_handed_section(project, people),
        },
        "manage_projects.preview_photo": {"name": project.photo_file},
        "manage_projects.adapt": {"slug": "projet-voisin"},
        "manage_consultations": {**asked, "slug": consultation.slug},
        "manage_consultations.new": {"slug": ready.slug},
        "manage_consultations.edit": {"slug": prepared.slug},
        "manage_consultations.announce": {"slug": prepared.slug},
        "manage_consultations.cancel": {"slug": coming.slug},
        "manage_consultations.resume": {"slug": suspended.slug},
        "manage_consultations.answer_closing": {"number": a_closing_proposal(consultation).id},
        "manage_questions": {**asked, "ref": a_question(ready).ref},
        "manage_moderation": {**asked, "ref": appealed.ref},
        "manage_moderation.entrusted_appeal": {"ref": entrusted.ref},
        "manage_summaries": {**asked, "slug": unheard.consultation.slug, "number": unheard.themes[0].id},
        "manage_summaries.finding": {"number": _a_finding_of(unheard)},
        "manage_decisions": {**asked, "ref": working.decision.ref, "theme_id": written.themes[0].id},
        "manage_decisions.new": {"slug": heard.project.slug},
    }
    unseen: dict[str, Things] = {
        "projects.law": {"slug": draft.slug},
        "projects.photo": {"slug": draft.slug, "name": "photo.png"},
        "projects.show": {"slug": draft.slug},
        "projects.dossier": {"slug": draft.slug},
        "projects.eurocities_one": {"slug": draft.slug},
        "projects.json_one": {"slug": draft.slug},
        "projects.versions": {"slug": draft.slug},
        "projects.version": {"slug": draft.slug, **TWO_VERSIONS},
        "projects.version_dossier": {"slug": draft.slug, **TWO_VERSIONS},
        "projects.comparison": {"slug": draft.slug, **TWO_VERSIONS},
        "projects.compare": {"slug": draft.slug},
        "projects.history_json": {"slug": draft.slug},
        "projects.history_csv": {"slug": draft.slug},
        "projects.short_address": {"ref": draft.ref},
        "consultations.show": {"slug": prepared.slug},
        "paper.sheet": {"slug": prepared.slug},
        "paper.short_address": {"ref": prepared.ref},
        "consultations.results": {"slug": prepared.slug},
        "contributions.recount_csv": {"slug": prepared.slug},
        "contributions.recount_json": {"slug": prepared.slug},
        "contributions.take_part": {"slug": prepared.slug},
        "contributions.comment": {"slug": prepared.slug},
        "contributions.reply": {"ref": pending.ref},
        "contributions.useful": {"ref": hidden.ref},
        "contributions.versions": {"ref": hidden.ref},
        "contributions.not_useful": {"ref": hidden.ref},
        "contributions.withdraw_position": {"slug": prepared.slug},
        "contributions.ask": {"slug": draft.slug},
        "contributions.questions": {"slug": draft.slug},
        "contributions.question_waiting": {"slug": draft.slug},
        "moderation.report": {"ref": pending.ref},
        "notifications.follow_project": {"slug": draft.slug},
        "notifications.follow_consultation": {"slug": prepared.slug},
        "notifications.follow_question": {"ref": pending.ref},
        "summaries.show": {"slug": unheard.consultation.slug},
        "summaries.file": {"slug": unheard.consultation.slug, "name": "synthese.pdf"},
        "summaries.finding": {"slug": unheard.consultation.slug, "number": 1},
        "decisions.show": {"ref": working.decision.ref},
    }
    return things, unseen, {one.ref: one.body for one in (pending, hidden, appealed)}


def _a_handed_section(project: Project, people: dict[str, Person]) -> str:
    # To nobody of the personas: what is handed to one person stands on their desk alone.
    agent = a_member(Role.AGENT, project.collectivity)
    administrator = membership_as(people["administrator"], project.collectivity, Role.ADMINISTRATOR)
    hand_section(
        project,
        Section.WHY,
        agent,
        due_on=clock.today() + timedelta(days=5),
        note="Le devis est dans le dossier.",
        member=administrator,
    )
    return Section.WHY.value


def _publish_again(project: Project) -> None:
    answer_field(project, "goal", state="answered", text="Répondre aussi le soir.")
    publish_dossier(project, reason="Les horaires sont précisés")


def _a_form(consultation: Consultation, people: dict[str, Person]) -> str:
    agent = membership_as(people["agent"], consultation.project.collectivity, Role.AGENT)
    form = a_form(consultation, agent, postal_address="Rose Le Goff\n3 rue des Ajoncs", with_scan=True)
    return form.ref


def _a_picture() -> str:
    pictures_folder().mkdir(parents=True, exist_ok=True)
    (pictures_folder() / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return "photo.png"


def _a_register(body: Collectivity) -> str:
    content = b"nom,objectif\nUn outil,Aider\n"
    return receive_register(body, content=content, file_name="registre.csv").ref


def _an_assessed_project(body: Collectivity) -> str:
    project = a_complete_project(body, slug="au-regard-du-droit")
    assess_project(project, answers())
    publish_dossier(project, reason="Le droit")
    return project.slug


def _a_link_for(person: Person) -> str:
    # The tests of the whole town may take longer than the ten minutes of a real one.
    a_sign_in_link(person, "lien").expires_at = clock.now() + timedelta(days=1)
    return "lien"


def _a_proof_for(person: Person) -> str:
    an_address_link(person, "autre@mail.example", "adresse")
    return "adresse"


def _some_role(people: dict[str, Person]) -> int:
    return db.session.query(Membership).filter_by(person_id=people["auditor"].id).one().id


def _a_held_opinion(person: Person, said: Contribution) -> str:
    held = hold_submission(
        said.consultation, person, kind="useful", payload={"contribution": said.ref}, form_key="held"
    )
    held.token_hash = hash_of("confirmation")
    db.session.flush()
    return "confirmation"


def _a_receipt(said: Contribution) -> str:
    receipt = Submission(
        form_key="receipt", participant=said.participant, recorded={"contributions": [said.ref]}
    )
    db.session.add(receipt)
    db.session.flush()
    return receipt.ref


def _a_hidden_text(contribution: Contribution, people: dict[str, Person], token: str) -> Contribution:
    body = contribution.consultation.project.collectivity
    # Hidden by the administrator, so that the appeal goes to those who moderate.
    member = membership_as(people["administrator"], body, Role.ADMINISTRATOR)
    assert member is not None
    decision = hide_contribution(
        contribution, rule=CharterRule.ATTACK, reason="Il vise une personne reconnaissable.", member=member
    )
    _appeal_of(decision).token_hash = hash_of(token)
    db.session.flush()
    return contribution


def _own_hidden_text(author: Participant, people: dict[str, Person]) -> Contribution:
    return _a_hidden_text(a_contribution(participant=author, body="Il vise son voisin."), people, "propre")


def _a_follower(person: Person, project: Project) -> Subscription:
    return ask_to_follow(person, SubjectKind.PROJECT, project.id)


def _appeal_of(decision: ModerationDecision) -> Appeal:
    return db.session.query(Appeal).filter_by(decision_id=decision.id).one()


def _entrusted_appeal(moderator: Person, body: Collectivity) -> Contribution:
    """Adds a text of a third collectivity, whose lone moderator hid it and named this one for its appeal."""
    far = a_collectivity(slug="lointaine")
    alone = a_member(Role.MODERATOR, far)
    member = membership_as(moderator, body, Role.MODERATOR)
    assert member is not None
    name_appeal_reviewer(far, member)
    contribution = a_contribution(a_consultation(a_complete_project(far)))
    hide_contribution(
        contribution, rule=CharterRule.ATTACK, reason="Il vise une personne reconnaissable.", member=alone
    )
    _lodge(contribution)
    return contribution


def _lodge(hidden: Contribution) -> None:
    decision = db.session.query(ModerationDecision).filter_by(contribution_id=hidden.id).one()
    lodge_appeal(_appeal_of(decision), message="Je ne nomme personne.")


def _a_finding_of(heard: Heard) -> int:
    return db.session.query(Finding).filter_by(summary_id=heard.summary.id).first().id  # type: ignore[union-attr]


def _heard_in(body: Collectivity, *, summary: bool) -> Heard:
    heard = a_heard_project(published=summary)
    heard.project.collectivity, heard.project.collectivity_id = body, body.id
    db.session.flush()
    return heard
