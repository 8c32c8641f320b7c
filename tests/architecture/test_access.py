"""Who may open what: every endpoint, as each persona. A page that is added needs a line here."""

import re

import pytest
from werkzeug.routing import Rule

from tests.architecture.world import World
from tests.people import PERSONAS

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("world")]

# 200 opens, 302 sends to sign in, 403 may not, 404 may not know that it exists.
READ = {
    #                                visitor resident agent moderator official administrator auditor stranger
    "accounts.choices":                 "302 200 200 200 200 200 200 200",
    "accounts.confirm_identity":        "302 200 200 200 200 200 200 200",
    "accounts.identity":                "302 200 200 200 200 200 200 200",
    "accounts.link_sent":               "200 200 200 200 200 200 200 200",
    "accounts.my_participation":        "200 200 200 200 200 200 200 200",
    "accounts.password":                "302 200 200 200 200 200 200 200",
    "accounts.show":                    "302 200 200 200 200 200 200 200",
    "accounts.sign_in":                 "200 200 200 200 200 200 200 200",
    "accounts.sign_in_by_link":         "200 200 200 200 200 200 200 200",
    "accounts.sign_in_with_password":   "200 200 200 200 200 200 200 200",
    "accounts.texts":                   "302 200 200 200 200 200 200 200",
    "addresses.confirm":                "302 200 404 404 404 404 404 404",
    "addresses.list":                   "302 200 200 200 200 200 200 200",
    "ai_charter.show":                  "200 200 200 200 200 200 200 200",
    "ai_charter.version":               "200 200 200 200 200 200 200 200",
    "ai_charter.versions":              "200 200 200 200 200 200 200 200",
    "assets.style":                     "200 200 200 200 200 200 200 200",
    "collectivities.accent":            "200 200 200 200 200 200 200 200",
    "collectivities.home":              "200 200 200 200 200 200 200 200",
    "collectivities.invitation":        "200 200 200 200 200 200 200 200",
    "consultations.list":               "200 200 200 200 200 200 200 200",
    "consultations.results":            "200 200 200 200 200 200 200 200",
    "consultations.show":               "200 200 200 200 200 200 200 200",
    "contributions.ask":                "200 200 200 200 200 200 200 200",
    "contributions.comment":            "200 200 200 200 200 200 200 200",
    "contributions.confirm":            "200 200 200 200 200 200 200 200",
    # The resident wrote it; a guest changes it by a link in their mail.
    "contributions.edit":               "200 200 403 403 403 403 403 403",
    "contributions.not_support":        "200 200 200 200 200 200 200 200",
    "contributions.not_useful":         "200 200 200 200 200 200 200 200",
    "contributions.question_waiting":   "200 200 200 200 200 200 200 200",
    "contributions.questions":          "200 200 200 200 200 200 200 200",
    "contributions.recount_csv":        "200 200 200 200 200 200 200 200",
    "contributions.recount_json":       "200 200 200 200 200 200 200 200",
    "contributions.recorded":           "200 200 200 200 200 200 200 200",
    "contributions.reply":              "200 200 200 200 200 200 200 200",
    "contributions.show":               "200 200 200 200 200 200 200 200",
    "contributions.support":            "200 200 200 200 200 200 200 200",
    "contributions.take_part":          "200 200 200 200 200 200 200 200",
    "contributions.useful":             "200 200 200 200 200 200 200 200",
    "contributions.versions":           "200 200 200 200 200 200 200 200",
    "contributions.waiting":            "200 200 200 200 200 200 200 200",
    # The resident wrote it; a guest withdraws by a link in their mail.
    "contributions.withdraw":           "200 200 403 403 403 403 403 403",
    "contributions.withdraw_position":  "200 200 200 200 200 200 200 200",
    "decisions.list":                   "200 200 200 200 200 200 200 200",
    "decisions.show":                   "200 200 200 200 200 200 200 200",
    # Only where DEMO=1.
    "demo.index":                       "404 404 404 404 404 404 404 404",
    "demo.mailbox":                     "404 404 404 404 404 404 404 404",
    "health.live":                      "200 200 200 200 200 200 200 200",
    "health.ready":                     "200 200 200 200 200 200 200 200",
    #                                visitor resident agent moderator official administrator auditor stranger
    "manage_collectivities.answering":  "302 403 403 403 403 200 403 403",
    "manage_ai_charter.article":        "302 403 403 403 403 200 403 403",
    "manage_ai_charter.new_article":    "302 403 403 403 403 200 403 403",
    "manage_ai_charter.publish":        "302 403 403 403 403 200 403 403",
    "manage_ai_charter.remove_article": "302 403 403 403 403 200 403 403",
    "manage_ai_charter.show":           "302 403 200 200 200 200 200 403",
    "manage_collectivities.appeal_reviewer": "302 403 403 403 403 200 403 403",
    "manage_collectivities.desk":       "302 403 200 200 200 200 200 403",
    "manage_collectivities.invite":     "302 403 403 403 403 200 403 403",
    "manage_collectivities.people":     "302 403 403 403 403 200 403 403",
    "manage_collectivities.settings":   "302 403 403 403 403 200 403 403",
    # Closing early takes a second person: another moderator, or an administrator.
    "manage_consultations.answer_closing": "302 403 403 200 403 200 403 403",
    "manage_consultations.cancel":      "302 403 403 200 403 403 403 403",
    "manage_consultations.edit":        "302 403 403 200 403 403 403 403",
    "manage_consultations.extend":      "302 403 403 200 403 403 403 403",
    "manage_consultations.pause":       "302 403 403 200 403 403 403 403",
    "manage_consultations.propose":     "302 403 403 200 403 403 403 403",
    "manage_consultations.resume":      "302 403 403 200 403 403 403 403",
    # Officials and auditors read consultations on their public pages, once announced.
    "manage_consultations.list":        "302 403 200 200 403 200 403 403",
    "manage_consultations.new":         "302 403 403 200 403 403 403 403",
    "manage_consultations.show":        "302 403 200 200 403 200 403 403",
    "manage_decisions.answer":          "302 403 200 403 403 200 403 403",
    "manage_decisions.edit":            "302 403 200 403 403 200 403 403",
    "manage_decisions.list":            "302 403 200 200 200 200 200 403",
    "manage_decisions.new":             "302 403 200 403 403 200 403 403",
    "manage_decisions.show":            "302 403 200 200 200 200 200 403",
    "manage_moderation.appeal":         "302 403 403 200 403 200 403 403",
    # The moderator persona was named by another collectivity; see IN_PERSON.
    "manage_moderation.entrusted_appeal": "302 403 403 200 403 403 403 403",
    "manage_moderation.queue":          "302 403 403 200 403 200 403 403",
    "manage_letters.list":              "302 403 200 200 403 200 403 403",
    "manage_paper.enter":               "302 403 200 200 403 200 403 403",
    "manage_paper.erase":               "302 403 200 200 403 200 403 403",
    "manage_paper.list":                "302 403 200 200 403 200 403 403",
    "manage_paper.scan":                "302 403 200 200 403 200 403 403",
    "manage_paper.show":                "302 403 200 200 403 200 403 403",
    "manage_paper.undo":                "302 403 200 200 403 200 403 403",
    "manage_privacy.address":           "302 403 403 200 403 200 403 403",
    "manage_privacy.looks":             "302 403 403 403 403 403 200 403",
    "manage_projects.adapt":            "302 403 200 403 403 200 403 403",
    "manage_importing.new":             "302 403 200 403 403 200 403 403",
    "manage_importing.show":            "302 403 200 403 403 200 403 403",
    "manage_projects.charter":          "302 403 200 403 403 200 403 403",
    "manage_projects.field":            "302 403 200 403 403 200 403 403",
    "manage_projects.hand_section":     "302 403 200 403 403 200 403 403",
    "manage_projects.guidance":         "302 403 200 403 403 200 403 403",
    "manage_projects.indication":       "302 403 200 200 200 200 200 403",
    "manage_projects.life":             "302 403 200 403 403 200 403 403",
    "manage_projects.list":             "302 403 200 200 200 200 200 403",
    "manage_projects.new":              "302 403 200 403 403 200 403 403",
    "manage_projects.new_point":        "302 403 200 403 403 200 403 403",
    "manage_projects.path":             "302 403 200 403 403 200 403 403",
    "manage_projects.photo":            "302 403 200 403 403 200 403 403",
    "manage_projects.point":            "302 403 200 403 403 200 403 403",
    "manage_projects.preview":          "302 403 200 200 200 200 200 403",
    "manage_projects.preview_dossier":  "302 403 200 200 200 200 200 403",
    "manage_projects.preview_photo":    "302 403 200 200 200 200 200 403",
    "manage_projects.publish":          "302 403 403 403 403 200 403 403",
    "manage_projects.referent":         "302 403 200 403 403 200 403 403",
    "manage_projects.put_off":          "302 403 200 403 403 200 403 403",
    "manage_projects.remove_point":     "302 403 200 403 403 200 403 403",
    "manage_projects.section":          "302 403 200 200 200 200 200 403",
    "manage_projects.show":             "302 403 200 200 200 200 200 403",
    "manage_questions.answer":          "302 403 200 403 403 200 403 403",
    "manage_questions.list":            "302 403 200 200 200 200 200 403",
    "manage_summaries.finding":         "302 403 403 200 403 200 403 403",
    "manage_summaries.left_out":        "302 403 403 200 403 200 403 403",
    "manage_summaries.list":            "302 403 200 200 200 200 200 403",
    "manage_summaries.listed":          "302 403 403 200 403 200 403 403",
    "manage_summaries.new_finding":     "302 403 403 200 403 200 403 403",
    "manage_summaries.show":            "302 403 403 200 403 200 403 403",
    "manage_summaries.sort":            "302 403 403 200 403 200 403 403",
    "manage_summaries.texts":           "302 403 403 200 403 200 403 403",
    "manage_summaries.theme":           "302 403 403 200 403 200 403 403",
    "manage_summaries.themes":          "302 403 403 200 403 200 403 403",
    "manage_verifications.revoke":      "302 403 200 403 403 200 403 403",
    "manage_verifications.verify":      "302 403 200 403 403 200 403 403",
    #                                visitor resident agent moderator official administrator auditor stranger
    "manage_vigilance.list":            "302 403 403 200 403 403 200 403",
    "manage_vigilance.networks":        "302 403 403 403 403 200 403 403",
    "manage_vigilance.show":            "302 403 403 200 403 403 200 403",
    "moderation.appeal":                "200 200 200 200 200 200 200 200",
    # The text of the resident that was hidden: nobody else appeals.
    "moderation.own_appeal":            "302 200 404 404 404 404 404 404",
    "moderation.report":                "200 200 200 200 200 200 200 200",
    "moderation.reported":              "200 200 200 200 200 200 200 200",
    "moderation.rules":                 "200 200 200 200 200 200 200 200",
    "notifications.confirm":            "200 200 200 200 200 200 200 200",
    "notifications.follow_consultation": "200 200 200 200 200 200 200 200",
    "notifications.follow_project":     "200 200 200 200 200 200 200 200",
    "notifications.follow_question":    "200 200 200 200 200 200 200 200",
    "notifications.following":          "302 200 200 200 200 200 200 200",
    "notifications.unsubscribe":        "200 200 200 200 200 200 200 200",
    "notifications.waiting":            "200 200 200 200 200 200 200 200",
    "pages.accessibility":              "200 200 200 200 200 200 200 200",
    "pages.glossary":                   "200 200 200 200 200 200 200 200",
    "pages.home":                       "200 200 200 200 200 200 200 200",
    "pages.how_it_works":               "200 200 200 200 200 200 200 200",
    "pages.legal":                      "200 200 200 200 200 200 200 200",
    "pages.privacy":                    "200 200 200 200 200 200 200 200",
    "paper.sheet":                      "200 200 200 200 200 200 200 200",
    "paper.short_address":              "302 302 302 302 302 302 302 302",
    "privacy.data":                     "302 200 200 200 200 200 200 200",
    "privacy.download":                 "302 200 200 200 200 200 200 200",
    "privacy.download_all":             "302 200 200 200 200 200 200 200",
    "privacy.erase":                    "302 200 200 200 200 200 200 200",
    "privacy.erased":                   "200 200 200 200 200 200 200 200",
    "projects.catalogue":               "200 200 200 200 200 200 200 200",
    # The stranger writes for one other body: led to its form. The others choose, or read who may.
    "projects.adapt":                   "302 200 200 200 200 200 200 302",
    "projects.compare":                 "200 200 200 200 200 200 200 200",
    "projects.comparison":              "200 200 200 200 200 200 200 200",
    "projects.csv_public":              "200 200 200 200 200 200 200 200",
    "projects.csv_whole":               "200 200 200 200 200 200 200 200",
    "projects.dossier":                 "200 200 200 200 200 200 200 200",
    "projects.eurocities_list":         "200 200 200 200 200 200 200 200",
    "projects.eurocities_one":          "200 200 200 200 200 200 200 200",
    "projects.history_csv":             "200 200 200 200 200 200 200 200",
    "projects.history_json":            "200 200 200 200 200 200 200 200",
    "projects.inventory":               "200 200 200 200 200 200 200 200",
    "projects.inventory_csv":           "200 200 200 200 200 200 200 200",
    "projects.json_list":               "200 200 200 200 200 200 200 200",
    "projects.json_one":                "200 200 200 200 200 200 200 200",
    "projects.law":                     "200 200 200 200 200 200 200 200",
    "projects.list":                    "200 200 200 200 200 200 200 200",
    "projects.open_data":               "200 200 200 200 200 200 200 200",
    "projects.page_schema":             "200 200 200 200 200 200 200 200",
    "projects.photo":                   "200 200 200 200 200 200 200 200",
    "projects.schema":                  "200 200 200 200 200 200 200 200",
    "projects.short_address":           "302 302 302 302 302 302 302 302",
    "projects.show":                    "200 200 200 200 200 200 200 200",
    "projects.version":                 "200 200 200 200 200 200 200 200",
    "projects.version_dossier":         "200 200 200 200 200 200 200 200",
    "projects.versions":                "200 200 200 200 200 200 200 200",
    "static":                           "200 200 200 200 200 200 200 200",
    # The worker is still making it: a page that says so.
    "summaries.file":                   "202 202 202 202 202 202 202 202",
    "summaries.finding":                "200 200 200 200 200 200 200 200",
    "summaries.left_out":               "200 200 200 200 200 200 200 200",
    "summaries.show":                   "200 200 200 200 200 200 200 200",
    "verifications.code":               "302 200 200 200 200 200 200 200",
}  # fmt: skip

# What only changes things, sent without a token: 400 or 422 is refused for the token alone.
SENT = {
    #                                visitor resident agent moderator official administrator auditor stranger
    "accounts.end_session":             "302 400 400 400 400 400 400 400",
    "accounts.open_account":            "302 400 400 400 400 400 400 400",
    "accounts.sign_out":                "400 400 400 400 400 400 400 400",
    "demo.enter":                       "404 404 404 404 404 404 404 404",
    "manage_collectivities.decline_appeals": "302 403 403 400 403 403 403 403",
    "manage_collectivities.end_role":   "302 403 403 403 403 400 403 403",
    "manage_collectivities.release_appeal_reviewer": "302 403 403 403 403 400 403 403",
    "manage_collectivities.withdraw_invitation": "302 403 403 403 403 400 403 403",
    "manage_consultations.announce":    "302 403 403 422 403 403 403 403",
    "manage_decisions.correct":         "302 403 422 403 403 422 403 403",
    "manage_decisions.publish":         "302 403 403 403 403 422 403 403",
    "manage_moderation.accept_ticked":  "302 403 403 422 403 422 403 403",
    "manage_projects.finish_section":   "302 403 400 403 403 400 403 403",
    "manage_projects.take_section_back": "302 403 400 403 403 400 403 403",
    # A refused token is said on the page one is sent back to.
    "manage_summaries.move":            "302 403 403 302 403 302 403 403",
    # A summary is signed by a moderator, also where an administrator may write it.
    "manage_summaries.publish":         "302 403 403 422 403 403 403 403",
    "notifications.stop":               "302 400 400 400 400 400 400 400",
    # A mail program stops letters without cookie or token (RFC 8058).
    "notifications.unsubscribe_now":    "200 200 200 200 200 200 200 200",
    "manage_summaries.take_back":       "302 403 403 302 403 302 403 403",
    "manage_vigilance.forget":          "302 403 403 403 403 400 403 403",
}  # fmt: skip

# The address of what is entrusted to one person: it is not found by a colleague, whatever their roles.
IN_PERSON = "/recours-confies/"


def test_every_endpoint_has_a_line_and_every_line_an_endpoint(world: World) -> None:
    read = {rule.endpoint for rule in world.rules("GET")}
    only_sent = {rule.endpoint for rule in world.rules("POST")} - read

    assert {"page without line": sorted(read - set(READ)), "line without page": sorted(set(READ) - read)} == {
        "page without line": [],
        "line without page": [],
    }
    assert sorted(only_sent) == sorted(SENT)


@pytest.mark.parametrize("endpoint", READ)
def test_a_page_opens_for_those_it_is_for(world: World, endpoint: str) -> None:
    address = world.address(endpoint)

    assert " ".join(str(world.opened(who, address).status_code) for who in PERSONAS) == READ[endpoint]


@pytest.mark.parametrize("endpoint", SENT)
def test_an_act_is_refused_to_those_it_is_not_for(world: World, endpoint: str) -> None:
    address = world.address(endpoint)

    assert " ".join(str(world.sent(who, address).status_code) for who in PERSONAS) == SENT[endpoint]


def test_a_form_is_taken_from_those_who_may_open_it(world: World) -> None:
    for rule in world.rules("POST"):
        if "GET" in methods_of(world, rule.endpoint):
            address = world.address(rule.endpoint)
            statuses = [str(world.sent(who, address).status_code) for who in PERSONAS]
            assert " ".join(statuses) == READ[rule.endpoint].replace("200", "422"), rule.endpoint


def methods_of(world: World, endpoint: str) -> set[str]:
    return {method for rule in world.app.url_map.iter_rules(endpoint) for method in rule.methods or ()}


def test_nobody_signed_out_is_sent_elsewhere_than_to_sign_in(world: World) -> None:
    for endpoint, statuses in READ.items():
        if statuses.startswith("302 ") and "403" in statuses:
            answer = world.opened("visitor", world.address(endpoint))
            assert answer.location.startswith("/connexion?next=/gestion/ville"), endpoint


def test_several_roles_feel_like_one_desk(world: World) -> None:
    """Whoever holds every role finds on a page every staff page that one of its roles alone leads to."""
    lacking = {}
    for endpoint in (name for name in READ if name.startswith("manage_")):
        address = world.address(endpoint)
        if IN_PERSON in address:
            continue
        pages = [world.opened(who, address) for who in PERSONAS]
        if any(page.mimetype.startswith("image/") for page in pages):
            continue
        offered = {way for page in pages if page.status_code == 200 for way in ways_on(page.text)}
        found = world.everything.get(address)
        assert found.status_code == 200, address
        missing = {way for way in offered - ways_on(found.text) if IN_PERSON not in way}
        if missing:
            lacking[endpoint] = missing

    assert lacking == {}


def ways_on(page: str) -> set[str]:
    return set(re.findall(r'(?:href|action)="(/gestion/[^"#]*)', page))


def test_things_of_another_collectivity_are_not_found_through_ones_own_address(world: World) -> None:
    """The neighbour holds every role in Voisine: only the thing itself, of Ville, can refuse them."""
    tried = 0
    for method in ("GET", "POST"):
        for rule in world.rules(method):
            if names_a_thing(rule):
                address = world.address(rule.endpoint, collectivity_slug="voisine")
                answer = world.neighbour.open(address, method=method)
                assert answer.status_code == 404, f"{method} {address}"
                tried += 1
    assert tried > 20


def names_a_thing(rule: Rule) -> bool:
    return "collectivity_slug" in rule.arguments and len(rule.arguments) > 1


def test_the_queue_shows_no_text_of_another_collectivity(world: World) -> None:
    address = world.address("manage_moderation.queue", collectivity_slug="voisine")
    ref = world.things["contributions"]["ref"]

    assert world.neighbour.get(address).status_code == 200
    assert world.neighbour.get(f"{address}?ref={ref}").status_code == 404


def test_what_is_not_public_is_not_found_on_public_pages(world: World) -> None:
    for endpoint in world.unseen:
        address = world.unseen_address(endpoint)
        for who in PERSONAS:
            assert world.opened(who, address).status_code == 404, f"{address} as {who}"


def test_a_text_that_waits_or_is_hidden_is_read_on_no_public_page(world: World) -> None:
    for endpoint in (
        "contributions.show",
        "consultations.show",
        "consultations.results",
        "projects.show",
        "moderation.rules",
        "pages.home",
    ):
        for ref in world.kept_back:
            address = world.address(endpoint, **({"ref": ref} if endpoint == "contributions.show" else {}))
            for who in PERSONAS:
                page = world.opened(who, address).text
                assert not [words for words in world.kept_back.values() if words in page], (
                    f"{address} as {who}"
                )
